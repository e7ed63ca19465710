"""Damaged files by the thousand, each batch in a process of its own; `make fuzz MINUTES=10` goes on with new seeds.

python -m tests.fuzz.campaign --minutes 10
python -m tests.fuzz.campaign --name own.w2vlab --seed 1 --number 4711      one mutation again, written to a file
"""

from __future__ import annotations

import argparse
import json
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.mutations import numbered
from tests.fuzz.valid_files import all_files

ROOT = Path(__file__).parents[2]
BATCH = 500  # mutations of a round of `make fuzz`
ENOUGH = 5  # faults of one file; after as many a campaign goes on to the next
PATIENCE = 1200  # seconds by the clock for one process


@dataclass(frozen=True)
class Fault:
    """What a mutation did, and how to make it again."""

    name: str
    seed: str
    number: int
    what: str

    def __str__(self) -> str:
        again = (
            f"python -m tests.fuzz.campaign --name '{self.name}' --seed {self.seed} --number {self.number}"
        )
        return f"{self.what.strip()}\n  again: {again}"


def faults(name: str, seed: str, count: int, first: int = 0) -> list[Fault]:
    """Return what is wrong in `count` mutations of a valid file."""
    found: list[Fault] = []
    end = first + count
    while first < end and len(found) < ENOUGH:
        command = [sys.executable, "-m", "tests.fuzz.child", name, seed, str(first), str(end - first)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False)
        lines = done.stdout.splitlines()
        told = [json.loads(line) for line in lines if line.startswith(b"{")]
        found += [Fault(name, seed, each["number"], each["fault"]) for each in told]
        if done.returncode == 0:
            break
        numbers = [int(line) for line in lines if not line.startswith(b"{")]
        if not numbers:  # it never began
            raise RuntimeError(done.stderr.decode(errors="replace"))
        error = done.stderr.decode(errors="replace")[-2000:]
        found.append(Fault(name, seed, numbers[-1], f"the process ended with {done.returncode}: {error}"))
        first = numbers[-1] + 1
    return found[:ENOUGH]


def campaign(minutes: float, workers: int = 2) -> int:
    """Try new damages to all files in turn for so long, print what fails, and return how many did."""
    end, tried, found = time.monotonic() + 60 * minutes, 0, 0
    seeds = [secrets.token_hex(4)]

    def one(name: str) -> tuple[str, list[Fault]]:
        return name, faults(name, seeds[-1], BATCH) if time.monotonic() < end else []

    with ThreadPoolExecutor(workers) as pool:
        while time.monotonic() < end:
            print(f"seed {seeds[-1]}", flush=True)
            for name, here in pool.map(one, all_files()):
                tried += BATCH
                found += len(here)
                for fault in here:
                    print(f"{name}: {fault}", flush=True)
            seeds.append(secrets.token_hex(4))
    print(f"about {tried:,} damaged files, {found} faults")
    return found


def main() -> int:
    """Go on for some minutes, or make one mutation again."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--name", choices=all_files())
    parser.add_argument("--seed")
    parser.add_argument("--number", type=int)
    options = parser.parse_args()
    if options.name is None:
        return bool(campaign(options.minutes))
    file = all_files()[options.name]
    path = Path(f"mutation-{options.number}-{file.name}")
    path.write_bytes(numbered(file.data, f"{options.name}:{options.seed}", options.number))
    print(f"written to {path}")
    for fault in (found := faults(options.name, options.seed, 1, options.number)):
        print(fault)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
