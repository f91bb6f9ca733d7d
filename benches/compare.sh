#!/usr/bin/env bash
# Measures asmxd beside other SOAP servers, raw hyper and raw SQLite, in turns, and prints
# the table and the aims: `compare.sh [--rounds N] [--seconds N] [--only NAME] [--quick]
# [--json FILE]`. Builds and installs first what it needs; then it takes some ten minutes.
# Works from any folder; databases are made in the folder for temporary files (TMPDIR),
# which should be on the kind of disk that is of interest.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1

cargo build --quiet --release --locked --bin asmxd --example load --example floor --example fill
cargo bench --quiet --locked --no-run
benches/peers/setup.sh
echo "$(date --utc +%F), $(nproc) × $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1-3 /proc/loadavg)"
exec python3 -B benches/compare/main.py "$@"
