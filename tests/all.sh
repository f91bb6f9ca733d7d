#!/usr/bin/env bash
# The project's one test command: formatting, lints, documentation, the Rust
# tests, schemas, and real SOAP clients and a browser against the built program.
# Works from any folder; the first step that fails ends it.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

# step HEADING COMMAND...: runs the command under a heading and tells how long it took.
step() {
  local heading=$1 begun=$SECONDS
  shift
  echo "== $heading"
  if ! "$@"; then
    echo "tests/all.sh: '$heading' failed after $((SECONDS - begun)) s" >&2
    exit 1
  fi
  echo "== $heading: $((SECONDS - begun)) s"
}

if ! command -v cargo >/dev/null; then
  echo "tests/all.sh: cargo was not found in PATH; install Rust (for instance with rustup) first" >&2
  exit 1
fi

step "setup" tests/interop/setup.sh
step "setup of the browser" tests/browser/setup.sh
step "format" cargo fmt --check
# cargo does not see the modules that the tables of operations declare.
step "format of operations" rustfmt --check --edition 2024 src/operations/*/*.rs
step "clippy" cargo clippy --all-targets --locked -- -D warnings
step "documentation" env RUSTDOCFLAGS="-D warnings" \
  cargo doc --no-deps --locked --document-private-items
step "tests" cargo test --locked
step "schemas" tests/schemas/run.sh
step "build" cargo build --locked --bin asmxd
step "interop" tests/interop/run.sh "${CARGO_TARGET_DIR:-target}/debug/asmxd"
step "browser" tests/browser/run.sh "${CARGO_TARGET_DIR:-target}/debug/asmxd"
echo "tests/all.sh: everything passed"
