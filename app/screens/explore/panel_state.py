"""What is asked about the words on the Explore page, and how the browser's questions change it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from w2v_core import Problem, Vocabulary
from w2v_core.vectors.space import METRICS
from w2v_core.vectors.word_search import MODES

TABS = ("neighbors", "analogies", "time")
MOST_NEIGHBORS = 50
MOST_SELECTED = 5000


@dataclass(frozen=True)
class PanelState:
    """What is asked about the words.

    Attributes
    ----------
    word : str or None
        The chosen one.
    selected : tuple of int
        Ids of words chosen together.
    metric : {"cosine", "dot", "euclidean"}
    k : int
        Neighbors listed.
    tab : {"neighbors", "analogies", "time"}
    query, how : str
        What is searched, and how: one of `MODES`.
    analogy : tuple of str
        a, b and c of "a is to b as c is to what?".
    own : bool
        Whether a, b and c may be the answer.
    odd : str
        Words among which the odd one is to be found.
    asked : int
        How often anything was asked.
    """

    word: str | None = None
    selected: tuple[int, ...] = ()
    metric: str = "cosine"
    k: int = 10
    tab: str = "neighbors"
    query: str = ""
    how: str = "prefix"
    analogy: tuple[str, ...] = ("", "", "")
    own: bool = False
    odd: str = ""
    asked: int = 0


def updated(state: PanelState, vocabulary: Vocabulary, verb: str, value: Any) -> PanelState:
    """Return the state after a click or an input in the browser; values that cannot be change nothing."""
    state = replace(state, asked=state.asked + 1)
    if verb == "word" and value is None:
        return replace(state, word=None, selected=(), query="")
    if verb == "word" and (word := vocabulary.own(str(value))):
        return replace(state, word=word, selected=())
    if verb == "select":
        ids = (vocabulary.id(word) for word in value[:MOST_SELECTED] if word in vocabulary)
        return replace(state, selected=tuple(dict.fromkeys(ids)), word=None, tab="neighbors", query="")
    if verb == "analogy" and len(value) == 3:
        return replace(state, analogy=tuple(str(word)[:100] for word in value))
    if verb == "own":
        return replace(state, own=bool(value))
    if verb in ("query", "odd"):
        text = str(value)[:200]
        return replace(state, query=text) if verb == "query" else replace(state, odd=text)
    if verb == "k":
        return replace(state, k=max(1, min(MOST_NEIGHBORS, int(value))))
    choices = {"metric": METRICS, "tab": TABS, "how": MODES}.get(verb, ())
    return replace(state, **{verb: value}) if value in choices else state


def word_pairs(typed: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs in a text such as "man woman, king queen"; raise Problem ``bad_pair`` for anything else."""
    parts = [part.strip() for part in re.split(r"[,;，；、\n]", typed)]
    pairs = [re.split(r"\s*(?:->|>|→)\s*|\s+", part) for part in parts if part]
    for pair in pairs:
        if len(pair) != 2:
            text = " ".join(pair)
            raise Problem("bad_pair", f"{text!r} is not a pair of words.", text=text)
    return tuple((a, b) for a, b in pairs)
