#!/usr/bin/env bash
# An hour of mixed traffic at half of what asmxd can do, on a new database: a line
# a minute with times, memory, open files, and the sizes of the log and the database.
# Ends with an error if an answer was wrong: `soak.sh [--minutes N]`.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1

cargo build --quiet --release --locked --bin asmxd --example load --example fill
echo "$(date --utc +%F), $(nproc) × $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1-3 /proc/loadavg)"
exec python3 -B benches/compare/soak.py "$@"
