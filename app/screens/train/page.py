"""Train: settings in the sidebar, transport buttons on top, the loss and the map side by side."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...background.playing import POLL_SECONDS, unhurried
from ...background.run import Run
from ...live_figure import live_figure, move
from ...session import course, session
from ...session.record import current
from ...text import Text
from ...text.glossary import START_VALUES, explained
from ...widgets import controls
from ...widgets.choice import choice
from ...widgets.run_status import messages, status
from ...widgets.transport import transport
from . import figures

FIRST_LESSON = "two_tables"
HOVER_EVERY = (
    20  # records: the neighbors of a thousand words are much data, and are looked up in batches of as many
)


def watch(was_running: bool) -> None:
    """Say where the run stands and send what has moved; polled while the run plays."""
    run = current().run
    if run is None:
        return
    run.touch()
    run.await_first()
    text, follow = session.text(), current().chosen["follow"]
    progress = run.progress
    terms = ("running_average", "first_batch", "nat", START_VALUES[run.config.objective])
    st.markdown(status(text, run), help=explained(text, "epoch", "batch", "learning_rate", *terms))
    hover = not run.running or progress.version % HOVER_EVERY == 0
    move(
        {
            "loss": figures.loss_moves(progress, run.start_value, current().guess),
            "map": figures.map_moves(run, follow, text, hover),
            "neighbors": figures.neighbors_moves(run, follow, text),
        },
        version=progress.version,
        step=progress.step,
        running=run.running,
    )
    if was_running and not run.running:
        st.rerun()  # polling and the widgets outside this fragment change only in a full run


def charts(run: Run, text: Text) -> None:
    """Place the three figures."""
    style, follow, guess = session.style(), current().chosen["follow"], current().guess
    titles = [category.title[style.language] for category in session.run_source().categories]
    titles = titles[: run.map.category.max() + 1]
    run_id = current().run_number
    on: dict[str, Any] = {"click": lambda word: session.choose("follow", word)}
    left, right = st.columns([5, 6])
    with left:
        live_figure(
            "loss",
            lambda: figures.loss_figure(run, text, style, guess),
            style,
            alt=text.train_page.loss_alt,
            height=CHART_HEIGHT,
            of=(run_id, guess),
        )
    with right:
        live_figure(
            "map",
            lambda: figures.map_figure(run, follow, titles, text, style),
            style,
            alt=text.map_alt,
            height=CHART_HEIGHT,
            of=run_id,
            on=on,
        )
    live_figure(
        "neighbors",
        lambda: figures.neighbors_figure(run, follow, text, style),
        style,
        alt=text.train_page.neighbors_title.format(word=follow),
        height=NEIGHBORS_HEIGHT,
        of=run_id,
        on=on,
    )


CHART_HEIGHT = "clamp(300px, calc(100vh - 23rem), 760px)"
NEIGHBORS_HEIGHT = "max(9.6rem, 2 * var(--neighbors))"


def first_lesson() -> None:
    """Open the first lesson."""
    current().wanted_lesson = FIRST_LESSON


def page() -> None:
    """Draw the page."""
    text = session.text()
    with st.sidebar:
        controls.settings(text)
    run = current().run
    running = run is not None and run.running  # asked once: it may end while the page is drawn
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {text.train_page.heading}", width="content")
        st.caption(
            text.train_page.task,
            width="content",
            help=explained(text, "context", "input_vector", "score", "variance_share", "cosine"),
        )
        with st.container(key="messages"):  # beside the heading: a message must not push the charts about
            messages(text, run, running)
    if run is None:
        return
    row = transport(text, session, running, run.progress.finished, changed=bool(session.changes()))
    if not running and run.progress.step == 0 and course.untouched():
        row.button(
            text.lessons_page.start_first,
            key="first_lesson",
            icon=":material/school:",
            type="tertiary",
            help=text.lessons_page.start_first_help,
            on_click=first_lesson,
        )
    said = st.container()
    charts(run, text)
    # The style sheet puts it beside the title of the neighbors, under the charts.
    choice(
        st.selectbox,
        "follow",
        text.follow,
        controls.words_to_follow(run.corpus.vocabulary.words, current().chosen["follow"]),
        help=text.follow_help,
        label_visibility="collapsed",
    )
    with said:
        st.fragment(watch, run_every=unhurried(POLL_SECONDS) if running else None)(running)
