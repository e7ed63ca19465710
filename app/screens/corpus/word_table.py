"""The words of a text in a table: how often each occurs, and what sampling makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from w2v_core import Vocabulary
from w2v_core.corpus import statistics
from w2v_core.corpus.spelling import folded

from ...text.literal import visible

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 200  # the search finds the rest


def found_words(vocabulary: Vocabulary, query: str, rarest: bool) -> npt.NDArray[np.int64]:
    """Return the ids of the words that hold a text, the most frequent first, or else the rarest.

    A word that is the text itself comes before them all: it is the one that was meant.
    """
    if not query:
        found = np.arange(len(vocabulary))
        return found[::-1] if rarest else found
    found = vocabulary.containing(query)
    found = found[::-1] if rarest else found
    same = np.array([folded(vocabulary.words[i]) == folded(query) for i in found], dtype=bool)
    return np.concatenate([found[same], found[~same]])


def word_table(vocabulary: Vocabulary, ids: npt.NDArray[np.int64], threshold: float) -> pd.DataFrame:
    """Return some words with their columns.

    Returns
    -------
    DataFrame
        word; count; kept: percent of its occurrences that survive subsampling; noise: how often it is drawn as noise,
        compared with its share of the text.
    """
    import pandas as pd  # half a second, which no other page than this should wait for

    return pd.DataFrame(
        {
            "word": [visible(vocabulary.words[i]) for i in ids],
            "count": vocabulary.counts[ids],
            "kept": 100 * vocabulary.keep_probability(threshold)[ids],
            "noise": statistics.noise_ratio(vocabulary)[ids],
        }
    )
