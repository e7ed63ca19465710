"""Lookup: words and their nearest neighbors, updated at each letter typed, from any loaded vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ...live_figure import move
from ...session import address, session
from . import figures, models, questions
from .answer import answer, still_shown
from .form import ask, draw_hints
from .question import asked_now, forget_others_words, link
from .questions import Hint
from .vectors import categories, choose_vectors, standing

POLL_SECONDS = 0.5
STYLE = Path(__file__).with_name("page.css")


def page() -> None:
    """Draw the page."""
    with st.sidebar:
        choose_vectors(session.text())
    st.html(STYLE)
    st.fragment(look_up)()


def look_up() -> None:
    """Draw the question and its answer: a fragment, which what is typed runs again."""
    model, text = models.present(), session.text().lookup_page
    if model.embeddings is not None:
        forget_others_words(model, model.embeddings)
    question = asked_now()
    asked: list[questions.Word] = []
    if model.embeddings is not None:
        asked = questions.words_of(question.words, model.embeddings.vocabulary, question.exact_case)
    words = questions.all_known(asked[: questions.MOST_WORDS])
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {text.heading}", width="content")
        said = st.container(key="standing_place")
        if model.problem and not model.running:
            with st.container(key="messages"):
                st.error(session.text().problem(model.problem), icon=":material/error:")
    ask(model, question, bool(words), text)
    found: list[Hint] = []
    if model.embeddings is not None:
        vocabulary = model.embeddings.vocabulary
        found = questions.hints(question.words, asked, vocabulary, categories(model.id), text)
    words, finished = still_shown(model, question, words, found)
    cards = questions.cards(model.embeddings, words, question) if model.embeddings else []
    draw_hints(found, cards, text)
    if model.embeddings is not None and cards:
        with st.container(key="answer" if finished and model.formed else "faint"):
            answer(model, model.embeddings, cards, question, text)
    with said:
        # The fragment redraws while the model trains; the typed query is left as it is.
        every = POLL_SECONDS if model.running else None
        st.fragment(watch, run_every=every)(words, model.running, model.formed)
    with st.container(key="address"):
        address.write(*link())


def watch(words: Sequence[str], was_running: bool, was_formed: bool) -> None:
    """Say how far the vectors are trained and send what has moved; polled while they are trained."""
    model, text, question = models.present(), session.text(), asked_now()
    if was_running != model.running or was_formed != model.formed:
        st.rerun()  # polling begins and ends in a full run only
    standing(model, text.lookup_page)
    if model.embeddings is not None and words:
        cards = questions.cards(model.embeddings, words, question)
        moves = {
            f"near-{i}": figures.near_moves(card, question.metric, text.lookup_page)
            for i, card in enumerate(cards)
        }
        if len(words) > 1:
            values = questions.between(model.embeddings, words, question.metric)
            moves["between"] = figures.between_moves(values, question.metric)
        move(moves, words=question.words, metric=question.metric, share=model.share, running=model.running)
