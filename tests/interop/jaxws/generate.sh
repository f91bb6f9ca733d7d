#!/usr/bin/env bash
# Generates ports with wsimport and makes ./client.jar of them: `generate.sh
# SOURCES`, in a folder with the WSDL of all services.
set -euo pipefail

sources=$1
# The JDK has no JAX-WS any more. This names all other jars that it needs.
runtime=/usr/share/java/jaxws-rt.jar

# Says nothing unless it fails, and then all.
quietly() {
  "$@" >log 2>&1 || {
    cat log >&2
    exit 1
  }
}

# Ports of SOAP 1.2 are generated only as an "extension", which it warns of; there
# must be no other warning.
import() {
  quietly wsimport -extension -Xnocompile -encoding UTF-8 -s generated -p "$1" "$2"
  if grep WARNING log | grep --invert-match 'uses a non-standard SOAP 1.2 binding' >&2; then
    exit 1
  fi
}

mkdir generated classes
import organization svcOrganization.wsdl
import structure svcStructure.wsdl
import accounts svcAccounts.wsdl
find generated -name '*.java' >generated.txt
quietly javac -encoding UTF-8 -classpath "$runtime" -d classes @generated.txt "$sources"/*.java
echo "Class-Path: file://$runtime" >manifest
quietly jar --create --file client.jar --manifest manifest --main-class story.Main -C classes .
