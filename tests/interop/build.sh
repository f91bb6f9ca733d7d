#!/usr/bin/env bash
# Makes a client whose code is generated before it is compiled: `build.sh CLIENT
# BASE_URL`, where CLIENT is a folder with a generate.sh. Fetches the WSDL of all
# services from the running server, and generates and compiles anew only if the
# WSDL or the client's own code differs from last time. Prints the folder with the
# result, within the target folder; those not used for a week are removed.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
client=$1
base=$2
sources=$(realpath "tests/interop/$client")
builds=$(realpath -m "${CARGO_TARGET_DIR:-target}/interop/$client")

mkdir -p "$builds"
work=$(mktemp -d "$builds/new.XXXXXX")
trap 'rm -rf "$work"' EXIT

# The address of the server is another one each time; a fixed one is generated
# from, and the clients are told the right one when they start.
fetch() {
  local address=$base/Services2/$1.asmx
  curl --silent --show-error --fail --max-time 60 "$address?WSDL" --output "$work/live.wsdl"
  if ! grep --quiet --fixed-strings "location=\"$address\"" "$work/live.wsdl"; then
    echo "build: expected the WSDL of $1 to name the address $address" >&2
    exit 1
  fi
  sed "s|$base/|http://localhost/|" "$work/live.wsdl" >"$work/$1.wsdl"
  rm "$work/live.wsdl"
}

fetch svcOrganization
fetch svcStructure
fetch svcAccounts
sum=$(cat "$work"/*.wsdl "$sources"/* | sha256sum)
result=$builds/${sum%% *}
if [[ ! -d $result ]]; then
  (cd "$work" && "$sources/generate.sh" "$sources")
  # Whoever else makes the same at this moment makes it just as well.
  mv --no-target-directory "$work" "$result" 2>/dev/null || [[ -d $result ]]
fi
touch "$result"
find "$builds" -mindepth 1 -maxdepth 1 -mtime +7 -exec rm -rf {} +
echo "$result"
