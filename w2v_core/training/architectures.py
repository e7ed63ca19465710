"""What is predicted from what: skip-gram and CBOW, as rows of inputs and their targets.

    skip-gram   h = w_center                            target: one context          a pair: (center, context)
    CBOW        h = mean of the contexts' w             target: the center           a pair: (window, center)

Both are H = M W[words] with a matrix M (n, words), and so the gradient is dW[words] = M^T dH. In skip-gram M
picks words; in CBOW it averages them, and each of a window's c words gets 1/c of the error, the true gradient
of the mean. word2vec.c divides by c going forward but gives every word the undivided error, a bug by arXiv
2012.15332.

A batch can be had in two forms. As *rows*: one for each distinct center word (or window), and a list of the
pairs in them; for losses that score the whole vocabulary, which all pairs of a word share. As *blocks*: a few
neighbouring centers against the stretch of text around them; for losses that score few words a pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ..corpus.windows import Batch, Pairs
from .rows import collect, distinct, spread

Index = npt.NDArray[np.integer]
Floats = npt.NDArray[np.floating]


class Inputs(Protocol):
    """The rows of a score matrix, made from some vectors in W."""

    @property
    def words(self) -> Index:
        """(w,) Distinct rows of W."""

    @property
    def n_pairs(self) -> int:
        """Pairs to be predicted."""

    def hidden(self, vectors: Floats) -> Floats:
        """Return H (..., n, d) = M W[words], given W[words]."""

    def back(self, gradient: Floats) -> Floats:
        """Return dW[words] (w, d) = M^T dH, given dH."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows, and the pairs in them.

    Attributes
    ----------
    words : (w,) int array
        Distinct rows of W.
    mean : (n, w) sparse array or None
        M; None if each word is its own row, so that n = w.
    row : (P,) int array in 0..n-1
    target : (P,) int array
        Word id that each pair's row is to predict.
    """

    words: Index
    mean: Any | None
    row: Index
    target: Index

    @property
    def n_rows(self) -> int:
        """Rows of H."""
        return len(self.words) if self.mean is None else self.mean.shape[0]

    @property
    def n_pairs(self) -> int:
        """Pairs to be predicted."""
        return len(self.row)

    def hidden(self, vectors: Floats) -> Floats:
        """Return H (n, d) = M W[words], given W[words]."""
        return vectors if self.mean is None else self.mean @ vectors

    def back(self, gradient: Floats) -> Floats:
        """Return dW[words] (w, d) = M^T dH, given dH."""
        return gradient if self.mean is None else self.mean.T @ gradient


@dataclass(frozen=True, eq=False)
class Blocks:
    """A stack of b blocks, each of r rows against the same c targets.

    Attributes
    ----------
    words : (w,) int array
        Distinct rows of W.
    place : (b, r) int array or None
        Which of `words` each row is; None where rows are means.
    mean : (b r, w) sparse array or None
        M where rows are means.
    targets : (b, c) int array
        Word ids.
    positives : (b, r, c) bool array
        Which targets are pairs of which row.
    """

    words: Index
    place: Index | None
    mean: Any
    targets: Index
    positives: npt.NDArray[np.bool_]

    @property
    def n_pairs(self) -> int:
        """Pairs to be predicted."""
        return int(np.count_nonzero(self.positives))

    def hidden(self, vectors: Floats) -> Floats:
        """Return H (b, r, d) = M W[words], given W[words]."""
        if self.place is not None:
            return spread(vectors, self.place)
        hidden: Floats = self.mean @ vectors
        return hidden.reshape(*self.positives.shape[:2], -1)

    def back(self, gradient: Floats) -> Floats:
        """Return dW[words] (w, d) = M^T dH, given dH."""
        if self.place is not None:
            return collect(gradient, self.place, len(self.words))
        return self.mean.T @ gradient.reshape(self.mean.shape[0], -1)


class Architecture(Protocol):
    """What is predicted from what, in both forms."""

    def rows(self, pairs: Pairs, vocabulary_size: int) -> Rows:
        """Return the batch as rows and pairs."""

    def blocks(self, batch: Batch, vocabulary_size: int) -> Blocks:
        """Return the batch as blocks."""


class SkipGram:
    """Predict each context from its center."""

    def rows(self, pairs: Pairs, vocabulary_size: int) -> Rows:
        """All pairs of a center word share its row."""
        words, row_of_center = distinct(pairs.centers, vocabulary_size)
        return Rows(words, None, row_of_center[pairs.owner], pairs.contexts)

    def blocks(self, batch: Batch, vocabulary_size: int) -> Blocks:
        """A row for each center, a target for each word of the text around."""
        words, place = distinct(batch.centers, vocabulary_size)
        return Blocks(words, place, None, batch.around, batch.is_context)


class Cbow:
    """Predict each center from the mean of its contexts; a word that comes twice counts twice."""

    def rows(self, pairs: Pairs, vocabulary_size: int) -> Rows:
        """A row for each window."""
        words, place = distinct(pairs.contexts, vocabulary_size)
        n = len(pairs.centers)
        return Rows(words, _mean(place, pairs.owner, n, len(words)), np.arange(n), pairs.centers)

    def blocks(self, batch: Batch, vocabulary_size: int) -> Blocks:
        """A row for each window, a target for each center: the one on the diagonal is its own."""
        block, row, column = np.nonzero(batch.is_context)
        words, place = distinct(batch.around[block, column], vocabulary_size)
        window = block * batch.centers.shape[1] + row
        own = np.eye(batch.centers.shape[1], dtype=bool) & batch.is_context.any(axis=2, keepdims=True)
        mean = _mean(place, window, batch.centers.size, len(words))
        return Blocks(words, None, mean, batch.centers, own)


def _mean(place: Index, window: Index, n: int, words: int) -> Any:
    """Return M (n, words): row i averages the words whose `window` (rising) is i."""
    size = np.bincount(window, minlength=n)
    share = np.repeat((1 / np.maximum(size, 1)).astype(np.float32), size)
    return sparse.csr_array((share, place, np.concatenate([[0], np.cumsum(size)])), shape=(n, words))


ARCHITECTURES: dict[str, Architecture] = {"skip_gram": SkipGram(), "cbow": Cbow()}


def one_center(architecture: str, center: Index, contexts: Index, vocabulary_size: int) -> Rows:
    """Return one center (1,) with its contexts (c,): a pair for each (skip-gram), or one pair (CBOW)."""
    pairs = Pairs(center, contexts, np.zeros(len(contexts), dtype=np.int64))
    return ARCHITECTURES[architecture].rows(pairs, vocabulary_size)
