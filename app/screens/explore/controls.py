"""The settings of the map, in the sidebar, and the buttons of a map that forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from w2v_core.vectors.embeddings import WHICH

from ...background.layouts import Layout, MapWish
from ...formatting import decimal
from ...live_figure import live_figure
from ...session import session
from ...session.record import current
from ...settings import AUTO, MAP
from ...text import Text
from ...text.glossary import explained, with_lesson
from ...widgets.choice import choice
from . import figures
from .explored import size_up
from .explorer import Explorer
from .panel_state import word_pairs

AXES = "pc_x", "pc_y", "pc_z"
MOST_WORDS = {2: 5000, 3: 2000}  # by dimensions: so many move fluently


def wish() -> MapWish:
    """Return the map that the settings ask for; raise `Problem` where a pair of words is none."""
    state = current().chosen
    kind = state["map"]
    return MapWish(
        kind=kind,
        dimensions=2 if kind == "axes" else state["map_dimensions"],
        which=state["map_which"],
        components=tuple(state[name] - 1 for name in AXES),
        perplexity=state["perplexity"],
        rate=state["tsne_rate"] or None,
        seed=state["tsne_seed"],
        pairs=(word_pairs(state["x_pairs"]), word_pairs(state["y_pairs"])) if kind == "axes" else (),
    )


def settings(text: Text, explorer: Explorer) -> None:
    """Draw the settings of the map."""
    words, kind = text.explore_page, current().chosen["map"]
    if kind == "pca":
        names = AXES[: current().chosen["map_dimensions"]]
        for name, column in zip(names, st.columns(len(names)), strict=True):
            with column:
                choice(st.selectbox, name, words.axis_labels[name], MAP[name].options, take=exchange)
    elif kind == "tsne":
        tsne_buttons(text, explorer)
        left, right = st.columns(2)
        with left:
            choice(
                st.selectbox,
                "perplexity",
                words.perplexity,
                MAP["perplexity"].options,
                help=explained(text, "perplexity"),
            )
            choice(st.selectbox, "tsne_seed", words.seed, MAP["tsne_seed"].options, help=words.seed_help)
        with right:
            choice(
                st.selectbox,
                "tsne_rate",
                words.rate,
                MAP["tsne_rate"].options,
                format_func=lambda rate: words.auto if rate == AUTO else decimal(rate),
                help=words.rate_help,
            )
    else:
        choice(st.text_input, "x_pairs", words.x_pairs, help=words.pairs_help)
        choice(st.text_input, "y_pairs", words.y_pairs, help=words.pairs_help)
    select("map_which", words.which, WHICH, words.whiches, with_lesson(text, words.which_help, "vectors"))
    most = shown_words(explorer, MOST_WORDS[2])
    choice(
        st.selectbox,
        "map_words",
        words.words,
        [*(size for size in MAP["map_words"].options if size < most), most],
        # What is chosen stays: a small vocabulary shows fewer, but forgets no larger number.
        value=shown_words(explorer, current().chosen["map_words"]),
        format_func=lambda size: f"{size:,}",
        help=words.words_help,
    )
    select(
        "map_colour",
        words.colour,
        MAP["map_colour"].options,
        words.colours,
        with_lesson(text, words.colour_help, "vectors"),
    )
    if current().chosen["map_colour"] == "cluster":
        choice(st.select_slider, "groups", words.groups, MAP["groups"].options)


def exchange(name: str, component: int) -> None:
    """Take over an axis's component; the axis that has it so far takes this one's instead."""
    for other in AXES:
        if current().chosen[other] == component:
            session.choose(other, current().chosen[name])
    session.choose(name, component)


def select(name: str, label: str, options: Sequence[Any], labels: Mapping[Any, str], help: str) -> None:
    """Draw a select box whose option labels depend on the language."""
    choice(st.selectbox, name, label, options, format_func=labels.__getitem__, help=help)


def shown_words(explorer: Explorer, wanted: int) -> int:
    """Return how many words the map can show, of so many wanted."""
    dimensions = 2 if current().chosen["map"] == "axes" else current().chosen["map_dimensions"]
    return min(size_up(wanted), MOST_WORDS[dimensions], len(explorer.vocabulary))


def tsne_buttons(text: Text, explorer: Explorer) -> None:
    """Draw the buttons of a t-SNE map."""
    words, layouts = text.explore_page, explorer.layouts
    left, right = st.columns(2)
    if layouts.moving:
        left.button(
            words.hold,
            key="hold",
            icon=":material/pause:",
            help=words.hold_help,
            on_click=hold,
            args=(explorer,),
            width="stretch",
        )
    else:
        left.button(
            words.form,
            key="form",
            icon=":material/play_arrow:",
            help=words.form_help,
            disabled=layouts.tsne is None or layouts.tsne.frame.finished,
            on_click=resume,
            args=(explorer,),
            width="stretch",
        )
    right.button(
        words.anew, key="anew", help=words.anew_help, on_click=explorer.renew, args=(False,), width="stretch"
    )
    st.button(
        words.onward,
        key="onward",
        help=words.onward_help,
        on_click=explorer.renew,
        args=(True,),
        width="stretch",
    )


def hold(explorer: Explorer) -> None:
    """Stop the t-SNE map."""
    if explorer.layouts.tsne:
        explorer.layouts.tsne.pause()


def resume(explorer: Explorer) -> None:
    """Let the t-SNE map go on."""
    if explorer.layouts.tsne:
        explorer.layouts.tsne.start()


def variance(layout: Layout, explorer: Explorer, text: Text) -> None:
    """Place the variance of each component below the choice of those on the axes."""
    style, chosen = session.style(), explorer.wish.components[: explorer.wish.dimensions]
    live_figure(
        "variance",
        lambda: figures.variance_figure(layout, chosen, text.explore_page, style),
        style,
        alt=text.explore_page.variance_alt,
        height="8.5rem",
        of=(layout.key, chosen),
    )
