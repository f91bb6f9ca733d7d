#!/usr/bin/env bash
# The long forms of tests whose short forms are in tests/all.sh: for a night, or
# before a release. Takes a folder for what they say: a file NAME.log each.
# Every step runs, also after one that failed; the exit code tells of any.
#
#   tests/long.sh FOLDER [NAME...]     all steps, or only those named
#
# To add a step, write a line at the end: step NAME COMMAND...
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
if [ $# -lt 1 ]; then
  echo "usage: tests/long.sh FOLDER [NAME...]" >&2
  exit 2
fi
case $1 in /*) folder=$1 ;; *) folder=${OLDPWD:-.}/$1 ;; esac
mkdir -p "$folder" || exit 2
shift
chosen=("$@")
failed=()
ran=0

# step NAME COMMAND...: runs the command if it was chosen; its output goes to NAME.log.
step() {
  local name=$1 begun=$SECONDS outcome=passed
  shift
  if [ ${#chosen[@]} -gt 0 ] && [[ " ${chosen[*]} " != *" $name "* ]]; then
    return
  fi
  ran=$((ran + 1))
  if ! "$@" >"$folder/$name.log" 2>&1; then
    outcome=FAILED
    failed+=("$name")
  fi
  echo "$name: $outcome after $((SECONDS - begun)) s ($folder/$name.log)"
}

# long ROUNDS TEST: one Rust test by its full name, that often. That there is no such test is a failure, too.
long() {
  FAULTS_ROUNDS=$1 cargo test --locked --test it -- --exact "$2" --include-ignored --nocapture |
    awk '{ print } /^test result: ok\. 1 passed/ { passed = 1 } END { exit !passed }'
}

step kill long 300 \
  faults::kill::whenever_it_is_killed_all_that_was_answered_is_there_and_nothing_is_half_there
step power long 50 \
  faults::power::whenever_the_power_goes_all_that_was_answered_is_there_and_nothing_is_half_there
step power-log long 10 \
  faults::power::the_power_may_go_while_the_write_ahead_log_is_copied_back_and_begun_anew

step overload tests/overload/long.sh

if [ "$ran" -eq 0 ]; then
  echo "tests/long.sh: there is no step ${chosen[*]}" >&2
  exit 2
fi
if [ ${#failed[@]} -gt 0 ]; then
  echo "tests/long.sh: failed: ${failed[*]}" >&2
  exit 1
fi
