"""Train: settings in the sidebar, transport buttons on top, the loss and the map side by side."""

from __future__ import annotations

import streamlit as st

from app.runs.playing import POLL_SECONDS, unhurried
from app.state import session
from app.views.charts import live_component, live_data
from app.widgets import controls
from app.widgets.choice import choice
from app.widgets.run_status import messages, status
from app.widgets.transport import transport

draw_live = live_component()


def picture(was_running: bool) -> None:
    """Draw the status and the charts; polled while the run plays."""
    run = session.live()
    if run is None:
        return
    run.touch()
    text, language = session.text(), session.language()
    st.markdown(status(text, run))
    draw_live(
        key="charts",
        data=live_data(
            run,
            f"run-{session.run_number()}",
            text,
            [category.title[language] for category in session.run_source().categories],
            st.session_state["follow"],
        ),
        on_follow_change=follow_clicked,
    )
    stopped_by_itself = was_running and not run.running
    if stopped_by_itself or st.session_state.pop("clicked", False):
        st.rerun()  # polling and the widgets outside this fragment change only in a full run


def follow_clicked() -> None:
    """Follow the word that was clicked in the browser."""
    st.session_state["clicked"] = True
    session.choose("follow", st.session_state["charts"].follow)


def page() -> None:
    """Draw the page."""
    text = session.text()
    with st.sidebar:
        controls.settings(text)
    run = session.live()
    running = run is not None and run.running  # asked once: it may end while the page is drawn
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {text.train_heading}", width="content")
        with st.container(key="messages"):  # beside the heading: a message must not push the charts about
            messages(text, run, running)
    if run:
        transport(text, session, running, run.progress.finished)
        # The style sheet puts it beside the title of the neighbours, under the charts.
        choice(
            st.selectbox,
            "follow",
            text.follow,
            controls.words_to_follow(run.corpus.vocabulary.words, st.session_state["follow"]),
            help=text.follow_help,
            label_visibility="collapsed",
        )
    st.fragment(picture, run_every=unhurried(POLL_SECONDS) if running else None)(running)


page()
