#!/usr/bin/env bash
# Makes the gSOAP peer in the folder FOLDER: `build.sh FOLDER`.
set -euo pipefail
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
cd "$1"
echo 'organization = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx"' >names.dat
wsdl2h -c -t names.dat -o peer.h "$sources/../peer.wsdl"
soapcpp2 -c -S -L -w -x peer.h
cp "$sources/server.c" .
read -ra libraries <<<"$(pkg-config --cflags --libs gsoap sqlite3 libcrypto)"
cc -O2 -std=gnu11 -Wall -Wno-deprecated-declarations -I. -o server server.c soapC.c soapServer.c "${libraries[@]}" -lpthread
