"""The figures of the Train page: the loss, the map of words, the nearest neighbors of a word.

Each figure is made once a run; what moves comes from the function beside it, as `app.live_figure.move` takes it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ...background.run import Run, RunProgress
from ...lessons.lesson import Guess
from ...live_figure import Moves, Style, ladder, literal, moved
from ...live_figure.style import COLORS
from ...text import Text
from ...text.glossary import START_VALUES, hover_text
from ...widgets.neighbor_bars import bars_figure, bars_moves
from ...widgets.word_map import group_uid, place_moves, reach_of, word_traces

NEIGHBORS = 10
RINGED = 5  # neighbors that the map marks
EXPLODED = 3  # times the start value; what is higher leaves the chart through the top


def loss_figure(run: Run, text: Text, style: Style, guess: Guess | None = None) -> go.Figure:
    """Return the loss of a run over the pairs seen: the mean of each block, the running average, the start.

    What a lesson's question had guessed of it is drawn dotted: the value at the start, beside which the first batch's
    loss is a large dot, or a whole curve.
    """
    said = f"%{{y:.4f}}<br>%{{x:,.0f}} {text.train_page.hover_pairs}<extra></extra>"
    raw = go.Scattergl(
        uid="raw",
        name=text.train_page.raw_trace.format(tokens=f"{run.batch_tokens:,}"),
        mode="markers",
        marker={"size": style.size(3), "color": COLORS["loss"], "opacity": 0.4},
        hovertemplate=f"{text.train_page.raw_trace.format(tokens=f'{run.batch_tokens:,}')} {said}",
    )
    smooth = go.Scatter(
        uid="smooth",
        name=text.train_page.smooth_trace,
        mode="lines",
        line={"width": style.size(2.5), "color": COLORS["loss"]},
        hovertemplate=f"{text.train_page.smooth_trace} {said}",
    )
    figure = style.figure(
        raw,
        smooth,
        title=text.train_page.loss_title,
        xaxis={"title": {"text": text.train_page.pairs_axis}, "nticks": 6},
        yaxis={"title": {"text": text.train_page.loss_axis}, "nticks": 7},
    )
    asked = guess is not None and guess.kind == "start" and not guess.values  # the line would give it away
    if not asked:
        start = text.train_page.start_line.format(
            formula=text.train_page.start_formulas[run.config.objective], value=f"{run.start_value:.2f}"
        )
        figure.add_hline(
            run.start_value,
            line={"dash": "dash", "width": style.size(1.5), "color": COLORS["other"]},
            annotation={
                "text": start,
                "hovertext": hover_text(text, "start_value", START_VALUES[run.config.objective]),
                "font": {"color": style.text_colors["other"]},
                "xanchor": "right",
                "yanchor": "bottom",
            },
        )
    if guess and guess.values:
        figure.add_trace(_ghost(run, guess, text, style))
    if of_start(guess):
        figure.add_trace(_first(text, style))
    return moved(figure, loss_moves(run.progress, run.start_value, guess))


def of_start(guess: Guess | None) -> bool:
    """Tell whether a value was guessed for the start of the curve."""
    return guess is not None and guess.kind == "start" and bool(guess.values)


def _first(text: Text, style: Style) -> go.Scatter:
    """Return the place of the first batch's loss, which is not known before."""
    return go.Scatter(
        uid="first",
        name=text.train_page.first_batch,
        mode="markers",
        marker={
            "size": style.size(11),
            "color": COLORS["loss"],
            "line": {"width": style.size(2), "color": style.background},
        },
        cliponaxis=False,
        hovertemplate=f"{text.train_page.first_batch} %{{y:.4f}}<extra></extra>",
    )


def _ghost(run: Run, guess: Guess, text: Text, style: Style) -> go.Scatter:
    """Return a guess as a dotted line over the run."""
    ends = [0.0, run.all_pairs]
    x, y = ends, [guess.values[0]] * 2
    if guess.kind == "curve":
        x = np.linspace(0, run.all_pairs, len(guess.values)).tolist()
        y = [run.start_value * value for value in guess.values]
    return go.Scatter(
        uid="guess",
        name=text.lessons_page.guess_line,
        x=x,
        y=y,
        mode="lines+text",
        text=[text.lessons_page.guess_line, *[""] * (len(x) - 1)],
        textposition="top right",
        textfont={"color": style.text_colors["center"]},
        line={"dash": "dot", "width": style.size(2), "color": COLORS["center"]},
        hovertemplate=f"{text.lessons_page.guess_line} %{{y:.4f}}<extra></extra>",
    )


