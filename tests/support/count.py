# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what a ctest run did: `count.py FOLDER/Testing/Temporary/LastTest.log` prints "PASSED FAILED SKIPPED".

A QtTest program holds many tests, so its own PASS, FAIL! and SKIP lines are counted (set-up and clean-up
that pass are not tests); "Ran N tests" of Python's unittest likewise; any other program counts as one.
A program that failed without saying where (a crash, a time-out, a sanitizer's report) counts as one failure more.
"""

import re
import sys

START = re.compile(r"^\d+/\d+ Testing: ", re.M)
RESULT = re.compile(r"^(PASS   |FAIL!  |SKIP   |XPASS  ): ([^\n]*)", re.M)
FIXTURE = re.compile(r"::(initTestCase|cleanupTestCase)\(\)")


def count_program(text):
    """(passed, failed, skipped) of one program's part of the log."""
    passed = failed = skipped = 0
    for word, name in RESULT.findall(text):
        if word.startswith("SKIP"):
            skipped += 1
        elif not word.startswith("PASS"):
            failed += 1
        elif not FIXTURE.search(name):
            passed += 1
    ran = re.search(r"^Ran (\d+) tests? in", text, re.M)
    if ran and not RESULT.search(text):
        passed = int(ran.group(1))
    # ctest logs a program that is not there as passed, with an empty command.
    ok = re.search(r"^Test Passed\.", text, re.M) is not None and 'Command: ""\n' not in text
    if re.search(r"^Test Skipped\.", text, re.M):
        return passed, failed, skipped + 1
    if ok and passed + failed + skipped == 0:
        return 1, 0, 0
    if not ok and ran:
        return max(passed - 1, 0), 1, 0
    return passed, failed + (0 if ok or failed else 1), skipped


def count_log(text):
    parts = START.split(text)[1:]
    counts = [count_program(part) for part in parts]
    return tuple(sum(column) for column in zip(*counts)) if counts else (0, 0, 0)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", errors="replace") as log:
        print(*count_log(log.read()))
