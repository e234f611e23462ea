#!/bin/sh
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# smoke.sh BUILD_DIR SECONDS: every fuzzer that BUILD_DIR holds, for that many seconds each, from the seeds in
# corpus/. Inputs that break something are kept in BUILD_DIR/fuzz-artifacts; the seeds themselves stay as they are.

set -eu

if [ $# -ne 2 ]; then
    echo "usage: $0 BUILD_DIR SECONDS" >&2
    exit 2
fi
build=$1
seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
mkdir -p "$build/fuzz-artifacts"
status=0
count=0

for program in "$build"/tests/fuzz/fuzz_*; do
    [ -f "$program" ] && [ -x "$program" ] || continue
    name=${program##*/fuzz_}
    mkdir -p "$work/$name" "$here/corpus/$name"
    if "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$build/fuzz-artifacts/$name-" "$work/$name" "$here/corpus/$name" >"$work/log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log")
        echo "fuzz $name: $runs inputs in $seconds s, nothing found"
    else
        tail -n 40 "$work/log"
        echo "fuzz $name: FAILED, see $build/fuzz-artifacts" >&2
        status=1
    fi
    count=$((count + 1))
done

if [ "$count" -eq 0 ]; then
    echo "$0: no fuzzer in $build/tests/fuzz (presets: asan, fuzz; target: fuzzers)" >&2
    exit 2
fi
exit "$status"
