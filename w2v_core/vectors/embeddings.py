"""Word vectors to ask questions of, by word: neighbors, similarity, analogies, the odd one out. Read-only.

The arithmetic is in `space` (what is near) and `analogy`; this module turns words into ids and back. `most_similar` and
`doesnt_match` are called and answer as those of gensim's KeyedVectors; `similarity` is called the same in both.
"""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real
from typing import Any

import numpy as np

from ..corpus.vocabulary import Vocabulary
from ..problems import Faults, Problem, counted
from .analogy import analogy_scores, centrality
from .space import Ids, Ranking, Space, Vectors, best, check_choice, chunks

WHICH = ("input", "output", "sum")

Answers = list[tuple[str, float]]
"""Words and what each scored, the best first."""

Item = str | Vectors | tuple[str | Vectors, float]
Asked = Item | Iterable[Item]
"""What `most_similar` takes: words or vectors, and how much each counts."""


class Embeddings:
    """The vectors of a vocabulary at one moment.

    Parameters
    ----------
    vocabulary : Vocabulary
    vectors : (V, d) float32 array
        Input vectors W, the ones that word2vec exports. Made read-only.
    output_vectors : (n, d) float32 array, optional
        Output vectors U. Made read-only.
    faults : Faults, optional
        What was passed over in the file that they come from.

    Notes
    -----
    Most questions take `which`: "input" (W), "output" (U) or "sum" (W + U, GloVe's habit). The lists
    differ. "output" and "sum" raise Problem ``no_output_vectors`` or ``outputs_not_words`` where U is missing
    or has no row a word, as after hierarchical softmax, whose outputs are the nodes of a tree.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        vectors: Vectors,
        output_vectors: Vectors | None = None,
        faults: Faults | None = None,
    ) -> None:
        if len(vectors) != len(vocabulary):
            raise ValueError(f"{len(vectors)} vectors for {len(vocabulary)} words")
        self.vocabulary = vocabulary
        self.vectors = vectors
        self.output_vectors = output_vectors
        self.faults = faults or Faults()
        for array in (vectors, output_vectors):
            if array is not None:
                array.setflags(write=False)
        self._spaces: dict[str, Space] = {}

    def __len__(self) -> int:
        """Number of words."""
        return len(self.vocabulary)

    def __contains__(self, word: object) -> bool:
        return word in self.vocabulary

    def __getitem__(self, word: str) -> Vectors:
        """Return the (d,) vector of a word; raise `UnknownWord` with close spellings."""
        return self.vectors[self.vocabulary.id(word)]

    @property
    def unit_vectors(self) -> Vectors:
        """The (V, d) input vectors at length 1; a zero vector stays zero."""
        return self.space().unit

    def space(self, which: str = "input") -> Space:
        """Return the vectors that `which` names, ready to be compared; made once.

        Raises
        ------
        Problem
            ``no_output_vectors``, ``outputs_not_words``, ``bad_setting``.
        """
        check_choice("which", which, WHICH)
        if which not in self._spaces:
            self._spaces[which] = Space(self._rows(which))
        return self._spaces[which]

    def _rows(self, which: str) -> Vectors:
        if which == "input":
            return self.vectors
        output = self.output_vectors
        if output is None:
            raise Problem("no_output_vectors", "These vectors came without output vectors.")
        if len(output) != len(self):
            raise Problem(
                "outputs_not_words",
                f"{counted(len(output), 'output vector')} for {counted(len(self), 'word')}: they belong to something "
                "else (hierarchical softmax has one for each inner node of its tree).",
                outputs=len(output),
                words=len(self),
            )
        return output if which == "output" else self.vectors + output

    def similarity(self, a: str, b: str, *, metric: str = "cosine", which: str = "input") -> float:
        """Return the cosine of two words' vectors, or their dot product or distance."""
        ids = self.vocabulary.ids([a, b])
        return float(self.space(which).between(ids[:1], ids[1:], metric)[0])

    def neighbors(self, word: str, k: int = 10, *, metric: str = "cosine", which: str = "input") -> Answers:
        """Return the k nearest words and their cosines, the nearest first, the word itself left out.

        Parameters
        ----------
        word : str
        k : int
        metric : {"cosine", "dot", "euclidean"}
            What to rank by and to return; of distances, the smallest come first.
        which : {"input", "output", "sum"}

        Raises
        ------
        UnknownWord
            A KeyError whose message names close spellings.
        """
        ids = self.vocabulary.ids([word])
        [ranking] = self.nearest(ids, k, metric=metric, which=which)
        return self._answers(ranking)

    def most_similar(self, positive: Asked = (), negative: Asked = (), topn: int = 10) -> Answers:
        """Return the words nearest to the sum of some unit vectors, those of `negative` subtracted, by cosine.

        Parameters
        ----------
        positive, negative : word, (d,) vector, or an iterable of them
            Vectors are taken as they are. A pair ``(word or vector, weight)`` has a weight of its own, in place of 1
            and -1. Words are no answers themselves.
        topn : int

        Raises
        ------
        UnknownWord
        Problem
            ``too_few_words``: there is none.
        """
        asked = [*_weighted(positive, 1.0), *_weighted(negative, -1.0)]
        if not asked:
            raise Problem(
                "too_few_words", "The words most similar to no word? It takes one.", words=0, least=1
            )
        space = self.space()
        words = self.vocabulary.ids([what for what, _ in asked if isinstance(what, str)])
        units = iter(space.unit[words])
        vectors = [
            next(units) if isinstance(what, str) else np.asarray(what, np.float32) for what, _ in asked
        ]
        for vector in vectors:
            if vector.shape != (space.vectors.shape[1],):
                raise Problem(
                    "bad_setting",
                    f"A vector here has {space.vectors.shape[1]} numbers, not the shape {vector.shape}.",
                    name="positive",
                    value=str(vector.shape),
                )
        query = sum(weight * vector for vector, (_, weight) in zip(vectors, asked, strict=True))
        [ranking] = space.nearest(np.asarray(query, np.float32)[None], topn, hidden=words[None])
        return self._answers(ranking)

    def nearest(self, queries: Ids, k: int, *, metric: str = "cosine", which: str = "input") -> list[Ranking]:
        """Return, for each query id, the ids and cosines of its k nearest words, nearest first.

        The batched form of `neighbors`; memory is bounded however many queries there are.
        """
        space = self.space(which)
        return space.nearest(space.vectors[queries], k, metric, hidden=queries[:, None])

    def analogy(
        self,
        a: str,
        b: str,
        c: str,
        k: int = 10,
        *,
        method: str = "3cosadd",
        include_query: bool = False,
        which: str = "input",
    ) -> Answers:
        """Answer "a is to b as c is to what?" with the k best words and their scores.

        Parameters
        ----------
        a, b, c : str
        k : int
        method : {"3cosadd", "3cosmul"}
            See `analogy`; 3CosAdd's score is a cosine, 3CosMul's has no upper bound.
        include_query : bool
            Let a, b and c be answers too. Usually forbidden, and it matters: b or c is often the nearest.
        which : {"input", "output", "sum"}

        Raises
        ------
        UnknownWord
        """
        questions = self.vocabulary.ids([a, b, c])[None]
        [ranking] = self.analogies(questions, k, method=method, include_query=include_query, which=which)
        return self._answers(ranking)

    def analogies(
        self,
        questions: Ids,
        k: int = 1,
        *,
        method: str = "3cosadd",
        include_query: bool = False,
        which: str = "input",
    ) -> list[Ranking]:
        """Answer (q, 3) questions of ids a, b, c: the batched form of `analogy`, in bounded memory."""
        unit = self.space(which).unit
        found = []
        for part in chunks(len(questions), len(unit)):
            scores = analogy_scores(unit, questions[part], method)
            found += best(scores, k, None if include_query else questions[part])
        return found

    def centrality(self, words: Iterable[str], *, which: str = "input") -> Answers:
        """Return some words with their cosines to the mean of their unit vectors, the most typical first."""
        words = list(words)
        cosines = centrality(self.space(which).unit[self.vocabulary.ids(words)])
        ranked = sorted(zip(cosines, words, strict=True), reverse=True)
        return [(word, float(cosine)) for cosine, word in ranked]

    def odd_one_out(self, words: Iterable[str], *, which: str = "input") -> str:
        """Return the word that fits the others least: the last by `centrality`.

        Raises
        ------
        UnknownWord
        Problem
            ``too_few_words``: with fewer than three different words none is odd.
        """
        words = list(dict.fromkeys(words))
        if len(words) < 3:
            raise Problem(
                "too_few_words",
                f"The odd one out of {counted(len(words), 'word')}? It takes three.",
                words=len(words),
                least=3,
            )
        return self.centrality(words, which=which)[-1][0]

    def doesnt_match(self, words: Iterable[str]) -> str:
        """Return the odd one out, under gensim's name; a word that is unknown is not left out, but an error."""
        return self.odd_one_out(words)

    def _answers(self, ranking: Ranking) -> Answers:
        words = self.vocabulary.words
        return [(words[i], value) for i, value in zip(ranking[0], ranking[1].tolist(), strict=True)]


def _weighted(asked: Asked, weight: float) -> list[tuple[str | Vectors, float]]:
    """Return each word or vector with its weight: `weight` where it has none of its own."""
    single = (
        isinstance(asked, str) or (isinstance(asked, np.ndarray) and asked.ndim == 1) or _has_weight(asked)
    )
    items: Any = [asked] if single else asked
    return [item if _has_weight(item) else (item, weight) for item in items]


def _has_weight(item: object) -> bool:
    return isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], Real)
