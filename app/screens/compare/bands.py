"""The bands around curves that are means of several seeds, from the smallest to the largest.

Each is two curves without a line, of which the second is filled down to the first.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from ...background.comparison import Comparison, Member, MemberProgress
from ...live_figure import literal
from ...text import Text
from .cards import LETTERS, RUN_COLORS
from .points import Curve, loss, measure
from .view import View

EXTREMES = ("least", "most")  # of the seeds
COVER = 0.2  # how much of what is below it a band covers


def band_traces(runs: Comparison, names: Sequence[str], view: View, text: Text) -> list[go.Scatter]:
    """Return the traces, without points, of the bands around means of several seeds: below all lines."""
    words = text.compare_page
    clock = words.options["clock"][view.clock]
    traces: list[go.Scatter] = []
    for run, (name, now) in enumerate(zip(names, runs.progress.members, strict=True)):
        shared = {
            "mode": "lines",
            "line": {"width": 0},
            "legendgroup": LETTERS[run],
            "showlegend": False,
        }
        for what, axes in (("loss", {}), ("measure", {"xaxis": "x2", "yaxis": "y2"})):
            for end in EXTREMES if now.seeds else ():  # the second is filled down to the first
                of = words.extremes[end].format(seeds=len(now.seeds))
                traces.append(
                    go.Scatter(
                        uid=f"{LETTERS[run]} {what} {end}",
                        hovertemplate=hover(name, clock, of),
                        fill="tonexty" if end == EXTREMES[1] else None,
                        fillcolor=_see_through(RUN_COLORS[run]),
                        hoverlabel={"bordercolor": RUN_COLORS[run]},
                        **shared,
                        **axes,
                    )
                )
    return traces


def _see_through(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{COVER})"


def hover(name: str, clock: str, of: str = "") -> str:
    """Return what is said of a point of a curve; `of` what of the seeds it is."""
    return f"<b>{literal(name)}</b><br>%{{y:.4~g}}{of and f' ({of})'}<br>%{{x:,.4~s}} {clock}<extra></extra>"


def band_curves(members: Sequence[tuple[Member, MemberProgress]], view: View) -> dict[str, dict[str, Curve]]:
    """Return, for each of the charts, the curves of the extremes by their uid."""
    bands: dict[str, dict[str, Curve]] = {"loss": {}, "measure": {}}
    for letter, (member, now) in zip(LETTERS, members, strict=False):
        if now.band:
            for end, curve, looks in zip(EXTREMES, now.band.curves, now.band.looks, strict=True):
                bands["loss"][f"{letter} loss {end}"] = loss(member, curve, looks, view)
                bands["measure"][f"{letter} measure {end}"] = measure(looks, view)
    return bands
