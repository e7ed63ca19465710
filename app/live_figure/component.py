"""The component: a figure goes to the browser once, and after that only what moves.

``st.plotly_chart`` takes a hash of the whole figure for its identity: every new point would make a new chart. Here a
chart has a name. `live_figure` places it, `move` sends arrays for traces by their `uid` and parts of the layout, for
any number of charts in one message of plain bytes (a third less than base64 in JSON, and nothing to parse).
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from ..modules import Modules
from .modebar import MODEBAR
from .moves import Moves
from .style import Style

MODULES = Modules(Path(__file__).parent / "browser")
_show = MODULES.component("index", "show", "live_figure.css")
_move = MODULES.component("index", "move")
# Plotly's; a figure's own are in ``layout.meta["config"]``.
CONFIG = {
    "displaylogo": False,
    "doubleClick": False,
    "showTips": False,
    "showSendToCloud": False,  # no chart goes anywhere by itself
    "modeBarButtonsToRemove": ["toImage", "autoScale2d", "select2d", "lasso2d"],
}


def live_figure(
    name: str,
    make: Callable[[], go.Figure],
    style: Style,
    *,
    alt: str,
    height: str,
    of: Hashable = None,
    file_name: str = "",
    on: Mapping[str, Callable[[Any], object]] | None = None,
) -> None:
    """Place a figure on the page.

    Parameters
    ----------
    name : str
        Of the chart: its zoom, camera and hidden traces stay as long as the page shows a chart of this name.
    make : callable
        Returns the figure. Where `of` is given it is called only when that changes: the figure then travels once, and
        `move` brings it up to date.
    style : Style
        The same that `make` uses.
    alt : str
        One sentence that stands for the figure where it cannot be seen.
    height : str
        A length of CSS, such as ``"calc(100vh - 20rem)"``.
    of : hashable, optional
        What the figure is made of: the run, the language, what is chosen. The style always counts.
    file_name : str
        Of a saved picture, without its ending.
    on : mapping, optional
        Event -> what to do with its value. "click": the `customdata` (its first entry, if it has several) of the
        clicked point of a trace; "select": those of all points in a box or lasso, an empty list where the selection
        was cleared.
    """
    figure = _drawn(name, make, of, style)
    on = on or {}

    def happened(event: str) -> None:
        value = getattr(st.session_state[f"figure-{name}"], event)
        if value is not None:
            on[event](value)

    _show(
        key=f"figure-{name}",
        data={
            "name": name,
            "figure": figure,
            "alt": alt,
            "height": height,
            "events": sorted(on),
            "config": CONFIG | {"locale": style.language},
            "words": MODEBAR[style.language],
            "file": file_name or name,
        },
        **{f"on_{event}_change": lambda event=event: happened(event) for event in on},
    )


def move(figures: Mapping[str, Moves], key: str = "moves", **facts: Any) -> None:
    """Send what has moved to the figures with these names; `facts` become ``data-`` attributes of each.

    The message is small, and so is its element: place it where nothing is to be seen.
    """
    with st.container(key=f"live_figure_{key}"):
        _move(key=key, data=encoded({"figures": figures, "facts": facts}))


def encoded(message: Mapping[str, Any]) -> bytes:
    """Return a message as JSON, in which ``{"$": [kind, start, length]}`` stands for an array, and the arrays' bytes.

    Four bytes that give the length of the JSON, the JSON, padding to a multiple of 8, the arrays one after another.
    """
    parts: list[bytes] = []
    size = 0

    def packed(value: object) -> object:
        nonlocal size
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "fi":
            return value.tolist() if isinstance(value, np.ndarray | np.generic) else _refused(value)
        if value.dtype.kind == "i":
            value = value.astype("<i4")
        elif value.dtype.itemsize != 4:
            value = value.astype("<f8")
        data = np.ascontiguousarray(value).tobytes()
        place = {"$": [value.dtype.str[1:], size, value.size]}
        data += b"\0" * (-len(data) % 8)
        parts.append(data)
        size += len(data)
        return place

    text = json.dumps(message, default=packed, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 4) % 8)
    return b"".join([len(text).to_bytes(4, "little"), text, *parts])


def _refused(value: object) -> object:
    raise TypeError(f"{value!r} cannot travel to a figure")


@st.cache_resource(scope="session", show_spinner=False)
def _figures() -> dict[str, tuple[Hashable, str]]:
    """Return the session's figures as JSON, by name, with what each was made of."""
    return {}


def _drawn(name: str, make: Callable[[], go.Figure], of: Hashable, style: Style) -> str:
    known, made_of = _figures().get(name), (of, style)
    if of is not None and known and known[0] == made_of:
        return known[1]
    # Streamlit loads it with the first component. Where many open their first page at once, Plotly would find it half
    # loaded by another one's.
    importlib.import_module("pandas")
    figure: str = make().to_json(remove_uids=False)
    _figures()[name] = made_of, figure
    return figure
