#!/usr/bin/env bash
# Generates proxies with Mono's wsdl and makes ./soap11.exe and ./soap12.exe of them:
# `generate.sh SOURCES`, in a folder with the WSDL of all services.
set -euo pipefail

sources=$1

# Says nothing unless it fails, and then all.
quietly() {
  "$@" >log 2>&1 || {
    cat log >&2
    exit 1
  }
}

# program NAME PROTOCOL: the generator's protocol decides on the version of SOAP.
program() {
  local service
  for service in Organization Structure Accounts; do
    quietly wsdl -nologo -language:CS "-protocol:$2" "-namespace:${service}Service" \
      "-out:$1-$service.cs" "svc$service.wsdl"
  done
  quietly mcs -nologo -langversion:7.2 "-out:$1.exe" -r:System.Web.Services.dll \
    "$1-Organization.cs" "$1-Structure.cs" "$1-Accounts.cs" "$sources"/*.cs
}

program soap11 SOAP
program soap12 SOAP12
