"""What stands beside the map: the search, the chosen word's neighbors, analogies, and neighbors over time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from app.numbers import percent
from app.runs.layouts import Ids, Layout
from app.samples import AnalogySection
from app.state.exploring import Explorer
from app.text import Text
from app.text.literal import visible
from app.views.explore.naming import named, ranked
from w2v_core import Problem
from w2v_core.vectors.evaluation import Section
from w2v_core.vectors.space import METRICS
from w2v_core.vectors.word_search import MODES, search_words

NEIGHBOR_COUNTS = (5, 10, 15, 20, 30, 50)
MOST_FOUND = 60
MOST_GROUP = 200
ANSWERS = 8


class ExplorePanel:
    """An explorer's answers in the user's language.

    Parameters
    ----------
    explorer : Explorer
    text : Text
    category : (V,) int array
        Of every word of the vocabulary, -1 for none.
    titles : sequence of str
        Of the categories.
    analogies : sequence of AnalogySection
    language : str
    """

    def __init__(
        self,
        explorer: Explorer,
        text: Text,
        category: Ids,
        titles: Sequence[str],
        analogies: Sequence[AnalogySection],
        language: str,
    ) -> None:
        self.explorer, self.text = explorer, text.explore_page
        self.category, self.titles = category, titles
        self._problem = partial(text.problem, show=visible)
        self.section_titles = {section.id: section.title[language] for section in analogies}
        self.sections = [Section(section.id, section.questions) for section in analogies]

    def search(self) -> dict[str, Any]:
        """Return the words that match what is typed."""
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
            "words": named(self.explorer, found),
        }

    def neighbors(self, layout: Layout) -> tuple[dict[str, Any], list[dict[str, Any]]]:
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
                "group": named(self.explorer, ids[:MOST_GROUP]),
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
        rows = ranked(self.explorer, near.ids, near.values, _bars(near.values, look.metric))
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
            "strangers": named(self.explorer, near.strangers),
        }
        links = [{"at": row["at"], "kept": kept} for row, kept in zip(rows, near.kept.tolist(), strict=True)]
        return panel, links

    def analogies(self) -> dict[str, Any]:
        """Return the answers to a : b :: c : ?, the odd one out, and the accuracy over the text's own questions."""
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
            "odd_example": self._odd_example(),
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
                panel["rows"] = ranked(self.explorer, ids, values, values)
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

    def _odd_example(self) -> str:
        """Return three words of a category and one of another, the most frequent ones; nothing without categories."""
        groups = [np.flatnonzero(self.category == number) for number in range(len(self.titles))]
        three = next((number for number, ids in enumerate(groups) if len(ids) > 2), None)
        one = next((number for number, ids in enumerate(groups) if len(ids) and number != three), None)
        if three is None or one is None:
            return ""
        ids = [*groups[three][:3], groups[one][0]]
        return " ".join(self.explorer.vocabulary.words[i] for i in ids)

    def history(self) -> dict[str, Any]:
        """Return the chosen word's neighbors at every moment."""
        word = self.explorer.look.word
        moments = self.explorer.history() if len(self.explorer.film) > 1 else []
        return {
            "title": self.text.history.format(word=visible(word)) if word else "",
            "neighbors": [ranked(self.explorer, ids, cosines, cosines) for ids, cosines in moments],
        }


def _bars(values: np.ndarray, metric: str) -> np.ndarray:
    """Return the length of a bar for each value: cosines as they are, others beside the largest."""
    return values if metric == "cosine" else values / max(float(np.abs(values).max(initial=0)), 1e-9)
