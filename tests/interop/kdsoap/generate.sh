#!/usr/bin/env bash
# Generates a KDSoap client and makes ./client of it: `generate.sh SOURCES`, in a
# folder with the WSDL of all services.
set -euo pipefail

sources=$1
read -ra flags <<<"$(pkg-config --cflags Qt5Core Qt5Network Qt5Xml)"
read -ra libraries <<<"$(pkg-config --libs Qt5Core Qt5Network Qt5Xml) -lkdsoap"
moc=$(pkg-config --variable=host_bins Qt5Core)/moc

# Says nothing unless it fails, and then all.
quietly() {
  "$@" >log 2>&1 || {
    cat log >&2
    exit 1
  }
}

compile() {
  quietly c++ -std=c++20 -O0 -fPIC -isystem /usr/include/KDSoapClient -isystem . "${flags[@]/#-I/-isystem}" "$@"
}

# The classes of a service's two ports differ in nothing but the version of SOAP, which
# can be set, and take long to compile: the second is left out.
for service in Organization Structure Accounts; do
  sed --in-place '/<wsdl:port .*Soap12"/,/<\/wsdl:port>/d' "svc$service.wsdl"
  quietly kdwsdl2cpp -namespace "$service" -both "$service" "svc$service.wsdl"
  quietly "$moc" "$service.h" -o "moc_$service.cpp"
  compile -w -c "$service.cpp"
  compile -w -c "moc_$service.cpp"
done
printf '#include "%s.h"\n' Organization Structure Accounts >services.h
compile -Wall -Wextra -x c++-header services.h -o services.h.gch
for source in "$sources"/*.cpp; do
  compile -Wall -Wextra -c "$source"
done
quietly c++ ./*.o "${libraries[@]}" -o client
rm ./*.o ./*.gch
