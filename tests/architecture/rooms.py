# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms of the house as the build files list them.

Reads the calls `claimcheck_module(name [NO_MOC] [DEPENDS …] [LINKS …] [SOURCES …])` of core/CMakeLists.txt
and ui/CMakeLists.txt. The order of the calls is the order of the house: an arrow may only point up the list.
"""

import re
from dataclasses import dataclass

KEYWORDS = ("DEPENDS", "LINKS", "SOURCES", "NO_MOC", "ALONE", "PRECOMPILED")


@dataclass
class Room:
    name: str
    floor: str  # "core" or "ui"
    depends: tuple
    links: tuple


def _lists(words):
    """The words after each keyword of a CMake call."""
    found, current = {}, None
    for word in words:
        if word in KEYWORDS:
            current = found.setdefault(word, [])
        elif current is not None:
            current.append(word)
    return found


def _calls(text):
    text = re.sub(r"#[^\n]*", "", text)
    for match in re.finditer(r"claimcheck_module\(([^)]*)\)", text):
        yield match.group(1).split()


def read_rooms(root):
    """All rooms in the order of the build files, by name. A room that is listed twice (one call per
    build option) keeps the arrows of both calls."""
    rooms = {}
    for floor in ("core", "ui"):
        listing = root / floor / "CMakeLists.txt"
        for words in _calls(listing.read_text(encoding="utf-8")) if listing.exists() else ():
            lists = _lists(words[1:])
            before = rooms.get(words[0])
            rooms[words[0]] = Room(
                words[0], floor,
                tuple(lists.get("DEPENDS", ())) + (before.depends if before else ()),
                tuple(lists.get("LINKS", ())) + (before.links if before else ()))
    return rooms


def closure(rooms, names):
    """The rooms that `names` reach, themselves included."""
    reached, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name in rooms and name not in reached:
            reached.add(name)
            waiting.extend(rooms[name].depends)
    return reached


def reaches_resources(rooms, names):
    return any("claimcheck_resources" in rooms[name].links for name in closure(rooms, names))
