"""What of the step is seen: the strip of half-steps, and the large picture. `figures` has how it is drawn."""

from __future__ import annotations

import streamlit as st

from ...live_figure import Style, live_figure
from ...session.record import current
from ...text import Words
from ...widgets.choice import choice
from .actions import choose_row, go, show_half_step
from .figures import arrows_figure, heat_figure, rows_figure
from .half_steps import half_steps
from .rows import CHECKED, check, half_step
from .scene import Scene


def steps(page: Words, scene: Scene, now: int) -> None:
    """Draw Back, the names of the half-steps, and Next."""
    names = half_steps(scene.objective)
    labels = [f"{i + 1} {scene.by_objective(page.half_steps, name)}" for i, name in enumerate(names)]
    with st.container(horizontal=True, vertical_alignment="center", key="inside_steps"):
        st.button(
            page.back, key="half_back", shortcut="Left", disabled=now == 0, on_click=go, args=(now - 1,)
        )
        choice(
            st.segmented_control,
            "half_step",
            page.strip_label,
            list(range(len(names))),
            value=now,
            format_func=labels.__getitem__,
            required=True,
            label_visibility="collapsed",
            take=lambda _, to: show_half_step(to),
        )
        st.button(
            page.next,
            key="half_next",
            type="primary",
            shortcut="Right",
            disabled=now == len(names) - 1,
            on_click=go,
            args=(now + 1,),
        )


def picture(page: Words, scene: Scene, view: str, now: int, selected: int | str, style: Style) -> None:
    """Place the large picture: a half-step, or all of a step."""
    name = half_steps(scene.objective)[now]
    bench = scene.bench
    rows = 1 + len(scene.rows)
    axis = scene.by_objective(page.axes, name)
    titles = {
        "steps": axis if style.large else page.click_row.format(axis=axis),
        "check": page.axes["check"],
    }
    figures = {
        "steps": lambda: rows_figure(half_step(scene, name), titles["steps"], selected, style),
        "check": lambda: rows_figure(check(scene, selected)[0], titles["check"], None, style),
        "heat": lambda: heat_figure(scene, style),
        "arrows": lambda: arrows_figure(scene, style),
    }
    alts = {"steps": f"{scene.by_objective(page.half_steps, name)}: {page.picture_alt}"} | {
        "heat": page.heat_note, "arrows": page.arrows_alt, "check": page.check_alt,
    }  # fmt: skip
    # Rows that find no room are scrolled to; a few rows are not blown up.
    least = {"steps": rows * 18 + 40, "check": CHECKED * 30 + 54, "heat": 2 * rows * 16 + 30}.get(view, 0)
    height = f"max({style.size(least)}px, var(--step-picture))"
    with st.container(key="inside_picture"):
        live_figure(
            "picture" if view in ("steps", "check") else view,
            figures[view],
            style,
            alt=alts[view],
            height=height,
            of=(current().run_number, bench.looks, view, name, selected),
            file_name=f"inside_a_step_{name if view == 'steps' else view}",
            on={"click": choose_row} if view == "steps" else None,
        )
