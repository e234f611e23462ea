# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures of docs/benchmarks.md: `bench.py --programs BUILD --helpers BUILD/tests/bench`.

Each rate stands beside the raw OpenSSL rate of the same run on the same tokens, since machines differ and a
busy one differs from itself. Everything happens in a folder of its own that goes at the end.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from screen import window_costs

ALGORITHMS = ("HS256", "RS256", "ES256", "Ed25519")
DISTINCT = 2000


def children_cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(command):
    """(wall seconds, CPU seconds) of one quiet run that must succeed."""
    cpu, wall = children_cpu(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - wall, children_cpu() - cpu


def key_option(algorithm, folder):
    return ["--secret-file" if algorithm == "HS256" else "--key", str(folder / f"{algorithm}.key")]


def batch_rates(arguments, folder):
    """Rows (algorithm, tokens a second, tokens a CPU second, OpenSSL's verifications a CPU second)."""
    for algorithm in ALGORITHMS:
        subprocess.run([arguments.helpers / "bench_tokens", algorithm, str(arguments.count), str(DISTINCT), folder],
                       check=True)
        raw = ours = cpu = 0.0
        for _ in range(arguments.rounds):
            raw = max(raw, float(subprocess.check_output([arguments.helpers / "bench_openssl", algorithm, folder])))
            wall, used = timed([arguments.programs / "claimcheck-cli", "token", "verify", "--batch",
                                folder / f"{algorithm}.tokens", *key_option(algorithm, folder)])
            ours, cpu = max(ours, arguments.count / wall), max(cpu, arguments.count / used)
        yield algorithm, ours, cpu, raw


def one_process(arguments, folder, rounds=100):
    """Rows (algorithm, least and median wall, median CPU) in ms of one `token verify` from start to exit. On a
    busy machine the wall time is that of the queue; the CPU time is ours."""
    for algorithm in ALGORITHMS:
        token = (folder / f"{algorithm}.tokens").read_text(encoding="ascii").split("\n", 1)[0]
        command = [arguments.programs / "claimcheck-cli", "token", "verify", token, *key_option(algorithm, folder)]
        walls, cpus = zip(*(timed(command) for _ in range(rounds)))
        yield algorithm, min(walls) * 1000, statistics.median(walls) * 1000, statistics.median(cpus) * 1000


def print_rates(arguments, folder):
    print(f"\n`token verify --batch`, {arguments.count:,} tokens, best of {arguments.rounds}\n")
    print("| algorithm | tokens/s | tokens per CPU second | cores kept busy | raw OpenSSL per CPU second | ours : OpenSSL |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for algorithm, ours, cpu, raw in batch_rates(arguments, folder):
        print(f"| {algorithm} | {ours:,.0f} | {cpu:,.0f} | {ours / cpu:.2f} | {raw:,.0f} | {cpu / raw:.2f} |",
              flush=True)


def print_processes(arguments, folder):
    print("\nOne `token verify` process from start to exit, 100 starts, ms\n\n"
          "| algorithm | least | median | CPU, median |\n| --- | ---: | ---: | ---: |")
    for algorithm, least, median, cpu in one_process(arguments, folder):
        print(f"| {algorithm} | {least:.1f} | {median:.1f} | {cpu:.1f} |", flush=True)


def print_library(arguments):
    print("\nThe library, one thread, CPU time, median of 41 slices that take turns with OpenSSL's\n", flush=True)
    subprocess.run([arguments.helpers / "bench_library"], check=True)


def print_tree(arguments):
    tree = arguments.helpers / "bench_collectiontree"
    if not tree.exists():
        print("\nThe tree was not measured: it needs the window built.")
        return
    print("\nA collection of 10,000 requests, off screen, CPU time, median of 41\n", flush=True)
    subprocess.run([tree], check=True)


def print_window(arguments):
    first_frame = arguments.helpers / "bench_firstframe"
    window = arguments.programs / "claimcheck"
    if not (first_frame.exists() and window.exists()):
        print("\nThe window was not measured: it needs the window built and the package libx11-dev.")
        return
    frame, pss, rss, slowest = window_costs(first_frame, window)
    print("\nThe window under Xvfb with openbox, median of 7 starts\n\n| what | |\n| --- | ---: |")
    print(f"| start to first painted frame | {frame * 1000:.0f} ms (slowest {slowest * 1000:.0f} ms) |")
    print(f"| idle after 3 s, PSS | {pss:.1f} MB |\n| idle after 3 s, RSS | {rss:.1f} MB |")


def print_transfers(arguments):
    sys.stdout.flush()
    program = Path(__file__).with_name("transfer.py")
    subprocess.run([sys.executable, "-B", program, arguments.programs / "claimcheck-cli"], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--helpers", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CLAIMCHECK_CONFIG_DIR"] = os.environ["XDG_CONFIG_HOME"] = folder
        print_rates(arguments, Path(folder))
        print_processes(arguments, Path(folder))
        print_library(arguments)
        print_transfers(arguments)
        print_tree(arguments)
        print_window(arguments)


if __name__ == "__main__":
    sys.exit(main())
