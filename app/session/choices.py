"""What the widgets show of the session's choices, and what has been chosen there. Draws nothing.

Streamlit can tie a widget to ``st.session_state`` by its key alone, but then the browser and the session both own the
value: whatever the session sets travels to the browser and replaces what the user has chosen there in the meantime,
and whatever the browser has not heard of yet it sends back as it was. Where many use one server, of two quick changes
one is lost. So the session owns every choice, under its name; a widget shows it as the value that it begins with, and
is made anew when that changes for other reasons. From a widget only a change is taken over: from the one shown last,
or from one of those before it, which may still have been on the screen.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from .record import Shown, current

# Of the widgets of one choice, in turn: Streamlit forgets no key, nor the list that its widget offered.
KEYS = 8


def key_for(name: str, value: Any, scene: tuple[str, ...]) -> str:
    """Return the key of the widget that is to show a value: the one that does so already, or a new one."""
    state, shown = st.session_state, current().shown.get(name)
    last = shown[-1] if shown else None
    if last and last.scene == scene and last.key in state and state[last.key] == value:
        return last.key
    key = f"{name}:{(int(last.key.rpartition(':')[2]) + 1) % KEYS if last else 0}"
    if key in state:
        del state[key]  # an old widget's
    return key


def show(name: str, shown: Shown) -> None:
    """Remember how a choice is shown, and how it was: a slow browser may still show that."""
    all_shown = current().shown
    former = [each for each in all_shown.get(name, ()) if each.key != shown.key]
    all_shown[name] = [*former[-KEYS // 2 :], shown]


def take() -> None:
    """Take over what has been chosen. To be called first by whatever acts on choices: widgets report in any order."""
    state = st.session_state
    for name, widgets in list(current().shown.items()):
        for shown in widgets:
            if shown.key in state and (value := state[shown.key]) != shown.value:
                if shown.options is None or value in shown.options:  # else a label that is gone
                    shown.take(name, value)
                shown.value = value  # last: a run may be stopped at any look into the state, and goes on here
