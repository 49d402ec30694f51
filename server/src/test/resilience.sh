#!/bin/sh
# Builds what is needed and lets parts of a cluster fail under load; options as in --help. SKIP_BUILD=1 takes what is
# built. Needs haproxy and PostgreSQL.
set -eu
cd "$(dirname "$0")/../../.."
[ -n "${SKIP_BUILD:-}" ] || mvn -q -B -DskipTests -pl server -am package
exec java -Dexai.jar=server/target/exai.jar \
    -cp server/target/exai.jar:server/target/test-classes:persistence/target/test-classes \
    io.exai.server.bench.resilience.Resilience "$@"
