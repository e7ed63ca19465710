"""The frozen probe: the same pairs at every look, expected noise, no update. The honest curve of a run.

The loss that training reports is of words just seen, with noise just drawn, before the update. Here the
pairs are drawn once, noise enters with its expectation, and sums are float64, so that two looks differ only
by the vectors. Scores are made in blocks of rows: memory stays bounded however large the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..corpus.corpus import Corpus
from ..corpus.vocabulary import Vocabulary
from ..corpus.windows import Pairs, Windows
from ..training.architectures import ARCHITECTURES, Rows
from ..training.config import TrainingConfig
from ..training.objectives import Objective

Floats = npt.NDArray[np.floating]
Index = npt.NDArray[np.integer]

CELLS = 1 << 20  # scores held at once: 8 MB, and some ten arrays of that size
PIECE = 1000  # tokens: a longer sentence is sampled in pieces of this length


@dataclass(frozen=True, eq=False)
class Probe:
    """Pairs with their counts, as sparse triplets. Arrays are read-only.

    Attributes
    ----------
    vocabulary : Vocabulary
    inputs : Rows
        The rows, and the distinct (row, target) cells by rising row.
    count : (P,) float64 array
        Pairs of each cell.
    """

    vocabulary: Vocabulary
    inputs: Rows
    count: Floats

    @classmethod
    def from_corpus(
        cls,
        corpus: Corpus,
        config: TrainingConfig,
        *,
        max_tokens: int | None = None,
        passes: int = 1,
        seed: int = 0,
    ) -> Probe:
        """Take one pass over the corpus, windowed and subsampled as configured, or several.

        Parameters
        ----------
        corpus : Corpus
        config : TrainingConfig
            Its window settings and architecture; its own seed is not used.
        max_tokens : int, optional
            Take a random sample of the sentences with about this many tokens, for large corpora.
        passes : int
            Each draws windows and subsampling anew, as each epoch of training does: the more there are, the
            nearer the pairs' shares come to what a long run sees.
        seed : int

        Raises
        ------
        Problem
            ``no_pairs``.
        """
        rng = np.random.default_rng(seed)
        if max_tokens is not None and max_tokens < len(corpus):
            corpus = _sample(corpus, max_tokens, rng)
        windows = Windows(
            corpus,
            window=config.window,
            dynamic=config.dynamic_window,
            subsample=config.subsample,
            batch_tokens=len(corpus),
            epochs=passes,
            rng=rng,
        )
        batches = []
        while not windows.finished:
            batches.append(windows.next().pairs())
        V = len(corpus.vocabulary)
        inputs = ARCHITECTURES[config.architecture].rows(_joined(batches), V)
        cells, count = np.unique(inputs.row * V + inputs.target, return_counts=True)
        row, target = np.divmod(cells, V)
        for part in (row, target, inputs.words):
            part.setflags(write=False)
        counts = count.astype(np.float64)
        counts.setflags(write=False)
        return cls(corpus.vocabulary, Rows(inputs.words, inputs.mean, row, target), counts)

    def thinned(self, rows: int) -> Probe:
        """Keep about this many rows, each with all its pairs: a look costs rows times the vocabulary.

        Rows are taken at even steps down the list of rows by number of pairs, so frequent and rare words stay
        in proportion. Other than in a sample of tokens, a word keeps its whole company: what a softmax could
        at best know of it, and so the floor, is as in the text.
        """
        n = self.inputs.n_rows
        if rows >= n:
            return self
        by_pairs = np.argsort(-np.bincount(self.inputs.row, self.count, n), kind="stable")
        kept = np.sort(by_pairs[((np.arange(rows) + 0.5) * n / rows).astype(np.int64)])
        new_row = np.full(n, -1)
        new_row[kept] = np.arange(rows)
        cell = new_row[self.inputs.row] >= 0
        parts = new_row[self.inputs.row[cell]], self.inputs.target[cell], self.count[cell]
        words, mean = self.inputs.words, self.inputs.mean
        words, mean = (words[kept], None) if mean is None else (words, mean[kept])
        for part in (*parts, words):
            part.setflags(write=False)
        return Probe(self.vocabulary, Rows(words, mean, *parts[:2]), parts[2])

    @property
    def pairs(self) -> int:
        """Number of pairs, repeated ones included."""
        return int(self.count.sum())

    @property
    def triplets(self) -> tuple[Index, Index, Floats]:
        """(center, context, count) of each cell; in CBOW (window, center, count)."""
        source = self.inputs.row
        if self.inputs.mean is None:
            source = self.inputs.words[source]
            source.setflags(write=False)
        return source, self.inputs.target, self.count


@dataclass(frozen=True)
class ProbeRecord:
    """What one look at the probe found: means over its pairs. Comparable across objectives, `loss` apart.

    Attributes
    ----------
    loss : float
        The objective's own loss per pair, with expected noise, in nats.
    cross_entropy : float
        Mean -log p(target | row) in nats, with p normalised over all words: as it is for softmax and
        hierarchical softmax, from K Pn exp(s) for negative sampling. Never below H(context | center).
    mean_reciprocal_rank : float
        Of the target among all words in the order of the model's own scores (hierarchical softmax: of p).
        Tied words share the mean of their ranks.
    top_1, top_5, top_10 : float
        Share of pairs whose target is among the best 1, 5, 10; of tied words a fair share is.
    """

    loss: float
    cross_entropy: float
    mean_reciprocal_rank: float
    top_1: float
    top_5: float
    top_10: float


def probe_loss(probe: Probe, W: Floats, U: Floats, objective: Objective) -> float:
    """Return the objective's mean loss per pair on the probe, in nats, with expected noise.

    Parameters
    ----------
    probe : Probe
    W : (V, d) float array
    U : (objective.n_outputs, d) float array
    objective : Objective
        Of the configuration whose windows the probe has: skip-gram's or CBOW's.
    """
    return sum(_loss(block, objective) for block in _blocks(probe, W, U)) / probe.pairs


def measure(probe: Probe, W: Floats, U: Floats, objective: Objective) -> ProbeRecord:
    """Return `probe_loss` and the measures that can be compared across objectives."""
    sums = np.zeros(6)
    for block in _blocks(probe, W, U):
        cell = block.row, block.target
        above, tied = _standing(objective.word_scores(block.scores), *cell)
        sums[0] += _loss(block, objective)
        sums[1] -= block.count @ objective.log_probabilities(block.scores)[cell]
        sums[2] += block.count @ (1 / (above + (tied + 1) / 2))
        for i, k in enumerate((1, 5, 10), 3):
            sums[i] += block.count @ np.clip((k - above) / tied, 0, 1)
    return ProbeRecord(*(sums / probe.pairs).tolist())


@dataclass(frozen=True, eq=False)
class _Block:
    """The scores of some rows, and their cells."""

    scores: Floats
    row: Index
    target: Index
    count: Floats


def _blocks(probe: Probe, W: Floats, U: Floats) -> Iterator[_Block]:
    inputs, outputs = probe.inputs, U.astype(np.float64)
    A = W[inputs.words].astype(np.float64)
    rows_at_once = max(1, CELLS // len(probe.vocabulary))
    for start in range(0, inputs.n_rows, rows_at_once):
        rows = slice(start, min(start + rows_at_once, inputs.n_rows))
        hidden = A[rows] if inputs.mean is None else inputs.mean[rows] @ A
        cells = slice(*np.searchsorted(inputs.row, [rows.start, rows.stop]))
        yield _Block(hidden @ outputs.T, inputs.row[cells] - start, inputs.target[cells], probe.count[cells])


def _loss(block: _Block, objective: Objective) -> float:
    draw = objective.expected(len(block.scores), block.row, block.target, block.count)
    return objective.loss(block.scores, *draw.counts)[0]


def _standing(scores: Floats, row: Index, target: Index) -> tuple[Index, Index]:
    """Return, for each cell, how many columns of its row score higher, and how many the same (itself too)."""
    own = scores[row, target]
    rising = np.sort(scores, axis=1)
    below_or_same, below = np.empty((2, len(row)), dtype=np.int64)
    first = np.searchsorted(row, np.arange(len(scores) + 1))
    for i, line in enumerate(rising):
        cells = slice(first[i], first[i + 1])
        below[cells] = np.searchsorted(line, own[cells], side="left")
        below_or_same[cells] = np.searchsorted(line, own[cells], side="right")
    return scores.shape[1] - below_or_same, below_or_same - below


def _joined(parts: list[Pairs]) -> Pairs:
    before = np.cumsum([0, *(len(part.centers) for part in parts)])
    return Pairs(
        centers=np.concatenate([part.centers for part in parts]),
        contexts=np.concatenate([part.contexts for part in parts]),
        owner=np.concatenate([part.owner + n for part, n in zip(parts, before[:-1], strict=True)]),
    )


def _sample(corpus: Corpus, tokens: int, rng: np.random.Generator) -> Corpus:
    """Return random sentences of the corpus with at least `tokens` tokens together, in corpus order."""
    bounds = np.union1d(corpus.starts, np.arange(0, len(corpus), PIECE))
    order = rng.permutation(len(bounds) - 1)
    length = np.diff(bounds)
    needed = int(np.searchsorted(np.cumsum(length[order]), tokens)) + 1
    chosen = np.sort(order[:needed])
    ids = np.concatenate([corpus.ids[bounds[i] : bounds[i + 1]] for i in chosen])
    return Corpus(corpus.vocabulary, ids, np.concatenate([[0], np.cumsum(length[chosen])]))
