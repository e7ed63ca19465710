"""What a step costs: time of one pair under each loss as the vocabulary grows, measured here and now."""

from __future__ import annotations

import streamlit as st

from ...background.cost_run import ROUNDS, CostRun
from ...background.playing import POLL_SECONDS, unhurried
from ...live_figure import live_figure, move
from ...session import session
from ...settings import COSTS
from ...text import Text
from ...text.glossary import explained, setting_help, with_lesson
from ...widgets.choice import choice
from . import costs
from .figures import LOOKS, SIGNS, cost_figure
from .report import card_lines, cost_csv, headline

CHART_HEIGHT = "clamp(290px, calc(100vh - 17rem), 820px)"


def settings(text: Text) -> None:
    """Draw what can be chosen, while the session measures nothing."""
    for name in ("cost_dim", "cost_window", "cost_negatives"):
        setting = name.removeprefix("cost_")
        choice(
            st.select_slider,
            name,
            text.settings[setting],
            COSTS[name].options,
            help=setting_help(text, setting),
            disabled=costs.measuring(),
        )
    choice(
        st.selectbox,
        "cost_noise",
        text.cost_page.noise,
        list(text.cost_page.noises),
        format_func=text.cost_page.noises.__getitem__,
        help=with_lesson(text, text.cost_page.noise_help, "noise"),
        disabled=costs.measuring(),
    )


def buttons(text: Text, run: CostRun | None, running: bool) -> None:
    """Draw what can be done."""
    cost_page = text.cost_page
    complete = run is not None and run.complete
    st.button(
        cost_page.again if complete else cost_page.measure,
        key="measure",
        type="secondary" if complete else "primary",
        icon=":material/timer:",
        help=cost_page.measure_help,
        shortcut="Space",
        disabled=running,
        on_click=costs.measure,
    )
    st.button(
        cost_page.cancel,
        key="cancel",
        icon=":material/close:",
        help=cost_page.cancel_help,
        shortcut="Escape",
        disabled=not costs.measuring(),
        on_click=costs.cancel,
    )
    st.download_button(
        cost_page.csv,
        (lambda: cost_csv(run)) if run else b"",
        file_name="word2vec-cost.csv",
        mime="text/csv",
        key="csv",
        icon=":material/download:",
        help=cost_page.csv_help,
        on_click="ignore",
        disabled=not (run and run.records),
    )


def status(text: Text, run: CostRun | None) -> str:
    """Return the line that says where the measurement stands, or what it found."""
    cost_page = text.cost_page
    if run is None:
        return cost_page.predict
    points = len(run.plan) // ROUNDS
    if run.running:
        number, place = divmod(run.done, points)
        size, objective = run.plan[place]
        return cost_page.measuring.format(
            round=min(number + 1, ROUNDS),
            rounds=ROUNDS,
            objective=text.objectives[objective],
            size=f"{size:,}",
        )
    if len(run.records) == points:
        return headline(run, text)
    return cost_page.failed if run.failed else cost_page.cancelled.format(done=len(run.records), total=points)


def cards(text: Text, run: CostRun | None) -> None:
    """Draw a card for each loss, with its color and shape in the chart."""
    for objective, (_, symbol) in LOOKS.items():
        name, *lines = card_lines(objective, costs.config(), run.records if run else (), text)
        with st.container(key=f"price_{objective}", gap=None):
            st.markdown(f"{SIGNS[symbol]} **{text.objectives[objective]}**")
            st.caption("  \n".join([name, *lines]))


def picture(was_running: bool) -> None:
    """Draw the status and the chart; polled while points come in."""
    text, run = session.text(), costs.run()
    running = run is not None and run.running
    with st.container(horizontal=True, vertical_alignment="center", key="cost_status"):
        st.markdown(status(text, run), width="content")
        if run and running:
            st.progress(run.done / len(run.plan), width=220)
    chart, side = st.columns([7, 2.6], gap="medium")
    with chart:
        style = session.style()
        live_figure(
            "cost",
            lambda: cost_figure(costs.config(), run, text, style),
            style,
            alt=text.cost_page.chart_alt,
            height=CHART_HEIGHT,
        )
    with side:
        cards(text, run)
    move({"cost": {}}, step=len(run.records) if run else 0, running=running)
    st.caption(text.cost_page.note.format(centers=costs.config().batch_tokens))
    if was_running and not running:
        st.rerun()  # the buttons outside this fragment change only in a full run


def page() -> None:
    """Draw the page."""
    text, run = session.text(), costs.run()
    running = run is not None and run.running
    with st.sidebar:
        settings(text)
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(
            f"#### {text.cost_page.heading}",
            width="content",
            help=explained(text, "score", "code_length", "negatives", "shared_pool"),
        )
    with st.container(horizontal=True, vertical_alignment="center", key="transport"):
        buttons(text, run, running)
    st.fragment(picture, run_every=unhurried(POLL_SECONDS) if running else None)(running)
