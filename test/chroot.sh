#!/usr/bin/env bash
# test/chroot.sh   as root: clones the last commit into a bare Debian 12 and does there what a newcomer does:
# bin/run until the server answers, bin/run again, bin/test. Needs mmdebstrap and the network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "$(id -u)" -eq 0 ] || { echo "only root can make a bare machine" >&2; exit 77; }

inside() {
    mount -t proc proc /proc
    mount -t tmpfs tmpfs /dev/shm
    cd /srv/apunta
    exec </dev/null
    local began=$SECONDS server port=$((20000 + RANDOM % 12000))
    bin/run --port $port &
    server=$!
    until curl -fs "http://127.0.0.1:$port/readyz" >/dev/null 2>&1; do
        [ -d /proc/$server ] || { wait $server; echo "bin/run ended by itself" >&2; exit 1; }
        [ $((SECONDS - began)) -lt 900 ] || { echo "bin/run took more than 15 minutes" >&2; exit 1; }
        sleep 1
    done
    echo "bin/run: ready after $((SECONDS - began)) s on a bare machine"
    bin/run | grep -F "http://127.0.0.1:$port"
    kill $server
    wait $server || true

    began=$SECONDS
    CI=true bash bin/test
    echo "bin/test: $((SECONDS - began)) s more"
    [ ! -e /var/lib/postgresql/15/main ] || { echo "bin/setup left a PostgreSQL cluster behind" >&2; exit 1; }
    [ ! -e /usr/sbin/policy-rc.d ] || { echo "bin/setup left policy-rc.d behind" >&2; exit 1; }
    [ -z "$(git status --porcelain)" ] || { git status --short; echo "the clone is no longer clean" >&2; exit 1; }
}

outside() {
    if [ -n "$(git status --porcelain)" ]; then echo "note: what is not committed is not tried"; fi
    base=$(mktemp -d)
    chmod 755 "$base"
    trap 'rm -rf --one-file-system "$base"' EXIT
    mmdebstrap --quiet --variant=minbase bookworm "$base/root" "$(sources)"
    cp /etc/resolv.conf "$base/root/etc/resolv.conf"
    git clone --quiet --no-local . "$base/root/srv/apunta"
    mapfile -t npm < <(npm_settings)
    # All that is started in there ends with it: a process of its own tree, mounts of its own.
    unshare --mount --pid --fork --kill-child chroot "$base/root" \
        env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" "${npm[@]}" \
        /srv/apunta/test/chroot.sh inside
}

# The package sources of this machine, Debian's own only.
sources() { grep -ls 'debian' /etc/apt/sources.list /etc/apt/sources.list.d/debian.{sources,list} | head -n 1; }

# Where this machine finds Node packages, and whom it believes that it did. No credentials.
npm_settings() {
    command -v npm >/dev/null || return 0
    local authorities
    echo "npm_config_registry=$(npm config get registry)"
    authorities=$(npm config get cafile)
    if [ -f "$authorities" ]; then
        cp "$authorities" "$base/root/srv/npm-authorities.crt"
        echo "npm_config_cafile=/srv/npm-authorities.crt"
    fi
}

case "${1:-}" in
    inside) inside ;;
    "") outside ;;
    *) sed -n '2,3s/^# //p' "$0"; exit 64 ;;
esac
