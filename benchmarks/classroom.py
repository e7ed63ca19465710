"""A class: many students open the page at once, press Play and use another widget now and then; what each of them sees.

    python benchmarks/classroom.py                        30 students, 10 minutes, runs in the server's threads
    python benchmarks/classroom.py --cluster 2            the same, with two worker processes (W2V_CLUSTER)
    python benchmarks/classroom.py --haproxy haproxy      two servers behind `deploy/haproxy.cfg`; the program's path
    python benchmarks/classroom.py --url http://host/     an app that is there; once for each of several

A student is a client that speaks Streamlit's protocol (`clients`): it polls as often as the page asks, and chooses
another word to follow every 4 to 8 seconds. First one student is alone, then the class comes, leaves, and comes again.
Prints every number beside its goal, and ends with 1 where one is missed. The clients need processor time as well, and
where they are on the same machine, as here, they take it from the server: how much is printed, too.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.clients import PATIENCE, Client
from benchmarks.servers import megabytes, proxied, serving, started, workers

ALONE_SECONDS = 20.0
COMING_SECONDS = 5.0  # within which all of a class open the page
THINKING = 4.0, 8.0  # seconds between two uses of another widget
FREED_SECONDS = 10.0  # after the lease, until what the class held is given back
LEASE_SECONDS = 90.0  # that a session outlives its tab; the app's own
LINK = "epochs=10000"  # no run ends before its student does


@dataclass
class Seen:
    """What one student saw.

    Attributes
    ----------
    opened, first : float
        Seconds until the page was there, and from Play to the first record.
    others : list of float
        Seconds that each use of another widget took.
    records : list of (moment, step)
        As they came.
    lost : str
        What became of the run, if it did not play to the end.
    """

    opened: float = np.nan
    first: float = np.nan
    others: list[float] = field(default_factory=list)
    records: list[tuple[float, int]] = field(default_factory=list)
    lost: str = ""

    def rates(self) -> tuple[float, float]:
        """Return records and steps a second, from the first record to the last."""
        if len(self.records) < 2:
            return 0.0, 0.0
        (began, first), (ended, last) = self.records[0], self.records[-1]
        return (len(self.records) - 1) / (ended - began), (last - first) / (ended - began)


class Student(Client):
    """A tab in which a run plays; `play` is all that its student does."""

    def __init__(self, address: str, seed: int) -> None:
        super().__init__(address, query=LINK)
        self.seen, self.doing = Seen(), "open the page"
        self._rng = random.Random(seed)
        self._came = asyncio.Event()
        self._version = -1

    def shown(self, key: str, widget: Any) -> None:
        """Take note of a record, by the facts that go to the charts with it."""
        if key != "moves" or not (facts := facts_of(widget.bytes)):
            return
        version, step, running = facts
        if version != self._version and step and running:
            self._version = version
            self.seen.records.append((time.monotonic(), step))
            self._came.set()

    async def play(self, seconds: float) -> None:
        """Press Play, choose another word now and then, and pause in the end."""
        began = time.monotonic()
        self.doing = "press Play"
        await self.press("play")
        self.doing = "wait for the first record"
        await asyncio.wait_for(self._came.wait(), PATIENCE)
        self.doing = "use another widget"
        self.seen.first = time.monotonic() - began
        while (left := began + seconds - time.monotonic()) > 0:
            pause = self._rng.uniform(*THINKING)
            await asyncio.sleep(min(left, pause))
            if left > pause:
                words = self.widgets[self._newest("follow")].options
                self.seen.others.append(await self.choose("follow", self._rng.choice(words)))
        if self.widgets["pause"].disabled:
            self.seen.lost = "it had stopped: " + " ".join(self.texts)[:200]
        await self.press("pause")
        steps = [step for _, step in self.seen.records]
        if steps != sorted(steps):
            self.seen.lost = "it began again"


def facts_of(message: bytes) -> tuple[int, int, bool] | None:
    """Return version, step and whether the run plays, of what goes to the charts (`app.live_figure.encoded`)."""
    length = int.from_bytes(message[:4], "little")
    facts = message[4 : 4 + length].rpartition(b'"facts":{')[2].strip(b" }")
    found = dict(part.split(b":") for part in facts.split(b",")) if facts else {}
    if b'"step"' not in found:
        return None
    return int(found[b'"version"']), int(found[b'"step"']), found[b'"running"'] == b"true"


async def attend(address: str, seconds: float, seed: int) -> Seen:
    """Be one student, from opening the page to leaving it."""
    await asyncio.sleep(random.Random(-seed).uniform(0, COMING_SECONDS) if seed else 0)
    student = Student(address, seed)
    began = time.monotonic()
    try:
        async with student:
            await student.run()
            student.seen.opened = time.monotonic() - began
            await student.play(seconds)
    except Exception as error:  # whatever it was, this student has lost the run
        student.seen.lost = f"{type(error).__name__} {error} (to {student.doing})"
    return student.seen


async def lesson(addresses: Sequence[str], students: int, seconds: float, seed: int) -> list[Seen]:
    """Let a class come, in turn to the addresses, play and leave."""
    coming = (attend(addresses[i % len(addresses)], seconds, seed + i) for i in range(students))
    return await asyncio.gather(*coming)


@dataclass(frozen=True)
class Line:
    """A number, how it is written, and the most (`at_most`) or the least that it should be."""

    name: str
    value: float
    form: str = "{:.2f} s"
    goal: float | None = None
    at_most: bool = True

    @property
    def met(self) -> bool:
        """Whether the goal, if there is one, is reached."""
        return self.goal is None or (self.value <= self.goal if self.at_most else self.value >= self.goal)

    def __str__(self) -> str:
        wanted = ""
        if self.goal is not None:
            wanted = f"{'<=' if self.at_most else '>='} {self.form.format(self.goal)}"
        return f"{self.name:<44} {self.form.format(self.value):>12}   {wanted:<14} {'' if self.met else 'MISSED'}"


def told(seen: Sequence[Seen], alone: float) -> Iterator[Line]:
    """Yield what a class saw, beside the goals; `alone` are the steps a second of one run by itself."""
    opened, first = ([getattr(each, name) for each in seen] for name in ("opened", "first"))
    others = [seconds for each in seen for seconds in each.others] or [np.nan]
    records, steps = np.array([each.rates() for each in seen]).T
    yield Line("page open, median", np.nanmedian(opened))
    yield Line("page open, 95th percentile", np.nanpercentile(opened, 95))
    yield Line("Play to first record, median", np.nanmedian(first), goal=1.0)
    yield Line("Play to first record, 95th percentile", np.nanpercentile(first, 95), goal=2.0)
    yield Line("another widget, median", np.nanmedian(others))
    yield Line("another widget, 95th percentile", np.nanpercentile(others, 95), goal=0.5)
    yield Line("records a second each, median", np.median(records), "{:.2f}", goal=1.0, at_most=False)
    yield Line("steps a second together", steps.sum(), "{:,.0f}")
    yield Line("  of what one alone trains", steps.sum() / alone, "{:.0%}", goal=0.4, at_most=False)
    yield Line("poorest student's steps, of the median", steps.min() / np.median(steps), "{:.0%}", 0.5, False)
    yield Line("runs lost", sum(bool(each.lost) for each in seen), "{:.0f}", goal=0)


class Load:
    """How many cores were busy since it was made, and with whom."""

    def __init__(self) -> None:
        self._before = self._now()

    def told(self) -> str:
        """Return it in words."""
        seconds, all_busy, *parts = (
            now - before for now, before in zip(self._now(), self._before, strict=True)
        )
        others = all_busy - sum(parts)
        names = "clients", "servers", "other programs"
        shares = (f"{name} {busy / seconds:.2f}" for name, busy in zip(names, [*parts, others], strict=True))
        return f"cores kept busy: {', '.join(shares)}"

    def _now(self) -> tuple[float, ...]:
        machine = psutil.cpu_times()
        busy = sum(getattr(machine, name, 0.0) for name in ("user", "nice", "system", "irq", "softirq"))
        used = sum(map(_processor_seconds, started()))
        return time.monotonic(), busy, _processor_seconds(psutil.Process()), used


def _processor_seconds(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return times.user + times.system
    return 0.0


def hold_class(addresses: Sequence[str], students: int, minutes: float, times: int) -> list[Line]:
    """Let one student come, and the class so many times; print what they see, and return all of it."""
    lines: list[Line] = []

    def tell(heading: str, new: Sequence[Line]) -> None:
        print(f"\n{heading}", *new, sep="\n", flush=True)
        lines.extend(new)

    def memory(when: str, goal: float | None = None) -> list[Line]:
        return [Line(f"memory {when}", megabytes(ours), "{:,.0f} MB", goal)] if (ours := started()) else []

    tell("before anybody has come", memory("at the start"))
    [one] = asyncio.run(lesson(addresses[:1], 1, ALONE_SECONDS, seed=0))
    alone = one.rates()[1]
    if not alone:
        raise SystemExit(f"one student alone could not train: {one.lost}")
    tell("one student alone", [*told([one], alone), *memory("with one student")])
    ends = []
    for turn in range(times):
        load = Load()
        seen = asyncio.run(lesson(addresses, students, minutes * 60, seed=1 + turn * students))
        ends += memory("at the end", 2000)
        tell(f"class {turn + 1}: {students} students, {minutes:g} minutes", [*told(seen, alone), *ends[-1:]])
        print(f"({load.told()})")
        for lost in sorted({each.lost for each in seen} - {""}):
            print(f"lost: {lost}")
        if turn == 0 and times > 1:
            time.sleep(LEASE_SECONDS + FREED_SECONDS)
            tell("when all have left", memory("after all have left"))
    if len(ends) > 1:
        growth = ends[-1].value / ends[0].value - 1
        tell("all", [Line("last class's memory above the first's", growth, "{:+.1%}", goal=0.05)])
    return lines


def main() -> int:
    """Measure, and return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--times", type=int, default=2, help="that the class comes")
    parser.add_argument("--cluster", default="", help="W2V_CLUSTER for the server that is started")
    parser.add_argument("--haproxy", help="its program; two servers are started behind it")
    parser.add_argument("--url", action="append", help="of an app that is there; may be repeated")
    given = parser.parse_args()
    with contextlib.ExitStack() as stack:
        addresses = [url.rstrip("/") for url in given.url or ()]
        if not addresses:
            cluster = given.cluster
            if given.haproxy and cluster.isdigit():
                cluster = stack.enter_context(workers(int(cluster)))  # one for both
            environment = {"W2V_CLUSTER": cluster} if cluster else {}
            servers = [stack.enter_context(serving(environment)) for _ in range(2 if given.haproxy else 1)]
            addresses = [servers[0].address]
            if given.haproxy:
                addresses = [stack.enter_context(proxied(servers, given.haproxy))]
        lines = hold_class(addresses, given.students, given.minutes, given.times)
    missed = [line.name for line in lines if not line.met]
    print(f"\n{len(missed)} goals missed" if missed else "\nall goals met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
