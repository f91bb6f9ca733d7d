#!/usr/bin/env bash
# Compiles ./client.exe against Mono's WCF: `generate.sh SOURCES`. Its contract is
# written by hand, because Mono has no generator for WCF.
set -euo pipefail

mcs -nologo -langversion:7.2 -out:client.exe -r:System.ServiceModel.dll \
  -r:System.Runtime.Serialization.dll "$1"/*.cs
