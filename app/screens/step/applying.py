"""Apply and Undo, and how p(context | center) has risen by them."""

from __future__ import annotations

import streamlit as st

from ...background.run import Run
from ...formatting import figure
from ...live_figure import Style, live_figure
from ...session.record import current
from ...text import Text
from .actions import with_bench
from .bench import PairBench
from .figures import rise_figure
from .scene import Scene

MANY = 100


def bottom(text: Text, run: Run, scene: Scene, style: Style) -> None:
    """Draw Apply and Undo, and how p(context | center) has risen."""
    page = text.step_page
    with st.container(horizontal=True, vertical_alignment="center", key="inside_bottom"):
        with st.container(key="inside_buttons"):
            st.button(
                page.apply,
                key="apply",
                type="primary",
                icon=":material/south_east:",
                help=page.apply_help,
                disabled=run.running,
                on_click=with_bench(lambda bench: bench.apply(1)),
            )
            st.button(
                page.apply_many,
                key="apply_many",
                icon=":material/fast_forward:",
                help=page.apply_many_help,
                disabled=run.running,
                on_click=with_bench(lambda bench: bench.apply(MANY)),
            )
            st.button(
                page.undo,
                key="undo",
                icon=":material/undo:",
                help=page.undo_help,
                disabled=run.running or not run.undoable,
                on_click=with_bench(PairBench.undo),
            )
        bench = scene.bench
        probability = figure(float(bench.probabilities[-1][-1]))
        now = page.rise_now.format(probability=probability, times=bench.applied)
        with st.container(key="inside_rise_box"):
            live_figure(
                "rise",
                lambda: rise_figure(scene, text, style),
                style,
                alt=f"{page.rise_alt}: {now}",
                height="var(--step-rise)",
                of=(current().run_number, bench.looks),
                file_name="inside_a_step_rise",
            )
