"""One set of word vectors, and which of them lie near: by cosine, dot product or Euclidean distance.

    cosine(x, y) = x.y / (|x| |y|)        dot(x, y) = x.y        euclidean(x, y) = |x - y|

Every question is one matrix product with all the vectors: |x - y|^2 is |x|^2 + |y|^2 - 2 x.y. Knows ids only;
words are handled by `embeddings`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..problems import Problem

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.integer]
Ranking = tuple[npt.NDArray[np.int64], Vectors]
"""Ids, the best first, and what each scored."""

METRICS = ("cosine", "dot", "euclidean")
CELLS = 1 << 23  # scores held at once: 32 MB of float32, whatever the number of queries


class Space:
    """Vectors to compare.

    Parameters
    ----------
    vectors : (V, d) float32 array
        Not copied.
    """

    def __init__(self, vectors: Vectors) -> None:
        self.vectors = vectors

    def __len__(self) -> int:
        return len(self.vectors)

    @cached_property
    def unit(self) -> Vectors:
        """The (V, d) vectors at length 1, read-only; a zero vector stays zero."""
        unit = normalized(self.vectors)
        unit.setflags(write=False)
        return unit

    @cached_property
    def _squares(self) -> Vectors:
        """The (V,) squared lengths."""
        return np.einsum("ij,ij->i", self.vectors, self.vectors)

    def compare(self, queries: Vectors, metric: str = "cosine") -> Vectors:
        """Return the (q, V) cosines, dot products or distances of (q, d) vectors to all of this space.

        A distance much smaller than the vectors' lengths is only good to about 1e-3 of those lengths
        (float32 cancellation); `nearest` measures the ones that it returns exactly.
        """
        check_choice("metric", metric, METRICS)
        if metric == "cosine":
            return normalized(queries) @ self.unit.T
        scores = queries @ self.vectors.T
        if metric == "euclidean":
            scores *= -2
            scores += self._squares
            scores += np.einsum("ij,ij->i", queries, queries)[:, None]
            np.sqrt(np.maximum(scores, 0, out=scores), out=scores)
        return scores

    def between(self, a: Ids, b: Ids, metric: str = "cosine") -> npt.NDArray[np.float64]:
        """Compare row a[i] with row b[i]: (n,) and (n,) ids to (n,) values, in double precision."""
        check_choice("metric", metric, METRICS)
        rows = self.unit if metric == "cosine" else self.vectors
        x, y = rows[a].astype(np.float64), rows[b].astype(np.float64)
        if metric == "euclidean":
            return np.linalg.norm(x - y, axis=1)
        return np.einsum("ij,ij->i", x, y)

    def nearest(
        self, queries: Vectors, k: int, metric: str = "cosine", hidden: Ids | None = None
    ) -> list[Ranking]:
        """Return for each of (q, d) query vectors the ids and values of the k nearest rows, nearest first.

        Parameters
        ----------
        queries : (q, d) float32 array
        k : int
            Fewer are returned where there are no more.
        metric : {"cosine", "dot", "euclidean"}
            Near is a high cosine, a high dot product or a small distance.
        hidden : (q, h) int array, optional
            Ids that are no answer to a query.
        """
        found = []
        for part in chunks(len(queries), len(self)):
            scores = self.compare(queries[part], metric)
            if metric == "euclidean":
                np.negative(scores, out=scores)  # from here on, more is nearer
            found += best(scores, k, None if hidden is None else hidden[part])
        if metric == "euclidean":
            return [self._measured(ids, query) for (ids, _), query in zip(found, queries, strict=True)]
        return found

    def _measured(self, ids: npt.NDArray[np.int64], query: Vectors) -> Ranking:
        """Measure the distances to a few rows without cancellation, and sort by them."""
        distances = np.linalg.norm(self.vectors[ids] - query, axis=1)
        order = np.argsort(distances, kind="stable")
        return ids[order], distances[order]


def best(scores: Vectors, k: int, hidden: Ids | None = None) -> list[Ranking]:
    """Return for each row of (q, V) scores the ids and values of the k highest, ties by id.

    `hidden` (q, h) ids are left out; `scores` is overwritten there.
    """
    ranked = []
    for i, row in enumerate(scores):
        left = len(row)
        if hidden is not None:
            row[hidden[i]] = -np.inf
            left -= len(set(hidden[i].tolist()))
        ids = _highest(row, min(k, left))
        ranked.append((ids, row[ids]))
    return ranked


def _highest(scores: Vectors, k: int) -> npt.NDArray[np.int64]:
    if k < 1:
        return np.empty(0, dtype=np.int64)
    least = np.partition(scores, len(scores) - k)[-k]
    ids = np.flatnonzero(scores >= least)  # more than k where several tie for the last place
    return ids[np.argsort(-scores[ids], kind="stable")][:k]


def normalized(vectors: Vectors) -> Vectors:
    """Return (n, d) vectors at length 1; a zero vector stays zero."""
    # Double precision: the square of a float32 neither overflows nor vanishes there.
    length = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64))
    length[length == 0] = 1
    unit = np.empty(vectors.shape, dtype=np.float32)
    return np.divide(vectors, length[:, None], out=unit, casting="same_kind")


def chunks(n: int, width: int) -> Iterator[slice]:
    """Cut n rows of `width` scores into slices of at most `CELLS` scores (and at least one row)."""
    step = max(1, CELLS // max(width, 1))
    for start in range(0, n, step):
        yield slice(start, start + step)


def check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    """Raise Problem ``bad_setting`` unless `value` is one of `choices`."""
    if value not in choices:
        raise Problem(
            "bad_setting", f"{name} must be one of {choices}, not {value!r}.", name=name, value=value
        )
