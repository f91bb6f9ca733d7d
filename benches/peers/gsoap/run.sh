#!/usr/bin/env bash
# The gSOAP peer: `run.sh PORT DB`.
# setup.sh has made it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
exec "${CARGO_TARGET_DIR:-target}/peers/gsoap/server" "$1" "$2"
