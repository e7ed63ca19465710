"""How every figure looks: one template for each theme and size of type, and one color for each meaning.

Center, context, noise and loss have the same color in formulas, bars, arrows and maps. Shapes take `COLORS`; text
takes `TEXT_COLORS`, which have a contrast of at least 4.5 against the page and the sidebar (WCAG AA). The categories of
a map take `CATEGORIES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import plotly.graph_objects as go

COLORS: Mapping[str, str] = {
    "center": "#0072B2",
    "context": "#009E73",
    "noise": "#D55E00",
    "loss": "#CC79A7",
    "other": "#8A8A8A",
}
TEXT_COLORS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "center": "#0072B2",
        "context": "#00795A",
        "noise": "#B84E00",
        "loss": "#A8447F",
        "other": "#6B6B6B",
    },
    "dark": {
        "center": "#56B4E9",
        "context": "#2CC295",
        "noise": "#FF8F4D",
        "loss": "#E7A3CB",
        "other": "#A3A3A3",
    },
}
# Okabe and Ito's colors; violet for black, which a dark page swallows, and their yellow darkened for a white one.
CATEGORIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8C6BB1", "#B8A900")
FONT = "'Source Sans', 'Source Sans Pro', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
LARGE = 1.4  # large type, for a lecture hall


@dataclass(frozen=True)
class Style:
    """What a figure must know of the page around it.

    Attributes
    ----------
    language : str
        Of the texts that Plotly itself shows.
    dark : bool
        Whether the page's theme is dark.
    large : bool
        Whether type is large.
    """

    language: str = "en"
    dark: bool = False
    large: bool = False

    @property
    def scale(self) -> float:
        """How much larger than usual letters and lines are."""
        return LARGE if self.large else 1.0

    @property
    def background(self) -> str:
        """The page's color."""
        return "#181816" if self.dark else "#ffffff"

    @property
    def text(self) -> str:
        """The color of text."""
        return "#fafafa" if self.dark else "#31333f"

    @property
    def grid(self) -> str:
        """The color of lines that must not distract."""
        return "#343430" if self.dark else "#e3e4e8"

    @property
    def text_colors(self) -> Mapping[str, str]:
        """The color of text about the center word, a context word, noise, the loss, and others."""
        return TEXT_COLORS["dark" if self.dark else "light"]

    def size(self, pixels: float) -> float:
        """Return a length in pixels as the present size of type has it."""
        return round(pixels * self.scale, 1)

    def figure(
        self, *traces: go.Figure, narrow: Mapping[str, object] | None = None, **layout: Any
    ) -> go.Figure:
        """Return a figure of some traces in this style.

        Parameters
        ----------
        traces : plotly traces
        narrow : mapping, optional
            What the layout has instead where there is little room across, by path ("legend.x").
        layout
            Of ``plotly.graph_objects.Layout``.
        """
        if narrow:
            both = {path: [value, _at(layout, path)] for path, value in narrow.items()}
            layout["meta"] = layout.get("meta", {}) | {"narrow": both}
        # In one go: Plotly checks all that a figure has again at every update.
        return go.Figure(list(traces), {"template": _template(self), "uirevision": "keep"} | layout)


def broken(text: str) -> str:
    """Return a sentence of our own on two lines, where a line may end near its middle."""
    ends = [at for at, letter in enumerate(text) if letter in " ，；："]
    middle = min(ends, key=lambda at: abs(at - len(text) // 2), default=len(text)) + 1
    return "<br>".join(line for line in (text[:middle].rstrip(), text[middle:]) if line)


def _at(layout: dict[str, Any], path: str) -> Any:
    """Return what is at a path of a layout, or None."""
    part: Any = layout
    for step in path.split("."):
        part = part.get(step) if isinstance(part, dict) else None
    return part


@cache
def _template(style: Style) -> go.layout.Template:
    axis = {
        "gridcolor": style.grid,
        "linecolor": style.grid,
        "zeroline": False,
        "exponentformat": "SI",
        "title": {"standoff": style.size(6)},
    }
    font = {"family": FONT, "size": style.size(12), "color": style.text}
    box = {"bgcolor": style.background, "bordercolor": style.grid, "font": font | {"size": style.size(13)}}
    layout = go.Layout(
        font=font,
        title={
            "font": {"size": style.size(15), "weight": 600},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": style.size(6)},
        },
        # The page shines through: what WebGL draws lies below the labels (see the style sheet).
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        colorway=CATEGORIES,
        showlegend=False,
        hoverlabel=box,
        hovermode="closest",
        legend={"font": {"size": style.size(12)}, "bgcolor": "rgba(0,0,0,0)"},
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": COLORS["other"], "activecolor": style.text},
        xaxis=axis,
        yaxis=axis,
        margin={side: style.size(pixels) for side, pixels in {"l": 56, "r": 12, "t": 34, "b": 42}.items()},
    )
    return go.layout.Template(layout=layout)
