"""The Explore page's data for its component in the browser, in four parts that change at different times.

words    the words on the map: their spelling, counts and categories       when others are shown
places   where they are, and how true the map is                           when the map moves
answer   what was asked of them: neighbors, analogies, colours             at every click
frames   the map and the neighbors at every moment of the training         when they are asked for
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from app.numbers import compact, decimal, percent
from app.runs.layouts import Ids, Layout
from app.samples import AnalogySection, Category
from app.state.exploring import Explorer
from app.text import Text
from app.text.explore_page import ExploreText
from app.text.literal import visible
from app.views.charts import TOO_COMMON, label_order, packed
from app.views.component import component
from app.views.map_colours import map_colours
from w2v_core import Problem
from w2v_core.vectors.evaluation import Section
from w2v_core.vectors.space import METRICS
from w2v_core.vectors.word_search import MODES, search_words

SCRIPTS = (  # one module, in order
    *("chart.js", "address.js", "cloud_labels.js", "cloud_marks.js", "cloud.js", "cloud_hand.js"),
    *("explore_parts.js", "explore_panel.js", "explore.js"),
)
NEIGHBOR_COUNTS = (5, 10, 15, 20, 30, 50)
MOST_FOUND = 60
MOST_GROUP = 200
ANSWERS = 8
MOVED = 10
FILM_RANGE = 32767  # places of a film are 16-bit numbers: finer than a pixel


def explore_component() -> Callable[..., Any]:
    """Register the component that draws the map and the panel, and return it."""
    return component("w2v_explore", SCRIPTS, ("charts.css", "explore.css"))


class ExploreView:
    """An explorer's state in the user's language.

    Parameters
    ----------
    explorer : Explorer
    run_id : str
        The browser keeps its camera as long as this stays the same.
    text : Text
    language : str
    categories : sequence of Category
    analogies : sequence of AnalogySection
    """

    def __init__(
        self,
        explorer: Explorer,
        run_id: str,
        text: Text,
        language: str,
        categories: Sequence[Category],
        analogies: Sequence[AnalogySection],
    ) -> None:
        self.explorer = explorer
        self.run_id = run_id
        self.text: ExploreText = text.explore_page
        self._units = text.units
        self._problem = partial(text.problem, show=visible)
        self.titles = [category.title[language] for category in categories]
        self.section_titles = {section.id: section.title[language] for section in analogies}
        self.sections = [Section(section.id, section.questions) for section in analogies]
        self.category = np.full(len(explorer.vocabulary), -1)
        for number, category in enumerate(categories):
            known = [word for word in category.words if word in explorer.vocabulary]
            self.category[explorer.vocabulary.ids(known)] = number

    @property
    def words_key(self) -> str:
        """Changes with the words on the map."""
        return f"{self.run_id} {hash(self.explorer.ids.tobytes())}"

    def words(self) -> dict[str, Any]:
        """Return the words on the map."""
        ids, vocabulary = self.explorer.ids, self.explorer.vocabulary
        counts = vocabulary.counts[ids]
        return {
            "part": "words",
            "key": self.words_key,
            "run": self.run_id,
            "words": [vocabulary.words[i] for i in ids],
            "counts": packed(counts, "<i4"),
            "category": packed(self.category[ids], "<i4"),
            "categories": self.titles,
            "order": _label_order(self.category[ids], counts / vocabulary.counts.sum()),
            "isolated": self.explorer.isolated,
            "text": self.text.in_browser,
        }

    def places(self, layout: Layout) -> dict[str, Any]:
        """Return where the words are."""
        text, explorer = self.text, self.explorer
        shares, note, axes = self._about(layout)
        fidelity = explorer.fidelity(layout)
        truth = text.judging if explorer.layouts.judging else ""
        if fidelity:
            truth = text.truth.format(
                k=fidelity.k,
                kept=f"{fidelity.mean * fidelity.k:.1f}",
                chance=decimal(float(f"{fidelity.chance * fidelity.k:.1g}")),
                trust=f"{fidelity.trustworthiness:.2f}",
            )
        return {
            "part": "places",
            "key": layout.key,
            "words": self.words_key,
            "kind": explorer.wish.kind,
            "dimensions": layout.points.shape[1],
            "points": packed(layout.points),
            "title": text.maps[explorer.wish.kind],
            "note": note,
            "truth": truth,
            "caution": text.tsne_caution if layout.formed else "",
            "axes": axes,
            "shares": shares,
            "chosen": list(explorer.wish.components[: explorer.wish.dimensions]),
            "axes_named": [
                text.component.format(number=number + 1, share=percent(share))
                for number, share in enumerate(shares)
            ],
            "running": explorer.layouts.moving and explorer.wish.kind == "tsne",
            "training": explorer.run.running,
            "version": layout.formed.version if layout.formed else explorer.progress.version,
            "iteration": layout.formed.iteration if layout.formed else 0,
        }

    def _about(self, layout: Layout) -> tuple[list[float], str, list[list[str]] | None]:
        """Return the shares of variance, a sentence about the map, and what its axes mean at either end."""
        text, wish = self.text, self.explorer.wish
        if layout.components:
            shares = layout.components.shares.tolist()
            used = [axis for axis in wish.components[: wish.dimensions] if axis < len(shares)]
            names = [text.axis.format(number=axis + 1, share=percent(shares[axis])) for axis in used]
            note = text.pca_note.format(share=percent(sum(shares[axis] for axis in set(used))))
            return shares, note, [["", name] for name in names]
        if layout.formed:
            formed = layout.formed
            if formed.version == 0:
                return [], text.tsne_preparing, None
            phase = "early" if formed.exaggerated else "late"
            note = text.tsne_note.format(
                phase=text.tsne_phases[phase],
                iteration=formed.iteration,
                iterations=formed.iterations,
                divergence=f"{formed.divergence:.2f}",
                perplexity=decimal(formed.perplexity),
            )
            return [], note, None
        ends = [[", ".join(pair[end] for pair in pairs) for end in (0, 1)] for pairs in wish.pairs]
        return [], text.axes_note.format(angle=f"{layout.angle:.0f}"), ends

    def answer(self, layout: Layout, colour: str, groups: int) -> dict[str, Any]:
        """Return what was asked, and the answers."""
        explorer, look = self.explorer, self.explorer.look
        at = int(explorer.places(explorer.vocabulary.ids([look.word]))[0]) if look.word else -1
        search = self._search()
        neighbors, links = self._neighbors(layout)
        return {
            "part": "answer",
            "words": self.words_key,
            "asked": look.asked,
            "tab": look.tab,
            "at": at,
            "selected": self._on_map(look.selected),
            "found": [word["at"] for word in search["words"] if word["at"] >= 0],
            "links": links,
            "colour": map_colours(explorer, layout, colour, groups, self.category, self.titles, self.text),
            "search": search,
            "neighbors": neighbors if look.tab == "neighbors" else {},
            "analogies": self._analogies() if look.tab == "analogies" else {},
            "history": self._history() if look.tab == "time" else {},
        }

    def frames(self) -> dict[str, Any]:
        """Return the map at every moment of the training."""
        explorer, text = self.explorer, self.text
        film = explorer.film
        data: dict[str, Any] = {
            "part": "frames",
            "words": self.words_key,
            "key": f"film {film[-1].step}",
            "note": text.film_empty,
            "moments": [],
            "points": "",
            "unit": 1.0,
            "moved": [],
        }
        if len(film) < 2:
            return data
        maps = np.stack(explorer.replay())
        unit = FILM_RANGE / max(float(np.abs(maps).max()), 1e-9)
        ids, distances = explorer.moved(MOVED)
        return data | {
            "note": text.film_note.format(frames=len(film)),
            "moments": [
                text.film_moment.format(step=f"{frame.step:,}", pairs=compact(frame.pairs, self._units))
                for frame in film
            ],
            "points": packed(np.round(unit * maps), "<i2"),
            "unit": unit,
            "moved": self._ranked(ids, distances, distances / 2),
        }

    def _history(self) -> dict[str, Any]:
        """Return the chosen word's neighbors at every moment."""
        word = self.explorer.look.word
        return {
            "title": self.text.history.format(word=visible(word)) if word else "",
            "neighbors": [self._ranked(ids, cosines, cosines) for ids, cosines in self.explorer.history()]
            if len(self.explorer.film) > 1
            else [],
        }

    def _ranked(self, ids: Ids, values: np.ndarray, shares: np.ndarray) -> list[dict[str, Any]]:
        """Return words with their values, and how long their bars are."""
        return [
            {**name, "value": f"{value:.3f}", "share": round(share, 3)}
            for name, value, share in zip(self._named(ids), values.tolist(), shares.tolist(), strict=True)
        ]

    def _on_map(self, ids: Sequence[int]) -> list[int]:
        places = self.explorer.places(np.array(ids, dtype=np.int64))
        return places[places >= 0].tolist()

    def _named(self, ids: Sequence[int] | Ids) -> list[dict[str, Any]]:
        """Return words and their places on the map."""
        ids = np.array(ids, dtype=np.int64)
        words = self.explorer.vocabulary.words
        places = self.explorer.places(ids).tolist()
        return [{"word": words[i], "at": at} for i, at in zip(ids.tolist(), places, strict=True)]

    def _search(self) -> dict[str, Any]:
        look, text = self.explorer.look, self.text
        found, note, wrong = np.empty(0, dtype=np.int64), "", False
        try:
            found = search_words(self.explorer.vocabulary, look.query, look.how, MOST_FOUND)
        except Problem as problem:
            note, wrong = self._problem(problem), True
        if look.query and not wrong:
            note = (
                text.found_most if len(found) == MOST_FOUND else text.found if len(found) else text.found_none
            )
            note = note.format(count=len(found))
        return {
            "query": look.query,
            "how": look.how,
            "hows": [[mode, text.search_modes[mode]] for mode in MODES],
            "note": note,
            "wrong": wrong,
            "words": self._named(found),
        }

    def _neighbors(self, layout: Layout) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Return the panel about the chosen word or words, and the lines on the map."""
        explorer, look, text = self.explorer, self.explorer.look, self.text
        vocabulary = explorer.vocabulary
        panel: dict[str, Any] = {
            "title": text.nothing_chosen,
            "facts": text.nothing_chosen_help,
            "metrics": [[metric, text.metrics[metric]] for metric in METRICS],
            "metric": look.metric,
            "ks": [[str(k), f"k = {k}"] for k in sorted({*NEIGHBOR_COUNTS, look.k})],
            "k": look.k,
            "chosen": False,
            "truth": "",
            "rows": [],
            "group": [],
            "strangers": [],
        }
        if look.selected:
            ids = look.selected
            panel |= {
                "title": text.selected.format(count=f"{len(ids):,}"),
                "facts": "",
                "chosen": True,
                "group": self._named(ids[:MOST_GROUP]),
            }
            if len(ids) > 2:
                odd = explorer.embeddings.centrality(
                    (vocabulary.words[i] for i in ids), which=explorer.wish.which
                )
                panel["truth"] = text.typical.format(typical=visible(odd[0][0]), odd=visible(odd[-1][0]))
            return panel, []
        near = explorer.neighborhood(layout)
        if near is None:
            return panel, []
        word = look.word or ""
        [id] = vocabulary.ids([word])
        number = self.category[id]
        rows = self._ranked(near.ids, near.values, _bars(near.values, look.metric))
        for row, kept in zip(rows, near.kept.tolist(), strict=True):
            row |= {"sign": "kept" if kept else "lost", "why": text.signs["kept" if kept else "lost"]}
        panel |= {
            "title": word,
            "facts": text.facts.format(
                count=f"{vocabulary.counts[id]:,}",
                category=self.titles[number] if number >= 0 else text.no_category,
            ),
            "chosen": True,
            "truth": text.kept.format(k=near.near, kept=near.kept_near) if near.near else text.not_on_map,
            "rows": rows,
            "strangers": self._named(near.strangers),
        }
        links = [{"at": row["at"], "kept": kept} for row, kept in zip(rows, near.kept.tolist(), strict=True)]
        return panel, links

    def _analogies(self) -> dict[str, Any]:
        explorer, look, text = self.explorer, self.explorer.look, self.text
        embeddings, which = explorer.embeddings, explorer.wish.which
        score = explorer.accuracy(self.sections)
        panel: dict[str, Any] = {
            "words": look.analogy,
            "own": look.own,
            "note": text.analogy_help,
            "wrong": False,
            "rows": [],
            "on_map": None,
            "odd": look.odd,
            "odd_answer": text.odd_help,
            "sections": [
                {
                    "title": self.section_titles[part.name],
                    "share": part.accuracy if part.counted else 0,
                    "value": text.right.format(right=part.correct, of=part.counted),
                    "question": section.questions[0],
                }
                for part, section in zip(score.sections, self.sections, strict=True)
            ]
            if score
            else [],
            "total": text.total.format(
                share=percent(score.accuracy), right=f"{score.total.correct:,}", of=f"{score.total.counted:,}"
            )
            if score and score.total.counted
            else "",
        }
        if all(look.analogy):
            a, b, c = look.analogy
            try:
                answers = embeddings.analogy(a, b, c, ANSWERS, include_query=look.own, which=which)
            except Problem as problem:
                panel |= {"note": self._problem(problem), "wrong": True}
            else:
                ids = explorer.vocabulary.ids(word for word, _ in answers)
                values = np.array([value for _, value in answers])
                panel["rows"] = self._ranked(ids, values, values)
                panel["note"] = text.analogy_note.format(
                    a=visible(a), b=visible(b), c=visible(c), d=visible(answers[0][0])
                )
                corners = explorer.places(explorer.vocabulary.ids([a, b, c, answers[0][0]])).tolist()
                panel["on_map"] = corners if min(corners) >= 0 else None
        if look.odd.split():
            try:
                odd = embeddings.odd_one_out(
                    look.odd.replace(",", " ").replace("，", " ").split(), which=which
                )
                panel["odd_answer"] = text.odd_answer.format(word=visible(odd))
            except Problem as problem:
                panel["odd_answer"] = self._problem(problem)
        return panel


def _label_order(category: np.ndarray, share: np.ndarray) -> list[int]:
    """Return places in the order in which they deserve a label; those without a category where there is room."""
    first = label_order(category, share)
    if category.max() < 0:
        return first
    return first + [
        place for place in np.argsort(share > TOO_COMMON, kind="stable").tolist() if category[place] < 0
    ]


def _bars(values: np.ndarray, metric: str) -> np.ndarray:
    """Return the length of a bar for each value: cosines as they are, others beside the largest."""
    return values if metric == "cosine" else values / max(float(np.abs(values).max(initial=0)), 1e-9)
