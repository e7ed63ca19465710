"""Train: settings in the sidebar, transport buttons on top, the loss and the map side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from app import controls, session
from app.charts import live_component, live_data
from app.live import SPEEDS, LiveTraining, unhurried
from app.numbers import compact, decimal, loss_value
from app.text import Text
from app.text.literal import literal

MOST_CHOICES = 5000
POLL_SECONDS = 0.24  # four a second, and a little for the way
draw_live = live_component()


def transport(text: Text, run: LiveTraining, running: bool) -> None:
    """Draw Play, Pause, Step, Reset and the speed."""
    finished = run.progress.finished and not running
    idle = not running and not finished
    with st.container(horizontal=True, vertical_alignment="center", key="transport"):
        st.button(
            text.play,
            key="play",
            type="secondary" if finished else "primary",
            icon=":material/play_arrow:",
            help=text.play_help,
            shortcut="Space",
            disabled=not idle,
            on_click=session.play,
        )
        st.button(
            text.pause,
            key="pause",
            icon=":material/pause:",
            help=text.pause_help,
            shortcut="Space",
            disabled=not running,
            on_click=session.pause,
        )
        st.button(
            text.step,
            key="step",
            icon=":material/skip_next:",
            help=text.step_help,
            shortcut="Right",
            disabled=not idle,
            on_click=session.step,
        )
        st.button(
            text.reset,
            key="reset",
            type="primary" if finished else "secondary",
            icon=":material/restart_alt:",
            help=text.reset_help,
            shortcut="Home",
            on_click=session.reset,
        )
        controls.translated(
            st.segmented_control,
            "speed",
            text.speed,
            list(SPEEDS),
            text.speeds.__getitem__,
            text.speed_help,
            required=True,
            label_visibility="collapsed",
            width="content",
        )


def messages(text: Text, run: LiveTraining | None, running: bool) -> None:
    """Say what the chosen settings need, why they cannot work, or why the run stopped."""
    changes = session.changes()
    problem = session.problem() or (run.progress.problem if run and not running else None)
    if problem:
        st.error(text.problem(problem), icon=":material/error:")
    elif changes:
        listed = [
            text.change.format(name=text.settings[name], old=shown(name, old), new=shown(name, new))
            for name, old, new in changes
        ]
        st.warning(text.changed.format(changes=", ".join(listed)), icon=":material/restart_alt:")


def shown(name: str, value: Any) -> str:
    """Return a setting's value in the user's language."""
    text = session.text()
    if name == "corpus":
        return literal(session.sources()[value].title[session.language()])
    if name == "objective":
        return text.objectives[value]
    if name == "batch_tokens" and value == session.AUTO:
        return text.auto
    return text.switch[value] if isinstance(value, bool) else decimal(value)


def status(text: Text, run: LiveTraining) -> str:
    """Return the one line that says where the run stands."""
    progress = run.progress
    last = progress.last
    if last is None:
        return f"**{text.states['running']}**" if run.running else text.press_play
    state = "running" if run.running else "finished" if progress.finished else "paused"
    parts = [
        f"**{text.states[state]}**",
        text.status_epoch.format(epoch=last.epoch, epochs=run.config.epochs),
        text.status_pairs.format(pairs=compact(last.pairs, text.units)),
        text.status_rate.format(rate=decimal(last.learning_rate)),
        text.status_loss.format(
            loss=loss_value(float(progress.curve.smooth[-1])), start=loss_value(progress.first_loss)
        ),
    ]
    if run.running:
        parts.insert(3, text.status_speed.format(speed=compact(progress.pairs_per_second, text.units)))
    if progress.finished:
        parts.append(text.finished_hint)
    return " · ".join(parts)


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


def choices(words: Sequence[str]) -> Sequence[str]:
    """Return the words that can be chosen in the list: not 100,000, but always the one that is followed."""
    first, follow = words[:MOST_CHOICES], st.session_state["follow"]
    return first if len(words) <= MOST_CHOICES or follow in first else (follow, *first)


def follow_clicked() -> None:
    """Follow the word that was clicked in the browser."""
    word, run = st.session_state["charts"].follow, session.live()
    if run and word in run.corpus.vocabulary:  # not one of a map that is gone
        st.session_state["clicked"] = True
        st.session_state["follow"] = word


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
        transport(text, run, running)
        # The style sheet puts it beside the title of the neighbours, under the charts.
        st.selectbox(
            text.follow,
            choices(run.corpus.vocabulary.words),
            key="follow",
            persist_state="session",
            help=text.follow_help,
            label_visibility="collapsed",
        )
    st.fragment(picture, run_every=unhurried(POLL_SECONDS) if running else None)(running)


page()
