#!/usr/bin/env bash
# What asmxd does when it is asked for three times as much as it can do, over
# 2,000 connections: reads, creates with a cheap and with the usual hash, and a
# flood of wrong passwords. Prints figures and judges none; it ends with an error
# only where an answer was wrong. SECONDS_EACH (8) is how long each part takes.
#
#   benches/overload.sh [FOLDER WITH asmxd AND examples/overload] [KIND...]
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
built=${1:-}
shift || true
if [[ -z $built ]]; then
  cargo build --release --locked --bin asmxd --example overload
  built=${CARGO_TARGET_DIR:-target}/release
fi
[[ $# -gt 0 ]] || set -- read read-many create create-usual wrong wrong-many

# Every connection is an open file, on either side.
if ! ulimit -n 16384 2>/dev/null; then
  echo "benches/overload.sh: 16384 open files are needed; raise the limit (ulimit -n) first" >&2
  exit 1
fi
folder=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
export ASMXD_ADMIN_PASSWORD=Long-Enough-2026
failed=0

# run HEADING KIND ADDRESSES [VARIABLE=VALUE...]: a server of its own, and the flood.
run() {
  local heading=$1 kind=$2 addresses=$3
  shift 3
  echo "== $heading"
  : >"$folder/out"
  env ASMXD_LOG=error "$@" "$built/asmxd" serve --listen 127.0.0.1:0 --database "$folder/$kind-$addresses-$#.db" \
    >"$folder/out" 2>"$folder/err" &
  server=$!
  local address=
  until address=$(sed -n 's|^listening on http://||p' "$folder/out") && [[ -n $address ]]; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/err" >&2; exit 1; }
    sleep 0.1
  done
  "$built/examples/overload" --address "$address" --kind "$kind" --addresses "$addresses" --pid "$server" \
    --seconds "${SECONDS_EACH:-8}" || failed=1
  kill "$server"
  wait "$server" || failed=1
  server=
}

cheap=(ASMXD_PASSWORD_MEMORY_KIB=8 ASMXD_PASSWORD_ITERATIONS=1)
for part in "$@"; do
  case $part in
    read) run "reads, the flood from one address, which may have 1,024 connections" read 1 ;;
    read-many) run "reads, from 4 addresses" read 4 ;;
    create) run "creates with a cheap hash, from 4 addresses" create 4 "${cheap[@]}" ;;
    create-usual) run "creates with the usual hash, from 4 addresses" create 4 ;;
    wrong) run "wrong passwords, the flood from one address" wrong 1 ;;
    wrong-many) run "wrong passwords, from 4 addresses" wrong 4 ;;
    *) echo "benches/overload.sh: there is no part '$part'" >&2; exit 2 ;;
  esac
done
exit "$failed"
