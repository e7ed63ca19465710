"""The page of a sweep: mean and spread of each measure over each swept setting. Needs Plotly, and nothing else does."""

from __future__ import annotations

import html
from itertools import cycle

import plotly.graph_objects as go
from plotly.colors import qualitative
from plotly.subplots import make_subplots

from ..cluster.summary import Combination

ROW_HEIGHT = 220  # pixels
MOST_LINES = 10  # in one chart: more cannot be told apart
TITLES = {
    "loss": "loss, last epoch",
    "progress": "way to the floor",
    "words_per_second": "words a second",
}


def page(name: str, means: list[Combination], over: list[str], measures: list[str]) -> str:
    """Return a whole HTML page, Plotly's JavaScript in it.

    Parameters
    ----------
    name : str
        The text's.
    means : list of Combination
    over : list of str
        The swept settings: a column of charts each.
    measures : list of str
        A row of charts each.
    """
    measures = [measure for measure in measures if measure != "seconds"]  # the words a second say it
    rows = max(1, len(measures))
    figure = make_subplots(
        rows, len(over), shared_yaxes=True, horizontal_spacing=0.06, vertical_spacing=0.2 / rows
    )
    for column, setting in enumerate(over, 1):
        legend = f"legend{column}"
        for line, measure in enumerate(measures, 1):
            for trace in lines(means, over, setting, measure):
                # One click in the legend above a column hides the line in all its charts.
                trace.update(legend=legend, legendgroup=trace.name)
                trace.update(showlegend=line == 1 and len(over) > 1)
                figure.add_trace(trace, line, column)
        figure.update_xaxes(type="category", col=column)
        figure.update_xaxes(title_text=html.escape(setting), row=rows, col=column)
        left = figure.layout[f"xaxis{column}"].domain[0]
        place = {"x": left, "xanchor": "left", "y": 1, "yanchor": "bottom", "orientation": "h"}
        figure.update_layout({legend: place})
    for line, measure in enumerate(measures, 1):
        figure.update_yaxes(title_text=html.escape(TITLES.get(measure, measure)), row=line, col=1)
    runs = sum(max((spread.runs for spread in each.spreads.values()), default=0) for each in means)
    failed = sum(each.failed for each in means)
    figure.update_layout(
        template="plotly_white",
        height=160 + ROW_HEIGHT * rows,
        margin={"t": 110, "b": 50},
        title=f"{html.escape(name)}: {runs} runs; mean and standard deviation over the seeds"
        + (f"; {failed} more have failed" if failed else "")
        + (f"; the first {MOST_LINES} lines of each chart" if _crowded(means, len(over)) else ""),
    )
    return str(figure.to_html(include_plotlyjs=True, full_html=True))


def lines(means: list[Combination], over: list[str], setting: str, measure: str) -> list[go.Scatter]:
    """Return a line over a setting's values for each combination of the others' values, named by those."""
    place = over.index(setting)
    others: dict[tuple[str, ...], list[tuple[str, Combination]]] = {}
    for each in means:
        rest = each.values[:place] + each.values[place + 1 :]
        others.setdefault(rest, []).append((each.values[place], each))
    names = [name for name in over if name != setting]
    found = []
    for (rest, points), color in zip(list(others.items())[:MOST_LINES], cycle(qualitative.D3), strict=False):
        known = [(value, each.spreads[measure]) for value, each in points if measure in each.spreads]
        label = ", ".join(f"{name} {value}" for name, value in zip(names, rest, strict=True))
        found.append(
            go.Scatter(
                x=[value for value, _ in known],
                y=[spread.mean for _, spread in known],
                error_y={"type": "data", "array": [spread.deviation for _, spread in known]},
                text=[f"{spread.runs} runs" for _, spread in known],
                mode="lines+markers",
                name=html.escape(label or measure),
                line={"color": color},
                hovertemplate="%{x}: %{y:.4g} ± %{error_y.array:.2g}, %{text}",
            )
        )
    return found


def _crowded(means: list[Combination], settings: int) -> bool:
    """Tell whether a chart has more lines than can be told apart."""
    others = ({each.values[:i] + each.values[i + 1 :] for each in means} for i in range(settings))
    return any(len(lines) > MOST_LINES for lines in others)
