#!/usr/bin/env bash
# test/slow.sh [CONNECTIONS]   slowhttptest's three attacks on a server of its own, one after the other: throughout, a probe
# of slowhttptest must be answered, and in the end no connection may be left. Needs slowhttptest and the preset `release`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
connections=${1:-1000}
ulimit -n "$(ulimit -Hn)"

main() {
    folder=$(mktemp -d)
    trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
    bin/build release apunta
    API_REQUESTS_PER_MINUTE=0 build/release/apunta serve --demo --port 0 --data "$folder/data" >"$folder/out" 2>"$folder/errors" &
    server=$!
    until grep -q '^Apunta listens on ' "$folder/out"; do [ -d /proc/$server ] || fail "the server ended: $(cat "$folder/errors")"; sleep 0.1; done
    url=$(sed -n 's/^Apunta listens on //p' "$folder/out")
    attack "slow heads" -H -i 2 -u "$url/healthz"
    attack "slow bodies" -B -i 2 -s 8192 -u "$url/api/v1/auth/login"
    attack "slow readers" -X -k 10 -w 1 -y 512 -n 5 -z 32 -u "$url/api/v1/openapi.json"
}

# The log is one of terminals: without its colours, the last thing said counts.
attack() {
    local name=$1
    shift
    slowhttptest "$@" -c "$connections" -r 400 -l 60 -p 3 -v 1 >"$folder/log" 2>&1 || true
    sed 's/\x1b\[[0-9;]*[A-Za-z]//g' "$folder/log" >"$folder/plain"
    if ! grep -q 'service available' "$folder/plain"; then fail "$name: slowhttptest did not run: $(tail -n 5 "$folder/plain")"; fi
    if grep -Eq 'service available: *NO' "$folder/plain"; then fail "$name: the server was out of reach"; fi
    [ -d "/proc/$server" ] || fail "$name: the server ended"
    curl -fsS "$url/readyz" >/dev/null
    echo "$name: $connections connections, the server stayed in reach; $(grep -o 'closed: *[0-9]*' "$folder/plain" | tail -n 1)"
}

fail() {
    echo "$1" >&2
    exit 1
}

main
