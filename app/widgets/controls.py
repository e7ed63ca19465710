"""The settings of a run, as widgets: every page that trains or looks at the text shows the same ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from app.numbers import decimal
from app.state import session
from app.text import Text

LEARNING_RATES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 100.0)
BATCH_SIZES = (session.AUTO, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
SUBSAMPLING = (0.0, 1e-5, 1e-4, 2e-4, 5e-4, 1e-3, 1e-2)
WITHOUT_NOISE = ("softmax", "hierarchical_softmax")
MOST_WORDS = 5000  # in a list to choose from


def translated(
    widget: Callable[..., Any],
    name: str,
    label: str,
    options: Sequence[Any],
    labels: Callable[[Any], str],
    help: str | None,
    on_change: Callable[[str, str], None] = session.choose,
    **more: Any,
) -> None:
    """Draw a choice whose option labels depend on the language.

    Streamlit tells options apart by their labels, so each language has a widget of its own; the choice itself
    is in the session under `name`, where `on_change` puts it, given `name` and the widget's key.
    """
    key = f"{name}-{session.language()}"
    st.session_state[key] = st.session_state[name]
    with st.container(key=name, width="content" if more.get("width") == "content" else "stretch"):
        widget(
            label,
            options,
            format_func=labels,
            key=key,
            help=help,
            on_change=on_change,
            args=(name, key),
            **more,
        )


def settings(text: Text, taken: Mapping[str, str] | None = None, why_taken: str | None = None) -> None:
    """Draw the settings. Those that the page decides itself are `taken`: shown as it says, not to be changed."""
    taken = taken or {}

    def draw(place: Any, widget: str, name: str, **more: Any) -> None:
        if name in taken:
            place.text_input(text.settings[name], taken[name], disabled=True, help=why_taken)
            return
        getattr(place, widget)(
            label=text.settings[name],
            help=text.settings_help[name],
            key=name,
            persist_state="session",  # a page without this widget keeps its value
            **more,
        )

    language, source, sources = session.language(), session.source(), session.sources()
    translated(
        st.selectbox,
        "corpus",
        text.corpus,
        [*sources, session.BRING],
        lambda id: text.bring_page.bring_option if id == session.BRING else sources[id].title[language],
        text.corpus_help.format(description=source.description[language]),
    )
    st.caption(
        text.corpus_facts.format(
            words=f"{source.words:,}",
            sentences=f"{source.sentences:,}",
            vocabulary=f"{source.vocabulary:,}",
            look_for=source.look_for[language],
        )
    )
    if "objective" in taken:
        st.text_input(text.objective, taken["objective"], disabled=True, help=why_taken)
    else:
        translated(
            st.selectbox,
            "objective",
            text.objective,
            list(text.objectives),
            text.objectives.__getitem__,
            text.objective_help,
        )
    noiseless = "objective" not in taken and st.session_state["objective"] in WITHOUT_NOISE
    left, right = st.columns(2)
    # No min_value, no max_value: beyond the limits Streamlit would complain in English, and run on silently.
    draw(left, "number_input", "dim", step=10)
    draw(right, "number_input", "window", step=1)
    draw(left, "number_input", "negatives", step=1, disabled=noiseless)
    with right:
        if "batch_tokens" in taken:
            draw(st, "", "batch_tokens")
        else:
            translated(
                st.selectbox,
                "batch_tokens",
                text.settings["batch_tokens"],
                BATCH_SIZES,
                lambda size: text.auto if size == session.AUTO else str(size),
                text.settings_help["batch_tokens"],
            )
    draw(left, "selectbox", "subsample", options=SUBSAMPLING, format_func=decimal)
    draw(right, "number_input", "epochs", step=1)
    draw(
        st,
        "select_slider",
        "learning_rate",
        options=LEARNING_RATES,
        format_func=decimal,
        on_change=session.set_learning_rate,
    )
    left, right = st.columns(2, vertical_alignment="bottom")
    draw(left, "number_input", "seed", step=1)
    draw(right, "checkbox", "bounded")


def words_to_follow(words: Sequence[str], follow: str) -> Sequence[str]:
    """Return the words to choose from in a list: not 100,000, but always the one that is followed."""
    first = words[:MOST_WORDS]
    return first if follow in first else (follow, *first)
