#!/usr/bin/env bash
# The peer with PHP's SoapServer: PHP-FPM behind nginx, because PHP's own web server
# keeps no connection: `run.sh PORT DB`. Both end when this does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$work"' EXIT
trap 'exit 0' TERM INT

cat >"$work/fpm.conf" <<CONF
[global]
error_log = $work/fpm.log
daemonize = no
[peer]
listen = $work/fpm.sock
listen.backlog = 1024
pm = static
pm.max_children = $((4 * $(nproc)))
clear_env = no
CONF
as=()
if [[ $EUID -eq 0 ]]; then
  printf 'user = root\ngroup = root\n' >>"$work/fpm.conf"
  as=(--allow-to-run-as-root)
fi
export PEER_DB
PEER_DB=$2
fpm=$(compgen -c php-fpm | sort -u | head -n 1)
"$fpm" "${as[@]}" --fpm-config "$work/fpm.conf" -d opcache.enable=1 2>"$work/fpm.out" &
while [[ ! -S $work/fpm.sock ]]; do sleep 0.1; done
benches/peers/nginx.sh "$1" "$work" "$PWD/benches/peers/php/server.php" "$work/fpm.sock" &
wait
