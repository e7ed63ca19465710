"""Hostile files measured at n, 2n and 4n bytes: everything that reads them is linear, in time and in memory.

    make hostile          (or: python benchmarks/hostile.py [--csv FILE] [shape ...])

Each shape of `shapes` goes through each of the `actions` that would get it, every time in a new process, under a limit
of memory and of time. CPU seconds and peak memory are counted from when the modules are there and the file is in
memory. It fails where either grows clearly faster than the file, where it takes more than a file of this size may
take, and where anything comes out but a result or a `Problem`.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import multiprocessing
import os
import resource
import signal
import sys
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

for library in (
    "OMP",
    "OPENBLAS",
    "MKL",
):  # before NumPy is imported: a process is forked without its threads
    os.environ[f"{library}_NUM_THREADS"] = "1"
sys.path[:0] = [str(Path(__file__).parents[1])]

from benchmarks import actions, shapes  # noqa: E402
from w2v_core import Problem  # noqa: E402

SIZE = 1 << 18  # n of a plain file
MEMBERS = 1 << 20  # n of an archive of many members
PACKED = 1 << 22  # n of what a packed file unpacks to
SIZES = (1, 2, 4)
GROWTH = 1.6  # times the growth of the file
# Below these, and below so much for each megabyte, a ratio is noise.
FLOOR_SECONDS, SECONDS_A_MB = 0.3, 0.1
FLOOR_MB, MB_A_MB = 30, 8
MOST_SECONDS, MOST_MB = 10, 700  # of any file here
MEMORY, SECONDS = 8 << 30, 20
PATIENCE = 120  # seconds by the clock, for what waits instead of computing
UNPACKED = {  # shapes whose bytes are counted as they come out
    "compressible_gzip", "zeros_gzip", "compressible_zip", "nested_zip", "nested_gzip", "line_ends_gzip",
    "zeros_gzip_binary", "long_word_npz", "zeros_npz", "metadata_of_words", "packed_run",
}  # fmt: skip
OF_MEMBERS = {
    "empty_members", "small_members", "hidden_members", "folders", "members_that_are_no_text", "many_arrays_npz",
    "many_arrays_run",
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What one call came to: "ok", the problem's code or the fault's last line; CPU seconds; megabytes."""

    outcome: str
    fault: bool
    seconds: float
    mb: float


@dataclass(frozen=True)
class Row:
    """One shape in one action, at the three sizes."""

    shape: str
    action: str
    n: int
    costs: tuple[Cost, ...]

    @property
    def floors(self) -> tuple[float, float]:
        """Seconds and megabytes that a file of the last size may take, however little the first one takes."""
        size = self.n * SIZES[-1] / (1 << 20)
        return max(FLOOR_SECONDS, SECONDS_A_MB * size), max(FLOOR_MB, MB_A_MB * size)

    @property
    def complaints(self) -> list[str]:
        """What is wrong with it; nothing if all is well."""
        found = list(dict.fromkeys(cost.outcome for cost in self.costs if cost.fault))
        last = self.costs[-1]
        if len(self.costs) == len(SIZES):
            seconds, mb = [cost.seconds for cost in self.costs], [cost.mb for cost in self.costs]
            for values, floor, unit in zip((seconds, mb), self.floors, ("s", "MB"), strict=True):
                if values[-1] - values[0] > floor and growth(values) > GROWTH * SIZES[-1]:
                    found.append(f"{unit} grow {growth(values):.0f}-fold")
        if last.seconds > MOST_SECONDS:
            found.append(f"more than {MOST_SECONDS} s")
        if last.mb > MOST_MB:
            found.append(f"more than {MOST_MB} MB")
        return found


def growth(values: list[float]) -> float:
    """Return how many times the first value the last one is."""
    return values[-1] / max(values[0], 1e-3)


def warm_up() -> None:
    """Load what is loaded when it is first needed, so that no measurement holds it."""
    sample = "king queen 王后住在城堡里。国王 a b c. " * 20
    for name in ("a.txt", "a.md", "a.csv"):
        for encoding in ("utf-8", "gb18030"):
            for action in (actions.preview_text, actions.read_text):
                action(sample.encode(encoding), name)
    actions.load(b"2 1\na 1\nb 2\n", "a.txt")
    for action in (*actions.RUN_ACTIONS.values(), actions.load):
        with contextlib.suppress(Problem):
            action(shapes.run_of_words(1000)[0], "a.npz")


