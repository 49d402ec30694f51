#!/usr/bin/env bash
# Runs the official conformance suite against the built jar, over each way to reach it:
#
#   conformance.sh [http] [websocket] [stdio]      all of them by default
#
# Prints a line for each way and revision. Exit status 0 only when every scenario passes that is not listed, with its
# reason, in conformance.mjs, and when every message is valid. Without node and npm it is skipped, unless CI=true.
set -euo pipefail
cd "$(dirname "$0")"
. ./common.sh
prepare "conformance"
[ $# -gt 0 ] || set -- http websocket stdio

start daemon java -jar "$jar" serve --conformance --port 0 --data-dir "$work/data"
tap daemon
daemon=$(tapped daemon)
status=0
for way in "$@"; do
  case $way in
    http) url=http://$daemon/mcp ;;
    websocket) start shim "$node" shim.mjs "ws://$daemon/mcp/ws" ;;
    stdio) start shim "$node" shim.mjs java -XX:TieredStopAtLevel=1 -jar "$jar" stdio --url "ws://$daemon/mcp/ws" ;;
    *) echo "$way (expected: http, websocket or stdio)" >&2; exit 2 ;;
  esac
  [ "$way" = http ] || url=$(line "$work/shim" 'shim on ([^ ]+)$')
  timeout 600 "$node" conformance.mjs "$way" "$url" || status=1
done
verdict || status=1
exit $status
