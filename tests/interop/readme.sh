#!/usr/bin/env bash
# Runs the README's call with curl, word for word but for the address, against
# a running server: readme.sh BASE_URL, with the administrator's password in
# ASMXD_ADMIN_PASSWORD. Fails unless it is answered as the README says.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
base=$1

call=$(grep -E '\| curl ' README.md)
answer=$(bash -c "${call//http:\/\/127.0.0.1:8080/$base}")
if [[ $answer != *"<Message /><Result>true</Result><ResultCode>0</ResultCode><UserID>"* ]]; then
  echo "readme: the call with curl was answered: $answer" >&2
  exit 1
fi
echo "readme: the call with curl is answered as written"
