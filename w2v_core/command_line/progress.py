"""How far reading and training are, on stderr: tqdm's bars, or nothing where tqdm is not installed.

Nothing is shown either where stderr is no terminal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ..problems import counted
from ..sources.intake import ReportProgress
from ..training.records import StepRecord
from ..training.trainer import Trainer
from .streams import say

try:
    from tqdm import tqdm
except ImportError:  # an extra
    tqdm = None


@contextmanager
def _bar(**options: Any) -> Iterator[Any]:
    if tqdm is None:
        yield None
        return
    # disable=None: unless stderr is a terminal.
    with tqdm(disable=None, leave=False, unit_scale=True, dynamic_ncols=True, **options) as bar:
        yield bar


@contextmanager
def bytes_of(what: str) -> Iterator[ReportProgress]:
    """Give a function that shows how many bytes are done, of how many (None: unknown); `what` is "reading", say."""
    with _bar(desc=what, unit="B") as bar:

        def show(done: int, total: int | None) -> None:
            if bar is not None:
                bar.total = total
                bar.update(done - bar.n)

        yield show


@contextmanager
def steps_of(what: str, steps: int, unit: str = " steps") -> Iterator[Callable[[int], None]]:
    """Give a function that shows how many of the steps are done."""
    with _bar(desc=what, unit=unit, total=steps) as bar:

        def show(done: int) -> None:
            if bar is not None:
                bar.update(done - bar.n)

        yield show


class Summary:
    """What a training has done so far: its steps and pairs, and the mean loss of about the last hundred steps."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer, self._began = trainer, time.monotonic()
        self._first_pairs, self._first_steps = trainer.pairs, trainer.steps
        self.loss, self._steps = 0.0, 0

    @property
    def pairs(self) -> int:
        """Pairs since the summary began."""
        return self._trainer.pairs - self._first_pairs

    def count(self, record: StepRecord) -> None:
        """Take a step, or a round of them, into account."""
        added = record.step - self._first_steps - self._steps
        if not added:  # a round of a stretch without pairs
            return
        self._steps += added
        self.loss += (record.loss - self.loss) * min(1.0, added / min(self._steps, 100))

    def say(self) -> None:
        """Print one line."""
        seconds = time.monotonic() - self._began
        steps = counted(self._steps, "step")
        say(f"{steps}, {counted(self.pairs, 'pair')} in {seconds:.1f} s; loss {self.loss:.4f}")


@contextmanager
def training(trainer: Trainer) -> Iterator[Any]:
    """Give a function to call with each step's record; sum up at the end, unless an error ends the training."""
    summary, first_share = Summary(trainer), trainer.progress
    with _bar(desc="training", unit=" pairs") as bar:

        def show(record: StepRecord) -> None:
            summary.count(record)
            if bar is not None:
                share = (trainer.progress - first_share) / (1 - first_share)
                bar.total = round(summary.pairs / share) if share else None
                bar.set_postfix_str(f"epoch {record.epoch}, loss {summary.loss:.4f}", refresh=False)
                bar.update(summary.pairs - bar.n)

        yield show
    summary.say()
