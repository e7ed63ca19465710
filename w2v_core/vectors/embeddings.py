"""Word vectors to ask questions of. Read-only: nothing here trains."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..corpus.vocabulary import Vocabulary

Vectors = npt.NDArray[np.float32]


class Embeddings:
    """The vectors of a vocabulary at one moment.

    Parameters
    ----------
    vocabulary : Vocabulary
    vectors : (V, d) float32 array
        Input vectors W, the ones that word2vec exports. Made read-only.
    output_vectors : (n, d) float32 array, optional
        Output vectors U. Made read-only.
    """

    def __init__(
        self, vocabulary: Vocabulary, vectors: Vectors, output_vectors: Vectors | None = None
    ) -> None:
        self.vocabulary = vocabulary
        self.vectors = vectors
        self.output_vectors = output_vectors
        for array in (vectors, output_vectors):
            if array is not None:
                array.setflags(write=False)

    def __getitem__(self, word: str) -> Vectors:
        """Return the (d,) vector of a word; raise `UnknownWord` with close spellings."""
        return self.vectors[self.vocabulary.id(word)]

    @cached_property
    def unit_vectors(self) -> Vectors:
        """The (V, d) input vectors at length 1; a zero vector stays zero."""
        length = np.linalg.norm(self.vectors, axis=1, keepdims=True)
        unit = self.vectors / np.maximum(length, np.finfo(np.float32).tiny)
        unit.setflags(write=False)
        return unit

    def neighbors(self, word: str, k: int = 10) -> list[tuple[str, float]]:
        """Return the k nearest words and their cosines, the nearest first, the word itself left out.

        Raises
        ------
        UnknownWord
            A KeyError whose message names close spellings.
        """
        query = self.vocabulary.id(word)
        [(ids, cosines)] = self.nearest(np.array([query]), k)
        words = self.vocabulary.words
        return [(words[i], float(c)) for i, c in zip(ids, cosines, strict=True)]

    def nearest(
        self, queries: npt.NDArray[np.integer], k: int
    ) -> list[tuple[npt.NDArray[np.int64], Vectors]]:
        """Return, for each query id, the ids and cosines of its k nearest words, nearest first."""
        cosines = self.unit_vectors[queries] @ self.unit_vectors.T
        cosines[np.arange(len(queries)), queries] = -np.inf  # a word is not its own neighbour
        k = min(k, len(self.vocabulary) - 1)
        some = np.argpartition(-cosines, k - 1, axis=1)[:, :k] if k else np.empty((len(queries), 0), int)
        found = []
        for row, ids in zip(cosines, some, strict=True):
            ids = ids[np.argsort(-row[ids], kind="stable")]
            found.append((ids, row[ids]))
        return found
