# What the scripts of this folder share: the jar, Node with the pinned packages, processes that end with the script, and taps
# that hold every message of a daemon against its schema.
jar=$(realpath ../../../target/exai.jar)
node=./node_modules/.bin/node
work=$(mktemp -d)
pids=()
taps=()

stop() {
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap stop EXIT

# Installs what package.json pins. Without node and npm the script ends here, as skipped, unless CI=true.
prepare() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "$1: skipped, node and npm are not installed"
    [ "${CI:-}" != true ]
    exit
  fi
  [ -d ../../../target/test-classes ] || { echo "$1: test classes are missing (expected: mvn package)" >&2; exit 1; }
  [ -f "$jar" ] || { echo "$1: $jar is missing (expected: mvn package)" >&2; exit 1; }
  npm install --no-package-lock --no-audit --no-fund --loglevel=error
}

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

# Starts a program in the background; its output goes to a file of that name.
start() {
  local name=$1
  shift
  "$@" >"$work/$name" 2>&1 &
  pids+=($!)
}

# Prints host and port of the daemon of that name, when it is ready.
address() {
  line "$work/$1" 'ready on http://([^ ]+) after'
}

# Starts a tap before the daemon of that name, in the server's folder, where it finds the schemas.
tap() {
  local daemon
  daemon=$(address "$1")
  start "tap-$1" env -C ../../.. java -cp "$jar:target/test-classes" io.exai.server.tap.Tap "${daemon##*:}"
  taps+=("${pids[-1]}")
}

# Prints host and port of the tap before the daemon of that name.
tapped() {
  line "$work/tap-$1" 'tap on ([^ ]+)$'
}

# Ends the taps and prints what they saw; fails when a message was not valid, or none came by.
verdict() {
  local valid=0 pid each
  for pid in "${taps[@]}"; do
    kill "$pid"
    wait "$pid" || true
  done
  for each in "$work"/tap-*; do
    ! grep '^violation' "$each" || valid=1
    grep '^checked [1-9]' "$each" || valid=1
  done
  return $valid
}
