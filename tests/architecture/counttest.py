# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the count which ./test ends with neither loses a failure nor invents a pass."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
from count import count_log  # noqa: E402


def program(output, end="Test Passed."):
    return f"3/9 Testing: some_test\n3/9 Test: some_test\nOutput:\n---\n{output}\n<end of output>\n{end}\n"


QTEST = """PASS   : TestText::initTestCase()
PASS   : TestText::trims()
PASS   : TestText::reads(row one)
SKIP   : TestText::later() no node
PASS   : TestText::cleanupTestCase()
Totals: 4 passed, 0 failed, 1 skipped, 0 blacklisted, 1ms"""


class Count(unittest.TestCase):
    def test_functions_of_a_program_are_counted(self):
        self.assertEqual(count_log(program(QTEST)), (2, 0, 1))

    def test_programs_add_up(self):
        self.assertEqual(count_log(program(QTEST) + program(QTEST)), (4, 0, 2))

    def test_a_failed_function_counts_once(self):
        output = QTEST.replace("PASS   : TestText::trims()", "FAIL!  : TestText::trims() Compared values differ")
        self.assertEqual(count_log(program(output, "Test Failed.")), (1, 1, 1))

    def test_a_crash_after_passes_is_a_failure(self):
        self.assertEqual(count_log(program(QTEST, "Test Failed.")), (2, 1, 1))

    def test_a_failed_setup_is_a_failure(self):
        self.assertEqual(count_log(program("FAIL!  : TestText::initTestCase() no", "Test Failed.")), (0, 1, 0))

    def test_a_plain_program_counts_as_one(self):
        self.assertEqual(count_log(program("hello")), (1, 0, 0))
        self.assertEqual(count_log(program("hello", "Test Failed.")), (0, 1, 0))

    def test_a_program_that_was_never_built_is_a_failure(self):
        text = '3/9 Testing: x\n3/9 Test: x\nCommand: ""\nOutput:\n<end of output>\nTest Passed.\n'
        self.assertEqual(count_log(text), (0, 1, 0))

    def test_python_tests_are_counted(self):
        self.assertEqual(count_log(program("Ran 5 tests in 0.3s\n\nOK")), (5, 0, 0))
        self.assertEqual(count_log(program("Ran 5 tests in 0.3s\n\nFAILED", "Test Failed.")), (4, 1, 0))

    def test_nothing_is_nothing(self):
        self.assertEqual(count_log("Start testing: now\n"), (0, 0, 0))


if __name__ == "__main__":
    unittest.main()
