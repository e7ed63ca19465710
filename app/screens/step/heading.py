"""The line at the top: the heading, what the run's state asks for, and buttons that train or save."""

from __future__ import annotations

import streamlit as st

from ...background.run import Run
from ...session import session
from ...text import Text
from .actions import train_a_little
from .on_bench import looked
from .pair_file import pair_csv
from .scene import Scene


def heading(text: Text, run: Run, scene: Scene) -> None:
    """Draw the heading, and beside it what the run's state asks for."""
    page, running, changes = text.step_page, run.running, session.changes()
    bench = scene.bench
    problem = session.problem() or looked().problem or run.progress.problem
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {page.heading}", width="content")
        with st.container(key="messages"):
            if problem and not running:
                st.error(text.problem(problem), icon=":material/error:")
            elif running:
                st.info(page.frozen.format(step=f"{bench.step:,}"), icon=":material/ac_unit:")
            elif changes:
                names = text.comma.join(text.settings[name] for name, _, _ in changes)
                st.warning(page.changed.format(changes=names), icon=":material/restart_alt:")
            elif run.progress.step == 0:
                fresh = page.fresh
                if scene.objective == "negative_sampling":
                    fresh += " " + scene.at_zero()
                st.info(fresh, icon=":material/info:")
        if running:
            st.button(text.pause, key="inside_pause", icon=":material/pause:", on_click=session.pause)
        else:
            st.button(
                page.start_new if changes or run.progress.finished else page.train_a_little,
                key="train_a_little",
                icon=":material/model_training:",
                type="primary" if changes or run.progress.step == 0 else "secondary",
                help=page.train_a_little_help,
                on_click=train_a_little,
            )
        title = session.run_source().title[session.language()]
        st.download_button(
            page.csv,
            lambda: pair_csv(bench, title),
            file_name="inside_a_step.csv",
            mime="text/csv",
            key="inside_csv",
            icon=":material/download:",
            help=page.csv_help,
            on_click="ignore",
        )
