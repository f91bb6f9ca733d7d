#!/usr/bin/env bash
# The long form of the tests of overload and concurrency: the search for an
# order of calls and the models of threads again and again, and the flood of
# benches/overload.sh for longer. ROUNDS (50) and SECONDS_EACH (60) can be set.
# Ends with an error at the first answer that was wrong.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."

for ((round = 1; round <= ${ROUNDS:-50}; round++)); do
  echo "== round $round"
  cargo test --locked --quiet --test it -- concurrency:: overload::
  cargo test --locked --quiet --test schedules
done
SECONDS_EACH=${SECONDS_EACH:-60} benches/overload.sh
