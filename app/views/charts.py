"""Records to pictures: a run's present state as the live component in the browser takes it.

Plotly itself runs in the browser and stays alive there (`live.js`): ``st.plotly_chart`` would make a new
chart at every update.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.runs.live import LiveTraining, Progress
from app.runs.wordmap import WordMap
from app.text import Text
from app.views.component import component
from w2v_core import Embeddings, Vocabulary

# Okabe and Ito's colours; violet for black, which a dark page swallows, and their yellow darkened for a
# white one.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8C6BB1", "#B8A900")
SHARED = ("chart.js", "live_view.js", "word_map.js", "neighbor_list.js")
SCRIPTS = (*SHARED, "loss_chart.js", "live.js")  # one module, in order
MOST_LABELS = 100
TOO_COMMON = 1e-3  # share of the text beyond which a word is one like "the"
NEIGHBORS = 10


def live_component() -> Callable[..., Any]:
    """Register the component that draws a run, and return it."""
    return component("w2v_live", SCRIPTS, ("charts.css", "live.css"))


def live_data(
    run: LiveTraining,
    run_id: str,
    text: Text,
    category_titles: Sequence[str],
    follow: str,
) -> dict[str, Any]:
    """Return a run's present state as the component takes it.

    Parameters
    ----------
    run : LiveTraining
    run_id : str
        The component keeps its charts, their zoom included, as long as this stays the same.
    text : Text
    category_titles : sequence of str
        Titles of the map's categories, in the user's language.
    follow : str
        The word whose neighbours are listed.
    """
    progress = run.progress
    return {
        "run": run_id,
        "version": progress.version,
        "running": run.running,
        "step": progress.step,
        "loss": _loss(run, progress, text),
        "map": _map(run, progress, text, category_titles, follow),
        "neighbors": nearest(progress.embeddings, follow),
        "text": {
            "loss": text.loss_title,
            "map": text.map_title,
            "neighbors": text.neighbors_title.format(word=follow),
            "missing": text.plotly_missing,
            "pairs": text.hover_pairs,
            "near": text.hover_near,
            "buttons": chart_buttons(text),
            "loss_alt": text.loss_alt,
            "map_alt": text.map_alt,
        },
    }


def chart_buttons(text: Text) -> list[str]:
    """Return the labels of a chart's own buttons."""
    return [text.save_picture, text.save_drawing, text.zoom, text.pan, text.whole_view]


def _loss(run: LiveTraining, progress: Progress, text: Text) -> dict[str, Any]:
    curve = progress.curve
    formula = text.start_formulas[run.config.objective]
    return {
        "pairs": packed(curve.pairs, "<f8"),  # counts: float32 would round them
        "raw": packed(curve.loss),
        "smooth": packed(curve.smooth),
        "start": run.start_value,
        "start_label": text.start_line.format(formula=formula, value=f"{run.start_value:.2f}"),
        "x_title": text.pairs_axis,
        "y_title": text.loss_axis,
        "raw_name": text.raw_trace.format(tokens=f"{run.batch_tokens:,}"),
        "smooth_name": text.smooth_trace,
    }


def _map(
    run: LiveTraining, progress: Progress, text: Text, titles: Sequence[str], follow: str
) -> dict[str, Any]:
    vocabulary, frame = run.corpus.vocabulary, progress.frame
    named, place = np.unique(frame.nearest, return_inverse=True)
    return {
        **map_words(vocabulary, run.map, text, titles, follow),
        "xy": packed(frame.xy),
        "nearest": packed(place.reshape(frame.nearest.shape), "<i4"),
        "nearest_words": _words(vocabulary, named),
        "most_labels": MOST_LABELS,
        "note": text.variance.format(share=f"{frame.explained:.0%}") if progress.step else "",
    }


def map_words(
    vocabulary: Vocabulary, shown: WordMap, text: Text, titles: Sequence[str], follow: str
) -> dict[str, Any]:
    """Return what a map's words are, wherever they lie: maps of the same words can share it."""
    return {
        "words": _words(vocabulary, shown.ids),
        "counts": [text.hover_count.format(count=f"{n:,}") for n in vocabulary.counts[shown.ids]],
        "category": shown.category.tolist(),
        "categories": [
            {"title": title, "colour": colour} for title, colour in zip(titles, PALETTE, strict=False)
        ],
        "label_order": label_order(shown.category, vocabulary.counts[shown.ids] / vocabulary.counts.sum()),
        "follow": follow,
    }


def nearest(embeddings: Embeddings, follow: str, k: int = NEIGHBORS) -> list[list[Any]]:
    """Return a word's neighbours with their cosines."""
    near = embeddings.neighbors(follow, k)
    return [[word, round(cosine, 3)] for word, cosine in near]


def label_order(category: np.ndarray, share: np.ndarray) -> list[int]:
    """Return map places in the order in which they deserve a label: by turns from every category.

    The words come by falling count, so each category's commonest words lead, and no category goes without
    labels because its words are rare. Words without a category are labelled only where there are none: then
    those first that are not too common to say much.
    """
    if category.max() < 0:
        return np.argsort(share > TOO_COMMON, kind="stable").tolist()
    groups = [np.flatnonzero(category == c) for c in np.unique(category) if c >= 0]
    turns = itertools.zip_longest(*(group.tolist() for group in groups))
    return [place for turn in turns for place in turn if place is not None]


def _words(vocabulary: Vocabulary, ids: np.ndarray) -> list[str]:
    return [vocabulary.words[i] for i in ids]


def packed(values: np.ndarray, kind: str = "<f4") -> str:
    """Encode numbers as base64: a third of JSON's size, and no parsing."""
    return base64.b64encode(np.ascontiguousarray(values, kind).tobytes()).decode()
