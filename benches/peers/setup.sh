#!/usr/bin/env bash
# Installs on a Debian machine what the peers need and only what is missing, and makes
# them in the target folder: `setup.sh [PEER...]`, all without names. A peer that cannot
# be made leaves the reason in target/peers/PEER.absent; the others are made all the same.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
peers=benches/peers
builds=$(realpath -m "${CARGO_TARGET_DIR:-target}/peers")
mkdir -p "$builds"

has() {
  command -v "$1" >/dev/null
}

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# install PACKAGE...: those that are missing.
install() {
  local package missing=()
  for package in "$@"; do
    [[ $(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  echo "setup: installing ${missing[*]}"
  as_root apt-get -qq update
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install --yes --no-install-recommends ca-certificates "${missing[@]}" >/dev/null
}

peer_gsoap() {
  install gcc libc6-dev pkg-config gsoap libgsoap-dev libsqlite3-dev libssl-dev
  "$peers/gsoap/build.sh" "$builds/gsoap"
}

# Keeps a copy of the list that it installed from, and is done when it is the same. So does spyne.
peer_node() {
  local list=$peers/node/package-lock.json
  has node || install nodejs
  has npm || install npm
  ! cmp -s "$list" "$peers/node/node_modules/installed.json" || return 0
  npm --prefix "$peers/node" --loglevel=error ci
  (cd "$peers/node" && node --eval 'new (require("better-sqlite3"))(":memory:")')
  cp "$list" "$peers/node/node_modules/installed.json"
}

peer_spyne() {
  local list=$peers/spyne/requirements.txt
  install python3-venv
  ! cmp -s "$list" "$builds/spyne/installed.txt" || return 0
  python3 -m venv --clear "$builds/spyne"
  "$builds/spyne/bin/pip" install --quiet --disable-pip-version-check --requirement "$list"
  # Not every Python can still load it.
  (cd "$peers/spyne" && PEER_DB= "$builds/spyne/bin/python" -B -c 'import server')
  cp "$list" "$builds/spyne/installed.txt"
}

peer_php() {
  install php-fpm php-soap php-sqlite3 nginx-light
}

peer_mono() {
  install mono-mcs mono-fastcgi-server4 libmono-sqlite4.0-cil nginx-light
  "$peers/mono/build.sh" "$builds/mono"
}

install sqlite3
[[ $# -gt 0 ]] || set -- gsoap node spyne php mono
for peer in "$@"; do
  # A shell of its own, because -e does not hold where the outcome is asked for.
  (set -e; "peer_$peer") >"$builds/$peer.log" 2>&1 &
  if wait $!; then
    rm -f "$builds/$peer.absent"
  else
    tail -n 1 "$builds/$peer.log" >"$builds/$peer.absent"
    echo "setup: the peer $peer cannot be made: $(cat "$builds/$peer.absent")" >&2
  fi
done
