# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by ./test: the steps that it is made of, and the count over all of them.

passed=0 failed=0 skipped=0
broken=()

count() { passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3)); }
broke() { broken+=("$1"); count 0 1 0; }

# step NAME COMMAND…: one test that is a command.
step() {
    local name=$1
    shift
    say "$name"
    if "$@" </dev/null; then count 1 0 0; else broke "$name"; fi
}

our_sources() { find app core ui resources tests \( -name node_modules -o -path tests/data \) -prune -o \( -name '*.cpp' -o -name '*.h' \) -print; }
check_format() { our_sources | sort | xargs clang-format --dry-run -Werror; }

check_packaging() {
    desktop-file-validate packaging/desktop/*.desktop &&
        appstreamcli validate --no-net --pedantic packaging/desktop/*.metainfo.xml &&
        man_pages_are_clean
}

# groff names what it cannot set; a clean page names nothing.
man_pages_are_clean() {
    local page words
    for page in packaging/man/*.1; do
        words=$(LC_ALL=C.UTF-8 groff -man -Tutf8 -ww -z "$page" 2>&1) || return 1
        [ -z "$words" ] || { printf '%s\n' "$words"; return 1; }
    done
}

# An old build folder is told of new test files first: the names of what to build are asked for before that.
configure() {
    if [ -f "build/$1/build.ninja" ]; then ninja -C "build/$1" --quiet build.ninja; else cmake --preset "$1"; fi
}
# -k 0: one run names every file that does not compile. ccache tells objects of different locales apart: the
# compiler has another language in each.
build() { local preset=$1; shift; LC_ALL=C.UTF-8 ninja -C "build/$preset" --quiet -k 0 "$@"; }

# tests_of PRESET OPTION…: the names of the tests that ctest would choose; test programs are named alike.
tests_of() { local preset=$1; shift; ctest --test-dir "build/$preset" -N "$@" | sed -n 's/^ *Test *#[0-9]*: //p'; }

targets_of() { tests_of "$@" | grep -v '^architecture_'; }

# configuration PRESET [CTEST OPTION…]: builds what these tests need and runs them.
configuration() {
    local preset=$1 started=$SECONDS programs=claimcheck-cli
    shift
    say "Building the preset $preset"
    configure "$preset" || { broke "configuring $preset"; return; }
    if [ $# -eq 0 ]; then programs=all; else programs="claimcheck-cli $(targets_of "$preset" "$@" | tr '\n' ' ')"; fi
    # shellcheck disable=SC2086 # the names are words
    build "$preset" $programs </dev/null || { broke "building $preset"; return; }
    say "Running the tests of $preset (built in $((SECONDS - started)) s)"
    run_tests "$preset" "$@"
}

run_tests() {
    local preset=$1 before=$failed counted
    local log=build/$preset/Testing/Temporary/LastTest.log
    shift
    rm -f "$log"
    ctest --preset "$preset" -j2 "$@" </dev/null
    local status=$?
    # shellcheck disable=SC2046 # three numbers
    counted=$(python3 tests/support/count.py "$log") && count $counted
    if [ $status -ne 0 ] && [ "$failed" -eq "$before" ]; then broke "ctest of $preset"; fi
    [ "$failed" -eq "$before" ] || broken+=("tests of $preset")
}

# Each fuzzer is a test: from its corpus on it must not find anything in five seconds. smoke.sh says one line each.
fuzzers() {
    say "Fuzzing, five seconds each"
    local said
    said=$(tests/fuzz/smoke.sh build/asan 5 2>&1 </dev/null)
    local status=$?
    printf '%s\n' "$said"
    count "$(grep -c '^fuzz .*nothing found$' <<<"$said")" 0 0
    [ $status -eq 0 ] || broke fuzzing
}

# A linker that finds no room dies of a bus error: said beforehand, in words.
look_at_room() {
    local wanted=16 free
    free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1048576) }')
    [ "$free" -ge "$wanted" ] || say "Only $free GiB are free in $PWD: all tests together may need $wanted"
}

finish() {
    local what
    say "Done in $((SECONDS / 60)) min $((SECONDS % 60)) s"
    for what in ${broken[@]+"${broken[@]}"}; do printf 'failed: %s\n' "$what"; done
    [ $((passed + failed)) -gt 0 ] || printf 'failed: no test ran\n'
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
