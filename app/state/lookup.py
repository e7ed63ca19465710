"""Questions about words, and their answers as the Lookup page's component takes them. Knows no Streamlit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.files.csv_file import csv_file
from app.numbers import decimal, figure
from app.text.lookup_page import LookupText
from w2v_core import Embeddings, Vocabulary
from w2v_core.corpus.spelling import LEAST_ALIKE
from w2v_core.vectors.embeddings import Answers
from w2v_core.vectors.space import METRICS
from w2v_core.vectors.spread import spread

MOST_NEIGHBORS = 100
MOST_WORDS = 6  # columns that fit
MOST_SUGGESTIONS = 8
CLOSE = 4  # spellings suggested for a word that nobody knows
VERY_ALIKE = 0.8
LONGEST_QUESTION = 300
BINS = 60
# A word in quotes may hold what separates words elsewhere.
WORD = re.compile(r'"([^"]+)"|[^\s,，、;；]+')


@dataclass(frozen=True)
class Question:
    """What is asked: words as typed, how many neighbours each, and what near means."""

    words: str = ""
    k: int = 10
    metric: str = METRICS[0]


@dataclass(frozen=True)
class Word:
    """One word of a question: as typed, and as the vocabulary has it (None: it has not)."""

    typed: str
    known: str | None


def words_of(text: str, vocabulary: Vocabulary) -> list[Word]:
    """Take the first `MOST_WORDS` words of a question apart."""
    whole = text.strip()
    parts = [whole] if _known(whole, vocabulary) else [found[1] or found[0] for found in WORD.finditer(text)]
    return [Word(part, _known(part, vocabulary)) for part in [*dict.fromkeys(parts)][:MOST_WORDS]]


def _known(word: str, vocabulary: Vocabulary) -> str | None:
    return word if word in vocabulary else vocabulary.spellings.same(word)


def _all_known(words: Sequence[Word]) -> list[str]:
    """Return those that the vocabulary has, each once."""
    return list(dict.fromkeys(word.known for word in words if word.known is not None))


def answers(
    embeddings: Embeddings, question: Question, categories: Sequence[Sequence[str]], text: LookupText
) -> dict[str, Any]:
    """Return what the browser shows for a question, or words to begin with if there is none."""
    vocabulary = embeddings.vocabulary
    words = words_of(question.words, vocabulary)
    known = _all_known(words)
    near = {word: embeddings.neighbors(word, question.k, metric=question.metric) for word in known}
    times = Counter(word for found in near.values() for word, _ in found)
    shared = {word for word, n in times.items() if n > 1 or word in near}
    return {
        "tokens": [word.known or word.typed for word in words],
        "cards": [
            {
                "word": word,
                "at": next(i for i, asked in enumerate(words) if asked.known == word),
                "rank": text.rank.format(rank=f"{vocabulary.id(word) + 1:,}"),
                "near": _rows(found, question.metric, shared),
                "spread": _spread(embeddings, word, question, found, text),
            }
            for word, found in near.items()
        ],
        "between": _between(embeddings, known, question.metric),
        "hints": _hints(question.words, words, vocabulary, categories, text),
    }


def _rows(found: Answers, metric: str, shared: Set[str]) -> list[dict[str, Any]]:
    """Return a list of neighbours."""
    sizes = _sizes([value for _, value in found], metric)
    return [
        {"word": word, "value": _number(value, metric), "size": size, "shared": word in shared}
        for (word, value), size in zip(found, sizes, strict=True)
    ]


def _number(value: float, metric: str) -> str:
    """Return a similarity or a distance as it is shown."""
    return f"{value:.3f}".replace("-", "−") if metric == "cosine" else figure(value)


def _sizes(values: Sequence[float], metric: str) -> list[float]:
    """Return how long the bar of each value is, from 0 to 1."""
    longest = 1.0 if metric == "cosine" else np.max(values, initial=0.0) or 1.0
    return np.clip(np.array(values) / longest, 0, 1).round(4).tolist()


def _spread(
    embeddings: Embeddings, word: str, question: Question, found: Answers, text: LookupText
) -> dict[str, Any]:
    """Return how near all words are, on a scale of which the neighbours take one end."""
    counts, edges = spread(embeddings, word, metric=question.metric, bins=BINS)
    low, high = edges[0], edges[-1]
    last = found[-1][1] if found else high
    return {
        "counts": counts.tolist(),
        "ends": [decimal(low).replace("-", "−"), decimal(high)],
        "last": float(np.clip((last - low) / (high - low), 0, 1)),
        "nearest_left": question.metric == "euclidean",
        "label": text.axis.format(metric=text.metrics[question.metric], words=f"{len(embeddings) - 1:,}"),
    }


def _between(embeddings: Embeddings, words: Sequence[str], metric: str) -> list[list[dict[str, Any]]]:
    """Return the (n, n) comparisons of the words with each other; nothing for one word."""
    if len(words) < 2:
        return []
    ids = embeddings.vocabulary.ids(words)
    a, b = np.meshgrid(ids, ids, indexing="ij")
    values = embeddings.space().between(a.ravel(), b.ravel(), metric).tolist()
    cells = [
        {"value": _number(value, metric), "near": 1 - size if metric == "euclidean" else size}
        for value, size in zip(values, _sizes(values, metric), strict=True)
    ]
    return [cells[row : row + len(ids)] for row in range(0, len(cells), len(ids))]


def _hints(
    typed: str,
    words: Sequence[Word],
    vocabulary: Vocabulary,
    categories: Sequence[Sequence[str]],
    text: LookupText,
) -> list[dict[str, Any]]:
    """Return words to choose: what an unknown word may mean, how the last one may go on, or what to begin with."""
    hints: list[dict[str, Any]] = []
    unfinished = WORD.search(typed[-1:]) is not None
    for at, word in enumerate(words):
        found: list[str] = []
        if unfinished and at == len(words) - 1:
            completions = vocabulary.spellings.completions(word.typed, MOST_SUGGESTIONS + 1)
            found = [other for other in completions if other != word.known][:MOST_SUGGESTIONS]
        if found:
            hints.append({"at": at, "label": text.go_on, "options": found})
        if word.known is None:
            # A word may go on, and yet be another one spelt wrong.
            least = VERY_ALIKE if found else LEAST_ALIKE
            alike = vocabulary.spellings.close(word.typed, CLOSE, least)
            close = [other for other in alike if other not in found]
            label = text.did_you_mean if close else text.unknown
            if close or not found:
                hints.append({"at": at, "label": label.format(word=word.typed), "options": close})
    if any(hint["options"] for hint in hints) or any(word.known for word in words):
        return hints
    return [*hints, {"at": 0, "label": text.begin, "options": _starters(vocabulary, categories)}]


def _starters(vocabulary: Vocabulary, categories: Sequence[Sequence[str]]) -> list[str]:
    """Return words to begin with: the first of each category, or words neither too common nor rare."""
    first = min(len(vocabulary) // 4, 500)
    known = [group[0] for group in categories if group and group[0] in vocabulary]
    return (known or list(vocabulary.words[first:]))[:MOST_SUGGESTIONS]


def answers_csv(embeddings: Embeddings, question: Question, about: dict[str, object]) -> bytes:
    """Return the neighbours of all words of a question as a table."""
    rows = [
        (word, place, other, value)
        for word in _all_known(words_of(question.words, embeddings.vocabulary))
        for place, (other, value) in enumerate(
            embeddings.neighbors(word, question.k, metric=question.metric), 1
        )
    ]
    return csv_file(about, ("word", "place", "neighbor", question.metric), rows)
