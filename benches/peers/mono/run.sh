#!/usr/bin/env bash
# The ASMX peer on Mono, its FastCGI server behind nginx (Debian's XSP, Mono's own web
# server, does not start): `run.sh PORT DB`. setup.sh has made the site. Both end when
# this does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
site=$(realpath "${CARGO_TARGET_DIR:-target}/peers/mono")
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$work"' EXIT
trap 'exit 0' TERM INT

export PEER_DB MONO_THREADS_PER_CPU=50
PEER_DB=$2
fastcgi-mono-server4 --applications="/:$site" --socket="unix:$work/mono.sock" --multiplex=True &
while [[ ! -S $work/mono.sock ]]; do sleep 0.1; done
benches/peers/nginx.sh "$1" "$work" "$site\$fastcgi_script_name" "$work/mono.sock" &
wait
