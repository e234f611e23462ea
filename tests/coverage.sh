#!/bin/sh
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# coverage.sh [PERCENT]: how many lines of core/jose and core/inspect their own tests run, built in
# build/coverage. Fails where one of the two has less than PERCENT (95). A list of the lines that no test runs
# is left in build/coverage/uncovered.txt. Needs gcov, which comes with g++.

set -eu

least=${1:-95}
root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/coverage
cd "$root"

cmake --preset dev -B "$build" -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_FLAGS='--coverage -O0' >/dev/null
programs=$(ninja -C "$build" -t targets all | sed -n 's,^tests/\(core_\(jose\|inspect\)_[a-z0-9]*\): CXX_EXEC.*,\1,p')
# shellcheck disable=SC2086 # a list of words
nice ninja -C "$build" $programs
find "$build" -name '*.gcda' -delete
ctest --test-dir "$build" -R '^core_(jose|inspect)_' --output-on-failure | tail -n 3
exec python3 "$root/tests/support/coverage.py" "$build" "$least"
