"""A pair on the bench as all its pictures name and write it.

Every number is there twice, as it is (for the length of a bar) and as text (to be read).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from w2v_core.diagnostics import PairRecord

from ...formatting import figure
from ...text import Words
from ...text.literal import visible
from .bench import PairBench
from .half_steps import Row, rows


@dataclass(frozen=True, eq=False)
class Entry:
    """One row of a picture: its name and a number.

    Attributes
    ----------
    id : int or str
        The record's column; "center", "rest" or "sum"; in a gradient check, the entry's index.
    symbol : str
        Its index in formulas, such as o or n1; empty if it has none.
    role : str
    word, tag : str
    value : float
    text : str
        The value to be read; or what has been reached with it.
    was : str
        A second number to be read.
    before : float, optional
        Where the bar ended before the step, or ends by differences.
    start : float
        Where the bar begins.
    vector : array, optional
        Of which `value` is the length.
    wanted : int, optional
        The right answer, 0 or 1.
    turn : int, optional
        Which way the path goes at a fork.
    count : str
        How many words there are, where `word` names the first of them only.
    aside : str
        The words that lie the other way.
    """

    id: int | str
    symbol: str
    role: str
    word: str
    tag: str
    value: float
    text: str
    was: str = ""
    before: float | None = None
    start: float = 0.0
    vector: np.ndarray | None = None
    wanted: int | None = None
    turn: int | None = None
    count: str = ""
    aside: str = ""


class Scene:
    """What lies on a bench, in the user's language.

    Parameters
    ----------
    bench : PairBench
    text : Words
    """

    def __init__(self, bench: PairBench, text: Words) -> None:
        self.bench, self.text = bench, text
        self.record: PairRecord = bench.record
        self.objective = bench.run.config.objective
        self.vocabulary = bench.run.corpus.vocabulary
        self.rows = rows(self.record, self.objective)

    def word(self, id: int) -> str:
        """Return a word as it is shown: control characters would not be seen."""
        return visible(self.vocabulary.words[id])

    def name(self, row: Row) -> str:
        """Return a row's word, or the number of its fork."""
        if row.role == "node":
            return self.text.turn.format(number=row.symbol)
        return self.word(self.record.columns[row.column])

    def by_objective(self, entries: Mapping[str, str], name: str) -> str:
        """Return the entry for this half-step and loss, or else for the half-step."""
        return entries.get(f"{name}.{self.objective}") or entries[name]

    def at_zero(self) -> str:
        """Return what p(o|c) of the context is under negative sampling while every score is 0."""
        noise = self.vocabulary.noise_distribution(self.bench.run.config.noise_power)[self.bench.context]
        return str(
            self.text.at_zero.format(noise=figure(float(noise)), uniform=figure(1 / len(self.vocabulary)))
        )

    def entry(self, id: int | str, symbol: str, role: str, word: str, value: float) -> Entry:
        """Return a row with its number."""
        return Entry(id, symbol, role, word, self.text.roles[role], finite(value), figure(value))


def finite(value: float) -> float:
    """Return a number that JSON knows: exp(s) may be infinite."""
    return value if math.isfinite(value) else math.copysign(1e300, value)
