"""One sentence as training would see it: which words a draw drops, how far each reaches, the pairs it yields.

Nothing is drawn or paired here: `windows.draw` and `windows.Windows` do it, the code that training runs. So
what a page shows of a window cannot differ from what is trained on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..problems import Problem
from .corpus import Corpus
from .vocabulary import Floats, Vocabulary
from .windows import SLAB, Windows, draw


@dataclass(frozen=True, eq=False)
class SentenceWindows:
    """One draw for one sentence of n words.

    Attributes
    ----------
    ids : (n,) int32
        The sentence as word ids.
    kept : (n,) bool
        Which words survive subsampling.
    reach : (n,) int64
        How many kept words to either side each kept word reaches; 0 for a dropped one.
    pairs : (P, 2) int64
        Places of center and context in the sentence, in the order in which training meets them.
    """

    ids: npt.NDArray[np.int32]
    kept: npt.NDArray[np.bool_]
    reach: npt.NDArray[np.int64]
    pairs: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.ids, self.kept, self.reach, self.pairs):
            array.setflags(write=False)


class _Places(Vocabulary):
    """A vocabulary whose "words" are the places of a sentence, so that pairs name places and not words."""

    def __init__(self, keep: Floats) -> None:
        super().__init__([str(place) for place in range(len(keep))], np.ones(len(keep), dtype=np.int64))
        self._keep = keep

    def keep_probability(self, threshold: float) -> Floats:
        """Return the probabilities of the words that stand at the places."""
        return self._keep


def sentence_windows(
    corpus: Corpus, sentence: int, *, window: int, dynamic: bool, subsample: float, seed: int
) -> SentenceWindows:
    """Draw the windows of one sentence.

    Parameters
    ----------
    corpus : Corpus
    sentence : int
        Which one, from 0. Of a sentence longer than a slab of training, the first slab is taken.
    window, dynamic, subsample
        As for `Windows`.
    seed : int
        Of this draw.
    """
    start, end = corpus.starts[sentence], corpus.starts[sentence + 1]
    ids = corpus.ids[start : min(end, start + SLAB)]
    keep = corpus.vocabulary.keep_probability(subsample)[ids]
    n = len(ids)
    places = Corpus(_Places(keep), np.arange(n, dtype=np.int32), np.array([0, n], dtype=np.int64))

    probability = keep.astype(np.float32) if subsample > 0 else None
    survives, drawn = draw(places.ids, probability, window, dynamic, np.random.default_rng(seed))
    kept = np.ones(n, dtype=bool) if survives is None else survives
    reach = np.zeros(n, dtype=np.int64)
    reach[kept] = drawn
    return SentenceWindows(ids, kept, reach, _pairs(places, window, dynamic, subsample, seed))


def _pairs(places: Corpus, window: int, dynamic: bool, subsample: float, seed: int) -> npt.NDArray[np.int64]:
    """Let a training stream with the same seed pair the places."""
    try:
        stream = Windows(
            places,
            window=window,
            dynamic=dynamic,
            subsample=subsample,
            batch_tokens=len(places),
            epochs=1,
            rng=np.random.default_rng(seed),
        )
    except Problem:  # no two words left
        return np.zeros((0, 2), dtype=np.int64)
    pairs = stream.next().pairs()
    return np.stack([pairs.centers[pairs.owner], pairs.contexts], axis=1).astype(np.int64)


def sentences_with(corpus: Corpus, word: str) -> npt.NDArray[np.int64]:
    """Return the sentences that a word stands in, ascending, each once.

    Raises
    ------
    UnknownWord
    """
    places = np.flatnonzero(corpus.ids == corpus.vocabulary.id(word))
    return np.unique(np.searchsorted(corpus.starts, places, side="right") - 1)


def readable_sentence(corpus: Corpus) -> int:
    """Return the first sentence of 8 to 16 words, or else the longest: a good one to begin with."""
    lengths = np.diff(corpus.starts)
    readable = (lengths >= 8) & (lengths <= 16)
    return int(readable.argmax() if readable.any() else lengths.argmax())
