"""What is answered beside the map: words that were searched, neighbors, analogies, neighbors over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from w2v_core import Problem
from w2v_core.vectors.evaluation import AnalogyScore, Section
from w2v_core.vectors.space import Ranking
from w2v_core.vectors.word_search import search_words

from ...background.layouts import Ids
from ...samples import AnalogySection
from .explorer import Explorer

MOST_FOUND = 60
ANSWERS = 8
MOVED = 10
NO_RANKING: Ranking = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))


@dataclass(frozen=True, eq=False)
class Analogy:
    """The answers to "a is to b as c is to what?".

    Attributes
    ----------
    ranking : Ranking
        The best answers and their scores.
    corners : (int, int, int, int) or None
        a, b, c and the best answer on the map, if all are there.
    problem : Problem or None
        Why there is no answer.
    """

    ranking: Ranking = NO_RANKING
    corners: tuple[int, int, int, int] | None = None
    problem: Problem | None = None


def found_words(explorer: Explorer) -> Ids:
    """Return the ids of the words that match what is typed; raise `Problem` for a pattern that is none."""
    panel, vocabulary = explorer.panel, explorer.vocabulary
    return explorer.layouts.remembered(
        "search",
        (panel.query, panel.how),
        lambda: search_words(vocabulary, panel.query, panel.how, MOST_FOUND),
    )


def analogy(explorer: Explorer) -> Analogy:
    """Return the answers to the question at hand; none while it is not complete."""
    panel, which, vocabulary = explorer.panel, explorer.wish.which, explorer.vocabulary
    a, b, c = (word.strip() for word in panel.analogy)
    if not (a and b and c):
        return Analogy()
    try:
        answers = explorer.layouts.remembered(
            "analogy",
            (explorer.progress.version, which, panel.analogy, panel.own),
            lambda: explorer.embeddings.analogy(a, b, c, ANSWERS, include_query=panel.own, which=which),
        )
    except Problem as problem:
        return Analogy(problem=problem)
    if not answers:
        return Analogy()
    ids = vocabulary.ids(word for word, _ in answers)
    pa, pb, pc, pd = explorer.places(vocabulary.ids([a, b, c, answers[0][0]])).tolist()
    corners = (pa, pb, pc, pd) if min(pa, pb, pc, pd) >= 0 else None
    return Analogy((ids, np.array([value for _, value in answers], dtype=np.float32)), corners)


def accuracy(explorer: Explorer, sections: Sequence[AnalogySection]) -> AnalogyScore | None:
    """Return how many of the text's own analogy questions come out right."""
    return explorer.accuracy([Section(section.id, section.questions) for section in sections])


def odd_one_out(explorer: Explorer) -> str:
    """Return the typed word that fits the others least; raise `Problem` where there is none."""
    words = explorer.panel.odd.replace(",", " ").replace("，", " ").split()
    return explorer.embeddings.odd_one_out(words, which=explorer.wish.which)


def odd_example(explorer: Explorer, category: Ids) -> str:
    """Return three words of a category and one of another, the most frequent ones; nothing without categories."""
    groups = [np.flatnonzero(category == number) for number in range(category.max() + 1)]
    three = next((number for number, ids in enumerate(groups) if len(ids) > 2), None)
    one = next((number for number, ids in enumerate(groups) if len(ids) and number != three), None)
    if three is None or one is None:
        return ""
    return " ".join(explorer.vocabulary.words[i] for i in [*groups[three][:3], groups[one][0]])


def history(explorer: Explorer) -> list[Ranking]:
    """Return the chosen word's neighbors at every moment of the film."""
    key = (explorer.film[-1].step, len(explorer.film), explorer.panel.word, explorer.panel.k)
    return explorer.layouts.remembered("history", key, explorer.history)


def moved(explorer: Explorer) -> Ranking:
    """Return the words on the map that moved most over the film, and how far."""
    key = (explorer.film[-1].step, len(explorer.film), explorer.ids.tobytes())
    return explorer.layouts.remembered("moved", key, lambda: explorer.moved(MOVED))
