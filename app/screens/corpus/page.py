"""Corpus: the text in numbers, and the window over its sentences; or the ways to a text of one's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from w2v_core.corpus import statistics
from w2v_core.corpus.statistics import SentenceLengths

from ...live_figure import Moves, live_figure, moved
from ...own_text import OwnText
from ...session import session
from ...session.record import current
from ...text import Text
from ...text.glossary import explained, with_lesson
from ...widgets import bring, controls
from ...widgets.choice import choice
from . import captions, figures, model
from .window import KEY, STEP_SECONDS, go_to, playing, position, window
from .word_table import MOST_ROWS, found_words, word_table

TABLE_KEY = "word_list"  # of the fragment
FIGURE_HEIGHT = "clamp(150px, calc((100vh - 27.6rem) / 2), 380px)"


TERMS = {  # of the figures
    "subsampling": ("subsampling",),
    "noise": ("noise_power", "noise_word"),
    "lengths": ("window",),
}


def tiles(text: Text, lengths: SentenceLengths) -> None:
    """Place the four figures, each under a sentence on what it shows."""
    words, style, config, corpus = text.corpus_page, session.style(), session.last_valid(), session.corpus()
    vocabulary = corpus.vocabulary
    shown = model.passage(corpus, position(), config)
    marks = figures.mark(
        vocabulary, lengths, config.subsample, int(shown.ids[shown.center]), shown.length, style
    )
    pictures = {
        "zipf": (
            words.zipf,
            captions.zipf(vocabulary, words),
            lambda: figures.zipf_figure(vocabulary, words, style),
        ),
        "subsampling": (
            words.subsampling,
            captions.subsampling(vocabulary, config.subsample, words),
            lambda: figures.subsampling_figure(vocabulary, config.subsample, words, style),
        ),
        "noise": (
            words.noise,
            captions.noise(vocabulary, words),
            lambda: figures.noise_figure(vocabulary, words, style),
        ),
        "lengths": (
            words.lengths,
            captions.lengths(vocabulary, lengths, config.subsample, config.window, words),
            lambda: figures.lengths_figure(lengths, words, style),
        ),
    }
    places = [*st.columns(2), *st.columns(2)]
    for place, (name, (title, caption, make)) in zip(places, pictures.items(), strict=True):
        with place, st.container(key=f"tile_{name}"):
            st.markdown(f"**{title}**", help=explained(text, *TERMS[name]) if name in TERMS else None)
            st.text(caption)
            live_figure(
                name,
                partial(_marked, make, marks[name]),
                style,
                alt=f"{title}. {caption}",
                height=FIGURE_HEIGHT,
                of=(current().chosen["corpus"], config.subsample),
            )


def _marked(make: Callable[[], go.Figure], mark: Moves) -> go.Figure:
    return moved(make(), mark)


def word_list() -> None:
    """Draw the words with their counts, with a search field that acts at each letter."""
    text, vocabulary = session.text(), session.corpus().vocabulary
    words = text.corpus_page
    state = st.session_state
    ids = found_words(vocabulary, state.get("words_query", ""), state.get("words_order") == "least")
    shown = ids[:MOST_ROWS]
    with st.container(horizontal=True, horizontal_alignment="distribute", key="words_head"):
        st.markdown(f"**{words.words}**", width="content")
        st.text(words.table_note.format(shown=f"{len(shown):,}", found=f"{len(ids):,}"), width="content")
    with st.container(horizontal=True, wrap=False, key="words_tools"):
        st.text_input(
            words.search,
            key="words_query",
            live=True,
            max_chars=100,
            placeholder=words.search,
            label_visibility="collapsed",
        )
        st.segmented_control(
            words.words,
            ("most", "least"),
            default="most",
            required=True,
            key="words_order",
            format_func={"most": words.most, "least": words.least}.__getitem__,
            label_visibility="collapsed",
            width="content",
        )

    def go() -> None:
        for row, _ in state["words_table"].selection.cells:
            go_to(model.found(session.corpus(), position(), vocabulary.words[shown[row]]))
        # Nothing stays selected: another click on the word leads to its next sentence.
        state["words_table"] = {"selection": {"rows": [], "columns": [], "cells": []}}
        st.rerun([KEY, TABLE_KEY])

    number = st.column_config.NumberColumn
    st.dataframe(
        word_table(vocabulary, shown, session.last_valid().subsample),
        key="words_table",
        height="stretch",
        row_height=round(session.style().size(24)),
        hide_index=True,
        column_config={
            "word": st.column_config.TextColumn(words.word),
            "count": number(words.count, format="localized"),
            "kept": number(words.kept, format="%.2g%%", help=with_lesson(text, words.kept_help, "noise")),
            "noise": number(
                words.noise_column, format="%.3g×", help=with_lesson(text, words.noise_help, "noise")
            ),
        },
        on_select=go,
        selection_mode="single-cell",
        alt=words.words,
    )


def messages(text: Text) -> None:
    """Say what settings cannot work (the picture keeps the last that could), or how the user's own text was read."""
    source = session.source()
    if problem := session.problem():
        st.error(text.problem(problem), icon=":material/error:")
    elif isinstance(source, OwnText) and source.notices:
        st.warning("  \n".join(map(text.notice, source.notices)), icon=":material/info:")


def page() -> None:
    """Draw the page."""
    text = session.text()
    with st.sidebar:
        controls.settings(text)
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {text.corpus_page.heading}", width="content")
        with st.container(key="messages"):
            messages(text)
        choice(
            st.segmented_control,
            "view",
            text.bring.view,
            list(text.bring.views),
            format_func=text.bring.views.__getitem__,
            help=text.bring.view_help,
            required=True,
            label_visibility="collapsed",
            width="content",
        )
    view = current().chosen["view"]
    if view == "own":
        bring.own(text)
    elif view == "web":
        bring.web(text)
    else:
        lengths = statistics.sentence_lengths(session.corpus())
        with st.container(key="window_view"):
            st.fragment(window, key=KEY, run_every=STEP_SECONDS if playing() else None)(lengths)
        left, right = st.columns([2, 1] if session.style().large else [18, 7], gap="medium")
        with left:
            tiles(text, lengths)
        with right:
            st.fragment(word_list, key=TABLE_KEY)()
