"""Explore: the map of the vectors, and beside it neighbors, analogies and the way they came about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from w2v_core import Problem

from ...background.layouts import KINDS
from ...background.playing import unhurried
from ...formatting import Count
from ...live_figure import live_figure, move
from ...session import session
from ...session.record import current
from ...text import Text
from ...text.glossary import explained, with_lesson
from ...widgets.choice import choice
from . import controls, figures, panel
from .analogies import analogies
from .explored import ask, explore, explored, explorer_now
from .explorer import Explorer
from .marks import marks_of
from .moments import moments
from .view import JUDGING_SECONDS, PANEL_SECONDS, MapView, standing

GLIDES = {"tsne": 150, "time": 120, "pca": 600, "axes": 600}  # milliseconds in which words go to new places
HEIGHT = "calc(100vh - var(--explore-above))"
STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def another_map(name: str, value: Any) -> None:
    """Take over what kind of map is wanted; a replay, which has a map of its own, is over."""
    session.choose(name, value)
    if (present := explorer_now()) and present.panel.tab == "time":
        explore("tab", "neighbors")


def messages(text: Text, explorer: Explorer, problem: Problem | None) -> None:
    """Say why there is no such map, why the run stopped, that nothing is learned yet, or that the run has gone on."""
    words, run = text.explore_page, explorer.run
    problem = problem or (None if run.running else run.progress.problem)
    if problem:
        st.error(text.problem(problem), icon=":material/error:")
    elif run.progress.step == 0 and not run.running:
        st.info(words.untrained, icon=":material/info:")
    elif explorer.wish.kind == "tsne" and explorer.behind:
        st.info(words.behind, icon=":material/update:")


def train(text: Text, running: bool) -> None:
    """Draw a button that trains, or pauses."""
    words, run = text.explore_page, current().run
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


def chart(dimensions: int) -> str:
    """Return the name of the map's figure: one in two dimensions and one in three."""
    return f"words{dimensions}d"


def watch(view: MapView, polled: float | None) -> None:
    """Say where the run and the map stand, and send what has moved; polled while anything does."""
    explorer, replay, text = view.explorer, view.replay, view.text
    if explorer_now() is not explorer:
        return
    explorer.run.touch()
    if explorer.layouts.tsne and explorer.wish.kind == "tsne":
        explorer.layouts.tsne.touch()
    explorer.follow()
    layout = view.layout()
    with st.container(key="explore_said", gap=None):
        st.caption(standing(text, explorer), help=explained(text, "running_average", "first_batch", "epoch"))
        if view.replayed:
            st.caption(text.explore_page.film_note.format(frames=Count(len(explorer.film))))
        else:
            shares = ("variance_share",) if layout.components else ()
            st.caption(view.said(layout), help=explained(text, *shares, "kept_neighbors", "trustworthiness"))
    colors = view.colors if view.colors.share is None else view.coloring()
    moves = figures.map_moves(
        explorer, layout, colors, marks_of(explorer, layout, replay), view.revision, text.explore_page
    )
    mine = explored()
    sent, mine.sent = mine.sent, layout.key
    formed = layout.formed
    move(
        {
            chart(layout.points.shape[1]): dict(moves)
            | {"glide": GLIDES[view.kind] if sent != layout.key else 0}
        },
        kind=view.kind,
        words=len(explorer.ids),
        version=formed.version if formed else explorer.progress.version,
        iteration=formed.iteration if formed else 0,
        running=explorer.layouts.moving and explorer.wish.kind == "tsne",
        training=explorer.run.running,
        moment=round(replay.at, 2) if view.replayed else -1,
        word=explorer.panel.word or "",
    )
    if polled is not None and view.placed and view.polling() != polled:
        st.rerun()  # polling changes only in a full run; in the middle of one it would throw this one away
    view.placed = True


def words_map(view: MapView) -> None:
    """Place the map."""
    explorer, text, style = view.explorer, view.text.explore_page, session.style()
    layout = view.layout()
    flat = layout.points.shape[1] == 2

    def named(number: int) -> str:
        return view.titles[number] if number >= 0 else ""

    live_figure(
        chart(layout.points.shape[1]),
        lambda: figures.map_figure(
            explorer,
            layout,
            view.colors,
            marks_of(explorer, layout, view.replay),
            [named(number) for number in view.category[explorer.ids]],
            view.revision,
            text,
            style,
        ),
        style,
        alt=text.map_alt,
        height=HEIGHT,
        of=(current().run_number, figures.made_of(explorer, layout, view.colors)),
        file_name="map",
        on={"click": lambda word: explore("word", word)}
        | ({"select": lambda words: explore("select", words)} if flat else {}),
    )


def beside(view: MapView) -> None:
    """Draw the panel; polled while what it says changes."""
    if explored().asked:
        st.rerun()
    explorer, text = view.explorer, view.text
    if explorer_now() is not explorer:
        return
    explorer.follow()
    panel.search(explorer, text)
    words = text.explore_page
    choice(
        st.segmented_control,
        "tab",
        words.tabs_label,
        list(words.tabs),
        value=explorer.panel.tab,
        take=ask,
        format_func=words.tabs.__getitem__,
        required=True,
        label_visibility="collapsed",
        wrap=False,
    )
    if explorer.panel.tab == "neighbors":
        panel.neighbors(explorer, view.layout(), view.category, view.titles, text)
    elif explorer.panel.tab == "analogies":
        analogies(explorer, view.sections, view.category, text)
    else:
        moments(explorer, view.replay, text)


def page() -> None:
    """Draw the page."""
    text, explorer = session.text(), explorer_now()
    explored().asked = False
    if explorer is None:
        if problem := session.problem():
            st.error(text.problem(problem), icon=":material/error:")
        return
    st.html(f"<style>{STYLE}</style>")
    words, problem = text.explore_page, None
    try:
        explorer.want(controls.wish(), controls.shown_words(explorer, current().chosen["map_words"]))
    except Problem as bad_pair:
        problem = bad_pair
    layout = explorer.layout()
    explorer.fidelity(layout)
    running = explorer.run.running
    with st.sidebar:
        controls.settings(text, explorer)
        if layout.components:
            controls.variance(layout, explorer, text)
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {words.heading}", width="content")
        train(text, running)
        with st.container(key="messages"):
            formed = layout.formed.problem if layout.formed else None
            messages(text, explorer, problem or explorer.problem or formed)
        for name, label, options, labels, help in (
            ("map", words.map, KINDS, words.maps, with_lesson(text, words.map_help, "vectors")),
            ("map_dimensions", words.dimensions, (2, 3), words.dimension_names, None),
        ):
            choice(
                st.segmented_control,
                name,
                label,
                options,
                format_func=lambda option, labels=labels: labels[str(option)],
                help=help,
                take=another_map,
                required=True,
                label_visibility="collapsed",
                width="content",
                disabled=name == "map_dimensions" and current().chosen["map"] == "axes",
            )
    view = MapView(explorer, text)
    seconds = view.polling()
    left, right = st.columns([2, 1], gap="medium")
    with left:
        said = st.container()
        words_map(view)
    with right, st.container(key="explore_panel"):
        moves = PANEL_SECONDS[view.kind] if seconds and seconds != JUDGING_SECONDS else None
        st.fragment(beside, run_every=moves and unhurried(moves))(view)
    with said:
        st.fragment(watch, run_every=seconds)(view, seconds)
