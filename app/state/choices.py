"""What the widgets show of the session's choices, and what has been chosen there. Draws nothing.

Streamlit can tie a widget to ``st.session_state`` by its key alone, but then the browser and the session both own the
value: whatever the session sets travels to the browser and replaces what somebody has chosen there in the meantime,
and whatever the browser has not heard of yet it sends back as it was. Where many use one server, of two quick changes
one is lost. So the session owns every choice, under its name; a widget shows it as the value that it begins with, and
is made anew when that changes for other reasons. From a widget only a change is taken over: from the one shown last,
or from the one before it, which somebody may still have had before their eyes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

Take = Callable[[str, Any], None]  # takes over a new value, given the choice's name and the value

_numbers = itertools.count(1)


@dataclass
class Shown:
    """A choice as a widget shows it."""

    key: str  # of the widget
    scene: tuple[str, ...]  # where it is shown
    value: Any
    take: Take
    before: Shown | None = None


def key_for(name: str, value: Any, scene: tuple[str, ...]) -> str:
    """Return the key of the widget that is to show a value: the one that does so already, or a new one."""
    state, shown = st.session_state, _shown().get(name)
    if shown and shown.scene == scene and shown.key in state and state[shown.key] == value:
        return shown.key
    return f"{name}:{next(_numbers)}"


def show(name: str, shown: Shown) -> None:
    """Remember how a choice is shown."""
    last = _shown().get(name)
    if last and last.key == shown.key:
        shown.before = last.before
    elif last:
        shown.before, last.before = last, None
    _shown()[name] = shown


def take() -> None:
    """Take over what has been chosen. To be called first by whatever acts on choices: widgets report in any order."""
    state = st.session_state
    for name, last in list(_shown().items()):
        for shown in (last.before, last):
            if shown and shown.key in state and state[shown.key] != shown.value:
                shown.value = state[shown.key]
                shown.take(name, shown.value)


def _shown() -> dict[str, Shown]:
    shown: dict[str, Shown] = st.session_state.setdefault("shown_choices", {})
    return shown
