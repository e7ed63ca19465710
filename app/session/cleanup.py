"""What a session has going on in the background ends with the session: when the browser tab is gone.

Each part of the app holds one thing at a time under a name of its own: a run, a reading, a measurement.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

End = Callable[[], object]


def _end_all(held: dict[str, End]) -> None:
    while held:
        _, end = held.popitem()
        end()


@st.cache_resource(scope="session", on_release=_end_all, show_spinner=False)
def _held() -> dict[str, End]:
    return {}


def hold(name: str, end: End) -> None:
    """End what the session held under this name, and remember how to end what takes its place.

    `end` is called once: when it is replaced, let go, or the session is over (then in another thread). What is held
    already stays: say it again whenever the work begins again, for the session may have been over in between, if
    only the connection was cut.
    """
    held = _held()
    if held.get(name) != end:
        let_go(name)
        held[name] = end


def let_go(name: str) -> None:
    """End what the session holds under this name, if anything."""
    if end := _held().pop(name, None):
        end()


def holds(name: str) -> bool:
    """Tell whether the session holds anything under this name."""
    return name in _held()
