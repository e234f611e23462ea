# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen without a screen, with a window manager, and what a window on it costs."""

import os
import re
import signal
import statistics
import subprocess
import time
from contextlib import contextmanager


@contextmanager
def screen(size="1600x1000"):
    """Xvfb on a display number of its own choice, with openbox on it; yields the environment for a program."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", size + "x24", "-nolisten", "tcp", "-noreset"],
        stderr=subprocess.DEVNULL, pass_fds=[write_end])
    os.close(write_end)
    # To the end of the line: closed before, the server's write of the line end would be its death.
    with open(read_end, encoding="ascii") as pipe:
        number = pipe.readline().strip()
    if not number:
        raise RuntimeError("Xvfb did not start")
    environment = {**os.environ, "DISPLAY": ":" + number, "QT_QPA_PLATFORM": "xcb"}
    environment.pop("WAYLAND_DISPLAY", None)
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    try:
        yield environment
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


def memory(pid):
    """(PSS, RSS) in MB: PSS shares the pages of libraries fairly among all that use them."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        text = rollup.read()
    return tuple(int(re.search(rf"^{name}:\s+(\d+)", text, re.M).group(1)) / 1024 for name in ("Pss", "Rss"))


def window_start(first_frame, program, environment, idle_seconds):
    """One start: (seconds to the first frame, PSS, RSS once idle). firstframe prints and leaves; the program
    that it started is ended here, by its own number."""
    out = subprocess.run([first_frame, program], env=environment, capture_output=True, text=True, check=True).stdout
    seconds, pid = out.split()
    time.sleep(idle_seconds)
    try:
        return float(seconds), *memory(int(pid))
    finally:
        os.kill(int(pid), signal.SIGTERM)
        time.sleep(0.5)


def window_costs(first_frame, program, rounds=7, idle_seconds=3.0):
    """Medians over the rounds; one start before them fills the page cache. The slowest frame comes last."""
    with screen() as environment:
        window_start(first_frame, program, environment, 0.5)
        seen = [window_start(first_frame, program, environment, idle_seconds) for _ in range(rounds)]
    frames, pss, rss = zip(*seen)
    return statistics.median(frames), statistics.median(pss), statistics.median(rss), max(frames)
