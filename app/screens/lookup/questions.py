"""Questions about words, and their answers. Does not import Streamlit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from w2v_core import Embeddings, Vocabulary
from w2v_core.corpus.spelling import LEAST_ALIKE, folded
from w2v_core.vectors.embeddings import Answers
from w2v_core.vectors.similarity_histogram import similarity_histogram

from ...files.csv_file import csv_file
from ...settings import LONGEST_QUESTION, QUESTION
from ...text import Words

MOST_WORDS = 6  # figures that fit
MOST_SUGGESTIONS = 8
CLOSE = 4  # spellings suggested for an unknown word
VERY_ALIKE = 0.8
BINS = 60
# A word in quotes may hold what separates words elsewhere.
WORD = re.compile(r'"([^"]+)"|[^\s,，、;；]+')
SEPARATORS = re.compile(r"[\s,，、;；]")


@dataclass(frozen=True)
class Question:
    """What is asked: words as typed, how many neighbors each, what near means, and whether case matters."""

    words: str = ""
    k: int = QUESTION["k"].default
    metric: str = QUESTION["metric"].default
    exact_case: bool = QUESTION["exact_case"].default


@dataclass(frozen=True)
class Word:
    """One word of a question: as typed, and as the vocabulary has it (None: it has not)."""

    typed: str
    known: str | None


@dataclass(frozen=True)
class Card:
    """What is known of one word.

    Attributes
    ----------
    word : str
    near : list of (str, float)
        Its neighbors, the nearest first.
    shared : frozenset of str
        Those of them that stand in more than one list, or are asked about themselves.
    counts, edges : (BINS,) int array, (BINS + 1,) float array
        How many words are how near to it: a histogram.
    """

    word: str
    near: Answers
    shared: frozenset[str]
    counts: npt.NDArray[np.int64]
    edges: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Hint:
    """Words to choose from, and which word of the question the chosen one replaces."""

    at: int
    label: str
    options: tuple[str, ...] = ()


def words_of(text: str, vocabulary: Vocabulary, exact_case: bool = False) -> list[Word]:
    """Take a question apart; the first `MOST_WORDS` of its words are answered."""

    def known(word: str) -> str | None:
        own = vocabulary.own(word)
        return own if own or exact_case else vocabulary.spellings.same(word)

    whole = text.strip()
    parts = [whole] if known(whole) else [found[1] or found[0] for found in WORD.finditer(text)]
    return [Word(part, known(part)) for part in dict.fromkeys(parts)]


def all_known(words: Sequence[Word]) -> list[str]:
    """Return those that the vocabulary has, each once."""
    return list(dict.fromkeys(word.known for word in words if word.known is not None))


def replaced(text: str, vocabulary: Vocabulary, at: int, word: str, exact_case: bool = False) -> str:
    """Return a question with another word in one place; past its end, with one word more."""
    words = [each.known or each.typed for each in words_of(text, vocabulary, exact_case)]
    words[at : at + 1] = [word]
    return _written(words)


def without(text: str, vocabulary: Vocabulary, word: str, exact_case: bool = False) -> str:
    """Return a question without a word that the vocabulary has."""
    words = words_of(text, vocabulary, exact_case)
    return _written([each.known or each.typed for each in words if each.known != word])


def _written(words: Sequence[str]) -> str:
    quoted = (f'"{word}"' if SEPARATORS.search(word) else word for word in dict.fromkeys(words))
    return ", ".join(quoted)[:LONGEST_QUESTION]


def cards(embeddings: Embeddings, words: Sequence[str], question: Question) -> list[Card]:
    """Return what is known of some words; `question` says how many neighbors, and what near means."""
    metric = question.metric
    near = {word: embeddings.neighbors(word, question.k, metric=metric) for word in words}
    times = Counter(other for found in near.values() for other, _ in found)
    shared = {word for word, n in times.items() if n > 1 or word in near}
    return [
        Card(
            word,
            found,
            frozenset(other for other, _ in found if other in shared),
            *similarity_histogram(embeddings, word, metric=metric, bins=BINS),
        )
        for word, found in near.items()
    ]


def between(embeddings: Embeddings, words: Sequence[str], metric: str) -> npt.NDArray[np.float64]:
    """Return the (n, n) comparisons of n words with each other."""
    ids = embeddings.vocabulary.ids(words)
    a, b = np.meshgrid(ids, ids, indexing="ij")
    values = embeddings.space().between(a.ravel(), b.ravel(), metric)
    return np.asarray(values, dtype=np.float64).reshape(len(ids), len(ids))


def hints(
    typed: str,
    words: Sequence[Word],
    vocabulary: Vocabulary,
    categories: Sequence[Sequence[str]],
    text: Words,
) -> list[Hint]:
    """Return words to choose: what an unknown word may mean, how the last one may go on, or what to begin with.

    A word that is known may go on; what only contains it is another word.
    """
    said: list[Hint] = []
    unfinished = WORD.search(typed[-1:]) is not None
    for at, word in enumerate(words[:MOST_WORDS]):
        found: list[str] = []
        if unfinished and at == len(words) - 1:
            completions = vocabulary.spellings.completions(word.typed, MOST_SUGGESTIONS + 1)
            begin = "" if word.known is None else folded(word.typed)
            going_on = (other for other in completions if folded(other).startswith(begin))
            found = [other for other in going_on if other != word.known][:MOST_SUGGESTIONS]
        if found:
            said.append(Hint(at, text.go_on, tuple(found)))
        if word.known is None:
            # A word may go on, and yet be another one spelt wrong.
            least = VERY_ALIKE if found else LEAST_ALIKE
            alike = vocabulary.spellings.close(word.typed, CLOSE, least)
            close = tuple(other for other in alike if other not in found)
            label = text.did_you_mean if close else text.unknown
            if close or not found:
                said.append(Hint(at, label.format(word=word.typed), close))
    if beyond := words[MOST_WORDS:]:
        label = text.beyond.format(most=MOST_WORDS, count=len(beyond), first=beyond[0].typed)
        said.append(Hint(MOST_WORDS, label))
    if any(hint.options for hint in said) or any(word.known for word in words):
        return said
    return [*said, Hint(0, text.begin, tuple(_starters(vocabulary, categories)))]


def _starters(vocabulary: Vocabulary, categories: Sequence[Sequence[str]]) -> list[str]:
    """Return words to begin with: the first of each category, or words neither too common nor rare."""
    first = min(len(vocabulary) // 4, 500)
    known = [group[0] for group in categories if group and group[0] in vocabulary]
    return (known or list(vocabulary.words[first:]))[:MOST_SUGGESTIONS]


def answers_csv(embeddings: Embeddings, question: Question, about: dict[str, object]) -> bytes:
    """Return the neighbors of the words that are answered as a table."""
    asked = words_of(question.words, embeddings.vocabulary, question.exact_case)[:MOST_WORDS]
    rows = [
        (word, place, other, value)
        for word in all_known(asked)
        for place, (other, value) in enumerate(
            embeddings.neighbors(word, question.k, metric=question.metric), 1
        )
    ]
    return csv_file(about, ("word", "place", "neighbor", question.metric), rows)
