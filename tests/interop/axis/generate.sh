#!/usr/bin/env bash
# Generates stubs with Axis and makes ./client.jar of them: `generate.sh SOURCES`,
# in a folder with the WSDL of all services.
set -euo pipefail

sources=$1
jars=(axis jaxrpc saaj wsdl4j commons-discovery commons-logging javax.activation javax.mail)
urls=("${jars[@]/#/file:///usr/share/java/}")
urls=("${urls[@]/%/.jar}")
paths=$(IFS=: && echo "${urls[*]#file://}")

# Says nothing unless it fails, and then all.
quietly() {
  "$@" >log 2>&1 || {
    cat log >&2
    exit 1
  }
}

# What WSDL2Java does not understand it says, without failing.
import() {
  quietly java -classpath "$paths" org.apache.axis.wsdl.WSDL2Java --output generated --package "$1" "$2"
  if [[ -s log ]]; then
    cat log >&2
    exit 1
  fi
}

mkdir generated classes
import organization svcOrganization.wsdl
import structure svcStructure.wsdl
import accounts svcAccounts.wsdl
find generated -name '*.java' >generated.txt
quietly javac -nowarn -encoding UTF-8 -classpath "$paths" -d classes @generated.txt "$sources"/*.java
# A line of a manifest is short; the next one goes on with it after a blank.
printf 'Class-Path:' >manifest
printf ' \n  %s' "${urls[@]}" >>manifest
echo >>manifest
quietly jar --create --file client.jar --manifest manifest --main-class story.Main -C classes .
