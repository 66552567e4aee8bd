#!/usr/bin/env bash
# server/layers_test.sh   holds the sources against LAYERS.txt and against the rules on heavy headers and clocks;
# then plants one violation of each kind in a copy and expects to find it, since a guard that sees nothing looks the same.
set -euo pipefail
server=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Prints one line per violation of the tree $1.
violations() {
    (cd "$1" && find . -mindepth 2 \( -name '*.hpp' -o -name '*.cpp' -o -name CMakeLists.txt \) | sort | xargs awk "$rules" LAYERS.txt)
}

# shellcheck disable=SC2016
rules='
function complain(what) { printf "%s:%d: %s\n", path, FNR, what }
function within(list, one) { return index(" " list " ", " " one " ") > 0 }
function may_use(used) { return used == room || within(uses[room], used) }

# --- the plan: "room: rooms it may use", bottom floor first
FILENAME == "LAYERS.txt" {
    path = FILENAME
    sub(/#.*/, "")
    if ($0 ~ /^[ \t]*$/) next
    if ($1 !~ /:$/) { complain("not `room: rooms`: " $0); next }
    name = substr($1, 1, length($1) - 1)
    for (i = 2; i <= NF; i++)
        if (!($i in uses)) complain(name " uses " $i ", which is not on a lower floor")
    $1 = ""
    uses[name] = $0
    next
}

FNR == 1 {
    path = substr(FILENAME, 3)
    room = path
    sub(/\/.*/, "", room)
    is_header = path ~ /\.hpp$/
    is_test = path ~ /_test\.cpp$/
    if (!(room in uses) && !(room in unplanned)) { complain("room " room " is not in LAYERS.txt"); unplanned[room] }
}

# --- links: every word of a room CMakeLists.txt that is the name of a room
path ~ /CMakeLists\.txt$/ {
    sub(/#.*/, "")
    gsub(/[()]/, " ")
    for (i = 1; i <= NF; i++)
        if ($i in uses && !may_use($i)) complain(room " may not link " $i)
    next
}

# --- includes
/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, part, "\"")
    used = part[2]
    if (used !~ /\//) complain("include \"" used "\" does not name its room")
    sub(/\/.*/, "", used)
    if (part[2] ~ /\// && !(used in uses)) complain("include of " part[2] ": no such room")
    else if (used in uses && !may_use(used)) complain(room " may not include " part[2])
    next
}
/^[ \t]*#[ \t]*include[ \t]*</ {
    header = $0
    sub(/^[^<]*</, "", header)
    sub(/>.*/, "", header)
    if (header ~ /^boost\/(asio|beast)/) only("api whatsapp", "Asio and Beast")
    if (header ~ /^(SQLiteCpp|pqxx)\// || header ~ /^(sqlite3|libpq-fe)\.h$/) only("store", "SQL libraries")
    if (header ~ /^curl\// && !is_test) only("mail cli system", "libcurl")
    if (header ~ /^spdlog\//) only("base", "spdlog")
    if (header ~ /^CLI\//) only("cli", "CLI11")
    if (is_header && header ~ /^(boost\/json|unicode|phonenumbers|date\/tz|spdlog|CLI|curl)/ && header !~ /fwd\.hpp$/ && !within("api whatsapp cli store system", room))
        complain("heavy header <" header "> in a header of " room)
    next
}
function only(rooms, what) { if (!within(rooms, room)) complain(what " are for " rooms " only: <" header ">") }

# --- clocks: time enters as a value; one file asks the machine for it. system/ stands outside and moves that time
{
    sub(/\/\/.*/, "")
    if (path !~ /^(base\/clock(_test)?\.cpp|system\/.*)$/ && /system_clock::now|gettimeofday|(^|[^A-Za-z0-9_.>])time\((nullptr|NULL|0|&)/) complain("only base/clock.cpp asks the machine for the time")
    if (within("business schedule language wording assistant", room) && /_clock::now|random_device/) complain(room " is pure: no clock, no chance")
}
'

# Plants the line $3 in file $2 of a fresh copy and expects a complaint that holds $1.
must_find() {
    rm -rf "$copy" && mkdir -p "$copy/base" "$copy/schedule" "$copy/store" "$copy/api"
    cp "$server/LAYERS.txt" "$copy/"
    echo '#include "base/time.hpp"' >"$copy/schedule/sound.cpp"
    echo 'apunta_room(schedule USES base business PARTS fmt::fmt)' >"$copy/schedule/CMakeLists.txt"
    [ -z "$(violations "$copy")" ] || { echo "self-test: a sound tree is refused: $(violations "$copy")"; return 1; }
    mkdir -p "$(dirname "$copy/$2")"
    printf '%s\n' "$3" >>"$copy/$2"
    violations "$copy" | grep -qF -- "$1" || { echo "self-test: planted \`$3\` in $2 and nobody complained of \"$1\""; return 1; }
}

self_test() {
    copy=$(mktemp -d)
    trap 'rm -rf "$copy"' EXIT
    must_find 'schedule may not include store/database.hpp' schedule/a.cpp '#include "store/database.hpp"'
    must_find 'store may not include booking/booking.hpp' store/sqlite/a.hpp '# include "booking/booking.hpp"'
    must_find 'no such room' schedule/a.cpp '#include "helpers/a.hpp"'
    must_find 'does not name its room' schedule/a.cpp '#include "a.hpp"'
    must_find 'schedule may not link store' schedule/CMakeLists.txt $'apunta_room(schedule\n  USES base store)'
    must_find 'not in LAYERS.txt' cellar/a.cpp 'int main() {}'
    must_find 'not on a lower floor' LAYERS.txt 'cellar: attic'
    must_find 'Asio and Beast' store/a.cpp '#include <boost/beast/http.hpp>'
    must_find 'SQL libraries' api/a.cpp '#include <pqxx/pqxx>'
    must_find 'libcurl' api/a.cpp '#include <curl/curl.h>'
    must_find 'spdlog' api/a.cpp '#include <spdlog/spdlog.h>'
    must_find 'CLI11' api/a.cpp '#include <CLI/CLI.hpp>'
    must_find 'heavy header' schedule/a.hpp '#include <boost/json.hpp>'
    must_find 'asks the machine' store/a.cpp 'auto now = std::chrono::system_clock::now();'
    must_find 'asks the machine' store/a_test.cpp 'auto now = std::time(nullptr);'
    must_find 'is pure' schedule/a.cpp 'auto start = std::chrono::steady_clock::now();'
}

found=$(violations "$server")
if [ -n "$found" ]; then
    printf '%s\n' "$found"
    exit 1
fi
self_test
echo "layers: the sources keep to LAYERS.txt"