def loss_moves(progress: RunProgress, start: float, guess: Guess | None = None) -> Moves:
    """Return the curve as it is now, and ranges that grow in jumps: axes must not creep."""
    curve = progress.curve
    loss = curve.loss.astype(np.float32)
    low, high = (float(loss.min()), float(loss.max())) if len(loss) else (start, start)
    if guess and of_start(guess):  # what was guessed is in sight, unless it is far off
        low, high = min(low, max(guess.values[0], 0.0)), max(high, min(guess.values[0], EXPLODED * start))
    bottom = start - ladder(1.1 * (start - low), 0.2 * start, 1.25)
    if low > 0:
        bottom = max(0.0, bottom)
    top = start + max(
        0.08 * (start - bottom), min(ladder(high - start, 0.05 * start), (EXPLODED - 1) * start)
    )
    traces = {
        "raw": {"x": curve.pairs, "y": loss},
        "smooth": {"x": curve.pairs, "y": curve.smooth.astype(np.float32)},
    }
    if of_start(guess):
        traces["first"] = {"x": curve.pairs[:1], "y": np.full(len(loss[:1]), progress.first_loss)}
    return {
        "traces": traces,
        "layout": {
            "xaxis.range": [0, ladder(float(curve.pairs[-1]) if len(loss) else 0, 1000)],
            "yaxis.range": [bottom, top],
        },
    }


def map_figure(run: Run, follow: str, titles: Sequence[str], text: Text, style: Style) -> go.Figure:
    """Return the map of a run's words: a dot each, in the color of its category, labels where there is room.

    Parameters
    ----------
    run : Run
    follow : str
        The word that is ringed, and so are its nearest.
    titles : sequence of str
        Of the categories.
    text : Text
    style : Style
    """
    shown, vocabulary = run.map, run.corpus.vocabulary
    figure = style.figure(
        *word_traces(shown, vocabulary, titles, text, style),
        title=text.train_page.map_title,
        margin={"l": 6, "r": 6, "t": style.size(34), "b": 6},
        showlegend=bool(titles),
        legend={"orientation": "h", "y": -0.02, "itemsizing": "constant", "x": 0},
        dragmode="pan",
        meta={"config": {"scrollZoom": True}},
        xaxis={"visible": False},
        yaxis={"visible": False, "scaleanchor": "x"},
    )
    figure.add_annotation(
        text="",
        hovertext=hover_text(text, "variance_share"),
        xref="paper",
        yref="paper",
        x=1,
        y=1,
        yanchor="bottom",
        showarrow=False,
        font={"color": style.text_colors["other"]},
    )
    return moved(figure, map_moves(run, follow, text, hover=True))


def map_moves(run: Run, follow: str, text: Text, hover: bool) -> Moves:
    """Return where a run's words are now; with `hover` also the nearest neighbors of each."""
    frame, shown, vocabulary = run.progress.frame, run.map, run.corpus.vocabulary
    near = [vocabulary.id(word) for word, _ in run.neighbors(follow, NEIGHBORS)[:RINGED]]
    traces = place_moves(shown, frame, vocabulary.id(follow), near)
    if hover and run.progress.step and frame.nearest.shape[1]:
        for category in np.unique(shown.category):
            traces[group_uid(category)] |= {
                "customdata": _hover(run, np.flatnonzero(shown.category == category), text)
            }
    note = text.variance.format(share=f"{frame.explained:.0%}") if run.progress.step else ""
    ranges = {f"{letter}axis.range": [-r, r] for letter, r in zip("xy", reach_of(shown, frame), strict=True)}
    return {"traces": traces, "layout": {"annotations.0.text": note, **ranges}}


def _hover(run: Run, places: np.ndarray, text: Text) -> list[list[str]]:
    """Return what the map says of words: the word itself, its count, and the words nearest to it."""
    vocabulary, shown, nearest = run.corpus.vocabulary, run.map, run.progress.frame.nearest
    said = []
    for i in places:
        word, count = vocabulary.words[shown.ids[i]], int(vocabulary.counts[shown.ids[i]])
        near = ", ".join(literal(vocabulary.words[j]) for j in nearest[i])
        count_said = text.hover_count.format(count=f"{count:,}")
        said.append(
            [word, f"<b>{literal(word)}</b> · {count_said}", f"<br>{text.train_page.hover_near}: {near}"]
        )
    return said


def neighbors_figure(run: Run, follow: str, text: Text, style: Style) -> go.Figure:
    """Return the nearest neighbors of a word as bars, in two columns."""
    margin = {"l": 0, "r": 0, "t": style.size(34), "b": 0}
    figure = bars_figure(2, NEIGHBORS // 2, style, title=" ", margin=margin)
    return moved(figure, neighbors_moves(run, follow, text))


def neighbors_moves(run: Run, follow: str, text: Text) -> Moves:
    """Return the nearest neighbors of a word now, each in the color of its category, under their title."""
    near = run.neighbors(follow, NEIGHBORS)
    columns = near[: NEIGHBORS // 2], near[NEIGHBORS // 2 :]
    moves = bars_moves(columns, run.map, run.corpus.vocabulary)
    title = text.train_page.neighbors_title.format(word=literal(follow))
    return {**moves, "layout": {**moves["layout"], "title.text": title}}
