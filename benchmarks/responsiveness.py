"""Does anything that one tab does hold up the others?

    python benchmarks/responsiveness.py [SHAPE ...] [--size BYTES]

One tab pastes or uploads each hostile file (see `shapes`), looks at its preview and has it read; another plays a run,
asks for its next picture every quarter of a second and now and then turns a switch; a third process asks for the
server's health twenty times a second. The worst answers are printed for each file, and those without any file first:
so slow is the machine. Exits with 1 where the page or the health takes longer than promised, beyond that.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import queue
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.clients import Client
from benchmarks.servers import Server, serving
from benchmarks.shapes import RUNS, SHAPES, VECTORS

PAGE_SECONDS, HEALTH_SECONDS = 0.5, 0.2  # promised
PAGE_EVERY, HEALTH_EVERY = 0.25, 0.05
SIZE = 1 << 20
LONGEST = 20.0  # seconds that reading may take until it is canceled
BASELINE = 10.0
MEMORY = 8_000_000_000
OWN, SWITCH_EVERY = (
    1,
    4,
)  # the Corpus page's view for a text of one's own; every fourth time the switch is turned

Told = tuple[str, float, float]  # what was asked, when, and the seconds that the answer took


def ask_health(address: str, told: Any) -> None:
    """Ask whether the server is there, forever."""
    while True:
        began = time.monotonic()
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=60):
            pass
        took = time.monotonic() - began
        told.put(("health", began, took))
        time.sleep(max(0.0, HEALTH_EVERY - took))


def ask_page(address: str, told: Any) -> None:
    """Play a run and look at it, forever."""

    async def watch() -> None:
        async with Client(address, query="epochs=10000", polls=False) as page:  # it must not end meanwhile
            await page.run()
            asked = 0
            while True:
                if "play" in page.widgets and not page.widgets["play"].disabled:
                    await page.press("play")
                began = time.monotonic()
                asked += 1
                if asked % SWITCH_EVERY and page.fragments:
                    took = await page.fragment(min(page.fragments, key=page.fragments.__getitem__))
                else:
                    took = await page.choose("large", bool(asked % (2 * SWITCH_EVERY)))
                told.put(("page", began, took))
                await asyncio.sleep(max(0.0, PAGE_EVERY - took))

    asyncio.run(watch())


async def bring_text(address: str, data: bytes, name: str) -> str:
    """Preview and read a text: pasted, if it is plain text; return what came of it."""
    async with Client(address, "corpus") as tab:
        await tab.run()
        await tab.pick("view", OWN)
        number = next(key for key in tab.widgets if key.startswith("upload-")).partition("-")[2]
        if name.endswith(".txt") and _is_text(data):
            await tab.choose(f"pasted-{number}", data.decode())
        else:
            await tab.upload(f"upload-{number}", name, data)
        if tab.widgets["use"].disabled:
            return "no preview"
        await tab.press("use")
        return await _outcome(tab, lambda: "use" in tab.widgets and not tab.widgets["use"].disabled)


async def bring_vectors(address: str, data: bytes, name: str) -> str:
    """Have a file of vectors read."""
    async with Client(address, "lookup") as tab:
        await tab.run()
        widget = tab.widgets["vectors:0"]
        await tab.choose("vectors", widget.options[-1])
        await tab.upload("vectors-0", name, data)
        return await _outcome(tab, lambda: "cancel_loading" not in tab.widgets)


async def bring_run(address: str, data: bytes, name: str) -> str:
    """Open a saved run."""
    async with Client(address) as tab:
        await tab.run()
        await tab.upload("open-run-0", name, data)
        return "opened" if "open-run-0" not in tab.widgets else "refused"


async def _outcome(tab: Client, over: Callable[[], bool]) -> str:
    ends = time.monotonic() + LONGEST
    await asyncio.sleep(1)
    while not over():
        if time.monotonic() > ends:
            return "canceled"
        if "use" not in tab.widgets and "upload-0" not in tab.widgets and tab.page == "corpus":
            return "read"
        await asyncio.sleep(0.2)
    return "over"


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class Watchers:
    """Two processes that ask, and what they were told."""

    def __init__(self, address: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._told: Any = context.Queue()
        self._all: list[Told] = []
        self._processes = [
            context.Process(target=ask, args=(address, self._told), daemon=True)
            for ask in (ask_health, ask_page)
        ]
        for process in self._processes:
            process.start()

    def stop(self) -> None:
        """End both."""
        for process in self._processes:
            process.terminate()
            process.join()

    async def worst(self, began: float, ended: float) -> tuple[float, float]:
        """Return the slowest answers, of the page and of the health, to what was asked between two moments."""
        patience = time.monotonic() + 60
        while {what for what, moment, _ in self._all if moment > ended} != {"page", "health"}:
            with contextlib.suppress(queue.Empty):
                while True:
                    self._all.append(self._told.get_nowait())
            if time.monotonic() > patience:
                return float("inf"), float("inf")
            await asyncio.sleep(0.05)
        asked = [told for told in self._all if began <= told[1] + told[2] and told[1] <= ended]
        self._all = [told for told in self._all if told[1] > ended]
        page, health = (
            max((took for what, _, took in asked if what == each), default=0.0) for each in ("page", "health")
        )
        return page, health


async def measure(server: Server, watchers: Watchers, names: list[str], size: int) -> bool:
    """Print the table; return whether all was answered in time."""
    print(f"{'':<28} {'page':>6} {'health':>6}   MB   what came of it", flush=True)

    machine = (0.0, 0.0)

    async def line(name: str, work: Awaitable[str]) -> tuple[float, float]:
        began = time.monotonic()
        try:
            result = await work
        except (TimeoutError, OSError, KeyError) as error:
            result = type(error).__name__
        page, health = await watchers.worst(began, time.monotonic())
        mark = "" if in_time(page, health) else "  *"
        print(f"{name:<28} {page:>6.2f} {health:>6.2f} {server.megabytes:>5.0f}  {result}{mark}", flush=True)
        return page, health

    def in_time(page: float, health: float) -> bool:
        return page <= PAGE_SECONDS + machine[0] and health <= HEALTH_SECONDS + machine[1]

    async def nothing() -> str:
        await asyncio.sleep(BASELINE)
        return "nothing was brought"

    await asyncio.sleep(3)  # the watchers' own beginning
    await watchers.worst(0, time.monotonic())
    machine = await line("(none)", nothing())
    fine = True
    for name in names:
        data, file_name = await asyncio.to_thread(SHAPES[name], size)
        bring = bring_vectors if name in VECTORS else bring_run if name in RUNS else bring_text
        fine &= in_time(*await line(name, bring(server.address, data, file_name)))
    return fine


def main() -> int:
    """Measure, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help="of benchmarks/shapes.py; all without any")
    parser.add_argument("--size", type=int, default=SIZE, help="bytes of each")
    given = parser.parse_args()
    with serving({"W2V_LEASE_SECONDS": "5"}, memory=MEMORY) as server:
        watchers = Watchers(server.address)
        try:
            fine = asyncio.run(measure(server, watchers, given.shapes or list(SHAPES), given.size))
        finally:
            watchers.stop()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
