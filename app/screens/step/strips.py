"""Vectors as strips of cells, an entry a cell: in rows of half-steps and in heat maps."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from ...live_figure import Style

POSITIVE, NEGATIVE = "#E69F00", "#745CC4"  # entries of vectors
CLEAR = "rgba(0,0,0,0)"
THICK = 0.56  # of a row


def strips(vectors: list[np.ndarray | None], most: float, x: str, uid: str, style: Style) -> go.Heatmap:
    """Return vectors as strips of cells: amber for positive entries, violet for negative, stronger if larger.

    A strip lies around each whole number of y; None leaves a gap.
    """
    dim = max(len(vector) for vector in vectors if vector is not None)
    values = np.full((2 * len(vectors) - 1, dim), np.nan)
    for i, vector in enumerate(vectors):
        if vector is not None:
            values[2 * i] = vector
    edges = [at + side for at in range(len(vectors)) for side in (-THICK / 2, THICK / 2)]
    return go.Heatmap(
        uid=uid,
        xaxis=x,
        x=np.arange(1, dim + 1),
        y=edges,
        z=np.sign(values) * np.sqrt(np.minimum(1, np.abs(values) / most)),  # the root: small entries are seen
        text=values,
        zmin=-1,
        zmax=1,
        colorscale=[[0, NEGATIVE], [0.5, style.background], [1, POSITIVE]],
        showscale=False,
        hoverongaps=False,
        hovertemplate="%{x}: %{text:.5g}<extra></extra>",
    )


def frames(places: list[int], dim: int, x: str, uid: str, style: Style) -> go.Bar:
    """Return the outlines of strips: one of zeros must be seen to be there."""
    return go.Bar(
        uid=uid,
        orientation="h",
        xaxis=x,
        y=places,
        x=[dim] * len(places),
        base=[0.5] * len(places),
        width=THICK,
        marker={"color": CLEAR, "line": {"width": 1, "color": style.grid}},
        hoverinfo="skip",
    )
