"""The corpus as batches of (center, context) pairs, in corpus order.

Subsampling comes first, so that windows stretch over dropped words; then each center reaches 1 to `window`
words to either side (dynamic, so distance k is kept with probability (window - k + 1) / window) or always
`window`; never past its sentence. The draws depend on the corpus, the window settings and the generator
alone: not on the objective, and not on the batch size.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ..problems import Problem
from .corpus import Corpus

Ids = npt.NDArray[np.int32]
Index = npt.NDArray[np.int64]

SLAB = 1 << 15  # tokens windowed at once: large enough for NumPy, small enough for a live step


def draw(
    ids: Ids,
    keep: npt.NDArray[np.float32] | None,
    window: int,
    dynamic: bool,
    rng: np.random.Generator,
) -> tuple[npt.NDArray[np.bool_] | None, Index]:
    """Make all the random choices for one stretch of a corpus.

    Parameters
    ----------
    ids : (n,) int32
        The stretch.
    keep : (V,) float32, optional
        Keep probability of each word; None keeps all, and draws nothing.
    window, dynamic
        As for `Windows`.
    rng : numpy.random.Generator

    Returns
    -------
    kept : (n,) bool, or None for all
        Which words survive subsampling.
    reach : (kept words,) int64
        How many words to either side each of them reaches, 1 to `window`.
    """
    kept = None if keep is None else rng.random(len(ids), dtype=np.float32) < keep[ids]
    shortest = 1 if dynamic else window
    return kept, rng.integers(shortest, window + 1, len(ids) if kept is None else int(kept.sum()))


@dataclass(frozen=True, eq=False)
class Batch:
    """Some center words and all their contexts.

    Attributes
    ----------
    centers : (T,) int32
        Word id of each center token; each has at least one context.
    contexts : (P,) int32
        Word id of each pair's context, grouped by center token.
    owner : (P,) int64
        Which center token (index into `centers`) a pair belongs to.
    epoch : int
        From 1.
    tokens : int
        Corpus tokens passed before this batch, over the whole run.
    """

    centers: Ids
    contexts: Ids
    owner: Index
    epoch: int
    tokens: int


@dataclass(frozen=True, eq=False)
class _Slab:
    """The pairs of one stretch of the corpus; ``first[t]`` is where token t's pairs begin."""

    centers: Ids
    contexts: Ids
    first: Index
    position: Index  # of each center in the corpus


@dataclass(frozen=True)
class Position:
    """A place in a stream of batches: enough to come back to it, and small enough to save.

    Attributes
    ----------
    epoch : int
        From 1.
    start : int
        Where in the corpus the present stretch begins.
    taken : int
        Centers of the stretch that have been given out.
    random_state : dict
        State of the generator before the stretch was windowed.
    """

    epoch: int
    start: int
    taken: int
    random_state: dict[str, Any]


