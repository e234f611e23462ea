#!/usr/bin/env python3
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# coverage.py BUILD PERCENT: adds up what gcov says of core/jose and core/inspect, and fails below PERCENT.

import json
import pathlib
import subprocess
import sys

MODULES = ("jose", "inspect")


def counts_of(build, notes, lines):
    """Adds to lines {(file, line): runs} what one object's notes and counters say."""
    result = subprocess.run(
        ["gcov", "--json-format", "--stdout", str(notes.resolve())],
        cwd=build, capture_output=True, check=True, text=True)
    for text in result.stdout.splitlines():
        for file in json.loads(text)["files"]:
            path = (build / file["file"]).resolve()
            for line in file["lines"]:
                place = (path, line["line_number"])
                lines[place] = lines.get(place, 0) + line["count"]


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    least = float(sys.argv[2])
    core = build.parent.parent / "core"
    lines = {}
    for module in MODULES:
        for notes in sorted((build / "core/CMakeFiles" / f"claimcheck_{module}.dir").rglob("*.gcno")):
            counts_of(build, notes, lines)
    uncovered = []
    is_good = True
    for module in MODULES:
        own = {place: runs for place, runs in lines.items() if core / module in place[0].parents}
        missing = sorted(place for place, runs in own.items() if runs == 0)
        uncovered += missing
        percent = 100 * (len(own) - len(missing)) / max(len(own), 1)
        print(f"line coverage of core/{module}: {percent:.1f} % ({len(own) - len(missing)} of {len(own)} lines)")
        is_good = is_good and own and percent >= least
    with open(build / "uncovered.txt", "w", encoding="utf-8") as report:
        for path, number in uncovered:
            text = path.read_text(encoding="utf-8").splitlines()[number - 1]
            report.write(f"{path.relative_to(core.parent)}:{number}: {text.strip()}\n")
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
