"""The session's question, and what changes it: typing, clicks, and other vectors that know no word of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from w2v_core import Embeddings

from ...own_text import OwnText
from ...samples import samples
from ...session import choices, session
from ...session.link import RUN
from ...session.record import current
from ...settings import LONGEST_QUESTION, QUESTION
from . import models, questions
from .models import Model
from .questions import Question
from .vectors import identity


def _first() -> Question:
    """Return what is asked at first: as a link says, or else the word that is followed."""
    linked, chosen = current().linked, models.kept().id
    word = samples()[chosen].follow if chosen in samples() else current().chosen.get("follow")
    return Question(
        linked.pop("word", word) or "",
        **{name: linked.pop(name) for name in ("k", "metric", "exact_case") if name in linked},
    )


@dataclass(eq=False)
class Asked:
    """What the session remembers of its question: as it stands, whose vectors it was put to, what is shown of it."""

    question: Question = field(default_factory=_first)
    of: tuple[str, int] | None = None
    shown: tuple[tuple[str, int], list[str]] | None = None


def asked_now() -> Question:
    """Return the question as it stands."""
    return current().part(Asked).question


def link() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a link to the page says, and what it need not say: the vectors and the question."""
    question, model, source = asked_now(), models.chosen(), session.source()
    own = isinstance(source, OwnText)
    values: dict[str, Any] = {"word": question.words.strip()}
    values |= {name: getattr(question, name) for name in ("k", "metric", "exact_case")}
    values["model"] = None if model == models.FILE or (own and model == RUN) else model
    return values, {name: setting.default for name, setting in QUESTION.items()} | {"model": source.id}


def show(values: Mapping[str, Any]) -> None:
    """Ask as a link says; what it does not say stays."""
    for name in ("word", "k", "metric", "exact_case"):
        if name in values:
            take("words" if name == "word" else name, values[name])
    if "model" in values:
        models.choose(values["model"])


def take(name: str, value: Any) -> None:
    """Take over a part of the question."""
    value = value[:LONGEST_QUESTION] if isinstance(value, str) else value
    mine = current().part(Asked)
    mine.question = replace(mine.question, **{name.removeprefix("question_"): value})


def put(at: int, word: str) -> None:
    """Ask about another word in one place of the question."""
    choices.take()
    if embeddings := models.present().embeddings:
        question = asked_now()
        asked = questions.replaced(question.words, embeddings.vocabulary, at, word, question.exact_case)
        take("words", asked)


def remove(word: str) -> None:
    """Ask about a word no more."""
    choices.take()
    if embeddings := models.present().embeddings:
        question = asked_now()
        take("words", questions.without(question.words, embeddings.vocabulary, word, question.exact_case))


def forget_others_words(model: Model, embeddings: Embeddings) -> None:
    """Take back a question that was put to other vectors, where these know no word of it."""
    mine = current().part(Asked)
    before, mine.of = mine.of, identity(model)
    if before not in (None, mine.of) and not questions.all_known(
        questions.words_of(mine.question.words, embeddings.vocabulary, mine.question.exact_case)
    ):
        mine.question = replace(mine.question, words="")
