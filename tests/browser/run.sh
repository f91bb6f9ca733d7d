#!/usr/bin/env bash
# The pages in a real browser: `run.sh BINARY [FOLDER]`. Starts the program on a
# new database and lets a headless Chromium go from the index to an operation,
# fill in its form, press Invoke and read the answer. With a folder, screenshots
# are left there to be looked at. setup.sh has to be run before.
set -euo pipefail

if [[ $# -lt 1 || ! -x $1 ]]; then
  echo "Usage: run.sh BINARY [FOLDER], the asmxd program to test and where screenshots go" >&2
  exit 2
fi
binary=$(realpath "$1")
pictures=${2:+$(realpath "$2")}
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
server=

export ASMXD_ADMIN_USERNAME=admin ASMXD_ADMIN_PASSWORD=Browser-Admin-2026
export no_proxy=127.0.0.1,localhost NO_PROXY=127.0.0.1,localhost

clean_up() {
  if [[ -n $server ]]; then
    kill -TERM "$server" || true
    wait "$server" || true
  fi 2>/dev/null
  rm -rf "$work"
}
trap clean_up EXIT

touch "$work/stdout"
"$binary" serve --listen 127.0.0.1:0 --database "$work/asmxd.db" >"$work/stdout" 2>"$work/stderr" &
server=$!
line=
for _ in {1..300}; do
  IFS= read -r line <"$work/stdout" && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
if [[ $line != "listening on http://"* ]]; then
  echo "browser: expected 'listening on http://ADDR' on standard output, saw '$line'" >&2
  cat "$work/stderr" >&2
  exit 1
fi
python3 -B browse.py "${line#listening on }" "$work" ${pictures:+"$pictures"}
