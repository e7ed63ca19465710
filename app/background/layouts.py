"""Words as points: by principal components, by t-SNE, or along axes of meaning; and how true the map is.

`Layouts` keeps what was computed for the words and vectors at hand. It does not import Streamlit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from w2v_core import Embeddings
from w2v_core.vectors.directions import angle, axis, plane
from w2v_core.vectors.faithfulness import LEAST_WORDS, Faithfulness, faithfulness
from w2v_core.vectors.projection import Points, PrincipalComponents, principal_components
from w2v_core.vectors.space import Vectors
from w2v_core.vectors.tsne import TSNE

from .engine import engine
from .tsne_run import Forming, TsneState

KINDS = ("pca", "tsne", "axes")
NEAREST = 10  # neighbors by which a map is judged
MEASURE_SECONDS = 1.5  # at least, between two judgments of a map that moves

Ids = npt.NDArray[np.int64]
_MEASURER = ThreadPoolExecutor(1, "w2v-measurer")  # one judgment at a time for all sessions


@dataclass(frozen=True)
class MapWish:
    """The map that is wanted.

    Attributes
    ----------
    kind : {"pca", "tsne", "axes"}
    dimensions : {2, 3}
    which : {"input", "output", "sum"}
    components : tuple of int
        PCA: those on the axes, from 0.
    perplexity, rate, seed
        t-SNE; a rate of None is the automatic one.
    pairs : tuple of tuples of (str, str)
        Axes of meaning: the word pairs that make up each, from one end to the other.
    """

    kind: str = "pca"
    dimensions: int = 2
    which: str = "input"
    components: tuple[int, ...] = (0, 1, 2)
    perplexity: float = 30
    rate: float | None = None
    seed: int = 1
    pairs: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, eq=False)
class Layout:
    """A map.

    Attributes
    ----------
    key : str
        What map it is, a dash, and its moment: changes with the points.
    points : (n, 2 or 3) float32
        At root-mean-square distance 1 from their middle: a map has no unit, and the cloud grows by a factor
        of a hundred while it learns. Along axes of meaning they are cosines.
    components : PrincipalComponents or None
        Of a map by PCA.
    formed : TsneState or None
        Of a map by t-SNE.
    angle : float
        Between axes of meaning, in degrees.
    """

    key: str
    points: Points
    components: PrincipalComponents | None = None
    formed: TsneState | None = None
    angle: float = 90.0


class Layouts:
    """The maps of one session: each is made when it is first asked for, and kept while it stays the same."""

    def __init__(self) -> None:
        self._memo: dict[str, tuple[Any, Any]] = {}
        self.tsne: Forming | None = None
        self._formed_of: tuple[Hashable, bytes] | None = None
        self._formed_by = MapWish()
        self._begun = 0
        self._judging: tuple[str, Future[Faithfulness]] | None = None
        self._judged: tuple[str, Faithfulness] | None = None
        self._judged_at = 0.0

    def remembered(self, name: str, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what `make` made when `name` was last asked for with this key, or make it."""
        if name not in self._memo or self._memo[name][0] != key:
            self._memo[name] = (key, make())
        return self._memo[name][1]

    def layout(self, wish: MapWish, embeddings: Embeddings, moment: Hashable, ids: Ids) -> Layout:
        """Return the map of some words of these embeddings; `moment` changes with the vectors.

        Raises
        ------
        Problem
            There can be no such map: too few words, or vectors that are not there.
        """
        make = {"pca": self._pca, "tsne": self._tsne, "axes": self._axes}[wish.kind]
        return make(wish, embeddings, moment, ids)

    def _pca(self, wish: MapWish, embeddings: Embeddings, moment: Hashable, ids: Ids) -> Layout:
        words = (wish.which, ids.tobytes())
        before = self._memo.get("pca")
        found: PrincipalComponents = self.remembered(
            "pca", (moment, words), lambda: principal_components(embeddings.space(wish.which).unit[ids])
        )
        if before and before[0][1] == words and before[0][0] != moment:  # the same words, a moment later
            found = _same_way_round(found, before[1])
            self._memo["pca"] = ((moment, words), found)
        points = np.zeros((len(ids), wish.dimensions), dtype=np.float32)
        for place, number in enumerate(wish.components[: wish.dimensions]):
            if number < found.scores.shape[1]:
                points[:, place] = found.scores[:, number]
        key = f"pca {hash((words, wish.components[: wish.dimensions]))}-{moment}"
        return Layout(key, _scaled(points), components=found)

    def _axes(self, wish: MapWish, embeddings: Embeddings, moment: Hashable, ids: Ids) -> Layout:
        unit, vocabulary = embeddings.space(wish.which).unit, embeddings.vocabulary
        x, y = (axis(unit, np.array([vocabulary.ids(pair) for pair in pairs])) for pairs in wish.pairs)
        key = f"axes {hash((wish.which, ids.tobytes(), wish.pairs))}-{moment}"
        return Layout(key, plane(unit[ids], x, y), angle=angle(x, y))

    def _tsne(self, wish: MapWish, embeddings: Embeddings, moment: Hashable, ids: Ids) -> Layout:
        by = self._formed_by
        of_others = self._formed_of != (moment, ids.tobytes()) or wish.which != by.which
        run = self.tsne
        if run is None or of_others or (wish.dimensions, wish.seed) != (by.dimensions, by.seed):
            self.begin(wish, embeddings, moment, ids)
        elif (wish.perplexity, wish.rate) != (by.perplexity, by.rate):
            self.begin(wish, embeddings, moment, ids, run.frame.points)
        assert self.tsne is not None, "it has begun"
        frame = self.tsne.frame
        return Layout(f"tsne {self._begun}-{frame.version}", _scaled(frame.points), formed=frame)

    def begin(
        self,
        wish: MapWish,
        embeddings: Embeddings,
        moment: Hashable,
        ids: Ids,
        start: Points | None = None,
    ) -> None:
        """Begin a t-SNE map: anew, or from a layout that there is."""
        vectors = embeddings.space(wish.which).unit[ids]
        shown = start
        if shown is None:
            shown = np.zeros((len(ids), wish.dimensions), dtype=np.float32)
            scores = principal_components(vectors, wish.dimensions).scores
            shown[:, : scores.shape[1]] = scores
        if self.tsne:
            self.tsne.close()
        self._begun += 1
        self._formed_of, self._formed_by = (moment, ids.tobytes()), wish
        self.tsne = engine().form(
            partial(
                TSNE,
                vectors,
                dimensions=wish.dimensions,
                perplexity=wish.perplexity,
                learning_rate="auto" if wish.rate is None else wish.rate,
                seed=wish.seed,
                start=start,
            ),
            shown,
        )
        self.tsne.start()

    def fidelity(self, layout: Layout, vectors: Vectors) -> Faithfulness | None:
        """Return how true a map is to its words' (n, d) vectors; None until that is known, or if they are too few.

        It is judged in the background; meanwhile the judgment of the same map a moment ago stands.
        """
        if len(vectors) < LEAST_WORDS:
            return None
        if self._judging and self._judging[1].done():
            self._judged = (self._judging[0], self._judging[1].result())
            self._judging, self._judged_at = None, time.monotonic()
        known = self._judged and self._judged[0] == layout.key
        waited = time.monotonic() - self._judged_at > MEASURE_SECONDS
        if not known and self._judging is None and (waited or not self.moving):
            work = _MEASURER.submit(faithfulness, vectors, layout.points, NEAREST)
            self._judging = (layout.key, work)
        if self._judged and self._judged[0].rpartition("-")[0] == layout.key.rpartition("-")[0]:
            return self._judged[1]
        return None

    @property
    def moving(self) -> bool:
        """Whether a t-SNE map is forming."""
        return self.tsne is not None and self.tsne.running

    @property
    def judging(self) -> bool:
        """Whether a judgment is under way."""
        return self._judging is not None


def _scaled(points: Points) -> Points:
    """Return points around their middle, at root-mean-square distance 1 from it."""
    points = points - points.mean(axis=0)
    size = np.sqrt(np.mean(np.sum(points**2, axis=1)))
    return points / max(float(size), 1e-12)


def _same_way_round(found: PrincipalComponents, before: PrincipalComponents) -> PrincipalComponents:
    """Return components that point where those of a moment ago did: their sign is arbitrary."""
    k = min(found.scores.shape[1], before.scores.shape[1])
    signs = np.ones(found.scores.shape[1], dtype=np.float32)
    signs[:k] = np.where((found.scores[:, :k] * before.scores[:, :k]).sum(axis=0) < 0, -1, 1)
    return PrincipalComponents(found.scores * signs, found.shares)
