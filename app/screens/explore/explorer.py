"""What the Explore page looks at: which words of which vectors, and what is asked about them.

`Explorer` belongs to one session and one run. It looks at the newest vectors; only under a t-SNE map, which cannot
follow them, at those that the map was begun with. It does not import Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from w2v_core import Embeddings, Problem, Vocabulary
from w2v_core.vectors.clusters import Clusters, clusters
from w2v_core.vectors.evaluation import AnalogyScore, Section, evaluate_analogies
from w2v_core.vectors.faithfulness import Faithfulness
from w2v_core.vectors.motion import aligned_maps, moved_most, neighbors_over_time
from w2v_core.vectors.projection import Points
from w2v_core.vectors.space import Ranking, Space

from ...background.layouts import Ids, Layout, Layouts, MapWish
from ...background.run import Run
from ...own_text import Source
from .panel_state import PanelState, updated

PEOPLE = ("gender", "court", "family")  # sections of analogies
FAMOUS = ("king", "国王")  # the best-known analogy question: "... as king is to what?"


@dataclass(frozen=True, eq=False)
class Neighborhood:
    """A word's nearest in the space, and what the map makes of them.

    Attributes
    ----------
    ids, values
        The k nearest among all words, nearest first, and how near.
    kept : (k,) bool array
        Whether each is also among the word's k nearest on the map.
    strangers : array of ids
        Near on the map alone.
    near, kept_near : int
        Of the k nearest among the words on the map, how many it keeps; together with k.
    """

    ids: Ids
    values: npt.NDArray[np.float32]
    kept: npt.NDArray[np.bool_]
    strangers: Ids
    near: int
    kept_near: int


class Explorer:
    """One session's look at the vectors of one run.

    Parameters
    ----------
    run : Run
    first : sequence of words
        Those that deserve a place on the map before more frequent ones.
    panel : PanelState
    suggested_pairs : (str, str)
        Word pairs for two axes of meaning, as one would type them.
    """

    def __init__(
        self,
        run: Run,
        first: Sequence[str],
        panel: PanelState,
        suggested_pairs: tuple[str, str] = ("", ""),
    ) -> None:
        self.run = run
        self.panel = panel
        self.suggested_pairs = suggested_pairs
        self.wish = MapWish()
        self.layouts = Layouts()
        self.problem: Problem | None = None
        self._drawn: MapWish | None = None  # the last wish that could be met
        all_ids = np.arange(len(run.corpus.vocabulary))
        known = np.unique(run.corpus.vocabulary.ids(word for word in first if word in run.corpus.vocabulary))
        self._order = np.concatenate([known, np.setdiff1d(all_ids, known)])
        self._words = len(all_ids)
        self._isolated: list[Ids] = []
        self.progress = run.progress  # the moment that is looked at
        self.film = run.timeline.frames  # the moments that are replayed

    @classmethod
    def of(cls, run: Run, source: Source, word: str, before: Explorer | None = None) -> Explorer:
        """Explore a run; the questions to the run before are kept where the text is the same."""
        question = _first_question(source, run.corpus.vocabulary)
        a, b, c, d = question or ("", "", "", "")
        panel = replace(before.panel, selected=()) if before else PanelState()
        if before is None or before.run.corpus is not run.corpus:
            panel = replace(panel, word=word, query="", odd="", analogy=(a, b, c))
        first = [word for category in source.categories for word in category.words]
        pairs = (f"{a} {b}, {c} {d}", f"{a} {c}, {b} {d}") if question else ("", "")
        return cls(run, first, panel, pairs)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the run."""
        return self.run.corpus.vocabulary

    @property
    def embeddings(self) -> Embeddings:
        """The vectors that are looked at."""
        return self.progress.embeddings

    @property
    def behind(self) -> bool:
        """Whether the run has gone on since the map was begun."""
        return self.progress.step != self.run.progress.step

    @property
    def ids(self) -> Ids:
        """The words on the map; of a replay, those that the timeline keeps."""
        ids = self._isolated[-1] if self._isolated else self._order[: self._words]
        if self.panel.tab != "time":
            return ids
        kept = self.run.timeline.ids
        of_them = ids[np.isin(ids, kept)]
        return of_them if len(of_them) > 1 else kept

    @property
    def isolated(self) -> bool:
        """Whether the map shows a selection alone."""
        return bool(self._isolated)

    def want(self, wish: MapWish, words: int) -> None:
        """Take over what map is wanted, of how many words; the newest vectors, too, unless a t-SNE map goes on."""
        same = replace(self.wish, perplexity=wish.perplexity, rate=wish.rate) == wish and words == self._words
        if wish.kind != "tsne" or not same:
            self.progress = self.run.progress
        self.wish = wish
        self._words = words
        self.problem = None
        self.film = self.run.timeline.frames

    def follow(self) -> None:
        """Look at the newest vectors, unless a t-SNE map holds on to those it was begun with."""
        if self.wish.kind != "tsne":
            self.progress = self.run.progress

    def renew(self, onward: bool) -> None:
        """Begin the t-SNE map anew with the newest vectors, or `onward` from where its points are."""
        self.progress = self.run.progress
        run = self.layouts.tsne
        start = run.frame.points if run and onward else None
        self.layouts.begin(self.wish, self.embeddings, self.progress.version, self.ids, start)

    def close(self) -> None:
        """Stop what goes on in the background (another run is looked at)."""
        if self.layouts.tsne:
            self.layouts.tsne.close()

    def choose(self, word: str) -> None:
        """Look at a word that was chosen elsewhere."""
        if word != self.panel.word and word in self.vocabulary:
            self.panel = replace(self.panel, word=word, selected=())

    def ask(self, verb: str, value: Any) -> None:
        """Do what was asked for in the browser."""
        self.panel = updated(self.panel, self.vocabulary, verb, value)
        if verb == "isolate":
            self._isolate()
        elif verb == "back" and self._isolated:
            self._isolated.pop()
            self.progress = self.run.progress

    def _isolate(self) -> None:
        """Put the selected words alone on the map; or the chosen word and its neighbors."""
        ids = np.array(self.panel.selected, dtype=np.int64)
        if not len(ids) and self.panel.word:
            query = self.vocabulary.ids([self.panel.word])
            ids = np.concatenate([query, self._nearest(query)[0]])
        if len(ids) > 1:
            if set(ids.tolist()) != set(self.ids.tolist()):  # or Back would lead to the same map
                self._isolated.append(ids)
                self.progress = self.run.progress
            self.panel = replace(self.panel, selected=())

    def layout(self) -> Layout:
        """Return the map; where there can be none, the last one of its kind, or else a PCA map of the input vectors.

        `problem` says why.
        """
        try:
            layout = self.layouts.layout(self.wish, self.embeddings, self.progress.version, self.ids)
        except Problem as problem:
            self.problem = problem
            last, self._drawn = self._drawn, None
            same_kind = last if last and last.kind == self.wish.kind else None
            self.wish = same_kind or MapWish(dimensions=self.wish.dimensions)
            return self.layout()
        self._drawn = self.wish
        return layout

    def fidelity(self, layout: Layout) -> Faithfulness | None:
        """Return how many true neighbors the map keeps, as soon as that is known."""
        return self.layouts.fidelity(layout, self.embeddings.space(self.wish.which).unit[self.ids])

    def places(self, ids: Ids) -> Ids:
        """Return the places of words on the map; -1 for those that are not there."""
        place = np.full(len(self.vocabulary), -1)
        place[self.ids] = np.arange(len(self.ids))
        return place[ids]

    def _nearest(self, query: Ids) -> Ranking:
        panel = self.panel
        [ranking] = self.embeddings.nearest(query, panel.k, metric=panel.metric, which=self.wish.which)
        return ranking

    def neighborhood(self, layout: Layout) -> Neighborhood | None:
        """Return the neighbors of the chosen word, in the space and on the map."""
        if self.panel.word is None:
            return None
        query = self.vocabulary.ids([self.panel.word])
        ids, values = self._nearest(query)
        places = self.places(query)
        if places[0] < 0:
            none = np.empty(0, dtype=np.int64)
            return Neighborhood(ids, values, np.zeros(len(ids), dtype=bool), none, 0, 0)
        space: Space = self.layouts.remembered(
            "space",
            (self.progress.version, self.wish.which, self.ids.tobytes()),
            lambda: Space(self.embeddings.space(self.wish.which).vectors[self.ids]),
        )
        k, own = self.panel.k, places[:, None]
        [(true, _)] = space.nearest(space.vectors[places], k, self.panel.metric, hidden=own)
        [(seen, _)] = Space(layout.points).nearest(layout.points[places], k, "euclidean", hidden=own)
        return Neighborhood(
            ids=ids,
            values=values,
            kept=np.isin(ids, self.ids[seen]),
            strangers=self.ids[seen[~np.isin(seen, true)]],
            near=len(true),
            kept_near=int(np.isin(true, seen).sum()),
        )

    def similarities(self) -> npt.NDArray[np.float32]:
        """Return the cosine of every word on the map with the chosen one."""
        unit = self.embeddings.space(self.wish.which).unit
        return unit[self.ids] @ unit[self.vocabulary.id(self.panel.word or "")]

    def clusters(self, groups: int) -> Clusters:
        """Part the words on the map into so many clusters."""
        which, ids = self.wish.which, self.ids
        key = (self.progress.version, which, ids.tobytes(), groups)
        return self.layouts.remembered(
            "clusters", key, lambda: clusters(self.embeddings.space(which).unit[ids], groups)
        )

    def replay(self) -> list[Points]:
        """Return a map of the words at every moment of the film, the same way round as the PCA map."""
        key = (self.film[-1].step, len(self.film), self.ids.tobytes(), self.wish.kind)
        return self.layouts.remembered("replay", key, self._replay)

    def _replay(self) -> list[Points]:
        maps, _ = aligned_maps(self.film, self._rows)
        if self.wish.kind != "pca":
            return maps
        signs = np.where((maps[-1] * self.layout().points[:, :2]).sum(axis=0) < 0, -1, 1)
        return [points * signs for points in maps]

    @property
    def _rows(self) -> Ids:
        """The rows of a film's frames that are the words on the map."""
        return np.searchsorted(self.run.timeline.ids, self.ids)

    def moved(self, most: int) -> Ranking:
        """Return the words that moved most among those on the map, over the whole film, and how far."""
        first, last = (
            replace(frame, fixed=frame.fixed[self._rows]) for frame in (self.film[0], self.film[-1])
        )
        places, distances = moved_most(first, last, most, aligned=True)
        return self.ids[places], distances

    def history(self) -> list[Ranking]:
        """Return the neighbors of the chosen word at every moment of the film."""
        kept = self.run.timeline.ids
        word = self.vocabulary.id(self.panel.word) if self.panel.word else -1
        if word not in kept:
            return []
        row = int(np.searchsorted(kept, word))
        return [(kept[rows], cosines) for rows, cosines in neighbors_over_time(self.film, row, self.panel.k)]

    def accuracy(self, sections: Sequence[Section]) -> AnalogyScore | None:
        """Return how many analogy questions of the corpus come out right, by section."""
        if not sections:
            return None
        return self.layouts.remembered(
            "accuracy",
            (self.progress.version, self.wish.which),
            lambda: evaluate_analogies(self.embeddings, sections, which=self.wish.which),
        )


def _first_question(source: Source, vocabulary: Vocabulary) -> tuple[str, str, str, str] | None:
    """Return an analogy question of well-known words, about people if there is one, at best about a king."""
    for section in sorted(source.analogies, key=lambda section: section.id not in PEOPLE):
        known = [question for question in section.questions if all(word in vocabulary for word in question)]
        if known:
            return min(known, key=lambda question: (question[2] not in FAMOUS, max(vocabulary.ids(question))))
    return None
