"""A step as plain row assignments: made from the gradients, applied as a whole, and able to be taken back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..corpus.windows import Position
from .architectures import Inputs
from .gradients import gradients
from .objectives import Draw, Objective
from .optimizers import Optimizer

Floats = npt.NDArray[np.floating]
RowIds = npt.NDArray[np.integer] | slice


@dataclass(frozen=True, eq=False)
class Task:
    """What one step is to train on, at what rate; all chance is in it already."""

    inputs: Inputs
    draw: Draw
    rate: float
    epoch: int


@dataclass(frozen=True, eq=False)
class Assignment:
    """New values for distinct rows of an array, and what they replace."""

    array: npt.NDArray[Any]
    rows: RowIds
    new: npt.NDArray[Any]
    old: npt.NDArray[Any]

    def apply(self) -> None:
        """Write the new values."""
        self.array[self.rows] = self.new

    def add(self) -> None:
        """Add what has changed, for arrays that others write to as well."""
        if isinstance(self.rows, slice):  # a view: in place
            view = self.array[self.rows]
            view += self.new - self.old
            return
        now = self.array.take(self.rows, axis=0)
        now += self.new
        now -= self.old
        self.array[self.rows] = now

    def take_back(self) -> None:
        """Write the old values."""
        self.array[self.rows] = self.old


@dataclass(frozen=True, eq=False)
class Mark:
    """Where a trainer's counters and generators stood before a step: small, taken at every step."""

    steps: int
    pairs: int
    position: Position
    noise_state: Any


@dataclass(frozen=True, eq=False)
class Move:
    """All that one step changed."""

    before: Mark
    assignments: list[Assignment]

    def take_back(self) -> None:
        """Restore the rows; counters and generators are the trainer's."""
        for assignment in self.assignments:
            assignment.take_back()

    @property
    def nbytes(self) -> int:
        """Memory that it takes to remember the move."""
        return sum(assignment.old.nbytes + assignment.new.nbytes for assignment in self.assignments)


class History:
    """The moves that can be taken back, the latest first: one batch, and the chosen pairs since.

    A long run remembers a single batch. Chosen pairs are few, and people like to go back through all of them;
    the oldest are forgotten beyond `MOST_BYTES`, since a softmax step moves all of U.
    """

    MOST_BYTES = 64 * 2**20

    def __init__(self) -> None:
        self._moves: list[Move] = []

    def __len__(self) -> int:
        return len(self._moves)

    def start(self, move: Move) -> None:
        """Remember this move alone."""
        self._moves = [move]

    def add(self, move: Move) -> None:
        """Remember one more."""
        self._moves.append(move)
        while len(self._moves) > 1 and sum(move.nbytes for move in self._moves) > self.MOST_BYTES:
            self._moves.pop(0)

    def pop(self) -> Move:
        """Forget the latest move and return it."""
        return self._moves.pop()

    def clear(self) -> None:
        """Forget all."""
        self._moves = []


@dataclass(frozen=True, eq=False)
class ParameterTable:
    """W or U, with its optimizer."""

    array: Floats
    optimizer: Optimizer

    def read(self, rows: RowIds) -> Floats:
        """Return a copy of some rows."""
        if isinstance(rows, slice):
            return self.array[rows].copy()
        return self.array.take(rows, axis=0)  # twice as fast as self.array[rows]

    def moved(
        self, rows: RowIds, old: Floats, gradient: Floats, rate: float, max_length: float | None
    ) -> list[Assignment]:
        """Return the assignments of some rows' update, and of what the optimizer remembers."""
        update, sums = self.optimizer.update(rows, gradient, rate, max_length)
        update += old
        assignments = [Assignment(self.array, rows, update, old)]
        if sums is not None and self.optimizer.sums is not None:
            assignments.append(Assignment(self.optimizer.sums, rows, sums, self.optimizer.sums[rows].copy()))
        return assignments


def descend(
    objective: Objective,
    inputs: Inputs,
    draw: Draw,
    W: ParameterTable,
    U: ParameterTable,
    rate: float,
    max_length: float | None,
) -> tuple[float, list[Assignment]]:
    """Return the summed loss of a batch, and the assignments that move one step down. Changes nothing.

    The loss is infinity if it, or anything it would lead to, is not finite.
    """
    A, B = W.read(inputs.words), U.read(draw.columns)
    found = gradients(objective, inputs, draw, A, B)
    assignments = W.moved(inputs.words, A, found.inputs, rate, max_length)
    assignments += U.moved(draw.columns, B, found.outputs, rate, max_length)
    # One sum of squares a matrix tells (an eighth of the time of looking at each entry): inf and nan carry through.
    finite = math.isfinite(found.loss + sum(float(np.vdot(a.new, a.new)) for a in assignments))
    return (found.loss if finite else math.inf), assignments
