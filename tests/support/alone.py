#!/usr/bin/env python3
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""alone.py BUILD_DIR: looks at every file of the window by itself.

A build that compiles several files of a module at once (CLAIMCHECK_UNITY) does not see an include that is
missing in one of them, nor a name that hides another one. The files of core and of the command line are compiled
by themselves in the preset nocurl; for those of the window nothing is compiled here, they are only checked, which
takes a tenth of the time. The precompiled headers stand before each file here too, without which it would take
three times as long: that one of those is not included shows in the presets dev and release. Prints the compiler's
words and ends with 1 where a file does not stand alone.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys


def commands(build):
    """The command of each folder of the window's sources (relative to the project): ui/<module> and app/gui.

    Those of app/gui are not united, but compiled without -Wshadow as everything is in such a build.
    """
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        output = entry.get("output") or entry["command"].split(" -o ", 1)[1].split(" ", 1)[0]
        folder, _, rest = output.partition("/CMakeFiles/claimcheck_")
        if output.startswith("app/CMakeFiles/claimcheck.dir/"):
            found.setdefault("app/gui", entry)
        elif folder == "ui":
            found.setdefault(f"ui/{rest.split('.dir', 1)[0]}", entry)
    return found


def check(entry, source):
    words = shlex.split(entry["command"])
    if "ccache" in pathlib.Path(words[0]).name:
        words = words[1:]
    kept = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MT", "-c"):
            skip = True
        elif word not in ("-MD", "-Wno-shadow"):
            kept.append(word)
    done = subprocess.run(kept + ["-fsyntax-only", str(source)], cwd=entry["directory"], capture_output=True, text=True)
    return done.returncode, done.stderr


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    root = pathlib.Path(__file__).resolve().parents[2]
    work = []
    for folder, entry in sorted(commands(build).items()):
        work += [(entry, source) for source in sorted((root / folder).glob("*.cpp"))]
    if not work:
        sys.exit(f"alone.py: no file of the window in {build}/compile_commands.json")
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for status, words in pool.map(lambda each: check(*each), work):
            if status != 0:
                bad += 1
                print(words, end="")
    print(f"{len(work) - bad} of {len(work)} files of the window stand alone")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
