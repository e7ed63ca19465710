"""A record as the pictures take it: rows with the numbers of one half-step, a heat map, arrows, a check.

Every number goes to the browser twice, as it is (for the length of a bar) and as text (to be read); the
browser computes none of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.numbers import axis_end, figure
from app.runs.bench import PairBench
from app.text.inside_page import InsideText
from app.text.literal import visible
from app.views.charts import packed
from app.views.halfsteps import FORWARD, SOFTMAX_FORMS, Row, answer, half_steps, largest, rows, term_loss
from w2v_core import PairRecord
from w2v_core.training.forces import forces
from w2v_core.training.gradient_check import check_gradients

BELOW = 3  # words named at either side of a fork
CHECKED = 8  # entries of a gradient
MAGNIFICATIONS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)

Data = dict[str, Any]


class Scenes:
    """Pictures of what lies on a bench.

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
        self.softmax = self.objective in SOFTMAX_FORMS
        self.rows = rows(self.record, self.objective)

    def word(self, id: int) -> str:
        """Return a word as it is shown: control characters would not be seen."""
        return visible(self.vocabulary.words[id])

    def sentence(self) -> Data:
        """Return the sentence with its center, context and window."""
        bench, here = self.bench, self.bench.excerpt
        return {
            "words": [visible(word) for word in here.words],
            "start": here.start,
            "whole": list(here.whole),
            "center": bench.center_at,
            "context": bench.context_at,
            "window": bench.contexts(),
            "text": {
                "label": self.text.sentence_label,
                "center": self.text.pick_center,
                "context": self.text.pick_context,
                "hint_center": self.text.pick_hint_center,
                "hint_context": self.text.pick_hint_context.format(window=bench.run.config.window),
            },
        }

    def strip(self, now: int) -> Data:
        """Return the names of the half-steps and which one is shown."""
        names = [self.text.half_steps[name] for name in half_steps(self.objective)]
        text = {
            "label": self.text.strip_label,
            "forward": self.text.forward,
            "backward": self.text.backward,
        }
        return {"names": names, "now": now, "forward": FORWARD, "text": text}

    def bars(self, name: str, selected: int) -> Data:
        """Return a half-step as rows of bars or of vectors; `selected` is a column of the record."""
        shown = getattr(self, f"_{name}")()
        return {
            "kind": "rows",
            "half_step": name,
            "selected": selected,
            "axis": self.by_objective(self.text.axes, name),
            "tree": self.objective == "hierarchical_softmax",
            "text": {"alt": self.text.picture_alt, "click": self.text.click_row},
            **shown,
        }

    def by_objective(self, entries: Any, name: str) -> str:
        """Return the entry for this half-step and loss, or else for the half-step."""
        return entries.get(f"{name}.{self.objective}") or entries[name]

    # The half-steps

    def _vectors(self) -> Data:
        record = self.record
        return self._strips(record.input_vectors[0], record.output_vectors)

    def _gradients(self) -> Data:
        record = self.record
        return self._strips(record.input_gradients[0], record.output_gradients)

    def _update(self) -> Data:
        record = self.record
        return self._strips(record.input_updates[0], record.output_updates)

    def _scores(self) -> Data:
        return self._simple("diverging", lambda row: self.record.scores[row.column])

    def _exponentials(self) -> Data:
        others = self.record.others
        return self._simple("positive", lambda row: self.record.exponentials[row.column], others.exponential)

    def _sigmoids(self) -> Data:
        drawn = self._simple("unit", lambda row: self.record.probabilities[row.column])
        for entry, row in zip(drawn["rows"], self.rows, strict=True):
            entry["wanted"] = int(bool(row.positive))
            if self.objective == "negative_sampling":
                entry["tag"] += f": {self.text.wanted[entry['wanted']]}"
        return drawn

    def _probabilities(self) -> Data:
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
                words=f"{len(self.vocabulary):,}", total=f"{record.distribution.sum():.6f}"
            )
        return drawn

    def _terms(self) -> Data:
        named = [row for row in self.rows if row.positive or row.negative]
        kind = "diverging" if any(term.loss < 0 for term in self.record.terms) else "positive"
        drawn = self._simple(kind, lambda row: term_loss(self.record, row.column), rows=named)
        return drawn | {"colour": "loss"}

    def _loss(self) -> Data:
        drawn = self._terms() | {"kind": "waterfall"}
        total, low, high = 0.0, 0.0, 0.0
        for entry in drawn["rows"]:
            entry["start"] = total
            total += entry["value"]
            low, high = min(low, total), max(high, total)
        whole = self._entry("sum", "", "sum", self.text.sum_row, self.record.loss)
        drawn["rows"].append(whole | {"start": 0.0, "tag": ""})
        return drawn | {"low": low, "max": max(high, 1e-12)}

    def _slopes(self) -> Data:
        others = self.record.others
        return self._simple(
            "diverging", lambda row: self.record.score_gradient[row.column], others.score_gradient
        )

    def _after(self) -> Data:
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
            entry["before"] = _finite(value)
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
            entries.append(self._entry("rest", "", "rest", name, rest) | {"tag": ""})
        return {"layout": layout, "max": 1.0 if layout == "unit" else size or 1.0, "rows": entries}

    def _strips(self, center: np.ndarray, outputs: np.ndarray) -> Data:
        first = self._entry(
            "center", "c", "center", self.word(self.bench.center), float(np.linalg.norm(center))
        )
        entries = [first | {"strip": packed(center)}]
        for row in self.rows:
            vector = outputs[row.place]
            entries.append(self._row(row, float(np.linalg.norm(vector))) | {"strip": packed(vector)})
        return {"layout": "strips", "max": max(largest(center), largest(outputs)), "rows": entries}

    def _row(self, row: Row, value: float) -> Data:
        if row.role == "node":
            return self._fork(row, value)
        word = self.word(self.record.columns[row.column])
        entry = self._entry(row.column, row.symbol, row.role, word, value)
        if row.positive and row.negative:
            entry["tag"] = self.text.both_roles
        elif row.negative > 1:
            entry["tag"] = self.text.times.format(count=f"{row.negative:.0f}")
        return entry

    def _fork(self, row: Row, value: float) -> Data:
        """Return the row of a fork: which way the path goes, and which words lie to either side."""
        turn = 0 if row.positive else 1
        node = int(self.record.columns[row.column])
        entry = self._entry(row.column, row.symbol, "node", self._below(node, turn), value)
        entry["tag"] = self.text.turns[turn]
        return entry | {"turn": turn, "aside": self._below(node, 1 - turn)}

    def _below(self, node: int, turn: int) -> str:
        tree = self.bench.run.tree
        assert tree is not None, "only hierarchical softmax has forks"
        below = tree.words_below(node, turn)
        named = ", ".join(self.word(word) for word in below[:BELOW])
        return (
            named
            if len(below) <= BELOW
            else self.text.below.format(words=f"{named} …", count=f"{len(below):,}")
        )

    def _name(self, row: Row) -> str:
        if row.role == "node":
            return self.text.turn.format(number=row.symbol)
        return self.word(self.record.columns[row.column])

    def _entry(self, id: int | str, symbol: str, role: str, word: str, value: float) -> Data:
        return {
            "id": id,
            "symbol": symbol,
            "role": role,
            "word": word,
            "tag": self.text.roles[role],
            "value": _finite(value),
            "text": figure(value),
        }

    # The other views

    def heat(self) -> Data:
        """Return rows of W and of U before, as gradient, and after; most of W is not touched."""
        record, embeddings, bench = self.record, self.bench.embeddings, self.bench
        center = bench.center
        own = self._heat_row(
            self.word(center),
            "center",
            record.input_vectors[0],
            record.input_gradients[0],
            record.inputs_after[0],
        )
        ids = [bench.context] if self.objective == "hierarchical_softmax" else []
        ids += [int(record.columns[row.column]) for row in self.rows if row.role != "node"]
        roles = ["context"] if self.objective == "hierarchical_softmax" else []
        roles += [row.role for row in self.rows if row.role != "node"]
        of_w = [own]
        for word, role in zip(ids, roles, strict=True):
            if word != center:
                of_w.append(self._heat_row(self.word(word), role, embeddings.vectors[word].astype(float)))
        of_u = []
        for row in self.rows:
            vectors = (record.output_vectors, record.output_gradients, record.outputs_after)
            of_u.append(self._heat_row(self._name(row), row.role, *(part[row.place] for part in vectors)))
        if self.objective == "negative_sampling" and center not in ids:  # a row of U that nobody touches
            own_output = embeddings.output_vectors[center].astype(float)
            of_u.append(self._heat_row(self.word(center), "center", own_output))
        shown = [record.input_vectors, record.inputs_after, record.output_vectors, record.outputs_after]
        slopes = [record.input_gradients, record.output_gradients]
        more = record.others.count
        return {
            "kind": "heat",
            "tables": [
                {"title": self.text.tables["W"], "rows": of_w, "more": ""},
                {
                    "title": self.text.tables["U.nodes" if self.rows[0].role == "node" else "U"],
                    "rows": of_u,
                    "more": self.text.heat_more.format(count=f"{more:,}") if more else "",
                },
            ],
            "vectors_max": max(map(largest, shown)),
            "gradients_max": max(map(largest, slopes)),
            "vectors_range": figure(max(map(largest, shown))),
            "gradients_range": figure(max(map(largest, slopes))),
            "text": {
                "note": self.text.heat_note,
                "columns": [self.text.heat_columns[name] for name in ("before", "gradient", "after")],
                "touched": self.text.heat_touched,
                "untouched": self.text.heat_untouched,
            },
        }

    def _heat_row(
        self,
        name: str,
        role: str,
        before: np.ndarray,
        gradient: np.ndarray | None = None,
        after: np.ndarray | None = None,
    ) -> Data:
        parts = [before, gradient, after]
        return {
            "word": name,
            "role": role,
            "touched": gradient is not None,
            "strips": [None if part is None else packed(part) for part in parts],
        }

    def arrows(self) -> Data:
        """Return who pulls the center where, on the plane of the vectors that take part."""
        found, record = forces(self.record), self.record
        moves = [
            found.input_after - found.input,
            *found.contributions,
            *(found.outputs_after - found.outputs),
        ]
        span = np.ptp(np.vstack([found.input, found.origin, found.outputs]), axis=0).max()
        longest = max(float(np.linalg.norm(move)) for move in moves)
        fits = [m for m in MAGNIFICATIONS if m * longest < 0.5 * span]
        magnified = fits[-1] if fits else 1
        return {
            "kind": "arrows",
            "center": {
                "word": self.word(self.bench.center),
                "at": found.input.tolist(),
                "move": (found.input_after - found.input).tolist(),
            },
            "origin": found.origin.tolist(),
            "outputs": [
                {
                    "id": row.column,
                    "symbol": row.symbol,
                    "role": row.role,
                    "word": self._name(row),
                    "at": found.outputs[row.place].tolist(),
                    "move": (found.outputs_after - found.outputs)[row.place].tolist(),
                    "gives": found.contributions[row.place].tolist(),
                    "pull": bool(record.score_gradient[row.column] < 0),
                }
                for row in self.rows
            ],
            "rest": found.rest.tolist() if record.others.count else None,
            "magnified": magnified,
            "text": {
                "note": self.text.arrows_note.format(share=f"{found.explained:.0%}", magnified=magnified),
                **self.text.arrows,
            },
        }

    def check(self, selected: int | str) -> Data:
        """Return the center's gradient (or a selected row's) both ways, its largest entries side by side."""
        inputs, outputs = check_gradients(self.record)
        row = next((row for row in self.rows if row.column == selected), None)
        found = outputs[row.place] if row else inputs[0]
        entries = []
        for i in found.largest[:CHECKED].tolist():
            entry = self._entry(
                i, "", row.role if row else "center", self.text.component.format(index=i + 1), 0.0
            )
            analytic, numeric = float(found.analytic[i]), float(found.numeric[i])
            entries.append(
                entry
                | {"tag": "", "value": analytic, "text": figure(analytic), "before": numeric}
                | {"was": _long(numeric), "text": _long(analytic)}
            )
        return {
            "kind": "rows",
            "half_step": "check",
            "layout": "diverging",
            "max": largest(found.analytic),
            "rows": entries,
            "selected": None,
            "tree": False,
            "axis": self.text.axes["check"],
            "vectors": [
                {"id": "center", "role": "center", "word": self.word(self.bench.center), "symbol": "w_c"},
                *(
                    {"id": r.column, "role": r.role, "word": self._name(r), "symbol": f"u_{r.symbol}"}
                    for r in self.rows
                ),
            ],
            "vector": row.column if row else "center",
            "absolute": figure(found.absolute),
            "relative": figure(found.relative),
            "text": {"alt": self.text.picture_alt, "click": ""},
        }

    def rise(self) -> Data:
        """Return the curve of p(context | center) over the applications, and of sigmoid(s) where there is one."""
        bench = self.bench
        p = np.concatenate(bench.probabilities)
        charts = [{"title": self.text.rise_probability, "values": packed(p), "top": _top(p.max())}]
        sigmoid = np.concatenate(bench.sigmoids)
        if not np.isnan(sigmoid).any():
            charts.append({"title": self.text.rise_sigmoid, "values": packed(sigmoid), "top": 1.0})
        for chart, values in zip(charts, (p, sigmoid), strict=False):
            chart["now"] = self.text.rise_now.format(
                probability=figure(float(values[-1])), times=bench.applied
            )
            chart["first"], chart["last"] = figure(float(values[0])), figure(float(values[-1]))
            chart["top_text"] = axis_end(chart["top"])
        return {
            "charts": charts,
            "applied": bench.applied,
            "text": {"axis": self.text.rise_axis, "alt": self.text.rise_alt},
        }


def _finite(value: float) -> float:
    """Return a number that JSON knows: exp(s) may be infinite."""
    return value if math.isfinite(value) else math.copysign(1e300, value)


def _long(value: float) -> str:
    """Return a number in so many digits that two ways of computing it may be told apart."""
    return f"{value:.10f}".replace("-", "−")


def _top(value: float) -> float:
    """Return the end of an axis from 0: 1, 2 or 5 times a power of ten, at most 1."""
    power = 10.0 ** math.floor(math.log10(max(value, 1e-12)))
    return min(1.0, next(step * power for step in (1, 2, 5, 10) if step * power >= value))
