#!/usr/bin/env bash
# Generates a gSOAP client and makes ./client of it: `generate.sh SOURCES`, in a
# folder with the WSDL of all services.
set -euo pipefail

sources=$1
read -ra library <<<"$(pkg-config --cflags --libs gsoap)"
# Where gSOAP keeps the code of the type that typemap.dat imports.
timeval=$(pkg-config --variable=prefix gsoap)/share/gsoap/custom/struct_timeval.c

# Says nothing unless it fails, and then all.
quietly() {
  "$@" >log 2>&1 || {
    cat log >&2
    exit 1
  }
}

quietly wsdl2h -c -L -t "$sources/typemap.dat" -o services.h svcOrganization.wsdl svcStructure.wsdl svcAccounts.wsdl
cat "$sources/stranger.h" >>services.h
# -s: what the server answers is held against the schema.
quietly soapcpp2 -c -C -L -s -w -x services.h
quietly cc -O0 -c -I. soapC.c soapClient.c "$timeval" "${library[@]}"
quietly cc -O1 -std=gnu11 -Wall -Wextra -isystem . "$sources"/*.c \
  soapC.o soapClient.o struct_timeval.o "${library[@]}" -o client
