"""A run and the answers to its lesson as a hand-in code, in a text file that says what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from w2v_core import Corpus, TrainingConfig
from w2v_core.handin import Answers, HandIn, write
from w2v_core.handin.code import LONGEST_ANSWER

from ..background.run_log import RunLog
from ..text.literal import visible

_TAG = re.compile(r"<(?=[A-Za-z/!?])")


@dataclass(frozen=True)
class Question:
    """A question of a lesson, and what was answered.

    Attributes
    ----------
    step : int
        From 1.
    title, question : str
        Markdown.
    answer : str or None
        As it was typed; letters of options, or of things in order.
    shown : str
        The answer as Markdown.
    state : str
        One of `w2v_core.handin.code.STATES`.
    tries : int
        Wrong answers so far.
    """

    step: int
    title: str
    question: str
    answer: str | None = None
    shown: str = ""
    state: str = ""
    tries: int = 0


@dataclass(frozen=True)
class LessonAnswers:
    """A lesson's questions with what was answered."""

    id: str
    title: str
    questions: Sequence[Question]


def plain(markdown: str) -> str:
    """Return Markdown in which no HTML is left: programs that show notebooks would render it."""
    return _TAG.sub("< ", markdown)


def hand_in(
    name: str,
    corpus: Corpus,
    config: TrainingConfig,
    steps: int,
    log: RunLog,
    lesson: LessonAnswers | None,
) -> str:
    """Return the code of a run; `name` is the text's."""
    answers = None
    if lesson:
        given = [
            (each.step, each.answer[:LONGEST_ANSWER], each.state, each.tries)
            for each in lesson.questions
            if each.answer is not None
        ]
        answers = Answers(lesson.id, visible(lesson.title[:LONGEST_ANSWER]), given)
    return write(
        HandIn(
            corpus=name,
            fingerprint=corpus.fingerprint,
            config=config,
            steps=steps,
            rates=log.rates,
            losses=log.losses,
            applied=log.applied,
            exploded=log.exploded,
            complete=log.complete,
            answers=answers,
            numpy=np.__version__,
        )
    )
