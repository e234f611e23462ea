# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a large answer costs: `transfer.py CLAIMCHECK_CLI` lets it `send` for bodies from a server on loopback.

A program of its own: the peak memory that the system notes for a process counts what its parent held when it was
started, so that a measuring program that has read much in would print itself.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager

MEGABYTE = 1_000_000


@contextmanager
def sparse_server():
    """An address whose `/N` answers with N bytes that take no room on disk; sendfile keeps its own cost small."""
    with tempfile.TemporaryFile() as body, socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        body.truncate(4096 * MEGABYTE)

        def answer(connection):
            with connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    piece = connection.recv(65536)
                    if not piece:
                        return
                    head += piece
                size = int(head.split(b" ", 2)[1].lstrip(b"/"))
                connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % size)
                offset = 0
                while offset < size:
                    offset += os.sendfile(connection.fileno(), body.fileno(), offset, size - offset)

        def accept():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def measured(command):
    """(wall seconds, CPU seconds, peak resident MB) of one process that must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / MEGABYTE


def print_transfers(program, rounds=3):
    print(f"\n`send` of a large answer over HTTP/1.1 on loopback, the best of {rounds}\n")
    print("| body | wall s | CPU s | peak memory MB |\n| --- | ---: | ---: | ---: |")
    with sparse_server() as url:
        for name, size in (("1 kB", 1000), ("50 MB", 50 * MEGABYTE), ("1 GiB", 1024 ** 3)):
            runs = [measured([program, "send", "GET", f"{url}/{size}"]) for _ in range(rounds)]
            wall, cpu, memory = (min(values) for values in zip(*runs))
            print(f"| {name} | {wall:.2f} | {cpu:.2f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    print_transfers(sys.argv[1])
