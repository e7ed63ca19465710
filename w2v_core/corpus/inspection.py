"""One sentence as training would see it: which words a draw drops, how far each reaches, the pairs it yields.

`windows.draw` makes the random choices, as it does for training; the tests compare the pairs with training's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .corpus import Corpus
from .windows import SLAB, draw


@dataclass(frozen=True, eq=False)
class SentenceWindows:
    """One draw for n words of a sentence: for all of it, unless it is very long.

    Attributes
    ----------
    first : int
        Place in the sentence of the first of the n words. All other places count from this one.
    ids : (n,) int32
        The words as ids.
    kept : (n,) bool
        Which words survive subsampling.
    reach : (n,) int64
        How many kept words to either side each kept word reaches; 0 for a dropped one.
    pairs : (P, 2) int64
        Places of center and context, in the order in which training meets them.
    """

    first: int
    ids: npt.NDArray[np.int32]
    kept: npt.NDArray[np.bool_]
    reach: npt.NDArray[np.int64]
    pairs: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.ids, self.kept, self.reach, self.pairs):
            array.setflags(write=False)


def sentence_windows(
    corpus: Corpus,
    sentence: int,
    place: int = 0,
    *,
    window: int,
    dynamic: bool,
    subsample: float,
    seed: int,
) -> SentenceWindows:
    """Draw the windows of one sentence; of one longer than a slab of training, those of the slab at a place.

    Parameters
    ----------
    corpus : Corpus
    sentence : int
        Which one, from 0.
    place : int
        A place in the sentence, from 0. Training cuts a long sentence every `SLAB` words.
    window, dynamic, subsample
        As for `Windows`.
    seed : int
        Of this draw.
    """
    first = place - place % SLAB
    start, end = corpus.starts[sentence] + first, corpus.starts[sentence + 1]
    ids = corpus.ids[start : min(end, start + SLAB)]
    keep = corpus.vocabulary.keep_probability(subsample).astype(np.float32) if subsample > 0 else None
    survives, drawn = draw(ids, keep, window, dynamic, np.random.default_rng(seed))
    kept = np.ones(len(ids), dtype=bool) if survives is None else survives
    reach = np.zeros(len(ids), dtype=np.int64)
    reach[kept] = drawn
    left = np.flatnonzero(kept)
    return SentenceWindows(first, ids, kept, reach, left[_pairs(drawn, window)])


def _pairs(reach: npt.NDArray[np.int64], window: int) -> npt.NDArray[np.int64]:
    """Pair each of n words with those at most its reach away: (P, 2) places, from 0 to n - 1."""
    center = np.arange(len(reach))[:, None]
    distance = np.concatenate([np.arange(-window, 0), np.arange(1, window + 1)])
    context = center + distance
    paired = (np.abs(distance) <= reach[:, None]) & (context >= 0) & (context < len(reach))
    return np.stack([np.broadcast_to(center, paired.shape)[paired], context[paired]], axis=1)


def next_place(corpus: Corpus, word: str, after: int) -> tuple[int, int]:
    """Return where a word stands next: its sentence, and its place in that.

    Parameters
    ----------
    corpus : Corpus
    word : str
    after : int
        A place in the corpus; the search begins there, and begins anew at the end.

    Raises
    ------
    UnknownWord
    """
    found = np.flatnonzero(corpus.ids == corpus.vocabulary.id(word))
    place = found[np.searchsorted(found, after) % len(found)]
    sentence = np.searchsorted(corpus.starts, place, side="right") - 1
    return int(sentence), int(place - corpus.starts[sentence])


def readable_sentence(corpus: Corpus) -> int:
    """Return the first sentence of 8 to 16 words, or else the longest: a good one to begin with."""
    lengths = np.diff(corpus.starts)
    readable = (lengths >= 8) & (lengths <= 16)
    return int(readable.argmax() if readable.any() else lengths.argmax())
