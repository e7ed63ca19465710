"""What the colors of the map mean: classes of words, or a scale from less to more.

Eight colors are told apart, not twenty-two: after the first eight classes the colors come again, on other dots.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from w2v_core import Vocabulary

from ...background.layouts import NEAREST, Ids, Layout
from ...live_figure import Style
from ...live_figure.style import CATEGORIES
from ...samples import Category
from ...text import Words
from .explorer import Explorer

SYMBOLS = ("circle", "square", "diamond", "cross")


@dataclass(frozen=True, eq=False)
class Coloring:
    """A color for each word on the map.

    Attributes
    ----------
    mode : {"category", "frequency", "cluster", "similarity", "kept"}
    number : (n,) int array
        The class of each word, -1 for none; of a scale, -1 throughout.
    titles : dict of int to str
        The classes that there are, by number.
    share : (n,) float32 array or None
        Of a scale: how much of what is shown each word has, from 0 to 1.
    ends : (str, str)
        What 0 and 1 stand for.
    """

    mode: str
    number: Ids
    titles: dict[int, str]
    share: npt.NDArray[np.float32] | None = None
    ends: tuple[str, str] = ("", "")

    @property
    def key(self) -> Hashable:
        """Changes with the traces that the coloring makes."""
        return self.mode, self.ends, tuple(self.titles.items()), self.number.tobytes()


def look_of(number: int, flat: bool, style: Style) -> dict[str, Any]:
    """Return the marker of a class.

    On a flat map a dot, which WebGL draws at half the cost of other symbols: filled, filled with an edge, hollow, or
    with a heart in the letters' color. In three dimensions edges would cost more than symbols.
    """
    color, turn = CATEGORIES[number % len(CATEGORIES)], number // len(CATEGORIES) % 4
    if not flat:
        return {"color": color, "symbol": SYMBOLS[turn], "line": {"width": 0}}
    fill, edge, width = (
        (color, color, 0.0),
        (color, style.text, 1.2),
        (style.background, color, 2.0),
        (style.text, color, 2.2),
    )[turn]
    return {"color": fill, "line": {"color": edge, "width": style.size(width)}}


def category_numbers(vocabulary: Vocabulary, categories: Sequence[Category]) -> Ids:
    """Return the category of every word of a vocabulary, -1 for none."""
    numbers = np.full(len(vocabulary), -1)
    for number, category in enumerate(categories):
        numbers[vocabulary.ids(word for word in category.words if word in vocabulary)] = number
    return numbers


def coloring(
    explorer: Explorer,
    layout: Layout,
    mode: str,
    groups: int,
    category: Ids,
    titles: Sequence[str],
    text: Words,
) -> Coloring:
    """Return a color for each word on the map.

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
    text : Words
    """
    ids, vocabulary = explorer.ids, explorer.vocabulary
    if mode == "similarity" and explorer.panel.word:
        share = np.clip(explorer.similarities(), 0, 1)
        return _scale(mode, share, text.similarity_ends, word=explorer.panel.word)
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
        named = [vocabulary.words[ids[middle]] for middle in found.middles]
        return Coloring(mode, found.labels.astype(np.int64), dict(enumerate(named)))
    number = category[ids]
    return Coloring("category", number, {n: titles[n] for n in np.unique(number).tolist() if n >= 0})


def _scale(
    mode: str, share: npt.NDArray[np.floating], ends: Mapping[str, str], **details: object
) -> Coloring:
    low, high = (ends[end].format(**details) for end in ("low", "high"))
    return Coloring(mode, np.full(len(share), -1), {}, share.astype(np.float32), (low, high))
