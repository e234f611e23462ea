# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds a checkout against the house rules: `python3 check.py ROOT`. Prints every violation, status 1 if any."""

import sys
from pathlib import Path

from rooms import read_rooms
from rules import House, judge
from sources import read_sources


def check(root):
    return judge(House(read_rooms(root), read_sources(root)))


def main(arguments):
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: check.py ROOT", file=sys.stderr)
        return 2
    violations = check(Path(arguments[0]))
    for violation in violations:
        print(violation)
    print(f"{len(violations)} violations of the house rules")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
