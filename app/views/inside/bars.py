"""The half-steps of a record as rows of bars or of vectors."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from app.numbers import figure
from app.views.charts import packed
from app.views.inside.halfsteps import Row, answer, largest, term_loss
from app.views.inside.scene import Data, Scene, finite

BELOW = 3  # words named at either side of a fork


def bars(scene: Scene, name: str, selected: int) -> Data:
    """Return a half-step by its name; `selected` is a column of the record."""
    return {
        "kind": "rows",
        "half_step": name,
        "selected": selected,
        "axis": scene.text.click_row.format(axis=scene.by_objective(scene.text.axes, name)),
        "tree": scene.objective == "hierarchical_softmax",
        "text": {"alt": scene.text.picture_alt},
        **getattr(_Bars(scene), name)(),
    }


class _Bars:
    """A method for each half-step, by its name."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.text, self.record = scene, scene.text, scene.record
        self.objective, self.rows = scene.objective, scene.rows

    def vectors(self) -> Data:
        record = self.record
        return self._strips(record.input_vectors[0], record.output_vectors)

    def gradients(self) -> Data:
        record = self.record
        return self._strips(record.input_gradients[0], record.output_gradients)

    def update(self) -> Data:
        record = self.record
        return self._strips(record.input_updates[0], record.output_updates)

    def scores(self) -> Data:
        return self._simple("diverging", lambda row: self.record.scores[row.column])

    def exponentials(self) -> Data:
        others = self.record.others
        return self._simple("positive", lambda row: self.record.exponentials[row.column], others.exponential)

    def sigmoids(self) -> Data:
        drawn = self._simple("unit", lambda row: self.record.probabilities[row.column])
        for entry, row in zip(drawn["rows"], self.rows, strict=True):
            entry["wanted"] = int(bool(row.positive))
            if self.objective == "negative_sampling":
                entry["tag"] += f": {self.text.wanted[entry['wanted']]}"
        return drawn

    def probabilities(self) -> Data:
        record = self.record
        if self.objective == "softmax":
            return self._simple(
                "positive", lambda row: record.probabilities[row.column], record.others.probability
            )
        if self.objective == "softmax_with_negatives":
            rest = record.others.probability
            return self._simple("positive", self._called_probability, rest)
        drawn = self._simple("unit", lambda row: answer(record, row.column))
        if self.objective == "hierarchical_softmax":
            for entry, reached in zip(drawn["rows"], record.products, strict=True):
                entry |= {"was": f"× {entry['text']}", "text": figure(reached)}
            drawn["note"] = self.text.leaves_sum.format(
                words=f"{len(self.scene.vocabulary):,}", total=f"{record.distribution.sum():.6f}"
            )
        return drawn

    def terms(self) -> Data:
        named = [row for row in self.rows if row.positive or row.negative]
        kind = "diverging" if any(term.loss < 0 for term in self.record.terms) else "positive"
        drawn = self._simple(kind, lambda row: term_loss(self.record, row.column), rows=named)
        return drawn | {"colour": "loss"}

    def loss(self) -> Data:
        drawn = self.terms() | {"kind": "waterfall"}
        total, low, high = 0.0, 0.0, 0.0
        for entry in drawn["rows"]:
            entry["start"] = total
            total += entry["value"]
            low, high = min(low, total), max(high, total)
        whole = self.scene.entry("sum", "", "sum", self.text.sum_row, self.record.loss)
        drawn["rows"].append(whole | {"start": 0.0, "tag": ""})
        return drawn | {"low": low, "max": max(high, 1e-12)}

    def slopes(self) -> Data:
        others = self.record.others
        return self._simple(
            "diverging", lambda row: self.record.score_gradient[row.column], others.score_gradient
        )

    def after(self) -> Data:
        record = self.record
        if self.objective == "softmax":
            drawn = self._simple(
                "positive",
                lambda row: record.probabilities_after[row.column],
                record.others.probability_after,
            )
            before = [record.probabilities[row.column] for row in self.rows] + [record.others.probability]
        elif self.objective == "softmax_with_negatives":
            drawn = self._simple(
                "positive", lambda row: self._called_probability(row, True), record.others.probability_after
            )
            before = [self._called_probability(row) for row in self.rows] + [record.others.probability]
        else:
            drawn = self._simple("unit", lambda row: answer(record, row.column, True))
            before = [answer(record, row.column) for row in self.rows]
        for entry, value in zip(drawn["rows"], before, strict=False):
            entry["before"] = finite(value)
            entry["was"] = self.text.was.format(value=figure(value))
        if drawn["layout"] == "positive":
            bars = [
                entry[name]
                for entry in drawn["rows"]
                if entry["role"] != "rest"
                for name in ("value", "before")
            ]
            drawn["max"] = max(bars) or 1.0
        return drawn

    def _called_probability(self, row: Row, after: bool = False) -> float:
        """What the course notes call a word's probability: exp(-s)/sum for noise words."""
        record = self.record
        if row.role == "noise":
            return answer(record, row.column, after)
        return (record.probabilities_after if after else record.probabilities)[row.column]

    # Rows

    def _simple(
        self,
        layout: str,
        value: Callable[[Row], float],
        rest: float | None = None,
        rows: Sequence[Row] | None = None,
    ) -> Data:
        entries = [self._row(row, float(value(row))) for row in (self.rows if rows is None else rows)]
        size = max((abs(entry["value"]) for entry in entries if math.isfinite(entry["value"])), default=0.0)
        if rest is not None and self.record.others.count:
            name = self.text.rest.format(count=f"{self.record.others.count:,}")
            entries.append(self.scene.entry("rest", "", "rest", name, rest) | {"tag": ""})
        return {"layout": layout, "max": 1.0 if layout == "unit" else size or 1.0, "rows": entries}

    def _strips(self, center: np.ndarray, outputs: np.ndarray) -> Data:
        first = self.scene.entry(
            "center", "c", "center", self.scene.word(self.scene.bench.center), float(np.linalg.norm(center))
        )
        entries = [first | {"strip": packed(center)}]
        for row in self.rows:
            vector = outputs[row.place]
            entries.append(self._row(row, float(np.linalg.norm(vector))) | {"strip": packed(vector)})
        return {"layout": "strips", "max": max(largest(center), largest(outputs)), "rows": entries}

    def _row(self, row: Row, value: float) -> Data:
        if row.role == "node":
            return self._fork(row, value)
        word = self.scene.word(self.record.columns[row.column])
        entry = self.scene.entry(row.column, row.symbol, row.role, word, value)
        if row.positive and row.negative:
            entry["tag"] = self.text.both_roles
        elif row.negative > 1:
            entry["tag"] = self.text.times.format(count=f"{row.negative:.0f}")
        return entry

    def _fork(self, row: Row, value: float) -> Data:
        """Return the row of a fork: which way the path goes, and which words lie to either side."""
        turn = 0 if row.positive else 1
        node = int(self.record.columns[row.column])
        entry = self.scene.entry(row.column, row.symbol, "node", self._below(node, turn), value)
        entry["tag"] = self.text.turns[turn]
        return entry | {"turn": turn, "aside": self._below(node, 1 - turn)}

    def _below(self, node: int, turn: int) -> str:
        tree = self.scene.bench.run.tree
        assert tree is not None, "only hierarchical softmax has forks"
        below = tree.words_below(node, turn)
        named = ", ".join(self.scene.word(word) for word in below[:BELOW])
        return (
            named
            if len(below) <= BELOW
            else self.text.below.format(words=f"{named} …", count=f"{len(below):,}")
        )
