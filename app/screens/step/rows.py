"""The half-steps of a record as rows of numbers or of vectors, and its gradient check."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from w2v_core.diagnostics.gradient_check import check_gradients

from ...formatting import Count, figure
from .half_steps import Row, answer, largest, term_loss
from .scene import Entry, Scene, finite

BELOW = 3  # words named at either side of a fork
CHECKED = 8  # entries of a gradient


@dataclass(frozen=True, eq=False)
class HalfStepTable:
    """A half-step's rows.

    Attributes
    ----------
    layout : {"positive", "diverging", "unit", "waterfall", "strips", "check"}
        Bars from the left, to either side of 0, from 0 to 1, or each from where the last one ended; or vectors.
    high : float
        The largest size of a bar, or of a vector's entry.
    entries : list of Entry
    low : float
        Where a waterfall's axis begins.
    losses : bool
        Whether the bars are losses.
    note : str
    """

    layout: str
    high: float
    entries: list[Entry]
    low: float = 0.0
    losses: bool = False
    note: str = ""


def half_step(scene: Scene, name: str) -> HalfStepTable:
    """Return the rows of a half-step by its name."""
    table: HalfStepTable = getattr(_HalfSteps(scene), name)()
    return table


def check(scene: Scene, selected: int | str | None) -> tuple[HalfStepTable, str, str]:
    """Return the largest entries of a gradient both ways, and the largest difference, absolute and relative.

    `selected` is a column of the record; any other value stands for the center.
    """
    inputs, outputs = check_gradients(scene.record)
    row = next((row for row in scene.rows if row.column == selected), None)
    found = outputs[row.place] if row else inputs[0]
    entries = []
    for i in found.largest[:CHECKED].tolist():
        analytic, numeric = float(found.analytic[i]), float(found.numeric[i])
        name = scene.text.component.format(index=i + 1)
        entry = scene.entry(i, "", row.role if row else "center", name, analytic)
        entries.append(replace(entry, tag="", before=numeric, text=_long(analytic), was=_long(numeric)))
    return (
        HalfStepTable("check", largest(found.analytic), entries),
        figure(found.absolute),
        figure(found.relative),
    )


class _HalfSteps:
    """A method for each half-step, by its name."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.text, self.record = scene, scene.text, scene.record
        self.objective, self.rows = scene.objective, scene.rows

    def vectors(self) -> HalfStepTable:
        return self._strips(self.record.input_vectors[0], self.record.output_vectors)

    def gradients(self) -> HalfStepTable:
        return self._strips(self.record.input_gradients[0], self.record.output_gradients)

    def update(self) -> HalfStepTable:
        return self._strips(self.record.input_updates[0], self.record.output_updates)

    def scores(self) -> HalfStepTable:
        return self._simple("diverging", lambda row: self.record.scores[row.column])

    def exponentials(self) -> HalfStepTable:
        others = self.record.others
        return self._simple("positive", lambda row: self.record.exponentials[row.column], others.exponential)

    def sigmoids(self) -> HalfStepTable:
        table = self._simple("unit", lambda row: self.record.probabilities[row.column])
        entries = []
        for entry, row in zip(table.entries, self.rows, strict=True):
            wanted = int(bool(row.positive))
            asked = self.objective == "negative_sampling"
            tag = f"{entry.tag}: {self.text.wanted[str(wanted)]}" if asked else entry.tag
            entries.append(replace(entry, wanted=wanted, tag=tag))
        return replace(table, entries=entries)

    def probabilities(self) -> HalfStepTable:
        record = self.record
        if self.objective == "softmax":
            return self._simple(
                "positive", lambda row: record.probabilities[row.column], record.others.probability
            )
        if self.objective == "softmax_with_negatives":
            return self._simple("positive", self._called_probability, record.others.probability)
        table = self._simple("unit", lambda row: answer(record, row.column))
        if self.objective == "negative_sampling":
            return table
        entries = [
            replace(entry, was=f"× {entry.text}", text=figure(reached))
            for entry, reached in zip(table.entries, record.products, strict=True)
        ]
        note = self.text.leaves_sum.format(
            words=f"{len(self.scene.vocabulary):,}", total=f"{record.distribution.sum():.6f}"
        )
        return replace(table, entries=entries, note=note)

    def terms(self) -> HalfStepTable:
        named = [row for row in self.rows if row.positive or row.negative]
        layout = "diverging" if any(term.loss < 0 for term in self.record.terms) else "positive"
        table = self._simple(layout, lambda row: term_loss(self.record, row.column), rows=named)
        return replace(table, losses=True)

    def loss(self) -> HalfStepTable:
        entries, total, low, high = [], 0.0, 0.0, 0.0
        for entry in self.terms().entries:
            entries.append(replace(entry, start=total))
            total += entry.value
            low, high = min(low, total), max(high, total)
        whole = self.scene.entry("sum", "", "sum", self.text.sum_row, self.record.loss)
        entries.append(replace(whole, tag=""))
        return HalfStepTable("waterfall", max(high, 1e-12), entries, low=low, losses=True)

    def slopes(self) -> HalfStepTable:
        rest = self.record.others.score_gradient
        return self._simple("diverging", lambda row: self.record.score_gradient[row.column], rest)

    def after(self) -> HalfStepTable:
        record = self.record
        if self.objective == "softmax":
            table = self._simple(
                "positive",
                lambda row: record.probabilities_after[row.column],
                record.others.probability_after,
            )
            before = [record.probabilities[row.column] for row in self.rows] + [record.others.probability]
        elif self.objective == "softmax_with_negatives":
            table = self._simple(
                "positive", lambda row: self._called_probability(row, True), record.others.probability_after
            )
            before = [self._called_probability(row) for row in self.rows] + [record.others.probability]
        else:
            table = self._simple("unit", lambda row: answer(record, row.column, True))
            before = [answer(record, row.column) for row in self.rows]
        entries = [
            replace(entry, before=finite(value), was=self.text.was.format(value=figure(value)))
            for entry, value in zip(table.entries, before, strict=False)
        ]
        high = table.high
        if table.layout == "positive":
            named = [entry for entry in entries if entry.role != "rest"]
            high = max([0.0, *(max(entry.value, entry.before or 0.0) for entry in named)]) or 1.0
        return replace(table, entries=entries, high=high)

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
    ) -> HalfStepTable:
        given = [(row, float(value(row))) for row in (self.rows if rows is None else rows)]
        size = max((abs(number) for _, number in given if math.isfinite(number)), default=0.0)
        entries = [self._row(row, number) for row, number in given]
        if rest is not None and self.record.others.count:
            name = self.text.rest.format(count=Count(f"{self.record.others.count:,}"))
            entries.append(replace(self.scene.entry("rest", "", "rest", name, rest), tag=""))
        return HalfStepTable(layout, 1.0 if layout == "unit" else size or 1.0, entries)

    def _strips(self, center: np.ndarray, outputs: np.ndarray) -> HalfStepTable:
        word = self.scene.word(self.scene.bench.center)
        first = self.scene.entry("center", "c", "center", word, float(np.linalg.norm(center)))
        entries = [replace(first, vector=center)]
        for row in self.rows:
            vector = outputs[row.place]
            entries.append(replace(self._row(row, float(np.linalg.norm(vector))), vector=vector))
        return HalfStepTable("strips", max(largest(center), largest(outputs)), entries)

    def _row(self, row: Row, value: float) -> Entry:
        if row.role == "node":
            return self._fork(row, value)
        word = self.scene.word(self.record.columns[row.column])
        entry = self.scene.entry(row.column, row.symbol, row.role, word, value)
        if row.positive and row.negative:
            return replace(entry, tag=self.text.both_roles)
        if row.negative > 1:
            return replace(entry, tag=self.text.times.format(count=f"{row.negative:.0f}"))
        return entry

    def _fork(self, row: Row, value: float) -> Entry:
        """Return the row of a fork: which way the path goes, and which words lie to either side."""
        turn = 0 if row.positive else 1
        node = int(self.record.columns[row.column])
        named, count = self._below(node, turn)
        entry = self.scene.entry(row.column, row.symbol, "node", named, value)
        tag, aside = self.text.turns[str(turn)], "".join(self._below(node, 1 - turn))
        return replace(entry, tag=tag, turn=turn, count=count, aside=aside)

    def _below(self, node: int, turn: int) -> tuple[str, str]:
        """Return the first words to one side of a fork, and how many there are where these are not all."""
        tree = self.scene.bench.run.tree
        assert tree is not None, "only hierarchical softmax has forks"
        below = tree.words_below(node, turn)
        named = ", ".join(self.scene.word(word) for word in below[:BELOW])
        if len(below) <= BELOW:
            return named, ""
        return f"{named} …", self.text.below.format(count=f"{len(below):,}")


def _long(value: float) -> str:
    """Return a number in so many digits that two ways of computing it may be told apart."""
    return f"{value:.10f}".replace("-", "−")
