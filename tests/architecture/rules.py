# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules that a compiler cannot see. Each rule is a function (house) → violations; RULES lists them."""

import re
from dataclasses import dataclass, field

from rooms import closure, reaches_resources

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
MOST_LINES = 500
QT_WINDOW = {"QtGui", "QtWidgets", "QtSvg", "QtSvgWidgets", "Qsci"}


@dataclass
class House:
    rooms: dict
    sources: list = field(default_factory=list)


@dataclass
class Violation:
    rule: str
    path: str
    line: int
    what: str

    def __str__(self):
        return f"{self.path}:{self.line}: [{self.rule}] {self.what}"


def _matches(source, pattern):
    """(line number, match) of every line that holds the pattern outside of a comment."""
    for number, line in enumerate(source.lines, 1):
        code = re.sub(r"(^|\s)//.*$" if source.is_cpp else r"(^|\s)#(?!include).*$", "", line)
        for match in re.finditer(pattern, code):
            yield number, match


def _includes(source):
    for number, line in enumerate(source.lines, 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1), match.group(2)


def _allowed(house, source):
    """The rooms that this file may include; None: all of them."""
    if source.room:
        return closure(house.rooms, [source.room[1]])
    if source.under("app/cli") or source.under("tests/cli"):
        return {name for name, room in house.rooms.items() if room.floor == "core"}
    return None


def includes_follow_the_table(house):
    for source in house.sources:
        allowed = _allowed(house, source) if source.is_cpp else None
        for number, _, name in _includes(source) if allowed is not None else ():
            room = name.split("/")[0]
            if room in house.rooms and "/" in name and room not in allowed:
                yield Violation("depends", source.path, number, f"<{name}> is not among the DEPENDS of its module")


def resources_are_linked(house):
    for source in house.sources:
        for number, _, name in _includes(source) if source.is_cpp and source.room else ():
            if name.startswith("resources/") and not reaches_resources(house.rooms, [source.room[1]]):
                yield Violation("depends", source.path, number, f"<{name}> without LINKS claimcheck_resources")


def table_has_no_arrow_back(house):
    above = set()
    for room in house.rooms.values():
        for other in room.depends:
            if other not in above:
                yield Violation("table", f"{room.floor}/CMakeLists.txt", 1,
                                f"{room.name} depends on {other}, which is not above it")
        above.add(room.name)


def every_room_is_listed(house):
    seen = {source.room for source in house.sources if source.room and source.path.parts[0] != "tests"}
    for floor, name in sorted(seen):
        if name not in house.rooms or house.rooms[name].floor != floor:
            yield Violation("table", f"{floor}/CMakeLists.txt", 1, f"{floor}/{name} is not a module of the table")


def includes_are_rooted(house):
    for source in house.sources:
        for number, quote, name in _includes(source) if source.is_cpp else ():
            if quote == '"' and "/" in name:
                yield Violation("rooted", source.path, number, f'"{name}": quotes are for the same folder only')
            elif re.fullmatch(r"Q[A-Z]\w+", name):
                yield Violation("rooted", source.path, number, f"<{name}>: write <QtModule/{name.lower()}.h>")


def _windowless(source):
    return source.under("core") or source.under("tests/core") or source.under("app/cli") or source.under("tests/cli")


def core_sees_no_window(house):
    for source in house.sources:
        banned = QT_WINDOW if _windowless(source) or source.under("ui/state") else set()
        for number, _, name in _includes(source) if source.is_cpp else ():
            if name.split("/")[0] in banned:
                yield Violation("window", source.path, number, f"<{name}> under a room that has no display")


def licence_is_stated(house):
    for source in house.sources:
        head = "\n".join(source.lines[:6])
        if source.wants_licence and not ("SPDX-FileCopyrightText:" in head
                                         and "SPDX-License-Identifier: GPL-3.0-or-later" in head):
            yield Violation("licence", source.path, 1, "the two SPDX lines are missing at the top")