def measure(action: str, shape: str, n_bytes: int) -> Cost:
    """Return what one action costs on one shape, in a process of its own."""
    data, name = shapes.SHAPES[shape](n_bytes)
    read_end, write_end = os.pipe()
    if not (child := os.fork()):
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
            signal.alarm(PATIENCE)
            os.write(write_end, json.dumps(_cost(action, data, name)).encode()[:4096])
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        written = pipe.read()
    _, status, usage = os.wait4(child, 0)
    if written:
        return Cost(**json.loads(written))
    number = os.waitstatus_to_exitcode(status)
    out_of_time = number in (-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL)
    outcome = f"more than {SECONDS} s" if out_of_time else f"the process ended with {number}"
    return Cost(outcome, True, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _cost(action: str, data: bytes, name: str) -> dict[str, object]:
    before = resource.getrusage(resource.RUSAGE_SELF)
    fault = False
    try:
        actions.ACTIONS[action](data, name)
        outcome = "ok"
    except Problem as problem:
        outcome = problem.code
    except BaseException as error:
        fault, outcome = True, traceback.format_exception_only(error)[-1].strip()[:200]
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "outcome": outcome,
        "fault": fault,
        "seconds": seconds,
        "mb": (after.ru_maxrss - before.ru_maxrss) / 1024,
    }


def measured(pair: tuple[str, str]) -> Row:
    """Return the costs of a shape in an action; what grows too fast is measured once more."""
    shape, action = pair
    n = PACKED if shape in UNPACKED else MEMBERS if shape in OF_MEMBERS else SIZE
    for _ in range(2):
        costs: list[Cost] = []
        for times in SIZES:
            costs.append(measure(action, shape, n * times))
            if costs[-1].seconds > SECONDS / 3:  # the next would not end
                break
        row = Row(shape, action, n, tuple(costs))
        if not row.complaints or row.costs[-1].seconds > MOST_SECONDS:
            break
    return row


def pairs(wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the shapes, each with every action that would get it."""
    groups = (
        (shapes.TEXTS, actions.TEXT_ACTIONS),
        (shapes.VECTORS, actions.VECTOR_ACTIONS),
        (shapes.RUNS, actions.RUN_ACTIONS),
    )
    for group, by_name in groups:
        yield from ((shape, action) for shape in group if shape in wanted for action in by_name)


HEADINGS = (
    "shape", "action", "result", "s n", "s 2n", "s 4n", "MB n", "MB 2n", "MB 4n", "growth s", "growth MB",
)  # fmt: skip


def cells(row: Row) -> list[str]:
    """Return a row as the table shows it."""
    outcomes = list(dict.fromkeys(cost.outcome for cost in row.costs))
    seconds, mb = [cost.seconds for cost in row.costs], [cost.mb for cost in row.costs]
    blank = [""] * (len(SIZES) - len(seconds))
    ratios = [
        f"{growth(values):.1f}" if not blank and values[-1] > floor else ""
        for values, floor in zip((seconds, mb), row.floors, strict=True)
    ]
    return [
        row.shape, row.action, " / ".join(outcomes),
        *(f"{value:.2f}" for value in seconds), *blank, *(f"{value:.0f}" for value in mb), *blank, *ratios,
    ]  # fmt: skip


def main() -> int:
    """Measure, print the table, and return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shapes", nargs="*", help="only these")
    parser.add_argument("--csv", type=Path, help="write the table there, too")
    options = parser.parse_args()
    if unknown := set(options.shapes) - set(shapes.SHAPES):
        parser.error(f"no such shape: {', '.join(sorted(unknown))}")
    jobs = list(pairs(options.shapes or shapes.SHAPES))
    widths = (25, 8, 34, 7, 7, 7, 6, 6, 6, 9, 9)
    failed, table = [], [list(HEADINGS)]
    print(line(HEADINGS, widths))
    workers = min(2, os.cpu_count() or 1)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=warm_up) as pool:
        for row in pool.map(measured, jobs):
            table.append(cells(row))
            complaints = row.complaints
            print(
                line(table[-1], widths), "   <-- " + "; ".join(complaints) if complaints else "", flush=True
            )
            if complaints:
                failed.append(f"{row.shape} ({row.action}): {'; '.join(complaints)}")
    if options.csv:
        with options.csv.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(table)
    print(f"\n{len(jobs)} measured, {len(failed)} of them not as they should be", *failed, sep="\n  ")
    return bool(failed)


def line(row: Iterable[str], widths: Iterable[int]) -> str:
    """Return cells in columns, text to the left and numbers to the right."""
    return " ".join(
        cell[:width].ljust(width) if i < 3 else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(row, widths, strict=True))
    )


if __name__ == "__main__":
    sys.exit(main())
