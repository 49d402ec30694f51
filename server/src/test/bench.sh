#!/bin/sh
# Builds what is needed and runs the benchmark; options as in --help. SKIP_BUILD=1 takes what is built.
set -eu
cd "$(dirname "$0")/../../.."
[ -n "${SKIP_BUILD:-}" ] || mvn -q -B -DskipTests -pl server -am package
exec java -Dexai.jar=server/target/exai.jar \
    -cp server/target/exai.jar:server/target/test-classes:persistence/target/test-classes \
    io.exai.server.bench.Bench "$@"
