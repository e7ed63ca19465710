"""A widget that shows one of the session's choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from ..session import choices, session
from ..session.record import Shown, Take, current, offers
from ..settings import SIDEBAR

# What other widgets call "value"; a select box wants an index.
_FIRST_VALUE = {"segmented_control": "default"}


def choice(
    widget: Callable[..., Any],
    name: str,
    label: str,
    options: Sequence[Any] | None = None,
    *,
    value: Any = ...,
    take: Take = session.choose,
    width: Literal["stretch", "content"] | int = "stretch",
    **more: Any,
) -> None:
    """Draw a choice, unless it is a setting of the sidebar that is not offered now.

    Parameters
    ----------
    widget : callable
        One of Streamlit's, such as ``st.selectbox``.
    name : str
        Where the session keeps the choice; also the key of the container around the widget.
    label : str
        What the widget is called.
    options : sequence, optional
        What there is to choose from, for widgets that offer a choice of something.
    value : object, optional
        What is chosen now, if the session keeps it elsewhere.
    take : callable
        Takes over a new value, given the name and the value.
    width : str or int
        Of the container around the widget.
    **more
        Passed on to the widget.
    """
    if name in SIDEBAR and not offers(name):
        return
    if value is ...:
        value = current().chosen[name]
    # On another page, a widget with the same key is another one to Streamlit; and it tells options apart by their
    # labels, which depend on the language and on what a text or a table calls things.
    labels = map(more["format_func"], options) if options and "format_func" in more else ()
    scene = (current().page, *labels)
    key = choices.key_for(name, value, scene)
    if widget.__name__ == "selectbox":
        more |= {"options": options, "index": list(options or ()).index(value)}
    else:
        more |= {} if options is None else {"options": options}
        more[_FIRST_VALUE.get(widget.__name__, "value")] = value
    with st.container(key=name, width=width):
        widget(label, key=key, on_change=choices.take, **more)
    choices.show(name, Shown(key, scene, value, options, take))
