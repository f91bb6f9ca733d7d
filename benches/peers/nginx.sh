#!/usr/bin/env bash
# nginx before a FastCGI server, with kept connections: `nginx.sh PORT FOLDER SCRIPT SOCKET`,
# where FOLDER takes its files. Stays in the foreground.
set -euo pipefail

port=$1
folder=$2
script=$3
socket=$4
user=
# Its workers need the right to open the socket.
[[ $EUID -ne 0 ]] || user='user root;'

cat >"$folder/nginx.conf" <<CONF
$user
daemon off;
pid $folder/nginx.pid;
error_log $folder/nginx.log;
worker_processes auto;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path $folder/body;
  fastcgi_temp_path $folder/fastcgi;
  proxy_temp_path $folder/proxy;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;
  server {
    listen 127.0.0.1:$port backlog=1024;
    location / {
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME $script;
      fastcgi_pass unix:$socket;
    }
  }
}
CONF
exec nginx -c "$folder/nginx.conf" -e "$folder/nginx.log"
