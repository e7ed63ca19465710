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

SLAB = 1 << 15  # tokens subsampled at once: large enough for NumPy, small enough for a live step
EMPTY_TOKENS = 1_000_000  # of passes one after the other in which no pair is left: none is to be hoped for


@dataclass(frozen=True, eq=False)
class Pairs:
    """Center tokens and all their contexts, as a list of pairs.

    Attributes
    ----------
    centers : (T,) ids
        Word of each center token; each has at least one context.
    contexts : (P,) ids
        Word of each pair's context, grouped by center token.
    owner : (P,) int64
        Which center token (index into `centers`) a pair belongs to.
    """

    centers: npt.NDArray[np.integer]
    contexts: npt.NDArray[np.integer]
    owner: Index


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


def longest_reach(corpus: Corpus) -> int:
    """Return how far the widest window of a corpus reaches to one side: from end to end of the longest sentence."""
    return max(1, min(int(np.diff(corpus.starts).max()), SLAB) - 1)


@dataclass(frozen=True, eq=False)
class Batch:
    """Some center words and all their contexts, in blocks of neighbours that look at the same stretch of text.

    The last block may be filled up with centers that have no context.

    Attributes
    ----------
    centers : (b, r) int32
        Word ids of r consecutive centers a block.
    around : (b, c) int32
        The block's stretch of text, with `window` words more to either side: c = r + 2 window.
    is_context : (b, r, c) bool
        Which words of the stretch are contexts of which center.
    epoch : int
        From 1.
    tokens : int
        Corpus tokens passed before this batch, over the whole run.
    """

    centers: Ids
    around: Ids
    is_context: npt.NDArray[np.bool_]
    epoch: int
    tokens: int

    def pairs(self) -> Pairs:
        """Return the same as a list of pairs, in corpus order."""
        block, row, column = np.nonzero(self.is_context)
        token = block * self.centers.shape[1] + row
        # Only the last block has centers without contexts, at its end: the tokens with pairs come first.
        return Pairs(self.centers.ravel()[: token[-1] + 1], self.around[block, column], token)


