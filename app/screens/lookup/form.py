"""The query form: the field with k and the metric, and the line of suggested words below it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from w2v_core.vectors.space import METRICS

from ...session import session
from ...settings import MOST_NEIGHBORS
from ...text import Words
from ...text.glossary import explained
from ...text.literal import escaped
from ...widgets.choice import choice
from . import questions
from .models import Model
from .question import put, take
from .questions import Card, Hint, Question
from .vectors import name_of

TYPING = "150ms"  # a pause this long is worth an answer


def ask(model: Model, question: Question, answered: bool, text: Words) -> None:
    """Draw the field, k and the metric, and the way to save the answer."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="asking"):
        choice(
            st.text_input,
            "question_words",
            text.search,
            value=question.words,
            take=take,
            live=TYPING,
            icon=":material/search:",
        )
        choice(
            st.number_input,
            "question_k",
            text.k,
            value=question.k,
            take=take,
            width="content",
            min_value=1,
            max_value=MOST_NEIGHBORS,
            help=text.k_help,
        )
        choice(
            st.segmented_control,
            "question_metric",
            text.metric,
            METRICS,
            value=question.metric,
            take=take,
            width="content",
            format_func=text.metrics.__getitem__,
            required=True,
            help=explained(session.text(), *METRICS),
        )
        choice(
            st.checkbox,
            "question_exact_case",
            text.exact_case,
            value=question.exact_case,
            take=take,
            width="content",
            help=text.exact_case_help,
        )
        V, dim = model.embeddings.vectors.shape if model.embeddings else (0, 0)
        about = {"vectors": name_of(model.id), "words": V, "dimensions": dim}

        def content() -> bytes:
            vectors = model.latest()
            return questions.answers_csv(vectors, question, about) if vectors else b""

        st.download_button(
            text.save,
            content,
            "neighbors.csv",
            "text/csv",
            key="save_neighbors",
            help=text.save_help,
            icon=":material/download:",
            disabled=not answered,
            on_click="ignore",
        )


def draw_hints(found: Sequence[Hint], cards: Sequence[Card], text: Words) -> None:
    """Draw words to choose from, or else say what the figures show: the line is never empty, so nothing jumps."""
    with st.container(horizontal=True, vertical_alignment="center", key="hints"):
        if not found:
            shared = any(card.shared for card in cards)
            st.caption(f"{text.hill} {text.shared}" if shared else text.hill)
        for i, hint in enumerate(found):
            with st.container(horizontal=True, vertical_alignment="center", width="content", key=f"hint_{i}"):
                st.caption(escaped(hint.label), width="content")
                for word in hint.options:
                    st.button(escaped(word), key=f"hint {hint.at} {word}", on_click=put, args=(hint.at, word))
