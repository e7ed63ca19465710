"""The loss curve of a run of any length, in a bounded number of points.

Each point is the pair-weighted mean of a block of steps. When the points run out, neighbors merge and blocks
double: nothing is dropped, the curve only gets coarser. The first step stays a point of its own: there the loss is
what it is before anything is learned, and the curve begins on its start line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from w2v_core import StepRecord


@dataclass(frozen=True, eq=False)
class CurvePoints:
    """The curve at one moment; arrays of equal length, oldest first.

    Attributes
    ----------
    steps, pairs : steps done and pairs seen at the end of each block
    rows : rows of U touched until then, added up over the steps
    seconds : compute time until then, as far as `LossCurve.add` was told
    loss : mean loss per pair within the block
    smooth : running average of the loss at the block's end
    """

    steps: np.ndarray
    pairs: np.ndarray
    rows: np.ndarray
    seconds: np.ndarray
    loss: np.ndarray
    smooth: np.ndarray
    steps_per_point: int

    def __post_init__(self) -> None:
        for array in (self.steps, self.pairs, self.rows, self.seconds, self.loss, self.smooth):
            array.setflags(write=False)


class LossCurve:
    """Collects step records.

    Parameters
    ----------
    capacity : int
        At most this many points after the first; even.

    Attributes
    ----------
    rows, seconds : added up so far
    average : running average of the loss, 0 before the first step
    """

    def __init__(self, capacity: int = 600) -> None:
        self._capacity = capacity
        self._ends: list[tuple[int, int, int, float]] = []  # steps, pairs, rows, seconds at each block's end
        self._losses: list[float] = []  # summed loss of each block
        self._smooth: list[float] = []
        self._block = 1  # steps a block
        self._in_block = 0  # steps in the last block so far
        self._steps = 0
        self.average = 0.0
        self.rows = 0
        self.seconds = 0.0

    def add(self, record: StepRecord, seconds: float = 0.0) -> None:
        """Append one step, and how long it took."""
        before = self._ends[-1][1] if self._ends else 0
        loss = record.loss * (record.pairs - before)
        self._steps += 1
        self.rows += record.output_rows
        self.seconds += seconds
        end = record.step, record.pairs, self.rows, self.seconds
        # The memory of the average is 2 % of the run so far: steady late, and never slow to start.
        memory = min(self._steps, max(20, self._steps // 50))
        self.average += (record.loss - self.average) / memory
        if self._ends and self._in_block < self._block:
            self._ends[-1] = end
            self._losses[-1] += loss
            self._smooth[-1] = self.average
            self._in_block += 1
            return
        if len(self._ends) == 1 + self._capacity:
            self._merge()
        self._ends.append(end)
        self._losses.append(loss)
        self._smooth.append(self.average)
        self._in_block = 1

    @property
    def saved(self) -> tuple[np.ndarray, dict[str, float]]:
        """All that the curve is: a (6, n) array, and what else it counts."""
        columns = np.array([*self._columns(), self._losses, self._smooth])
        numbers = {name: getattr(self, f"_{name}") for name in ("block", "in_block", "steps")}
        return columns, numbers | {"average": self.average, "rows": self.rows, "seconds": self.seconds}

    @classmethod
    def restored(cls, columns: np.ndarray, numbers: Mapping[str, Any]) -> LossCurve:
        """Return a saved curve, which goes on as the old one would have; ValueError where it cannot be one."""
        curve = cls()
        if columns.shape != (6, columns.shape[-1]) or columns.shape[1] > 1 + curve._capacity:
            raise ValueError("no curve")
        if not (np.isfinite(columns).all() and (np.diff(columns[:2], prepend=0) > 0).all()):
            raise ValueError("no curve")
        ends = columns[:4].T.tolist()
        curve._ends = [(int(step), int(pairs), int(rows), seconds) for step, pairs, rows, seconds in ends]
        curve._losses, curve._smooth = columns[4].tolist(), columns[5].tolist()
        for name in ("block", "in_block", "steps", "rows"):
            if not (isinstance(numbers[name], int) and numbers[name] >= (name == "block")):
                raise ValueError("no curve")
        curve._block, curve._in_block = numbers["block"], numbers["in_block"]
        curve._steps, curve.rows = numbers["steps"], numbers["rows"]
        curve.average, curve.seconds = float(numbers["average"]), float(numbers["seconds"])
        return curve

    def _columns(self) -> np.ndarray:
        """Return steps, pairs, rows and seconds at the blocks' ends, as a (4, n) array."""
        return np.array(self._ends, dtype=np.float64).reshape(-1, 4).T.copy()

    def points(self) -> CurvePoints:
        """Return the curve as it is now."""
        steps, pairs, rows, seconds = self._columns()
        loss = np.array(self._losses) / np.diff(pairs, prepend=0.0)
        return CurvePoints(steps, pairs, rows, seconds, loss, np.array(self._smooth), self._block)

    def _merge(self) -> None:
        self._ends = [self._ends[0], *self._ends[2::2]]
        self._smooth = [self._smooth[0], *self._smooth[2::2]]
        merged = (a + b for a, b in zip(self._losses[1::2], self._losses[2::2], strict=True))
        self._losses = [self._losses[0], *merged]
        self._block *= 2
