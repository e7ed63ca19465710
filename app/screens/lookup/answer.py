"""The answer: the words with each other, and the neighbors of each. `figures` has how they are drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from w2v_core import Embeddings

from ...live_figure import live_figure
from ...session import session
from ...session.record import current
from ...text import Words
from ...text.literal import escaped
from . import figures, models, questions
from .models import Model
from .question import Asked, asked_now, put, remove
from .questions import Card, Hint, Question
from .vectors import identity

IN_A_ROW = 4  # figures; more stand in rows of three
CELL_WIDTH = 90  # pixels, of a pair of words


def still_shown(
    model: Model, question: Question, words: list[str], found: Sequence[Hint]
) -> tuple[list[str], bool]:
    """Return the words that are shown: while every word may go on, those that were; and whether they are asked."""
    mine = current().part(Asked)
    before, was = mine.shown or (None, [])
    if (
        not words
        and before == identity(model)
        and question.words.strip()
        and all(hint.options for hint in found)
    ):
        return was, False
    mine.shown = identity(model), words
    return words, True


def answer(
    model: Model, embeddings: Embeddings, cards: Sequence[Card], question: Question, text: Words
) -> None:
    """Place the figures: the words with each other, and the neighbors of each."""
    words = [card.word for card in cards]
    if len(words) > 1:
        _between(model, embeddings, words, question, text)
    each = len(words) if len(words) <= IN_A_ROW else 3
    for row in range(math.ceil(len(words) / each)):
        for column, place in zip(st.columns(each), range(row * each, len(words)), strict=False):
            with column:
                _near(model, embeddings, cards[place], place, len(words) == 1, question, text)


def _between(
    model: Model, embeddings: Embeddings, words: Sequence[str], question: Question, text: Words
) -> None:
    """Draw how near the words are to each other, and buttons that take one away."""
    style = session.style()
    with st.container(horizontal=True, vertical_alignment="center", key="asked"):
        for word in words:
            st.button(
                escaped(word),
                key=f"remove {word}",
                help=text.remove,
                icon=":material/close:",
                on_click=remove,
                args=(word,),
            )
        st.markdown(f"**{text.between}**", width="content")
        with st.container(width=int(style.size(CELL_WIDTH * len(words))), key="between"):
            live_figure(
                "between",
                lambda: figures.between_figure(
                    words, questions.between(embeddings, words, question.metric), question.metric, style
                ),
                style,
                alt=text.between_alt,
                height=f"{figures.between_height(len(words), style)}px",
                of=(identity(model), tuple(words), question.metric),
            )


def _near(
    model: Model,
    embeddings: Embeddings,
    card: Card,
    place: int,
    alone: bool,
    question: Question,
    text: Words,
) -> None:
    """Draw a word's neighbors."""
    style, vocabulary = session.style(), embeddings.vocabulary
    rank = (text.rank if vocabulary.counted else text.place).format(rank=f"{vocabulary.id(card.word) + 1:,}")
    live_figure(
        f"near-{place}",
        lambda: figures.near_figure(card, question.metric, rank, alone, len(vocabulary), text, style),
        style,
        alt=text.near_alt.format(
            word=card.word, near=session.text().comma.join(word for word, _ in card.near)
        ),
        height=f"{figures.near_height(len(card.near), alone, style)}px",
        of=(identity(model), card.word, question.k, question.metric, alone),
        file_name=f"neighbors-{place + 1}",
        on={"click": lambda value: _clicked(card.word, value)},
    )


def _clicked(word: str, value: str) -> None:
    """Look up what was clicked in a word's list, or compare it."""
    embeddings = models.present().embeddings
    if embeddings is None:
        return
    asked = questions.words_of(asked_now().words, embeddings.vocabulary, asked_now().exact_case)
    if value.startswith(figures.ADD):
        return put(len(asked), value.removeprefix(figures.ADD))
    at = next((i for i, each in enumerate(asked) if each.known == word), 0)
    return put(at, value.removeprefix(figures.ASK))
