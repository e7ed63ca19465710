"""Inside a step: one pair of the text, and every number between its vectors before and after one step.

Here is where everything stands, and when it is drawn anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from ...background.playing import unhurried
from ...background.run import Run
from ...live_figure import move
from ...session import address, session
from ...session.record import current
from ...widgets import controls
from ...widgets.choice import choice
from .actions import show_view
from .applying import bottom
from .beside import beside, selected_row
from .half_steps import half_steps
from .heading import heading
from .on_bench import link, looked, on_bench
from .pair_choice import pair
from .scene import Scene
from .views import picture, steps

STYLE_SHEET = Path(__file__).parent / "step.css"
POLL_SECONDS = 0.5


def body(was_running: bool) -> None:
    """Draw all but the settings."""
    run, bench = current().run, on_bench()
    if run is None or bench is None:
        return
    follow(run, was_running)
    bench.refresh()
    text, style = session.text(), session.style()
    page, scene = text.step_page, Scene(bench, text.step_page)
    names = half_steps(scene.objective)
    now = min(looked().half_step, len(names) - 1)
    view = looked().view
    selected = selected_row(scene, view)
    heading(text, run, scene)
    pair(text, run, bench)
    steps(page, scene, now)
    left, right = st.columns([0.52, 0.48] if style.large else [0.6, 0.4], gap="medium")
    with left:
        choice(
            st.segmented_control,
            "inside_view",
            page.views_label,
            list(page.views),
            value=view,
            take=show_view,
            format_func=page.views.__getitem__,
            required=True,
            label_visibility="collapsed",
            width="content",
        )
        picture(page, scene, view, now, selected, style)
    with right:
        beside(text, scene, view, now, selected, style)
    bottom(text, run, scene, style)
    facts: dict[str, Any] = {"run": current().run_number, "step": bench.step, "running": run.running}
    shown: dict[str, Any] = {"half_step": names[now] if view == "steps" else view, "applied": bench.applied}
    with st.container(key="address"):
        address.write(*link())
    move({"picture": {}, "heat": {}, "arrows": {}, "rise": {}}, **facts, **shown)


def watch(was_running: bool) -> None:
    """Keep the run alive while it plays, say how far it is, and see its end; the rest of the page stands still."""
    if run := current().run:
        run.touch()
        if run.running:
            st.progress(run.done)
        follow(run, was_running)


def follow(run: Run, was_running: bool) -> None:
    """Draw everything anew where a run has been started or has ended: settings and polling are not in a fragment."""
    if was_running != run.running:
        st.rerun()


def page() -> None:
    """Draw the page."""
    st.html(STYLE_SHEET)
    with st.sidebar:
        controls.settings(session.text())
    run = current().run
    running = run is not None and run.running
    with st.container(key="inside_progress"):
        st.fragment(watch, run_every=unhurried(POLL_SECONDS) if running else None)(running)
    st.fragment(body)(running)
