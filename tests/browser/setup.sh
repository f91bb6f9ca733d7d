#!/usr/bin/env bash
# Installs on a Debian machine the browser of this test and its driver, if they
# are missing. Says nothing when both are there.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v chromedriver >/dev/null || missing+=(chromium-driver)
command -v python3 >/dev/null || missing+=(python3)
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $EUID -ne 0 ]]; then
  command -v sudo >/dev/null || {
    echo "setup: expected to be root or to have sudo, to install: ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi
if ! command -v apt-get >/dev/null; then
  echo "setup: expected apt-get, to install: ${missing[*]}" >&2
  exit 1
fi
echo "setup: installing ${missing[*]}"
"${as_root[@]}" apt-get -qq update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get -qq install --yes --no-install-recommends ca-certificates "${missing[@]}" >/dev/null
