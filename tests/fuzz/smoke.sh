#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# smoke.sh BUILD_DIR SECONDS: every fuzzer that BUILD_DIR holds, for that many seconds each, from the seeds in
# corpus/, as many at once as there are processors. Inputs that break something are kept in
# BUILD_DIR/fuzz-artifacts; the seeds themselves stay as they are.

set -euo pipefail

if [ $# -ne 2 ]; then
    echo "usage: $0 BUILD_DIR SECONDS" >&2
    exit 2
fi
build=$1 seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$build/fuzz-artifacts"

# fuzz NAME: says in one line what came of it.
fuzz() {
    local name=$1 log=$work/$1.log runs
    mkdir -p "$work/$name" "$here/corpus/$name"
    if ! "$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$build/fuzz-artifacts/$name-" \
        "$work/$name" "$here/corpus/$name" >"$log" 2>&1; then
        tail -n 40 "$log"
        echo "fuzz $name: FAILED, see $build/fuzz-artifacts"
        return 1
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    echo "fuzz $name: $runs inputs in $seconds s, nothing found"
}

names=()
for program in "$build"/tests/fuzz/fuzz_*; do
    if [ -f "$program" ] && [ -x "$program" ]; then names+=("${program##*/fuzz_}"); fi
done
if [ ${#names[@]} -eq 0 ]; then
    echo "$0: no fuzzer in $build/tests/fuzz (presets: asan, fuzz; target: fuzzers)" >&2
    exit 2
fi

status=0 running=0
for name in "${names[@]}"; do
    if [ "$running" -ge "$(nproc)" ]; then
        wait -n || status=1
        running=$((running - 1))
    fi
    fuzz "$name" &
    running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
    wait -n || status=1
    running=$((running - 1))
done
exit $status
