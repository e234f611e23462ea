# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our JOSE library beside others on the same tokens: `peers.py --programs BUILD --helpers BUILD/tests/bench`.

Needs, of what is to be compared: apt-get install libjwt-dev libcjose-dev libjose-dev libjansson-dev nodejs; and
`npm install jsonwebtoken jose fast-jwt` in a folder that --modules names. A peer that is not there is left out, and
said so. Rates are of one thread in CPU time, the median of rounds in which everybody takes turns.
"""

import argparse
import base64
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = [("HS256", "verify"), ("RS256", "verify"), ("ES256", "verify"), ("EdDSA", "verify"), ("HS256", "decode")]
NATIVE = {"libjwt": ["-ljwt"], "cjose": ["-lcjose", "-ljansson", "-lcrypto"], "latchset": ["-ljose", "-ljansson"]}
SCRIPTED = ["jsonwebtoken", "jose", "fast-jwt"]


def write_tokens(arguments, folder):
    """ALG.token, ALG.key (the secret's bytes, or PEM) and ALG.jwk of each algorithm."""
    for algorithm in ("HS256", "RS256", "ES256", "EdDSA"):
        subprocess.run([arguments.helpers / "bench_tokens", algorithm, "1", "1", folder], check=True)
        token = (folder / f"{algorithm}.tokens").read_text(encoding="ascii").strip()
        (folder / f"{algorithm}.token").write_text(token, encoding="ascii")
        key = folder / f"{algorithm}.key"
        jwk = folder / f"{algorithm}.jwk"
        if algorithm == "HS256":
            encoded = base64.urlsafe_b64encode(key.read_bytes()).rstrip(b"=").decode()
            jwk.write_text(json.dumps({"kty": "oct", "k": encoded, "alg": algorithm}), encoding="ascii")
        else:
            jwk.write_bytes(subprocess.check_output(
                [arguments.programs / "claimcheck-cli", "key", "convert", key, "--to", "jwk"]))


def commands(arguments, folder):
    """{name: command} of all that is there."""
    found = {"Claimcheck": [arguments.helpers / "bench_peers_ours", folder]}
    for name, libraries in NATIVE.items():
        program = folder / f"bench_{name}"
        built = subprocess.run(["cc", "-O2", "-o", program, HERE / f"{name}.c", *libraries], capture_output=True,
                               check=False)
        if built.returncode == 0:
            found[name] = [program, folder]
        else:
            print(f"{name} is left out: its library is not installed", file=sys.stderr)
    for name in SCRIPTED:
        if (arguments.modules / "node_modules" / name).is_dir():
            found[name] = ["node", HERE / "node.mjs", name, folder, arguments.modules]
        else:
            print(f"{name} is left out: it is not in {arguments.modules}/node_modules", file=sys.stderr)
    return found


def measure(found, rounds):
    """{(name, algorithm, what): rates}"""
    rates = {}
    for _ in range(rounds):
        for name, command in found.items():
            output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            for line in output.splitlines():
                algorithm, what, rate = line.split("\t")
                if rate != "failed":
                    rates.setdefault((name, algorithm, what), []).append(float(rate))
    return rates


def cell(rates, name, column):
    own = rates.get((name, *column))
    if own is None:
        return "–"
    rate = statistics.median(own)
    if name == "Claimcheck":
        return f"{rate:,.0f}"
    return f"{rate:,.0f} ({statistics.median(rates[('Claimcheck', *column)]) / rate:.2f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--helpers", type=Path, required=True)
    parser.add_argument("--modules", type=Path, default=Path("."), help="the folder with node_modules in it")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tokens(arguments, folder)
        found = commands(arguments, folder)
        rates = measure(found, arguments.rounds)
    print("A second, one thread, CPU time; in brackets: how many times as fast we are\n")
    print("| library | " + " | ".join(f"{what} {algorithm}" if what == "verify" else what
                                      for algorithm, what in COLUMNS) + " |")
    print("| --- |" + " ---: |" * len(COLUMNS))
    for name in found:
        print(f"| {name} | " + " | ".join(cell(rates, name, column) for column in COLUMNS) + " |")


if __name__ == "__main__":
    sys.exit(main())
