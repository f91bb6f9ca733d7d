#!/usr/bin/env bash
# The spyne peer, run by gunicorn with a process for each core and threads that keep
# connections: `run.sh PORT DB`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
export PEER_DB
PEER_DB=$2
exec "${CARGO_TARGET_DIR:-target}/peers/spyne/bin/gunicorn" --chdir benches/peers/spyne --bind "127.0.0.1:$1" --worker-class gthread \
  --workers "$(nproc)" --threads 32 --keep-alive 60 --log-level warning server:application
