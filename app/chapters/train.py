"""Train: settings in the sidebar, transport buttons on top, the loss and the map side by side."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app import session
from app.charts import live_component, live_data
from app.live import SPEEDS, LiveTraining
from app.samples import samples
from app.text import Text

POLL_SECONDS = 0.25
LEARNING_RATES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 100.0)
BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
WITHOUT_NOISE = ("softmax", "hierarchical_softmax")
SUBSAMPLING = (0.0, 1e-5, 1e-4, 1e-3, 1e-2)

draw_live = live_component()


def settings(text: Text) -> None:
    """Draw the settings."""

    def about(name: str) -> dict[str, Any]:
        return {"label": text.settings[name], "help": text.settings_help[name], "key": name}

    language, sample = session.language(), session.sample()
    st.selectbox(
        text.corpus,
        list(samples()),
        format_func=lambda id: samples()[id].title[language],
        key="corpus",
        help=text.corpus_help,
        on_change=session.recommend,
    )
    st.caption(
        text.corpus_facts.format(
            words=f"{sample.words:,}",
            sentences=f"{sample.sentences:,}",
            vocabulary=f"{len(session.load_corpus(sample.id).vocabulary):,}",
            description=sample.description[language],
        )
    )
    st.selectbox(
        text.objective,
        list(text.objectives),
        format_func=text.objectives.__getitem__,
        key="objective",
        help=text.objective_help,
    )
    left, right = st.columns(2)
    left.number_input(**about("dim"), min_value=2, max_value=300, step=10)
    right.number_input(**about("window"), min_value=1, max_value=20)
    left.number_input(
        **about("negatives"),
        min_value=1,
        max_value=1000,
        disabled=st.session_state["objective"] in WITHOUT_NOISE,
    )
    right.selectbox(**about("batch_tokens"), options=BATCH_SIZES)
    left.selectbox(**about("subsample"), options=SUBSAMPLING, format_func="{:g}".format)
    right.number_input(**about("epochs"), min_value=1, max_value=10_000)
    st.select_slider(**about("learning_rate"), options=LEARNING_RATES, format_func="{:g}".format)
    left, right = st.columns(2, vertical_alignment="bottom")
    left.number_input(**about("seed"), min_value=0, max_value=2**31 - 1)
    right.checkbox(**about("bounded"))


def transport(text: Text, run: LiveTraining | None) -> None:
    """Draw Play, Pause, Step, Reset, the speed and the word to follow."""
    running = run is not None and run.running
    idle = run is not None and not run.running and not run.progress.finished
    row = st.container(horizontal=True, vertical_alignment="bottom", key="transport")
    row.button(
        text.play,
        key="play",
        type="primary",
        icon=":material/play_arrow:",
        help=text.play_help,
        shortcut="Space" if idle else None,
        disabled=not idle,
        on_click=run.start if run else None,
    )
    row.button(
        text.pause,
        key="pause",
        icon=":material/pause:",
        help=text.pause_help,
        shortcut="Space" if running else None,
        disabled=not running,
        on_click=run.pause if run else None,
    )
    row.button(
        text.step,
        key="step",
        icon=":material/skip_next:",
        help=text.step_help,
        shortcut="Right",
        disabled=not idle,
        on_click=run.step if run else None,
    )
    row.button(
        text.reset,
        key="reset",
        icon=":material/restart_alt:",
        help=text.reset_help,
        shortcut="Home",
        on_click=session.reset,
    )
    row.segmented_control(
        text.speed,
        list(SPEEDS),
        format_func=text.speeds.__getitem__,
        key="speed",
        required=True,
        help=text.speed_help,
        on_change=session.set_speed,
    )
    if run:
        row.selectbox(
            text.follow, run.corpus.vocabulary.words, key="follow", help=text.follow_help, width=220
        )


def messages(text: Text) -> None:
    """Say what the chosen settings need, or why they cannot work."""
    if problem := session.problem():
        st.error(text.problem(problem), icon=":material/error:")
    if changes := session.changes():
        listed = [
            text.change.format(name=text.settings[name], old=shown(name, old), new=shown(name, new))
            for name, old, new in changes
        ]
        st.warning(text.changed.format(changes=", ".join(listed)), icon=":material/restart_alt:")


def shown(name: str, value: Any) -> str:
    """Return a setting's value in the user's language."""
    text = session.text()
    if name == "corpus":
        return samples()[value].title[session.language()]
    if name == "objective":
        return text.objectives[value]
    return text.switch[value] if isinstance(value, bool) else f"{value:g}"


def status(text: Text, run: LiveTraining) -> str:
    """Return the one line that says where the run stands, its numbers in fixed width."""
    progress = run.progress
    if progress.last is None and run.running:
        return f"**{text.states['running']}**"
    if progress.last is None:
        return text.press_play.format(look_for=session.run_sample().look_for[session.language()])
    last = progress.last
    state = "running" if run.running else "finished" if progress.finished else "paused"
    parts = [
        f"**{text.states[state]}**",
        text.status_epoch.format(epoch=last.epoch, epochs=run.config.epochs),
        text.status_pairs.format(pairs=fixed(f"{last.pairs:,}", 10)),
        text.status_rate.format(rate=f"{last.learning_rate:.3g}"),
        text.status_loss.format(loss=f"{progress.curve.smooth[-1]:.3f}", start=f"{run.start_value:.3f}"),
    ]
    if run.running:
        parts.insert(3, text.status_speed.format(speed=fixed(f"{progress.pairs_per_second:,.0f}", 9)))
    if progress.finished:
        parts.append(text.finished_hint)
    return " · ".join(parts)


def fixed(number: str, width: int) -> str:
    """Pad a number with figure spaces, which are as wide as a digit."""
    return number.rjust(width, "\N{FIGURE SPACE}")


def picture(was_running: bool) -> None:
    """Draw the status and the charts; polled while the run plays."""
    run = session.live()
    if run is None:
        return
    run.touch()
    text, language = session.text(), session.language()
    st.markdown(status(text, run))
    with st.container(key="notice"):
        if run.progress.problem:
            st.error(text.problem(run.progress.problem), icon=":material/error:")
    draw_live(
        key="charts",
        data=live_data(
            run,
            f"run-{session.run_number()}",
            text,
            [category.title[language] for category in session.run_sample().categories],
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
    st.session_state["follow"] = st.session_state["charts"].follow


def page() -> None:
    """Draw the page."""
    text = session.text()
    with st.sidebar:
        settings(text)
    run = session.live()
    st.markdown(f"#### {text.train_heading}")
    transport(text, run)
    with st.container(key="messages"):  # a place of its own: a message must not push the charts to another
        messages(text)
    running = run is not None and run.running
    st.fragment(picture, run_every=POLL_SECONDS if running else None)(running)


page()
