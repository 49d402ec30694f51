#!/usr/bin/env bash
# Runs the official TypeScript clients against the built jar. Without node and npm the stage is skipped, unless CI=true.
set -euo pipefail
cd "$(dirname "$0")"
jar=$(realpath ../../../target/exai.jar)

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "node clients: skipped, node and npm are not installed"
  [ "${CI:-}" != true ]
  exit
fi
[ -f "$jar" ] || { echo "node clients: $jar is missing (expected: mvn package)" >&2; exit 1; }

npm install --no-package-lock --no-audit --no-fund --loglevel=error

work=$(mktemp -d)
pids=()
stop() {
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap stop EXIT

# Waits for a line in a file, at most a minute, and prints what the pattern's group holds.
line() {
  local found
  for _ in $(seq 300); do
    found=$(sed -nE "s#.*$2.*#\\1#p" "$1" | head -1)
    [ -n "$found" ] && echo "$found" && return
    sleep 0.2
  done
  cat "$1" >&2
  return 1
}

java -jar "$jar" sandbox --port 0 --latency 200ms --token-rate 40 >"$work/sandbox" 2>&1 &
pids+=($!)
sandbox=$(line "$work/sandbox" 'sandbox on (http://[^ ]+)/v1')
CUSTOM_API_URL="$sandbox/v1" java -jar "$jar" serve --port 0 --data-dir "$work/data" >"$work/daemon" 2>&1 &
pids+=($!)
daemon=$(line "$work/daemon" 'ready on http://([^ ]+) after')

export EXAI_TEST_URL="ws://$daemon" EXAI_TEST_SANDBOX="$sandbox" EXAI_TEST_JAR="$jar"
timeout 300 ./node_modules/.bin/node --test --test-concurrency=1 ./*.test.mjs
