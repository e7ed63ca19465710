"""The buttons that drive what plays: the same on every page, whatever it is."""

from __future__ import annotations

from typing import Any, Protocol

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ..background.playing import SPEEDS
from ..text import Text
from .choice import choice


class Verbs(Protocol):
    """What the buttons do: the module that owns what plays."""

    def play(self) -> None:
        """Start, or go on."""

    def pause(self) -> None:
        """Stand still."""

    def step(self) -> None:
        """Train on one batch."""

    def reset(self) -> None:
        """Start over with the chosen settings."""

    def choose(self, name: str, value: Any) -> None:
        """Take over a choice, here of the speed."""


def transport(
    text: Text, verbs: Verbs, running: bool, finished: bool, prefix: str = "", changed: bool = False
) -> DeltaGenerator:
    """Draw Play, Pause, Step, Reset and the speed, under keys that begin with `prefix`; return their row.

    Where the run is over, or is of settings that are no longer the chosen ones (`changed`), Reset is what suggests
    itself.
    """
    finished = finished and not running
    over = finished or (changed and not running)
    idle = not running and not finished
    row = st.container(horizontal=True, vertical_alignment="center", key="transport")
    row.button(
        text.play,
        key=f"{prefix}play",
        type="secondary" if over else "primary",
        icon=":material/play_arrow:",
        help=text.play_help,
        shortcut="Space",
        disabled=not idle,
        on_click=verbs.play,
    )
    row.button(
        text.pause,
        key=f"{prefix}pause",
        icon=":material/pause:",
        help=text.pause_help,
        shortcut="Space",
        disabled=not running,
        on_click=verbs.pause,
    )
    row.button(
        text.step,
        key=f"{prefix}step",
        icon=":material/skip_next:",
        help=text.step_help,
        shortcut="Right",
        disabled=not idle,
        on_click=verbs.step,
    )
    row.button(
        text.reset,
        key=f"{prefix}reset",
        type="primary" if over else "secondary",
        icon=":material/restart_alt:",
        help=text.reset_help,
        shortcut="Home",
        on_click=verbs.reset,
    )
    with row:
        choice(
            st.segmented_control,
            f"{prefix}speed",
            text.speed,
            list(SPEEDS),
            format_func=text.speeds.__getitem__,
            help=text.speed_help,
            take=verbs.choose,
            required=True,
            label_visibility="collapsed",
            width="content",
        )
    return row
