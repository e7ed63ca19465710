"""Which words the live map shows, where they are now, and the nearest neighbors of each.

A map of at most `MOST_WORDS` words keeps its words for the whole run, so that points move but never change
places. Nearest neighbors (for hovering) are found in the original space among the whole vocabulary; a share
of the words is refreshed at every frame, all of them within twenty frames.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from w2v_core import Corpus, Embeddings
from w2v_core.vectors.projection import AlignedPCA, Points

MOST_WORDS = 1000
MOST_CATEGORIES = 8  # as many as there are colors to tell apart, and already a lot for two axes
NEAREST = 5
FRAMES_TO_REFRESH = 20
ANCHOR_STEPS = 1000  # of training between two anchors


@dataclass(frozen=True, eq=False)
class MapFrame:
    """The map at one moment.

    Attributes
    ----------
    xy : (n, 2) float32
        Scaled so that the colored words lie at root-mean-square distance 1 from the middle: a PCA map has
        no unit, and the cloud grows by a factor of a hundred while it learns.
    nearest : (n, k) int32
        Vocabulary ids of each word's nearest neighbors, nearest first.
    explained : float
        Share of the colored words' variance (of all words', without categories) that the plane holds.
    """

    xy: np.ndarray
    nearest: np.ndarray
    explained: float

    def __post_init__(self) -> None:
        for array in (self.xy, self.nearest):
            array.setflags(write=False)


NO_MAP = MapFrame(np.zeros((0, 2), np.float32), np.zeros((0, 0), np.int32), 0.0)


class WordMap:
    """The words of one run's map.

    Parameters
    ----------
    corpus : Corpus
    categories : sequence of sequences of words
        The first `MOST_CATEGORIES` are colored and decide the axes; the map fills up with the most frequent
        of the other words.
    nearest : int
        Neighbors to find for each word.

    Attributes
    ----------
    ids : (n,) vocabulary ids of the words shown
    category : (n,) index into `categories`, -1 for none
    """

    def __init__(
        self, corpus: Corpus, categories: Sequence[Sequence[str]] = (), nearest: int = NEAREST
    ) -> None:
        vocabulary = corpus.vocabulary
        category = np.full(len(vocabulary), -1)
        for index, words in enumerate(categories[:MOST_CATEGORIES]):
            category[[vocabulary.id(word) for word in words if word in vocabulary]] = index
        order = np.argsort(category < 0, kind="stable")  # by falling count within either half
        self.ids = order[:MOST_WORDS]
        self.category = category[self.ids]
        self._coloured = int((self.category >= 0).sum()) or None
        self._project = AlignedPCA()
        self._near = np.zeros((len(self.ids), min(nearest, len(vocabulary) - 1)), dtype=np.int32)
        self._turn = 0

    def anchor(self, embeddings: Embeddings) -> None:
        """Remember how the map lies now; later frames are turned to lie like it.

        Frames are drawn when the clock says so, anchors set at fixed steps: the same run ends in the same map.
        """
        self._project(embeddings.unit_vectors[self.ids], fit=self._coloured)

    @property
    def anchored(self) -> Points:
        """The (n, 2) points that later frames are turned to lie like."""
        assert self._project.anchor is not None, "a run anchors its map when it begins"
        return self._project.anchor

    @anchored.setter
    def anchored(self, points: Points) -> None:
        if points.shape != (len(self.ids), 2) or points.dtype != np.float32 or not np.isfinite(points).all():
            raise ValueError("no map of these words")
        self._project.anchor = points

    def frame(
        self, embeddings: Embeddings, refresh_all: bool = False, like: MapFrame | None = None
    ) -> MapFrame:
        """Project the words and refresh the neighbors of those whose turn it is (or of all).

        The map lies as it lay at the last anchor, or `like` another run's.
        """
        xy = self._project(
            embeddings.unit_vectors[self.ids], self._coloured, remember=False, like=like.xy if like else None
        )
        size = np.sqrt(np.mean(np.sum(xy[: self._coloured] ** 2, axis=1)))
        xy = xy / max(float(size), 1e-12)
        due = slice(None) if refresh_all else slice(self._turn, None, FRAMES_TO_REFRESH)
        self._turn = (self._turn + 1) % FRAMES_TO_REFRESH
        near = self._near.copy()
        if near[due].size:  # of very few words, none may be due
            near[due] = [ids for ids, _ in embeddings.nearest(self.ids[due], near.shape[1])]
        self._near = near
        return MapFrame(xy, near, self._project.explained)
