"""The half-steps of one training step, and the rows that each of them shows: a loss's own shape of the story."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from w2v_core.diagnostics import PairRecord

SOFTMAX_FORMS = ("softmax", "softmax_with_negatives")


def half_steps(objective: str) -> tuple[str, ...]:
    """Return the ids of the half-steps, forward and then backward."""
    squash = "exponentials" if objective in SOFTMAX_FORMS else "sigmoids"
    forward = ("vectors", "scores", squash, "probabilities", "terms", "loss")
    return (*forward, "slopes", "gradients", "update", "after")


FORWARD = 6  # so many of them, then backward


@dataclass(frozen=True)
class Row:
    """One shown column of a record.

    Attributes
    ----------
    column : int
        Index into the record's columns.
    place : int
        Index into the record's shown columns.
    role : {"context", "noise", "other", "node"}
    symbol : str
        Its index in formulas: o, n1, n2, w1, or the number of a fork.
    positive, negative : float
        How often it counts as pair (or turn 0), and as noise (or turn 1).
    """

    column: int
    place: int
    role: str
    symbol: str
    positive: float
    negative: float


def rows(record: PairRecord, objective: str) -> list[Row]:
    """Return the shown columns in the order in which every half-step lists them."""
    found: list[Row] = []
    numbers = {"noise": 0, "other": 0, "node": 0}
    for place, column in enumerate(record.shown.tolist()):
        sides = [
            sum(term.count for term in record.terms if term.column == column and term.positive is side)
            for side in (True, False)
        ]
        if objective == "hierarchical_softmax":
            role = "node"
        else:
            role = "context" if sides[0] else "noise" if sides[1] else "other"
        if role in numbers:
            numbers[role] += 1
        symbol = {"context": "o", "noise": "n", "other": "w", "node": ""}[role] + str(numbers.get(role) or "")
        found.append(Row(column, place, role, symbol, *sides))
    return found


def term_loss(record: PairRecord, column: int, after: bool = False) -> float:
    """Return the loss of a column's terms."""
    return sum(term.loss for term in (record.terms_after if after else record.terms) if term.column == column)


def answer(record: PairRecord, column: int, after: bool = False) -> float:
    """Return the probability given to a column's right answer, as its first term has it."""
    terms = record.terms_after if after else record.terms
    return next(term.probability for term in terms if term.column == column)


def largest(values: np.ndarray) -> float:
    """Return the largest size of any entry; at least a tiny one, to divide by."""
    return float(np.max(np.abs(values), initial=1e-12))
