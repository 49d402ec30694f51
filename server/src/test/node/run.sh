#!/usr/bin/env bash
# Runs the official TypeScript clients against the built jar, and holds what it says to them against the schemas. Without
# node and npm the stage is skipped, unless CI=true.
set -euo pipefail
cd "$(dirname "$0")"
. ./common.sh
prepare "node clients"

start sandbox java -jar "$jar" sandbox --port 0 --latency 200ms --token-rate 40
sandbox=$(line "$work/sandbox" 'sandbox on (http://[^ ]+)/v1')
start daemon env CUSTOM_API_URL="$sandbox/v1" java -jar "$jar" serve --port 0 --data-dir "$work/data"
start fixtures java -jar "$jar" serve --conformance --port 0 --data-dir "$work/fixture-data"

export EXAI_TEST_DAEMON EXAI_TEST_FIXTURES EXAI_TEST_SANDBOX="$sandbox" EXAI_TEST_JAR="$jar"
tap daemon
tap fixtures
EXAI_TEST_DAEMON=$(tapped daemon)
EXAI_TEST_FIXTURES=$(tapped fixtures)
export EXAI_TEST_URL="ws://$EXAI_TEST_DAEMON"
timeout 600 "$node" --test --test-concurrency=1 ./*.test.mjs
verdict
