"""How fast the app opens, and what it takes: medians of a few starts, beside the goals.

python benchmarks/start.py              (needs requirements-test.txt)
python benchmarks/start.py --nothing    `make run` from nothing as well: an environment is made, packages are fetched
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from clients import Client
from servers import ROOT, serving

TIMES = 3
GOALS = {
    "import w2v_core": ("s", 0.4),
    "start until it serves": ("s", 2.5),
    "first page": ("s", 1.5),
    "second visitor's page": ("s", 1.5),
    "memory after the first page": ("MB", 300),
    "make run from nothing until it serves": ("s", 60),
}
IMPORT = "import time; began = time.perf_counter(); import w2v_core; print(time.perf_counter() - began)"
LEFT_OUT = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "build", "dist", "*.egg-info")
PATIENCE = 600.0  # seconds for an installation


def imported() -> dict[str, float]:
    """Import the core in a new process."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {"import w2v_core": float(done.stdout)}


def started() -> dict[str, float]:
    """Start the app, and open its first page twice."""
    began = time.perf_counter()
    with serving() as server:
        found = {"start until it serves": time.perf_counter() - began}
        found["first page"] = asyncio.run(_opened(server.address))
        found["memory after the first page"] = server.megabytes
        found["second visitor's page"] = asyncio.run(_opened(server.address))
    return found


async def _opened(address: str) -> float:
    began = time.perf_counter()
    async with Client(address, polls=False) as page:
        await page.run()
        return time.perf_counter() - began


def from_nothing() -> dict[str, float]:
    """`make run` in a copy of the checkout that has no environment yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w+", encoding="utf-8") as log:
        copy = Path(folder) / "checkout"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        shutil.copytree(ROOT / "app" / ".streamlit", copy / "app" / ".streamlit")
        began = time.perf_counter()
        command = ["make", "run", f"PORT={port}", f"PYTHON={sys.executable}"]
        with subprocess.Popen(command, cwd=copy, stdout=log, stderr=log, start_new_session=True) as process:
            try:
                while not _answers(f"http://127.0.0.1:{port}/_stcore/health"):
                    if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                        log.seek(0)
                        raise RuntimeError(f"make run does not serve:\n{log.read()}")
                    time.sleep(0.1)
                return {"make run from nothing until it serves": time.perf_counter() - began}
            finally:
                os.killpg(process.pid, signal.SIGTERM)


def _answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--nothing", action="store_true", help="`make run` from nothing, too")
    parser.add_argument("--times", type=int, default=TIMES, help="of each, whose median is shown")
    given = parser.parse_args()
    measures: list[Callable[[], dict[str, float]]] = [imported, started]
    measures += [from_nothing] if given.nothing else []
    started()  # once unmeasured: it compiles what is new, and the disk's pages are then in memory
    print(f"| median of {given.times} | measured | goal |", "|---|---:|---:|", sep="\n")
    for measure in measures:
        found = [measure() for _ in range(given.times)]
        for name in found[0]:
            unit, goal = GOALS[name]
            value = statistics.median(each[name] for each in found)
            digits = 0 if value >= 100 else 2
            print(f"| {name} | {value:.{digits}f} {unit} | under {goal:g} {unit} |", flush=True)


if __name__ == "__main__":
    main()
