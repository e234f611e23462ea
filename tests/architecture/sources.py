# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the project, each with its place in the house."""

from dataclasses import dataclass
from pathlib import Path

# What belongs to others or is made by the build is not ours to judge.
FOREIGN = {"build", ".git", ".tools", ".run", ".cache", "node_modules", "__pycache__"}
CODE = {".cpp", ".h", ".py", ".sh", ".cmake", ".js", ".mjs", ".cjs", ".inc"}
SIGNED_NAMES = {"CMakeLists.txt", "run", "test", ".clang-tidy", ".clang-format"}
SIGNED_SUFFIXES = CODE | {".qrc", ".svg", ".desktop", ".xml", ".1"}


@dataclass
class Source:
    path: Path  # relative to the root
    text: str

    @property
    def lines(self):
        return self.text.splitlines()

    @property
    def is_cpp(self):
        return self.path.suffix in (".cpp", ".h")

    @property
    def is_code(self):
        return self.path.suffix in CODE or self.path.as_posix() in ("run", "test", ".ci/run")

    @property
    def wants_licence(self):
        return (self.path.suffix in SIGNED_SUFFIXES or self.path.name in SIGNED_NAMES
                or self.path.as_posix() == ".ci/run")

    def under(self, folder):
        return self.path.as_posix().startswith(folder + "/")

    @property
    def room(self):
        """("core", "jose") for core/jose/… and tests/core/jose/…; None outside of both floors."""
        parts = self.path.parts[1:] if self.path.parts[0] == "tests" else self.path.parts
        return (parts[0], parts[1]) if len(parts) > 2 and parts[0] in ("core", "ui") else None


def _ours(path):
    return not FOREIGN.intersection(path.parts) and path.parts[:2] != ("tests", "data")


def read_sources(root):
    """Every code, build and packaging file under `root`, test data left out."""
    found = []
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if not _ours(relative) or not path.is_file():
            continue
        source = Source(relative, "")
        if source.is_code or source.wants_licence:
            source.text = path.read_text(encoding="utf-8")
            found.append(source)
    return found
