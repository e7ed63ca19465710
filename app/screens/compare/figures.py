"""The figures below the curves of the Side by side page: neighbors and maps.

Each is made once for the runs; what moves comes from the function beside it, as `app.live_figure.move` takes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ...background.comparison import Comparison
from ...live_figure import Moves, Style, moved
from ...text import Text
from ...text.glossary import hover_text
from ...widgets.neighbor_bars import bars_figure, bars_moves
from ...widgets.word_map import place_moves, reach_of, word_traces
from .cards import LETTERS, RUN_COLORS

NEIGHBORS = 8
RINGED = 5  # neighbors that a map marks
MOST_LABELS = 40  # on a map: there are several,
DOT = 6  # pixels: and they are small


def neighbors_figure(runs: Comparison, follow: str, style: Style) -> go.Figure:
    """Return the nearest neighbors of a word in each run as bars, a column for each."""
    heads = [
        {
            "text": f"<b>{LETTERS[run]}</b>",
            "xref": f"x{run + 1} domain".replace("x1 ", "x "),
            "x": 0,
            "yref": f"y{run + 1} domain".replace("y1 ", "y "),
            "y": 1,
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": style.size(13), "color": RUN_COLORS[run]},
        }
        for run in range(len(runs.members))
    ]
    figure = bars_figure(
        len(runs.members),
        NEIGHBORS,
        style,
        annotations=heads,
        margin={"l": 0, "r": 0, "t": style.size(18), "b": 0},
    )
    return moved(figure, neighbors_moves(runs, follow))


def neighbors_moves(runs: Comparison, follow: str) -> Moves:
    """Return the nearest neighbors of a word now, each in the color of its category."""
    return bars_moves(runs.neighbors(follow, NEIGHBORS), runs.members[0].map, runs.corpus.vocabulary)


def maps_figure(runs: Comparison, follow: str, titles: Sequence[str], text: Text, style: Style) -> go.Figure:
    """Return the maps of all runs, side by side under the same zoom.

    Parameters
    ----------
    runs : Comparison
    follow : str
        The word that is ringed, and so are its nearest.
    titles : sequence of str
        Of the categories.
    text : Text
    style : Style
    """
    count = len(runs.members)
    traces: list[go.Scattergl] = []
    heads: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    for run, member in enumerate(runs.members):
        place = run + 1
        traces += word_traces(
            member.map, runs.corpus.vocabulary, titles, text, style, subplot=place, most=MOST_LABELS, dot=DOT
        )
        heads.append(
            {
                "text": "",
                "hovertext": hover_text(text, "variance_share"),
                "xref": f"x{place} domain".replace("x1 ", "x "),
                "x": 0,
                "yref": "paper",
                "y": 1,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": style.size(13), "color": RUN_COLORS[run]},
            }
        )
        domain = [run / count + (0.01 if run else 0), place / count]
        x, y = {"visible": False, "domain": domain}, {"visible": False, "scaleanchor": f"x{place}"}
        if run:
            x |= {"matches": "x", "anchor": f"y{place}"}
            y |= {"matches": "y", "anchor": f"x{place}"}
        axes |= {f"xaxis{place}": x, f"yaxis{place}": y}
    figure = style.figure(
        *traces,
        annotations=heads,
        margin={"l": 4, "r": 4, "t": style.size(20), "b": style.size(22) if titles else 4},
        showlegend=bool(titles),
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "itemsizing": "constant"},
        dragmode="pan",
        meta={"config": {"scrollZoom": True}},
        **axes,
    )
    return moved(figure, maps_moves(runs, follow, text))


def maps_moves(runs: Comparison, follow: str, text: Text) -> Moves:
    """Return where the words of all maps are now."""
    vocabulary = runs.corpus.vocabulary
    traces: dict[str, dict[str, object]] = {}
    layout: dict[str, object] = {}
    reaches = []
    together = zip(runs.members, runs.progress.members, runs.neighbors(follow, NEIGHBORS), strict=True)
    for run, (member, now, nearest) in enumerate(together):
        near = [vocabulary.id(word) for word, _ in nearest[:RINGED]]
        traces |= place_moves(member.map, now.frame, vocabulary.id(follow), near, subplot=run + 1)
        reaches.append(reach_of(member.map, now.frame))
        share = text.variance.format(share=f"{now.frame.explained:.0%}") if now.pairs else ""
        layout[f"annotations.{run}.text"] = f"<b>{LETTERS[run]}</b>  {share}"
    x, y = np.max(reaches, axis=0).tolist()
    for run in range(len(reaches)):
        place = "" if run == 0 else run + 1
        layout |= {f"xaxis{place}.range": [-x, x], f"yaxis{place}.range": [-y, y]}
    return {"traces": traces, "layout": layout}
