"""Explore: the map of the vectors, and beside it neighbors, analogies and the way they came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.numbers import decimal
from app.runs.layouts import KINDS, MapWish
from app.runs.playing import unhurried
from app.settings import AUTO
from app.state import address, session
from app.state.asking import word_pairs
from app.state.exploring import Explorer
from app.state.map_options import (
    COLOURS,
    COMPONENTS,
    GROUPS,
    MOST_WORDS,
    PERPLEXITIES,
    RATES,
    SEEDS,
    SIZES,
    size_up,
)
from app.text import Text
from app.views.explore.explore_view import ExploreView, explore_component
from app.widgets.choice import choice
from w2v_core import Problem
from w2v_core.vectors.embeddings import WHICH

FORMING_SECONDS = 0.16  # between polls of a map that forms
FOLLOWING_SECONDS = 1.0  # of one that follows the training: gently, so that one can read it
JUDGING_SECONDS = 0.3
AXES = "pc_x", "pc_y", "pc_z"
HEAVY = ("isolate", "back", "tab")  # asked for in the browser, and more than an answer changes
draw = explore_component()


def wish(text: Text) -> MapWish:
    """Return the map that the settings ask for; raise `Problem` where a pair of words is none."""
    state = st.session_state
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
    words, kind = text.explore_page, st.session_state["map"]
    if kind == "pca":
        names = AXES[: st.session_state["map_dimensions"]]
        for name, column in zip(names, st.columns(len(names)), strict=True):
            with column:
                choice(st.selectbox, name, words.axis_labels[name], COMPONENTS, take=exchange)
    elif kind == "tsne":
        forming(text, explorer)
        left, right = st.columns(2)
        with left:
            choice(st.selectbox, "perplexity", words.perplexity, PERPLEXITIES, help=words.perplexity_help)
            choice(st.selectbox, "tsne_seed", words.seed, SEEDS, help=words.seed_help)
        with right:
            choice(
                st.selectbox,
                "tsne_rate",
                words.rate,
                RATES,
                format_func=lambda rate: words.auto if rate == AUTO else decimal(rate),
                help=words.rate_help,
            )
    else:
        choice(st.text_input, "x_pairs", words.x_pairs, help=words.pairs_help)
        choice(st.text_input, "y_pairs", words.y_pairs, help=words.pairs_help)
    select("map_which", words.which, WHICH, words.whiches, words.which_help)
    most = shown_words(explorer, MOST_WORDS[2])
    choice(
        st.selectbox,
        "map_words",
        words.words,
        [*(size for size in SIZES if size < most), most],
        # What is chosen stays: a small vocabulary shows fewer, but forgets no larger number.
        value=shown_words(explorer, st.session_state["map_words"]),
        format_func=lambda size: f"{size:,}",
        help=words.words_help,
    )
    select("map_colour", words.colour, COLOURS, words.colours, words.colour_help)
    if st.session_state["map_colour"] == "cluster":
        choice(st.select_slider, "groups", words.groups, GROUPS)


def exchange(name: str, component: int) -> None:
    """Take over an axis's component; the axis that has it so far takes this one's instead."""
    for other in AXES:
        if st.session_state[other] == component:
            session.choose(other, st.session_state[name])
    session.choose(name, component)


def select(name: str, label: str, options: Sequence[Any], labels: Mapping[Any, str], help: str) -> None:
    """Draw a select box whose option labels depend on the language."""
    choice(st.selectbox, name, label, options, format_func=labels.__getitem__, help=help)


def shown_words(explorer: Explorer, wanted: int) -> int:
    """Return how many words the map can show, of so many wanted."""
    dimensions = 2 if st.session_state["map"] == "axes" else st.session_state["map_dimensions"]
    return min(size_up(wanted), MOST_WORDS[dimensions], len(explorer.vocabulary))


def forming(text: Text, explorer: Explorer) -> None:
    """Draw the buttons of a map that forms."""
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
            disabled=layouts.forming is None or layouts.forming.frame.finished,
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
    """Stop the forming map."""
    if explorer.layouts.forming:
        explorer.layouts.forming.pause()


def resume(explorer: Explorer) -> None:
    """Let the map go on forming."""
    if explorer.layouts.forming:
        explorer.layouts.forming.start()


def another_map(name: str, value: Any) -> None:
    """Take over what kind of map is wanted; a replay, which has a map of its own, is over."""
    session.choose(name, value)
    if (explorer := session.explorer()) and explorer.look.tab == "time":
        session.explore("tab", "neighbors")


def messages(text: Text, explorer: Explorer, problem: Problem | None) -> None:
    """Say why there is no such map, that nothing is learnt yet, or that the run has gone on."""
    words = text.explore_page
    if problem:
        st.error(text.problem(problem), icon=":material/error:")
    elif explorer.run.progress.step == 0 and not explorer.run.running:
        st.info(words.untrained, icon=":material/info:")
    elif explorer.wish.kind == "tsne" and explorer.behind:
        st.info(words.behind, icon=":material/update:")


def train(text: Text, running: bool) -> None:
    """Draw a button that trains, or pauses."""
    words, run = text.explore_page, session.live()
    if running:
        st.button(words.pause, key="pause", icon=":material/pause:", on_click=session.pause)
    elif run and not run.progress.finished:
        st.button(
            words.train,
            key="play",
            type="primary" if run.progress.step == 0 else "secondary",
            icon=":material/play_arrow:",
            help=words.train_help,
            on_click=session.play,
        )


def view(explorer: Explorer) -> ExploreView:
    """Return the explorer's state in the user's language."""
    source = session.run_source()
    return ExploreView(
        explorer,
        f"run-{session.run_number()}",
        session.text(),
        session.language(),
        source.categories,
        source.analogies,
    )


def places(was_busy: bool, was_running: bool) -> None:
    """Bring the map to the browser; polled while it moves."""
    explorer = session.explorer()
    if explorer is None:
        return
    explorer.run.touch()
    if explorer.layouts.forming and explorer.wish.kind == "tsne":
        explorer.layouts.forming.touch()
    explorer.follow()
    draw(key="explore_places", data=view(explorer).places(explorer.layout()))
    busy = explorer.layouts.moving or explorer.layouts.judging
    if (was_busy and not busy) or was_running != explorer.run.running:
        st.rerun()  # polling changes only in a full run


def answer() -> None:
    """Bring the answers to the browser."""
    explorer = session.explorer()
    if explorer is None:
        return
    explorer.follow()
    data = view(explorer).answer(
        explorer.layout(), st.session_state["map_colour"], st.session_state["groups"]
    )
    draw(key="explore_answer", data=data | {"link": address.query("explore")}, on_ask_change=ask)
    if st.session_state.pop("clicked", False):
        st.rerun()


def ask() -> None:
    """Do what was asked for in the browser."""
    verb, value = st.session_state["explore_answer"].ask
    session.explore(verb, value)
    st.session_state["clicked"] = verb in HEAVY


def polling(explorer: Explorer, running: bool) -> float | None:
    """Return how often the map must be looked after."""
    if explorer.layouts.moving and explorer.wish.kind == "tsne":
        return unhurried(FORMING_SECONDS)
    if running:
        return unhurried(FOLLOWING_SECONDS)
    return JUDGING_SECONDS if explorer.layouts.judging else None


def page() -> None:
    """Draw the page."""
    text, explorer = session.text(), session.explorer()
    if explorer is None:
        if problem := session.problem():
            st.error(text.problem(problem), icon=":material/error:")
        return
    words, problem = text.explore_page, None
    try:
        explorer.want(wish(text), shown_words(explorer, st.session_state["map_words"]))
    except Problem as bad_pair:
        problem = bad_pair
    layout = explorer.layout()
    explorer.fidelity(layout)
    running = explorer.run.running
    with st.sidebar:
        settings(text, explorer)
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {words.heading}", width="content")
        train(text, running)
        with st.container(key="messages"):
            formed = layout.formed.problem if layout.formed else None
            messages(text, explorer, problem or explorer.problem or formed)
        for name, label, options, labels, help in (
            ("map", words.map, KINDS, words.maps, words.map_help),
            ("map_dimensions", words.dimensions, (2, 3), words.dimension_names, None),
        ):
            choice(
                st.segmented_control,
                name,
                label,
                options,
                format_func=labels.__getitem__,
                help=help,
                take=another_map,
                required=True,
                label_visibility="collapsed",
                width="content",
                disabled=name == "map_dimensions" and st.session_state["map"] == "axes",
            )
    shown = view(explorer)
    draw(key="explore_words", data=shown.words())
    with st.container(key="explore_data"):
        busy = explorer.layouts.moving or explorer.layouts.judging
        st.fragment(places, run_every=polling(explorer, running))(busy, running)
        moves = explorer.layouts.moving if explorer.wish.kind == "tsne" else running
        st.fragment(answer, run_every=unhurried(FOLLOWING_SECONDS) if moves else None)()
        if explorer.look.tab == "time":
            draw(key="explore_frames", data=shown.frames())


page()
