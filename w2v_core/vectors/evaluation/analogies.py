"""How many analogy questions do the vectors answer right? Accuracy by section."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...problems import Problem
from ..analogy import analogy_scores
from ..embeddings import Embeddings
from ..space import Vectors, chunks
from .test_sets import Lookup, Section

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class SectionScore:
    """The questions of one kind.

    Attributes
    ----------
    name : str
    correct, counted : int
        Right answers, and questions that count.
    unknown : int
        Questions with a word out of the vocabulary.
    """

    name: str
    correct: int
    counted: int
    unknown: int

    @property
    def accuracy(self) -> float:
        """The share of right answers; nan if no question counts."""
        return self.correct / self.counted if self.counted else math.nan


@dataclass(frozen=True)
class AnalogyScore:
    """All sections, in the order of the test set, and their total."""

    sections: tuple[SectionScore, ...]
    total: SectionScore

    @property
    def accuracy(self) -> float:
        """The share of right answers over all sections; nan if no question counts."""
        return self.total.accuracy


def evaluate_analogies(
    embeddings: Embeddings,
    sections: Iterable[Section],
    *,
    method: str = "3cosadd",
    which: str = "input",
    restrict_vocab: int | None = 300_000,
    ignore_case: bool = True,
    count_unknown: bool = False,
) -> AnalogyScore:
    """Answer analogy questions and count the right answers (gensim's ``evaluate_word_analogies``).

    The answer is the best word that is none of the question's own, in any spelling if case is ignored.

    Parameters
    ----------
    embeddings : Embeddings
    sections : iterable of Section
        From `read_analogies`.
    method : {"3cosadd", "3cosmul"}
    which : {"input", "output", "sum"}
    restrict_vocab : int, optional
        Only the first (most frequent) words are known, and answers; None for all.
    ignore_case : bool
        Of several spellings the most frequent asks; any answers.
    count_unknown : bool
        Count questions with an unknown word as wrong (gensim's ``dummy4unknown``), not as left out.

    Raises
    ------
    Problem
        ``no_questions``: the sections are empty.
    """
    sections = list(sections)
    if not any(section.questions for section in sections):
        raise Problem("no_questions", "There are no analogy questions.")
    vocabulary = embeddings.vocabulary
    lookup = Lookup.of(vocabulary, restrict_vocab, ignore_case)
    unit = embeddings.space(which).unit[:restrict_vocab]
    spelling = np.array([lookup.ids[lookup.fold(word)] for word in vocabulary.words[:restrict_vocab]])

    scores = []
    for section in sections:
        found = [ids for question in section.questions if (ids := lookup(question)) is not None]
        correct = _correct(unit, spelling, np.array(found, dtype=np.int64).reshape(-1, 4), method)
        unknown = len(section.questions) - len(found)
        counted = len(section.questions) if count_unknown else len(found)
        scores.append(SectionScore(section.name, correct, counted, unknown))
    total = SectionScore(
        "",
        sum(score.correct for score in scores),
        sum(score.counted for score in scores),
        sum(score.unknown for score in scores),
    )
    return AnalogyScore(tuple(scores), total)


def _correct(unit: Vectors, spelling: Ids, questions: Ids, method: str) -> int:
    """Count the (q, 4) questions answered right; `spelling` (V,) has the id that stands for each word's."""
    # A word that is in its own question is never the answer.
    questions = questions[~(questions[:, :3] == questions[:, 3:]).any(axis=1)]
    correct = 0
    for part in chunks(len(questions), len(unit)):
        asked, expected = questions[part, :3], questions[part, 3]
        scores = analogy_scores(unit, asked, method)
        place = np.arange(len(asked))
        scores[place[:, None], asked] = -np.inf
        while True:  # other spellings of the question's words are no answers either
            answer = scores.argmax(axis=1)
            own = (spelling[answer][:, None] == asked).any(axis=1)
            if not own.any():
                break
            scores[place[own], answer[own]] = -np.inf
        correct += int((spelling[answer] == expected).sum())
    return correct