def files_are_short(house):
    for source in house.sources:
        if source.is_code and len(source.lines) > MOST_LINES:
            yield Violation("size", source.path, MOST_LINES, f"{len(source.lines)} lines: find the second subject")


COLOUR = (r'#[0-9A-Fa-f]{6}\b|QColor\s*[({]\s*(?:\d|"|u"|Qt::)|\bqRgba?\s*\(\s*\d|'
          r"\bQt::(?:white|black|red|green|blue|cyan|magenta|yellow|gray|(?:dark|light)[A-Z][a-z]+)\b")


def colours_live_in_the_theme(house):
    for source in house.sources:
        if not source.is_cpp or not (source.under("ui") or source.under("app")) or source.under("ui/theme"):
            continue
        for number, match in _matches(source, COLOUR):
            yield Violation("colour", source.path, number, f"{match.group(0)}: take a role of the theme")


OWN_BOX = r"\bQ(?:MessageBox|InputDialog)\b|<QtWidgets/q(?:messagebox|inputdialog)\.h>"


def questions_are_asked_by_one_box(house):
    for source in house.sources:
        if not source.is_cpp or not (source.under("ui") or source.under("app")) or source.under("ui/theme"):
            continue
        for number, match in _matches(source, OWN_BOX):
            yield Violation("question", source.path, number, f"{match.group(0)}: take the theme's QuestionBox")


SLEEP = r"\b(?:qSleep|qWait|m?u?sleep|sleep_for|sleep_until)\s*\(|QThread::m?u?sleep\b"
SHELL_SLEEP = r"(?:^|[;&|]|\bdo\b|\bthen\b)\s*sleep\s+[0-9.$]"


def tests_do_not_sleep(house):
    for source in house.sources:
        if not source.under("tests") or source.under("tests/bench") or source.under("tests/architecture"):
            continue
        for number, match in _matches(source, SHELL_SLEEP if source.path.suffix == ".sh" else SLEEP):
            yield Violation("sleep", source.path, number, f"{match.group(0).strip()}: wait for the event instead")


def nothing_is_left_open(house):
    for source in house.sources:
        if source.is_code and not source.under("tests/architecture"):
            for number, line in enumerate(source.lines, 1):
                if re.search(r"\b(TODO|FIXME|XXX)\b", line):
                    yield Violation("open", source.path, number, "finish it or write down why it is not done")


# Whatever begins as its families do (EC_, RSA_, HMAC_ … and the conversions), known here or not; STACK_OF and the
# like name types.
OPENSSL = (r"\b((?!STACK_OF\b)(?:[A-Z][A-Z0-9]+|[a-z]+2[a-z]+|sk|lh)_\w+|CMAC|HMAC|MD5|SHA(?:1|224|256|384|512))\s*\(")
DOORS = "tests/core/jose/faultdoors.inc"


def openssl_can_be_made_to_fail(house):
    """Every OpenSSL function of the token engine has a door in front of it in the tests of faults."""
    doors = next((source.text for source in house.sources if source.path.as_posix() == DOORS), "")
    known = set(re.findall(r"^FAULT_(?:DOOR[A-Z_]*\([^,]*, |NONE\()(\w+)", doors, re.MULTILINE))
    for source in house.sources:
        if not source.is_cpp or not (source.under("core/jose") or source.under("core/inspect")):
            continue
        for number, match in _matches(source, OPENSSL):
            name = match.group(1)
            if name not in known and not name.endswith(("_free", "_free_all", "_clear_free")):
                yield Violation("doors", source.path, number, f"{name} has no line in {DOORS}")


RULES = (includes_follow_the_table, resources_are_linked, table_has_no_arrow_back, every_room_is_listed,
         includes_are_rooted, core_sees_no_window, licence_is_stated, files_are_short,
         colours_live_in_the_theme, questions_are_asked_by_one_box, tests_do_not_sleep, nothing_is_left_open,
         openssl_can_be_made_to_fail)


def judge(house):
    return [violation for rule in RULES for violation in rule(house)]
