"""Colours for the words on the Explore page's map: classes, or a scale from less to more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.runs.layouts import NEAREST, Ids, Layout
from app.state.exploring import Explorer
from app.text.explore_page import ExploreText
from app.text.literal import visible
from app.views.charts import PALETTE, packed

# After the first eight, which are told apart best, others of medium brightness.
COLOURS = (
    *PALETTE,
    *("#E15F99", "#17A2B8", "#B5651D", "#7F8C2A", "#A777F1", "#E24A33", "#5B8FA8", "#2CA02C"),
    *("#C44E9B", "#8C8C00", "#4C72B0", "#D4A017", "#6AAB9C", "#B2828D", "#9C6ADE", "#CC6E3D"),
    *("#3E8E7E", "#D46A92", "#2F7F4F", "#A3A948", "#5D6FD1", "#B0522D", "#48A9C5", "#9A5B8F"),
)


def map_colours(
    explorer: Explorer,
    layout: Layout,
    mode: str,
    groups: int,
    category: Ids,
    titles: Sequence[str],
    text: ExploreText,
) -> dict[str, Any]:
    """Return a colour for each word on the map, as the component takes it.

    Parameters
    ----------
    explorer : Explorer
    layout : Layout
        The map.
    mode : {"category", "frequency", "cluster", "similarity", "kept"}
        Without a chosen word there is no similarity: then by category.
    groups : int
        Clusters to find.
    category : (V,) int array
        Of every word of the vocabulary, -1 for none.
    titles : sequence of str
        Of the categories.
    text : ExploreText
    """
    ids, vocabulary = explorer.ids, explorer.vocabulary
    if mode == "similarity" and explorer.look.word:
        word = visible(explorer.look.word)
        return _scale(mode, np.clip(explorer.similarities(), 0, 1), text.similarity_ends, word=word)
    if mode == "kept":
        fidelity = explorer.fidelity(layout)
        if fidelity is None or len(fidelity.overlap) != len(ids):  # not known yet
            return _scale(mode, np.zeros(len(ids)), text.kept_ends, k=NEAREST)
        return _scale(mode, fidelity.overlap, text.kept_ends, k=fidelity.k)
    if mode == "frequency":
        counts = vocabulary.counts[ids]
        share = np.log(counts / counts.min()) / max(np.log(counts.max() / counts.min()), 1e-9)
        return _scale(mode, share, text.frequency_ends, low=f"{counts.min():,}", high=f"{counts.max():,}")
    if mode == "cluster":
        found = explorer.clusters(groups)
        named = (vocabulary.words[ids[middle]] for middle in found.middles)
        return _classes(mode, found.labels, dict(enumerate(named)))
    present = np.unique(category[ids]).tolist()
    return _classes(mode, category[ids], {number: titles[number] for number in present if number >= 0})


def _classes(mode: str, values: np.ndarray, titles: Mapping[int, str]) -> dict[str, Any]:
    place = {number: i for i, number in enumerate(titles)}
    return {
        "kind": mode,
        "values": packed(np.array([place.get(value, -1) for value in values.tolist()]), "<i4"),
        "classes": [
            {"title": title, "colour": COLOURS[number % len(COLOURS)]} for number, title in titles.items()
        ],
    }


def _scale(mode: str, share: np.ndarray, ends: Mapping[str, str], **details: object) -> dict[str, Any]:
    labels = {end: sentence.format(**details) for end, sentence in ends.items()}
    return {"kind": mode, "values": packed(share), **labels}
