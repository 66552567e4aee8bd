#!/usr/bin/env bash
# test/summary.sh DIR   adds up what ctest (DIR/ctest/*.xml) and the test programs (DIR/gtest/*.xml, DIR/node/*.xml) wrote.
# A program of GoogleTest or Node counts by its cases, any other by itself; one that fails without a failed case (a crash, a
# leak, a timeout) counts as one failure more. Skipped cases are named. Ends with "N passed, N failed"; fails unless all
# passed.
set -euo pipefail
shopt -s nullglob
dir=${1:?test/summary.sh DIR}
reports=("$dir"/gtest/*.xml "$dir"/node/*.xml "$dir"/ctest/*.xml)
[ ${#reports[@]} -gt 0 ] || { echo "no test ran"; exit 1; }

awk '
function attribute(name,    rest) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    rest = substr($0, RSTART, RLENGTH)
    sub(/^[^"]*"/, "", rest)
    sub(/"$/, "", rest)
    return rest
}
function program(path) { sub(/.*\//, "", path); sub(/(_test)?(_[0-9]+)?\.xml$/, "", path); return path }

FILENAME ~ /\/gtest\// && /<testsuites / {
    cases[program(FILENAME)] += attribute("tests") - attribute("disabled")
    broken[program(FILENAME)] += attribute("failures") + attribute("errors")
}
FILENAME ~ /\/gtest\// && /<testcase .*result="skipped"/ {
    cases[program(FILENAME)]--
    print "skipped: " attribute("classname") "." attribute("name")
}
FILENAME ~ /\/node\// && /<testcase / { cases[program(FILENAME)]++; last_name = attribute("name") }
FILENAME ~ /\/node\// && /<failure / { broken[program(FILENAME)]++ }
FILENAME ~ /\/node\// && /<skipped / { cases[program(FILENAME)]--; print "skipped: " last_name }
FILENAME ~ /\/ctest\// && /<testcase / {
    name = attribute("name")
    ran_well = attribute("status") == "run"
    if (!(name in cases)) cases[name] = 1
    if (!ran_well && !broken[name]) {
        broken[name] = 1
        if (cases[name] > 1) cases[name]++
    }
    passed += cases[name] - broken[name]
    failed += broken[name]
}
END {
    printf "%d passed, %d failed\n", passed, failed
    exit failed > 0 || passed == 0
}' "${reports[@]}"
