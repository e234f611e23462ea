#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# long.sh BUILD_DIR CPU_SECONDS CORPUS [NAME]…: the named fuzzers of BUILD_DIR (all, without a name) one after the
# other, each until it has used that many seconds of processor time; waiting for others does not count. What it
# learns is kept in CORPUS/NAME, so that the next run goes on from there; a finding is kept in
# BUILD_DIR/fuzz-artifacts and ends with status 1. smoke.sh is the short form.

set -euo pipefail

if [ $# -lt 3 ]; then
    echo "usage: $0 BUILD_DIR CPU_SECONDS CORPUS [NAME]…" >&2
    exit 2
fi
build=$1 seconds=$2 corpus=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
ticks=$(getconf CLK_TCK)
readonly interrupted=72 # libFuzzer's status after SIGINT

# cpu_seconds PID: user and system time; nothing when the process is gone.
cpu_seconds() {
    local fields
    fields=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) || return 1
    # shellcheck disable=SC2086 # numbers
    set -- $fields
    echo $(((${12} + ${13}) / ticks))
}

# fuzz NAME
fuzz() {
    local name=$1 log=$build/fuzz-$1.log pid used=0 now status=0 runs
    mkdir -p "$corpus/$name" "$here/corpus/$name" "$build/fuzz-artifacts"
    # libFuzzer's time-out is one of the clock on the wall, which runs while others have the processor.
    "$build/tests/fuzz/fuzz_$name" -timeout=200 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$build/fuzz-artifacts/$name-" "$corpus/$name" "$here/corpus/$name" >"$log" 2>&1 &
    pid=$!
    while now=$(cpu_seconds $pid); do
        used=$now
        if [ "$used" -ge "$seconds" ]; then kill -INT $pid; break; fi
        timeout 2 tail --pid=$pid -f /dev/null || true # until it ends, or for two seconds
    done
    wait $pid || status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    if [ $status -ne $interrupted ]; then
        tail -n 40 "$log"
        echo "fuzz $name: FAILED after $used CPU seconds, see $build/fuzz-artifacts" >&2
        return 1
    fi
    echo "fuzz $name: $runs inputs in $used CPU seconds, nothing found"
}

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
    for program in "$build"/tests/fuzz/fuzz_*; do
        if [ -f "$program" ] && [ -x "$program" ]; then names+=("${program##*/fuzz_}"); fi
    done
fi
[ ${#names[@]} -gt 0 ] || { echo "$0: no fuzzer in $build/tests/fuzz" >&2; exit 2; }
failed=0
for name in "${names[@]}"; do fuzz "$name" || failed=1; done
exit $failed
