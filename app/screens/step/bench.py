"""One pair of a run on the bench: where it stands in the text, its noise words, and its numbers at one moment.

The record is taken anew whenever the pair or the vectors have changed, but not while the run plays: numbers
that change between two looks cannot be followed. It does not import Streamlit.
"""

from __future__ import annotations

import numpy as np

from w2v_core.corpus.excerpt import (
    Excerpt,
    context_positions,
    excerpt,
    random_pair,
    rarest_context,
    telling_pair,
)

from ...background.run import Run

LEADING = 6  # most probable words to show beside those that the loss names
RARITY = 1e-3  # as subsampling at this threshold: pairs by chance are not all of "the"


class PairBench:
    """A center and a context in the text of one run.

    Parameters
    ----------
    run : Run
    word : str
        The first center.
    before : PairBench, optional
        Of a former run. On the same corpus its pair is kept, so that losses can be compared on it.

    Attributes
    ----------
    center_at, context_at : int
        Positions in the corpus.
    noise : list of int
        Word ids.
    record : PairRecord
    embeddings : Embeddings
        The vectors at the same moment.
    step : int
        The run's steps at that moment.
    looks : int
        How often the record was taken.
    probabilities, sigmoids : list of arrays
        p(context | center), and negative sampling's sigmoid(s) of the context (else NaN), at the start and
        after each application: an array for each press of a button.
    """

    def __init__(self, run: Run, word: str, before: PairBench | None = None) -> None:
        self.run = run
        self._seen = (-1, 0.0)  # version and rate of the record
        self.looks = 0
        self._random = np.random.default_rng(run.config.seed)
        if before and before.run.corpus is run.corpus and before.context_at in before.contexts(run):
            self._take(before.center_at, before.context_at)
        else:
            self.find(word)

    def contexts(self, run: Run | None = None) -> list[int]:
        """Return the positions in the center's window (of another run, if given)."""
        run = run or self.run
        return context_positions(run.corpus, self.center_at, run.config.window)

    @property
    def center(self) -> int:
        """The center's word id."""
        return int(self.run.corpus.ids[self.center_at])

    @property
    def context(self) -> int:
        """The context's word id."""
        return int(self.run.corpus.ids[self.context_at])

    @property
    def excerpt(self) -> Excerpt:
        """The sentence around the center."""
        return excerpt(self.run.corpus, self.center_at)

    def find(self, word: str) -> None:
        """Take a word as center, with the context that it goes with best."""
        corpus = self.run.corpus
        found = telling_pair(corpus, corpus.vocabulary.id(word), self.run.config.window, RARITY)
        if found:
            self._take(*found)
        else:
            self.surprise()

    def surprise(self) -> None:
        """Take any pair of the corpus."""
        self._take(*random_pair(self.run.corpus, self.run.config.window, RARITY, self._random))

    def pick_center(self, position: int) -> None:
        """Take the word at a position as center, if it has a context."""
        if not 0 <= position < len(self.run.corpus):
            return
        context = rarest_context(self.run.corpus, position, self.run.config.window)
        if context is not None:
            self._take(position, context)

    def pick_context(self, position: int) -> None:
        """Take the word at a position as context, if it stands in the center's window."""
        if position in self.contexts():
            self._take(self.center_at, position)

    def show(self, center_at: int, context_at: int) -> bool:
        """Take the pair at two positions; return whether it is one."""
        corpus = self.run.corpus
        if not 0 <= center_at < len(corpus):
            return False
        if context_at not in context_positions(corpus, center_at, self.run.config.window):
            return False
        self._take(center_at, context_at)
        return True

    def redraw(self) -> None:
        """Draw other noise words."""
        self.noise = self.run.draw_noise(int(self._random.integers(1 << 32)))
        self._stale = True

    def refresh(self) -> None:
        """Take the record anew if the pair has changed, or the vectors have and the run stands still."""
        version, rate = self.run.progress.version, self.run.learning_rate
        moved = (version, rate) != self._seen and not self.run.running
        if not self._stale and not moved:
            return
        self._look(version, rate)
        self.probabilities = [self.record.distribution[[self.record.target]]]
        self.sigmoids = [self._sigmoid()]

    def apply(self, times: int) -> None:
        """Train on the pair; nothing happens while the run plays.

        Raises
        ------
        Problem
            The run would diverge.
        """
        self.refresh()  # the curve starts from what is now
        told = self.run.apply(self.center, self.context, self.noise, times)
        if told is None:
            return
        self.probabilities.append(told.probabilities[1:])
        self.sigmoids.append(told.sigmoids[1:])
        self._look(self.run.progress.version, self.run.learning_rate)

    def undo(self) -> None:
        """Take back the last `apply`, of this pair or of the one before."""
        if not self.run.undo():
            return
        if len(self.probabilities) > 1:
            self.probabilities.pop()
            self.sigmoids.pop()
            self._look(self.run.progress.version, self.run.learning_rate)

    @property
    def applied(self) -> int:
        """How many times the pair has been applied."""
        return sum(map(len, self.probabilities)) - 1

    def _take(self, center_at: int, context_at: int) -> None:
        self.center_at, self.context_at = center_at, context_at
        self.redraw()

    def _look(self, version: int, rate: float) -> None:
        self.record, self.embeddings = self.run.examine(self.center, self.context, self.noise, LEADING)
        self.step = self.run.progress.step
        self.looks += 1
        self._seen = version, rate
        self._stale = False

    def _sigmoid(self) -> np.ndarray:
        if self.run.config.objective != "negative_sampling":
            return np.array([np.nan])
        return self.record.probabilities[self.record.columns == self.record.target]
