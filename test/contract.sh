#!/usr/bin/env bash
# test/contract.sh [FILE…]   the suites of test/contract, or those named, on the program $APUNTA_BINARY; wants, as the system
# tests do, APUNTA_TEST_POSTGRES. APUNTA_NODE_REPORTS=DIR: a JUnit report there. APUNTA_FULL=1 fuzzes longer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/contract"
[ $# -gt 0 ] || set -- *.test.ts
node=node_modules/.bin/node
[ -x $node ] || { echo "the Node packages are not installed; bin/setup --dev installs them" >&2; exit 69; }
report=/dev/null
if [ -n "${APUNTA_NODE_REPORTS:-}" ]; then report=$APUNTA_NODE_REPORTS/contract.xml; fi
exec $node --test --test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination="$report" "$@"
