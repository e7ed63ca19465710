"""The sentence, and the ways to another pair: a word of it, a word from the list, a surprise, other noise."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from ...background.run import Run
from ...text import Text, Words
from ...text.glossary import with_lesson
from ...text.literal import escaped
from ...widgets.choice import choice
from .actions import found, picked, with_bench
from .bench import PairBench

Kind = Literal["primary", "secondary", "tertiary"]  # of a button


def pair(text: Text, run: Run, bench: PairBench) -> None:
    """Draw the sentence and the ways to another pair."""
    page = text.step_page
    with st.container(horizontal=True, vertical_alignment="center", key="inside_pair"):
        st.session_state.setdefault("inside_as", "context")
        st.radio(
            page.sentence_label,
            ["center", "context"],
            format_func={"center": page.pick_center, "context": page.pick_context}.__getitem__,
            key="inside_as",
            label_visibility="collapsed",
        )
        sentence(page, bench)
        choice(
            st.selectbox,
            "inside_word",
            page.center_word,
            run.corpus.vocabulary.words,
            value=run.corpus.vocabulary.words[bench.center],
            help=page.center_word_help,
            label_visibility="collapsed",
            take=found,
        )
        st.button(
            page.surprise,
            key="surprise",
            icon=":material/casino:",
            help=page.surprise_help,
            on_click=with_bench(PairBench.surprise),
        )
        if bench.noise:
            st.button(
                page.redraw,
                key="redraw",
                icon=":material/refresh:",
                help=with_lesson(text, page.redraw_help, "negative_sampling"),
                on_click=with_bench(PairBench.redraw),
            )


def sentence(page: Words, bench: PairBench) -> None:
    """Draw the sentence as buttons: the center and the context filled, the words of the window underlined."""
    here, window = bench.excerpt, set(bench.contexts())
    any_word = st.session_state["inside_as"] == "center"
    with st.container(horizontal=True, gap=None, key="inside_sentence"):
        if not here.whole[0]:
            st.markdown("…", width="content")
        for at, word in enumerate(here.words, here.start):
            near = at in window or at == bench.center_at
            label = escaped(word) or " "
            kinds: dict[int, Kind] = {bench.center_at: "primary", bench.context_at: "secondary"}
            st.button(
                label if near else f":gray[{label}]",
                key=f"token_{at - here.start}",
                type=kinds.get(at, "tertiary"),
                disabled=not (any_word or near),
                on_click=picked,
                args=(at,),
            )
        if not here.whole[1]:
            st.markdown("…", width="content")
