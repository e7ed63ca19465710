"""How near all words are to one of them: what a list of its nearest neighbours leaves out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .embeddings import Embeddings


def similarity_histogram(
    embeddings: Embeddings, word: str, *, metric: str = "cosine", bins: int = 60
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Count the words by their cosine (dot product, distance) to one word, which is left out itself.

    Parameters
    ----------
    embeddings : Embeddings
    word : str
    metric : {"cosine", "dot", "euclidean"}
    bins : int

    Returns
    -------
    counts : (bins,) int array
    edges : (bins + 1,) float array
        Of cosines from -1 to 1, otherwise from the least to the greatest.

    Raises
    ------
    UnknownWord
    """
    id = embeddings.vocabulary.id(word)
    space = embeddings.space()
    [scores] = space.compare(space.vectors[id : id + 1], metric)
    # In double precision 60 edges fit between two neighbouring float32.
    others = np.delete(scores, id).astype(np.float64)
    ends = (-1.0, 1.0) if metric == "cosine" else _ends(others)
    return np.histogram(np.clip(others, *ends), bins, ends)


def _ends(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the least and the greatest value, apart from each other even if they are one."""
    low, high = float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))
    if low > high:  # no value
        return 0.0, 1.0
    room = 0.0 if low < high else max(0.5, abs(low) / 1000)
    return low - room, high + room
