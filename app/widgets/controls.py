"""The settings of a run, as widgets: every page that trains or looks at the text shows the same ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from ..formatting import Count, decimal
from ..own_text import Source
from ..session import session
from ..session.record import current, offers
from ..settings import AUTO, TRAINING
from ..text import Text
from ..text.glossary import setting_help
from .choice import choice

WITHOUT_NOISE = ("softmax", "hierarchical_softmax")
MOST_WORDS = 5000  # in a list to choose from


def settings(
    text: Text,
    taken: Mapping[str, str] | None = None,
    why_taken: str | None = None,
    source: Source | None = None,
) -> None:
    """Draw the settings. Those that the page decides itself are `taken`: shown as it says, not to be changed.

    `source` is the corpus, where the page decides it.
    """
    taken = taken or {}

    def draw(widget: Callable[..., Any], name: str, options: Any = None, **more: Any) -> None:
        if not offers(name):
            return
        if name in taken:
            st.text_input(text.settings[name], taken[name], disabled=True, help=why_taken)
        else:
            choice(widget, name, text.settings[name], options, help=setting_help(text, name), **more)

    language, source = session.language(), source or session.source()
    titles = {id: each.title[language] for id, each in session.sources().items()}
    titles[session.BRING] = text.bring.bring_option
    if "corpus" in taken and offers("corpus"):
        st.text_input(text.corpus, taken["corpus"], disabled=True, help=why_taken)
    else:
        choice(
            st.selectbox,
            "corpus",
            text.corpus,
            list(titles),
            format_func=titles.__getitem__,  # of the titles alone: Streamlit never lets go of it
            help=text.corpus_help.format(description=source.description[language]),
        )
    if offers("corpus"):
        st.caption(
            text.corpus_facts.format(
                words=f"{source.words:,}",
                sentences=Count(f"{source.sentences:,}"),
                vocabulary=f"{source.vocabulary:,}",
                look_for=source.look_for[language],
            )
        )
    draw(st.selectbox, "objective", list(text.objectives), format_func=text.objectives.__getitem__)
    noiseless = "objective" not in taken and current().chosen["objective"] in WITHOUT_NOISE
    left, right = st.columns(2)
    # No min_value, no max_value: beyond the limits Streamlit would complain in English, and run on silently.
    with left:
        draw(st.number_input, "dim", step=10)
        draw(st.number_input, "negatives", step=1, disabled=noiseless)
        draw(st.selectbox, "subsample", TRAINING["subsample"].options, format_func=decimal)
    with right:
        draw(st.number_input, "window", step=1)
        draw(
            st.selectbox,
            "batch_tokens",
            TRAINING["batch_tokens"].options,
            format_func=lambda size: text.auto if size == AUTO else str(size),
        )
        draw(st.number_input, "epochs", step=1)
    draw(st.select_slider, "learning_rate", TRAINING["learning_rate"].options, format_func=decimal)
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        draw(st.number_input, "seed", step=1)
    with right:
        draw(st.checkbox, "bounded")


def words_to_follow(words: Sequence[str], follow: str) -> Sequence[str]:
    """Return the words to choose from in a list: not 100,000, but always the one that is followed."""
    first = words[:MOST_WORDS]
    return first if follow in first else (follow, *first)
