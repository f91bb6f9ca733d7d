#!/usr/bin/env bash
# Installs on a Debian machine what the tests need and only what is missing: a C
# compiler, a validator of XML, and the clients of the interop tests with their
# packages. Says nothing when all is there.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
interop=tests/interop
builds=${CARGO_TARGET_DIR:-target}/interop

has() {
  command -v "$1" >/dev/null
}

as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  elif has sudo; then
    sudo "$@"
  else
    echo "setup: expected to be root or to have sudo for: $*" >&2
    exit 1
  fi
}

install_packages() {
  local missing=()
  has cc || missing+=(gcc libc6-dev)
  has curl || missing+=(curl)
  # The validator that answers and WSDLs are held against their schemas with.
  has xmllint || missing+=(libxml2-utils)
  has php || missing+=(php-cli)
  has php && php -r 'exit(extension_loaded("soap") ? 0 : 1);' || missing+=(php-soap)
  has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
  has node || missing+=(nodejs)
  has npm || missing+=(npm)
  has wsdl2h && has soapcpp2 || missing+=(gsoap)
  has pkg-config || missing+=(pkg-config)
  has pkg-config && pkg-config --exists gsoap || missing+=(libgsoap-dev)
  has c++ || missing+=(g++ libc6-dev)
  has kdwsdl2cpp && [[ -e /usr/include/KDSoapClient/KDSoapClientInterface.h ]] || missing+=(libkdsoap-dev)
  # Its generator of proxies, wsdl, is in no smaller package.
  has mono && has mcs && has wsdl || missing+=(mono-devel)
  has java && has javac && has jar || missing+=(default-jdk-headless)
  # The JDK has neither wsimport nor what its code needs when it runs.
  has wsimport && [[ -e /usr/share/java/jaxws-rt.jar ]] || missing+=(jaxws)
  [[ -e /usr/share/java/axis.jar ]] || missing+=(libaxis-java)
  has perl && perl -MSOAP::Lite -e 1 2>/dev/null || missing+=(libsoap-lite-perl)
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if ! has apt-get; then
    echo "setup: expected apt-get, to install: ${missing[*]}" >&2
    exit 1
  fi
  echo "setup: installing ${missing[*]}"
  as_root apt-get -qq update
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install --yes --no-install-recommends ca-certificates "${missing[@]}" >/dev/null
}

# Both of these keep a copy of the list that they installed from, and are done when it is the same.
install_python_packages() {
  local list=$interop/$1/requirements.txt venv=$builds/$1-venv
  ! cmp -s "$list" "$venv/installed.txt" || return 0
  echo "setup: making the virtual environment of the $1 client"
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$list"
  cp "$list" "$venv/installed.txt"
}

install_node_soap() {
  local list=$interop/node/package-lock.json
  ! cmp -s "$list" "$interop/node/node_modules/installed.json" || return 0
  echo "setup: installing the packages of the node client"
  npm --prefix "$interop/node" --loglevel=error ci >/dev/null
  cp "$list" "$interop/node/node_modules/installed.json"
}

install_packages
install_python_packages zeep
install_python_packages suds
install_node_soap
