#!/usr/bin/env bash
# Real SOAP clients against one running server: `run.sh BINARY`. Starts the
# program on a new database, lets every client generate itself from the live
# WSDL and tell the same story in parallel, stops the server, and looks after a
# second start whether the data is still there. setup.sh has to be run before.
set -euo pipefail

if [[ $# -ne 1 || ! -x $1 ]]; then
  echo "Usage: run.sh BINARY, the asmxd program to test" >&2
  exit 2
fi
binary=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
interop=tests/interop
builds=${CARGO_TARGET_DIR:-target}/interop
namespace=http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx
work=$(mktemp -d)
server=
url=

export ASMXD_ADMIN_USERNAME=admin ASMXD_ADMIN_PASSWORD=Interop-Admin-2026
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1

fail() {
  echo "interop: $*" >&2
  if [[ -s $work/stderr ]]; then
    echo "interop: the end of the server's standard error:" >&2
    tail -n 20 "$work/stderr" >&2
  fi
  exit 1
}

clean_up() {
  if [[ -n $server ]]; then
    kill -KILL "$server" || true
    wait "$server" || true
  fi 2>/dev/null
  rm -rf "$work"
}
trap clean_up EXIT

start() {
  local line
  : >"$work/stdout"
  "$binary" serve --listen 127.0.0.1:0 --database "$work/asmxd.db" \
    >"$work/stdout" 2>>"$work/stderr" &
  server=$!
  for _ in {1..300}; do
    if IFS= read -r line <"$work/stdout"; then
      [[ $line == "listening on http://"* ]] ||
        fail "expected 'listening on http://ADDR' on standard output, saw '$line'"
      url=${line#listening on }
      return
    fi
    kill -0 "$server" 2>/dev/null || fail "expected a running server, saw it end at its start"
    sleep 0.1
  done
  fail "expected 'listening on http://ADDR' within 30 seconds, saw nothing"
}

stop() {
  local code=0 lines
  kill -TERM "$server" 2>/dev/null || fail "expected a running server, saw it gone before SIGTERM"
  for _ in {1..150}; do
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  ! kill -0 "$server" 2>/dev/null || fail "expected an exit within 15 seconds of SIGTERM, saw none"
  wait "$server" || code=$?
  server=
  [[ $code -eq 0 ]] || fail "expected exit code 0 after SIGTERM, saw $code"
  lines=$(wc -l <"$work/stdout")
  [[ $lines -eq 1 ]] || fail "expected one line on standard output, saw $lines"
}

# call OPERATION PARAMETERS TEXT: calls as the administrator; the answer has to hold TEXT.
call() {
  local login answer
  login="<authUserName>$ASMXD_ADMIN_USERNAME</authUserName>"
  login+="<authPassword>$ASMXD_ADMIN_PASSWORD</authPassword>"
  answer=$(curl --silent --show-error --max-time 60 "$url/Services2/svcOrganization.asmx" \
    --header 'Content-Type: text/xml; charset=utf-8' \
    --header "SOAPAction: \"$namespace/$1\"" \
    --data "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><$1 xmlns=\"$namespace\">$login$2</$1></s:Body></s:Envelope>") ||
    fail "expected an answer of $1, saw curl fail"
  [[ $answer == *"$3"* ]] || fail "expected $3 in the answer of $1, saw $answer"
}

client() {
  case $1 in
    zeep | suds) timeout 300 "$builds/$1-venv/bin/python" "$interop/$1/main.py" "$url" ;;
    php) timeout 300 php "$interop/php/main.php" "$url" ;;
    node) timeout 300 node "$interop/node/main.js" "$url" ;;
    perl) timeout 300 perl "$interop/perl/main.pl" "$url" ;;
    *) built_client "$1" ;;
  esac
}

built_client() {
  local built
  built=$("$interop/build.sh" "$1" "$url") || return
  case $1 in
    gsoap | kdsoap) timeout 300 "$built/client" "$url" ;;
    wcf) timeout 300 mono "$built/client.exe" "$url" ;;
    mono) timeout 300 mono "$built/soap11.exe" "$url" && timeout 300 mono "$built/soap12.exe" "$url" ;;
    jaxws | axis) timeout 300 java -jar "$built/client.jar" "$url" ;;
  esac
}

run_clients() {
  local name clients=(zeep suds php node perl gsoap kdsoap mono wcf jaxws axis) failed=()
  local -A running
  for name in "${clients[@]}"; do
    client "$name" >"$work/$name.out" 2>&1 &
    running[$name]=$!
  done
  for name in "${clients[@]}"; do
    wait "${running[$name]}" || failed+=("$name")
    cat "$work/$name.out"
  done
  [[ ${#failed[@]} -eq 0 ]] || fail "expected every client to pass, saw failures of: ${failed[*]}"
}

start
call CreateUser2 "<username>kept</username><password>Kept-Pass-2026</password><email>kept@example.org</email><isEmailVerified>true</isEmailVerified><displayName>Kept over a restart</displayName>" \
  '<Result>true</Result><ResultCode>0</ResultCode>'
run_clients
"$interop/readme.sh" "$url" || fail "expected the README's call to be answered"
stop
start
call GetUsersPropertiesbyUsername "<username>kept</username><requestedValues><string>DisplayName</string></requestedValues>" \
  '<string>DisplayName=Kept over a restart</string>'
stop
echo "interop: stopped on SIGTERM with exit code 0, data there after a restart"