@dataclass(frozen=True, eq=False)
class _Slab:
    """A stretch of the corpus after subsampling. The first three have margins on both sides."""

    ids: Ids
    sentence: Ids
    reach: Index  # how far each center's window goes
    position: Index  # of each token in the corpus

    def __len__(self) -> int:
        return len(self.position)


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
        How many words to either side, at most. What reaches beyond the longest sentence takes no memory.
    dynamic : bool
        Draw each center's reach uniformly from 1..window (word2vec's way), or always reach `window`.
    subsample : float
        Threshold t of `Vocabulary.keep_probability`; 0 keeps every word.
    batch_tokens : int
        Center tokens a batch.
    epochs : int
    rng : numpy.random.Generator
        Used for nothing else.
    block : int
        Centers a block of a batch; changes no pair.

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
        block: int = 16,
    ) -> None:
        self._corpus = corpus
        self._drawn_window = window
        self._window = window = min(window, longest_reach(corpus))  # the rest reaches nothing
        self._dynamic = dynamic
        self._keep = None
        if subsample > 0:
            self._keep = corpus.vocabulary.keep_probability(subsample).astype(np.float32)
        self._batch_tokens = min(batch_tokens, SLAB)
        self._epochs = epochs
        self._rng = rng
        self._block = min(block, batch_tokens)
        center, column = np.arange(self._block)[:, None], np.arange(self._block + 2 * window)
        self._distance = np.abs(column - window - center)
        self._distance[self._distance == 0] = window + 1  # the center is not its own context
        blocks = -(-min(batch_tokens, SLAB) // self._block)
        self._stretch = np.arange(blocks)[:, None] * self._block + column  # overlapping by the margins
        self._epoch, self._start, self._next_start, self._taken = 0, 0, len(corpus), 0
        self._state: dict[str, Any] = {}
        self._slab: _Slab | None = None
        if np.diff(corpus.starts).max() < 2:
            raise _no_pairs()
        self._advance()
        if self._slab is None:
            raise _no_pairs()

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
        if position.taken not in range(1 if self._slab is None else len(self._slab)):
            raise ValueError(f"the stretch is shorter: {position}")
        self._taken = position.taken

    def go_to(self, epoch: int, start: int) -> None:
        """Go on from a token of a pass, where a sentence should begin; what is drawn there is not what a pass draws."""
        self._epoch, self._next_start = epoch, start
        self._advance()

    def next(self) -> Batch:
        """Take the next batch. Must not be called once `finished`."""
        slab, window, block = self._slab, self._window, self._block
        assert slab is not None, "the stream is finished"
        a = self._taken
        b = min(a + self._batch_tokens, len(slab))
        blocks = -(-(b - a) // block)
        stretch = a + self._stretch[:blocks]
        around, sentence = slab.ids[stretch], slab.sentence[stretch]
        own = slice(window, window + block)
        reach = slab.reach[stretch[:, own]]
        reach.reshape(-1)[b - a :] = 0  # the next batch's centers
        is_context = self._distance <= reach[:, :, None]
        is_context &= sentence[:, None, :] == sentence[:, own, None]
        batch = Batch(around[:, own], around, is_context, self._epoch, self.tokens)
        self.skip()
        return batch

    def skip(self) -> None:
        """Pass over the next batch. Must not be called once `finished`."""
        assert self._slab is not None, "the stream is finished"
        self._taken = min(self._taken + self._batch_tokens, len(self._slab))
        if self._taken == len(self._slab):
            self._advance()

    def _advance(self) -> None:
        """Prepare the next stretch that has pairs, or finish; where passes without any follow each other, give up."""
        self._slab, self._taken = None, 0
        began = self._epoch
        most = max(3, min(1000, EMPTY_TOKENS // len(self._corpus)))
        while self._slab is None:
            if self._next_start >= len(self._corpus) and self._epoch < self._epochs:
                if self._epoch - began > most:
                    raise _no_pairs()
                self._epoch, self._next_start = self._epoch + 1, 0
            self._start, self._state = self._next_start, dict(self._rng.bit_generator.state)
            if self._start >= len(self._corpus):
                return
            self._next_start = self._slab_end(self._start)
            slab = self._window_slab(self._start, self._next_start)
            if len(slab):
                self._slab = slab

    def _slab_end(self, start: int) -> int:
        """Return the end of the last sentence within SLAB tokens; a longer sentence is cut."""
        starts = self._corpus.starts
        last = int(np.searchsorted(starts, start + SLAB, side="right")) - 1
        end = int(starts[last])
        return end if end > start else min(start + SLAB, len(self._corpus))

    def _window_slab(self, start: int, end: int) -> _Slab:
        corpus = self._corpus
        ids = corpus.ids[start:end]
        position = np.arange(start, start + len(ids))
        kept, reach = draw(ids, self._keep, self._drawn_window, self._dynamic, self._rng)
        np.minimum(reach, self._window, out=reach)
        if kept is not None:
            ids, position = ids[kept], position[kept]
        sentence = np.searchsorted(corpus.starts, position, side="right").astype(np.int32)
        same = sentence[1:] == sentence[:-1]  # a word alone in its sentence has no context, and is none
        has_pairs = np.zeros(len(ids), dtype=bool)
        has_pairs[1:] |= same
        has_pairs[:-1] |= same
        margin = self._window, self._window + self._block
        return _Slab(
            ids=np.pad(ids[has_pairs], margin),
            sentence=np.pad(sentence[has_pairs], margin),  # 0 is no sentence: `starts` begins with 0
            reach=np.pad(reach[has_pairs], margin),
            position=position[has_pairs],
        )


def _no_pairs() -> Problem:
    return Problem(
        "no_pairs",
        "The text yields no pair: no sentence has two words left after subsampling; lower min_count, or "
        "raise the threshold of subsampling.",
    )
