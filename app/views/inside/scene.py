"""A pair on the bench as all its pictures name and write it.

Every number goes to the browser twice, as it is (for the length of a bar) and as text (to be read); the
browser computes none of them.
"""

from __future__ import annotations

import math
from typing import Any

from app.numbers import figure
from app.runs.bench import PairBench
from app.text.inside_page import InsideText
from app.text.literal import visible
from app.views.inside.halfsteps import Row, rows
from w2v_core import PairRecord

Data = dict[str, Any]


class Scene:
    """What lies on a bench, in the user's language.

    Parameters
    ----------
    bench : PairBench
    text : InsideText
    """

    def __init__(self, bench: PairBench, text: InsideText) -> None:
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

    def by_objective(self, entries: Any, name: str) -> str:
        """Return the entry for this half-step and loss, or else for the half-step."""
        return entries.get(f"{name}.{self.objective}") or entries[name]

    def entry(self, id: int | str, symbol: str, role: str, word: str, value: float) -> Data:
        """Return what all rows of a picture have: who it is, and a number."""
        return {
            "id": id,
            "symbol": symbol,
            "role": role,
            "word": word,
            "tag": self.text.roles[role],
            "value": finite(value),
            "text": figure(value),
        }


def finite(value: float) -> float:
    """Return a number that JSON knows: exp(s) may be infinite."""
    return value if math.isfinite(value) else math.copysign(1e300, value)
