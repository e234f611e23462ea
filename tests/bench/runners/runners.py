# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`claimcheck-cli run` beside other runners on one server: `runners.py --programs BUILD --helpers BUILD/tests/bench
--modules FOLDER`.

Needs nodejs, and `npm install newman @usebruno/cli stepci httpyac` in FOLDER. A runner that is not there is left out,
and said so. A figure counts only when the runner ended with 0 and the server answered every request with 200; and each
runner has to fail first, on a message that is not the server's: what checks nothing is not compared.

Everybody takes turns; the figures are those of the round with the least CPU time, user and system, of the process
and its children. This program stays small, since the peak memory of a process counts what its parent held.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from transfer import measured  # noqa: E402

MESSAGE = "Welcome to the protected route"
OURS = "Claimcheck"


@contextmanager
def server():
    """The port of a server that runs meanwhile."""
    with subprocess.Popen(["node", HERE / "server.mjs"], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def counted(port):
    """(requests, answers with 200) so far."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /stats HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
        with connection.makefile("rb") as answer:
            stats = json.loads(answer.read().split(b"\r\n\r\n", 1)[1])
    return stats["asked"], stats["good"]


def write_work(*arguments):
    subprocess.run([sys.executable, "-B", HERE / "workload.py", *map(str, arguments)], check=True)


def commands(arguments, folder):
    """{name: command} of all that is there, for the work in this folder."""
    modules = (arguments.modules / "node_modules" / ".bin").resolve()
    collection = folder / "opencollection"
    peers = {
        "newman": [modules / "newman", "run", folder / "postman.json"],
        "bru": ["env", "-C", collection, modules / "bru", "run", "--env", "bench"],
        "stepci": [modules / "stepci", "run", folder / "stepci.yml"],
        "httpyac": ["env", "-C", folder, modules / "httpyac", "send", "bench.http", "--all", "--output", "none"],
    }
    found = {OURS: [arguments.programs / "claimcheck-cli", "run", collection, "--env", "bench"]}
    for name, command in peers.items():
        if (modules / name).exists():
            found[name] = command
        else:
            print(f"{name} is left out: it is not in {modules}", file=sys.stderr)
    return found


def run(command, port, expected):
    """What measured() says of a run that asked for so much and got it; else None, and why on the standard error."""
    before = counted(port)
    try:
        costs = measured(command)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return None
    asked, good = (now - then for now, then in zip(counted(port), before))
    if (asked, good) == (expected, expected):
        return costs
    print(f"{command} sent {asked} requests of {expected}; {good} were answered 200", file=sys.stderr)
    return None


def checking(found, folder, port):
    """Those of them that say of a message which does not come that it does not."""
    write_work(folder, f"http://127.0.0.1:{port}", 1, "Another message")
    for name, command in found.items():
        before = counted(port)
        status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
        if status != 0 and counted(port)[0] > before[0]:
            yield name
        else:
            print(f"{name} is left out: it ended with {status} where a check fails", file=sys.stderr)


def measure(found, port, expected, rounds):
    """{name: (wall, CPU, memory) of the round with the least CPU}"""
    best = {}
    for _ in range(rounds):
        for name, command in found.items():
            costs = run(command, port, expected)
            if costs and (name not in best or costs[1] < best[name][1]):
                best[name] = costs
    return best


def print_runners(best, count):
    print(f"\nA login and {count:,} requests with three checks each, over one server on loopback\n\n"
          "| runner | CPU s | wall s | peak memory MB | CPU, times ours |\n| --- | ---: | ---: | ---: | ---: |")
    for name, (wall, cpu, memory) in best.items():
        times = f"{cpu / best[OURS][1]:.1f}" if OURS in best else "–"
        print(f"| {name} | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {times} |", flush=True)


def print_large(arguments, folder, port):
    write_work("--large", folder, f"http://127.0.0.1:{port}")
    command = [arguments.programs / "claimcheck-cli", "run", folder, "--env", "bench", "--tag", "first"]
    best = measure({OURS: command}, port, 1, arguments.rounds)
    print("\nA collection of 10,000 requests in 500 folders, each with a body of a kilobyte\n\n"
          "| what | CPU s | wall s | peak memory MB |\n| --- | ---: | ---: | ---: |")
    for wall, cpu, memory in best.values():
        print(f"| `run` of one of them | {cpu:.2f} | {wall:.2f} | {memory:.0f} |", flush=True)
    subprocess.run([arguments.helpers / "bench_collectionopen", folder], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--helpers", type=Path, required=True)
    parser.add_argument("--modules", type=Path, default=Path("."), help="the folder with node_modules in it")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    os.environ.update(NO_COLOR="1", CI="true", STEPCI_DISABLE_ANALYTICS="1")
    with tempfile.TemporaryDirectory() as name, server() as port:
        folder = Path(name)
        os.environ["CLAIMCHECK_CONFIG_DIR"] = os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
        found = commands(arguments, folder / "failing")
        able = list(checking(found, folder / "failing", port))
        write_work(folder / "work", f"http://127.0.0.1:{port}", arguments.count, MESSAGE)
        found = {name: command for name, command in commands(arguments, folder / "work").items() if name in able}
        print_runners(measure(found, port, arguments.count + 1, arguments.rounds), arguments.count)
        print_large(arguments, folder / "large", port)


if __name__ == "__main__":
    sys.exit(main())
