#!/usr/bin/env bash
# The peer with the npm package soap: `run.sh PORT DB`.
set -euo pipefail
exec node "$(dirname "${BASH_SOURCE[0]}")/server.js" "$1" "$2"