class Windows:
    """A stream of batches over `epochs` passes of a corpus.

    Parameters
    ----------
    corpus : Corpus
    window : int
        How many words to either side, at most.
    dynamic : bool
        Draw each center's reach uniformly from 1..window (word2vec's way), or always reach `window`.
    subsample : float
        Threshold t of `Vocabulary.keep_probability`; 0 keeps every word.
    batch_tokens : int
        Center tokens a batch.
    epochs : int
    rng : numpy.random.Generator
        Used for nothing else.

    Raises
    ------
    Problem
        ``no_pairs``: no sentence has two words (left).
    """

    def __init__(
        self,
        corpus: Corpus,
        *,
        window: int,
        dynamic: bool,
        subsample: float,
        batch_tokens: int,
        epochs: int,
        rng: np.random.Generator,
    ) -> None:
        self._corpus = corpus
        self._window = window
        self._dynamic = dynamic
        self._keep = None
        if subsample > 0:
            self._keep = corpus.vocabulary.keep_probability(subsample).astype(np.float32)
        self._batch_tokens = batch_tokens
        self._epochs = epochs
        self._rng = rng
        offsets = np.arange(-window, window + 1)
        self._offsets = offsets[offsets != 0]
        self._epoch, self._start, self._next_start, self._taken = 0, 0, len(corpus), 0
        self._state: dict[str, Any] = {}
        self._slab: _Slab | None = None
        self._advance()
        if self._slab is None:
            raise Problem(
                "no_pairs",
                "The text yields no pair: no sentence has two words left after subsampling.",
            )

    @property
    def finished(self) -> bool:
        """Whether the last batch has been taken."""
        return self._slab is None

    @property
    def epoch(self) -> int:
        """The pass, from 1, to which the next batch belongs."""
        return self._epoch

    @property
    def tokens(self) -> int:
        """Corpus tokens passed before the next batch, over the whole run."""
        before = (self._epoch - 1) * len(self._corpus)
        return before + (len(self._corpus) if self._slab is None else int(self._slab.position[self._taken]))

    @property
    def position(self) -> Position:
        """Where the stream is."""
        return Position(self._epoch, self._start, self._taken, self._state)

    def seek(self, position: Position) -> None:
        """Go to where a stream with the same corpus and settings was: the same batches follow.

        Raises
        ------
        ValueError
            There is no such place; the stream is then of no use.
        """
        if position.epoch not in range(1, self._epochs + 1) or position.start not in range(
            len(self._corpus) + 1
        ):
            raise ValueError(f"no such place in the stream: {position}")
        if replace(self.position, taken=position.taken) != position:  # another stretch: window it again
            self._rng.bit_generator.state = position.random_state
            self._epoch, self._next_start = position.epoch, position.start
            self._advance()
        if (self._epoch, self._start) != (position.epoch, position.start):
            raise ValueError(f"no stretch with pairs begins at {position}")
        if position.taken not in range(1 if self._slab is None else len(self._slab.centers)):
            raise ValueError(f"the stretch is shorter: {position}")
        self._taken = position.taken

    def next(self) -> Batch:
        """Take the next batch. Must not be called once `finished`."""
        slab = self._slab
        assert slab is not None, "the stream is finished"
        a = self._taken
        b = min(a + self._batch_tokens, len(slab.centers))
        first, last = slab.first[a], slab.first[b]
        batch = Batch(
            centers=slab.centers[a:b],
            contexts=slab.contexts[first:last],
            owner=np.repeat(np.arange(b - a), np.diff(slab.first[a : b + 1])),
            epoch=self._epoch,
            tokens=self.tokens,
        )
        self._taken = b
        if b == len(slab.centers):
            self._advance()
        return batch

    def _advance(self) -> None:
        """Prepare the next stretch that has pairs, or finish."""
        self._slab, self._taken = None, 0
        while self._slab is None:
            if self._next_start >= len(self._corpus) and self._epoch < self._epochs:
                self._epoch, self._next_start = self._epoch + 1, 0
            self._start, self._state = self._next_start, dict(self._rng.bit_generator.state)
            if self._start >= len(self._corpus):
                return
            self._next_start = self._slab_end(self._start)
            slab = self._window_slab(self._start, self._next_start)
            if len(slab.centers):
                self._slab = slab

    def _slab_end(self, start: int) -> int:
        """Return the end of the last sentence within SLAB tokens; a longer sentence is cut."""
        starts = self._corpus.starts
        last = int(np.searchsorted(starts, start + SLAB, side="right")) - 1
        end = int(starts[last])
        return end if end > start else min(start + SLAB, len(self._corpus))

    def _window_slab(self, start: int, end: int) -> _Slab:
        corpus, offsets = self._corpus, self._offsets
        ids = corpus.ids[start:end]
        position = np.arange(start, start + len(ids))
        kept, reach = draw(ids, self._keep, self._window, self._dynamic, self._rng)
        if kept is not None:
            ids, position = ids[kept], position[kept]
        n = len(ids)
        sentence = np.searchsorted(corpus.starts, position, side="right")
        neighbour = np.arange(n)[:, None] + offsets
        is_context = (neighbour >= 0) & (neighbour < n) & (np.abs(offsets) <= reach[:, None])
        np.clip(neighbour, 0, n - 1, out=neighbour)
        is_context &= sentence[neighbour] == sentence[:, None]

        pairs_of = is_context.sum(axis=1)
        has_pairs = pairs_of > 0
        first = np.concatenate([[0], np.cumsum(pairs_of[has_pairs])])
        return _Slab(ids[has_pairs], ids[neighbour[is_context]], first, position[has_pairs])
