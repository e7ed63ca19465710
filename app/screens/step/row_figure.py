"""Rows as a figure: at the left the name, then a bar or a vector, at the right a number.

The bars' axis, ``x2``, has a part of the width; ``x`` has all of it, so that a row can be clicked anywhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ...live_figure import Style, broken, literal
from ...live_figure.style import COLORS
from .bars import FAINT, bars_of, reach
from .row_names import meaning, row_name
from .rows import HalfStepTable
from .scene import Entry
from .strips import CLEAR, frames, strips
from .tree_walk import number_forks, walk

GLIDE = 300  # milliseconds
TELEPHONE = 400  # pixels across; beside the formula there are more
NARROW_NAMES = 0.36  # of the width for names, where there is little: a word of
NARROW_COLUMNS = 38  # columns would take all of it


def rows_figure(table: HalfStepTable, title: str, selected: object, style: Style) -> go.Figure:
    """Return a half-step or a gradient check; `selected` is the id of the row that is in the formula."""
    n, tree = len(table.entries), any(entry.turn is not None for entry in table.entries)
    start, end = (0.56, 0.84) if tree else (0.2, 0.76) if table.layout == "check" else (0.36, 0.84)
    if style.large and any(entry.was for entry in table.entries):
        end -= 0.16 if tree else 0.2
    low, high = reach(table)
    traces = [_background(table, selected, style), _values(table, style)]
    if table.layout == "strips":
        traces += [
            _outlines(n, high, "x2", style),
            strips(_vectors(table), table.high, "x2", "strips", style),
        ]
    else:
        traces += bars_of(table, low, high, style)
    if tree:
        traces += walk(table.entries, style)
    columns = int((start - (0.16 if tree else 0)) * 76 / style.scale)
    axis = {"fixedrange": True, "showgrid": False}
    layout: dict[str, Any] = {
        "xaxis": axis | {"range": [0, 1], "visible": False},
        "xaxis2": axis
        | {
            "range": [low, high],
            "domain": [start, end],
            "anchor": "y",
            "side": "top",
            "nticks": 5,
            "tickfont": {"size": style.size(11), "color": style.text_colors["other"]},
            "zeroline": table.layout in ("diverging", "waterfall", "check"),
            "zerolinecolor": COLORS["other"],
            "zerolinewidth": 2,
        },
        "xaxis3": axis | {"domain": [0, 0.15], "anchor": "y", "visible": False},
        "yaxis": axis
        | {
            "range": [n - 0.5, -0.5],
            "anchor": "x2",
            "tickvals": list(range(n)),
            "ticktext": [row_name(entry, columns, style, style.large) for entry in table.entries],
            "tickfont": {"size": _size(table, style)},
            "ticks": "",
            "ticklabeloverflow": "allow",
            "ticklabelstandoff": int(style.size(6)),
            "linecolor": CLEAR,
        },
    }
    heading = {
        "size": style.size(11 if style.large else 12),
        "color": style.text_colors["other"],
        "weight": 400,
    }
    narrow: dict[str, Any] = {}
    if not tree:  # nor does a tree's figure have room for less
        start = max(start, NARROW_NAMES)
        columns = int(start * NARROW_COLUMNS / style.scale)
        narrow["xaxis2.domain"] = [start, max(end, start + 0.2)]
        narrow["yaxis.ticktext"] = [row_name(entry, columns, style, short=True) for entry in table.entries]
    if "<br>" not in title:
        narrow |= {"title.text": broken(title), "title.pad.t": style.size(14), "margin.t": style.size(54)}
    figure = style.figure(
        *traces,
        narrow=narrow,
        meta={"below": TELEPHONE},
        barmode="overlay",
        title={"text": title, "font": heading, "pad": {"t": style.size(14 if "<br>" in title else 6)}},
        margin={"l": 0, "r": 0, "t": style.size(54 if "<br>" in title else 40), "b": 2},
        transition={"duration": GLIDE, "easing": "cubic-in-out"},
        hoverlabel={"align": "left"},
        **layout,
    )
    if tree:
        number_forks(figure, traces[-1], style)
    chosen = next((i for i, entry in enumerate(table.entries) if entry.id == selected), None)
    if chosen is not None:
        color = style.text_colors[meaning(table.entries[chosen].role)]
        figure.add_shape(
            {"type": "rect", "xref": "paper", "x0": 0, "x1": 0.006, "y0": chosen - 0.5, "y1": chosen + 0.5}
            | {"line": {"width": 0}, "fillcolor": color}
        )
    return figure


def _background(table: HalfStepTable, selected: object, style: Style) -> go.Bar:
    """Return what lies behind the rows over the whole width: it is clicked, and says the number exactly."""
    return go.Bar(
        uid="rows",
        orientation="h",
        y=list(range(len(table.entries))),
        x=[1] * len(table.entries),
        width=1,
        marker={
            "color": [FAINT if entry.id == selected else CLEAR for entry in table.entries],
            "line": {"width": 0},
        },
        customdata=[[_picks(entry, table), _hover(entry)] for entry in table.entries],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _picks(entry: Entry, table: HalfStepTable) -> int | None:
    """Return what a click on a row chooses, if anything."""
    return entry.id if isinstance(entry.id, int) and table.layout != "check" else None


def _hover(entry: Entry) -> str:
    name, value = literal(entry.word + entry.count), f"{entry.value:.7g}".replace("-", "−")
    said = f"<b>{name}</b> {literal(entry.tag)}: {value}"
    return f"{said}<br>✕ {literal(entry.aside)}" if entry.aside else said


def _values(table: HalfStepTable, style: Style) -> go.Scatter:
    """Return the numbers at the right."""
    small = f'<span style="font-size:{style.size(11)}px">'
    texts = []
    for entry in table.entries:
        if not entry.was:
            texts.append(f"<b>{entry.text}</b>")
        elif table.layout == "check" or (len(table.entries) <= 8 and not style.large):
            texts.append(f"<b>{entry.text}</b><br>{small}{entry.was}</span>")
        else:
            texts.append(f"{small}{entry.was}</span>  <b>{entry.text}</b>")
    roles = ["loss" if table.losses else meaning(entry.role) for entry in table.entries]
    return go.Scatter(
        uid="values",
        mode="text",
        x=[0.995] * len(texts),
        y=list(range(len(texts))),
        text=texts,
        textposition="middle left",
        textfont={"size": _size(table, style), "color": [style.text_colors[role] for role in roles]},
        hoverinfo="skip",
    )


def _outlines(n: int, high: float, x: str, style: Style) -> go.Bar:
    return frames(list(range(n)), int(high), x, "frames", style)


def _vectors(table: HalfStepTable) -> list[np.ndarray | None]:
    return [entry.vector for entry in table.entries]


def _size(table: HalfStepTable, style: Style) -> float:
    return style.size(15 if len(table.entries) <= (6 if style.large else 9) else 13)
