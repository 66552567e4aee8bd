#!/usr/bin/env bash
# test/postgres.sh start DIR ["-c NAME=VALUE …"]   a private PostgreSQL 15 in DIR (made, must be empty); prints its URL, to which a
#                                                  database is appended
# test/postgres.sh restart DIR fast|immediate      ends it, if it still runs, and starts it again at the same address
# test/postgres.sh stop DIR                        ends it and removes DIR
# Loopback and a socket in DIR only, trust, no fsync: for tests. PostgreSQL refuses to run as root, so root lends it to `postgres`.
set -euo pipefail
tools=/usr/lib/postgresql/15/bin

as_owner() {
    if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

free_port() {
    local port
    for _ in {1..50}; do
        port=$((20000 + RANDOM % 12000)) # below the kernel's own range for outgoing connections
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
    return 1
}

start() {
    [ -x $tools/initdb ] || { echo "PostgreSQL 15 is not installed; bin/setup --dev installs it" >&2; exit 69; }
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    [ -z "$(ls -A "$dir")" ] || { echo "$dir is not empty" >&2; exit 64; }
    if [ "$(id -u)" -eq 0 ]; then chown postgres: "$dir"; fi
    as_owner $tools/initdb -D "$dir/data" -U apunta --auth=trust --encoding=UTF8 --locale=C --no-sync >/dev/null
    local port
    for _ in 1 2 3; do # another process may take the port between the look and the start
        port=$(free_port)
        if as_owner $tools/pg_ctl -D "$dir/data" -l "$dir/log" -w -t 60 -s start -o "-c listen_addresses=127.0.0.1 -p $port -k $dir \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c timezone=UTC $more" >/dev/null 2>&1; then
            echo "postgresql://apunta@127.0.0.1:$port/"
            return
        fi
    done
    cat "$dir/log" >&2
    exit 1
}

# With the options of its start, which it keeps itself. One that was killed leaves its pid file, and pg_ctl would wait for it.
restart() {
    local pid
    pid=$(head -n 1 "$dir/data/postmaster.pid" 2>/dev/null || true)
    if [ -n "$pid" ] && ! kill -0 "$pid" 2>/dev/null; then rm -f "$dir/data/postmaster.pid"; fi
    as_owner $tools/pg_ctl -D "$dir/data" -l "$dir/log" -m "$more" -w -t 60 -s restart >/dev/null
}

stop() {
    [ -d "$dir" ] || return 0
    if [ -f "$dir/data/postmaster.pid" ]; then
        as_owner $tools/pg_ctl -D "$dir/data" -m immediate -w -t 30 -s stop
    fi
    if [ -f "$dir/data/PG_VERSION" ]; then rm -rf "$dir"; fi
}

dir=${2:?test/postgres.sh start|restart|stop DIR}
more=${3:-}
case "$1" in
    start) start ;;
    restart) restart ;;
    stop) stop ;;
    *) sed -n '2,5s/^# //p' "$0"; exit 64 ;;
esac
