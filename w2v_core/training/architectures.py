"""What is predicted from what: skip-gram and CBOW, as rows of inputs and their targets.

    skip-gram   h = w_center                            target: one context          a pair: (center, context)
    CBOW        h = mean of the contexts' w             target: the center           a pair: (window, center)

Both are H = M W[words] with an averaging matrix M (n, words), the identity for skip-gram, and so the gradient
is dW[words] = M^T dH: each of a window's c words gets 1/c of the error, the true gradient of the mean.
word2vec.c divides by c going forward but gives every word the undivided error, a bug by arXiv 2012.15332.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ..corpus.windows import Batch
from .objectives import distinct

Index = npt.NDArray[np.integer]
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Inputs:
    """The rows of a score matrix, and the pairs in it.

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

    def hidden(self, vectors: Floats) -> Floats:
        """Return H (n, d) = M W[words], given W[words]."""
        return vectors if self.mean is None else self.mean @ vectors

    def back(self, gradient: Floats) -> Floats:
        """Return dW[words] (w, d) = M^T dH, given dH."""
        return gradient if self.mean is None else self.mean.T @ gradient


def skip_gram(batch: Batch, vocabulary_size: int) -> Inputs:
    """Predict each context from its center; all pairs of a center word share its row."""
    words, row_of_center = distinct(batch.centers, vocabulary_size)
    return Inputs(words, None, row_of_center[batch.owner], batch.contexts)


def cbow(batch: Batch, vocabulary_size: int) -> Inputs:
    """Predict each center from the mean of its contexts; a word that comes twice counts twice."""
    words, place = distinct(batch.contexts, vocabulary_size)
    n = len(batch.centers)
    size = np.bincount(batch.owner, minlength=n)
    share = np.repeat((1 / size).astype(np.float32), size)
    first = np.concatenate([[0], np.cumsum(size)])
    mean = sparse.csr_array((share, place, first), shape=(n, len(words)))
    return Inputs(words, mean, np.arange(n), batch.centers)


ARCHITECTURES: dict[str, Callable[[Batch, int], Inputs]] = {"skip_gram": skip_gram, "cbow": cbow}


def one_center(architecture: str, center: Index, contexts: Index, vocabulary_size: int) -> Inputs:
    """Return one center (1,) with its contexts (c,): a pair for each (skip-gram), or one pair (CBOW)."""
    batch = Batch(
        centers=center.astype(np.int32),
        contexts=contexts.astype(np.int32),
        owner=np.zeros(len(contexts), dtype=np.int64),
        epoch=1,
        tokens=0,
    )
    return ARCHITECTURES[architecture](batch, vocabulary_size)
