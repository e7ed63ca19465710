"""The session's question, and what changes it: typing, clicks, and other vectors that know no word of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from w2v_core import Embeddings

from ...session import choices, lookup, models
from ...session.lookup import LONGEST_QUESTION, Question
from ...session.models import Model
from .vectors import identity


def asked_now() -> Question:
    """Return the question as it stands."""
    question: Question = st.session_state["question"]
    return question


def take(name: str, value: Any) -> None:
    """Take over a part of the question."""
    value = value[:LONGEST_QUESTION] if isinstance(value, str) else value
    st.session_state["question"] = replace(asked_now(), **{name.removeprefix("question_"): value})


def put(at: int, word: str) -> None:
    """Ask about another word in one place of the question."""
    choices.take()
    if embeddings := models.present().embeddings:
        take("words", lookup.replaced(asked_now().words, embeddings.vocabulary, at, word))


def remove(word: str) -> None:
    """Ask about a word no more."""
    choices.take()
    if embeddings := models.present().embeddings:
        take("words", lookup.without(asked_now().words, embeddings.vocabulary, word))


def forget_others_words(model: Model, embeddings: Embeddings) -> None:
    """Take back a question that was put to other vectors, where these know no word of it: nobody asked them."""
    state, question = st.session_state, asked_now()
    before, state["asked_of"] = state.get("asked_of"), identity(model)
    if before not in (None, identity(model)) and not lookup.all_known(
        lookup.words_of(question.words, embeddings.vocabulary)
    ):
        state["question"] = replace(question, words="")
