#!/usr/bin/env bash
# Holds answers and descriptions against the schemas of SOAP, of WSDL and of the
# services themselves, with libxml2's validator: `run.sh`. The tests write down
# answers of every kind, as they came over a socket, and the WSDLs; what is
# spoiled on purpose has to be refused. setup.sh has to be run before.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
schemas=tests/schemas
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "schemas: $*" >&2
  exit 1
}

command -v xmllint >/dev/null || fail "xmllint was not found in PATH; run tests/interop/setup.sh first"

# valid SCHEMA FILE...: the files are valid; else the first complaints are left in $work/problems.
valid() {
  local schema=$1
  shift
  xmllint --nonet --noout --schema "$schema" "$@" 2>&1 | grep -v -e ' validates$' -e 'Skipping import of schema' \
    >"$work/problems" || true
  [[ ! -s $work/problems ]]
}

# refused SCHEMA FILE FROM TO: the file is refused once FROM is replaced by TO, so the schema does look there.
refused() {
  sed "s|$3|$4|" "$2" >"$work/spoiled"
  ! cmp -s "$2" "$work/spoiled" || fail "expected '$3' in $(basename "$2")"
  ! valid "$1" "$work/spoiled" || fail "expected $(basename "$2") to be refused with '$4' for '$3'"
}

mkdir "$work/samples"
ASMXD_SAMPLES="$work/samples" cargo test --quiet --locked --test it wsi::samples >"$work/tests" 2>&1 ||
  fail "expected the samples to be written, saw: $(cat "$work/tests")"
answers=("$work"/samples/*.xml)
descriptions=("$work"/samples/*.wsdl)
[[ ${#answers[@]} -gt 700 && ${#descriptions[@]} -eq 3 ]] ||
  fail "expected hundreds of answers and 3 descriptions, saw ${#answers[@]} and ${#descriptions[@]}"

valid $schemas/answers.xsd "${answers[@]}" || fail "expected valid answers, saw: $(head -n 20 "$work/problems")"
valid $schemas/descriptions.xsd "${descriptions[@]}" || fail "expected valid WSDLs, saw: $(head -n 20 "$work/problems")"
for description in "${descriptions[@]}"; do
  own=schemas/xml/$(basename "$description" .wsdl).xsd
  valid $schemas/descriptions.xsd "$own" || fail "expected $own to be a schema, saw: $(head -n 20 "$work/problems")"
done

people=fixtures/import/people.xml
valid $schemas/descriptions.xsd schemas/xml/import.xsd || fail "expected import.xsd to be a schema, saw: $(head -n 20 "$work/problems")"
valid schemas/xml/import.xsd $people || fail "expected $people to be valid, saw: $(head -n 20 "$work/problems")"
refused schemas/xml/import.xsd $people '<EmailAddress>[^<]*</EmailAddress>' '<Mail>x</Mail>'
refused schemas/xml/import.xsd $people ' Name="Asset no."' ''

for version in Soap11 Soap12; do
  result=("$work"/samples/svcOrganization-GetAllRoles__*-"$version".xml)
  refused $schemas/answers.xsd "${result[0]}" '<ResultCode>' '<ResultCode>x'
  refused $schemas/answers.xsd "${result[0]}" '<Result>[a-z]*</Result>' ''
  refused $schemas/answers.xsd "${result[0]}" '<soap:Body>' '<soap:Body><soap:Envelope />'
done
fault=$work/samples/bad-input-header_mandatory
refused $schemas/answers.xsd "$fault-Soap11.xml" '<faultcode>[^<]*</faultcode>' ''
refused $schemas/answers.xsd "$fault-Soap12.xml" 'soap:MustUnderstand' 'soap:Other'
refused $schemas/answers.xsd "$fault-Soap12.xml" ' xml:lang="en"' ''
refused $schemas/descriptions.xsd "${descriptions[0]}" 'maxOccurs="1"' 'maxOccurs="many"'
refused $schemas/descriptions.xsd "${descriptions[0]}" '<wsdl:input' '<wsdl:inputs'
refused $schemas/descriptions.xsd "${descriptions[0]}" '<soap:body use="literal"' '<soap:body use="other"'
refused $schemas/descriptions.xsd "${descriptions[0]}" '<soap12:body use="literal"' '<soap12:body use="other"'
echo "schemas: ${#answers[@]} answers and ${#descriptions[@]} descriptions are valid"
