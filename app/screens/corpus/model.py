"""A position in a text, and what is seen there: a passage of a sentence with one draw of its windows.

The draw is the core's (`corpus.inspection`), the same as training makes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from w2v_core import Corpus, TrainingConfig
from w2v_core.corpus import inspection

MOST_WORDS = 64  # of a sentence on the screen: a passage. Divides a slab of training, which thus cuts none


@dataclass(frozen=True)
class Position:
    """A position in a text.

    Attributes
    ----------
    sentence, place : int
        The sentence, and the place in it that is the center; both from 0.
    seed : int
        Of the draw.
    """

    sentence: int
    place: int
    seed: int = 1


@dataclass(frozen=True, eq=False)
class Passage:
    """The n words that are seen at once.

    Attributes
    ----------
    first : int
        Place in the sentence of the first word. The other places here count from this one.
    length : int
        Of the whole sentence, in words.
    center : int
        Place of the center word, which may be a dropped one.
    ids, kept, reach : (n,) arrays
        The words as ids, whether they survive subsampling, how many words to either side they reach.
    pairs : (P, 2) int64
        Places of center and context.
    """

    first: int
    length: int
    center: int
    ids: npt.NDArray[np.int32]
    kept: npt.NDArray[np.bool_]
    reach: npt.NDArray[np.int64]
    pairs: npt.NDArray[np.int64]

    @property
    def contexts(self) -> list[int]:
        """The places of the center's context words."""
        return self.pairs[self.pairs[:, 0] == self.center, 1].tolist()

    def distance(self, place: int) -> int:
        """Return how many words a place is from the center, dropped words not counted; negative to the left."""
        left = np.cumsum(self.kept)
        return int(left[place] - left[self.center])

    @property
    def more(self) -> tuple[bool, bool]:
        """Whether the sentence has more words before these, and after."""
        return self.first > 0, self.first + len(self.ids) < self.length


def passage(corpus: Corpus, position: Position, config: TrainingConfig) -> Passage:
    """Return what is seen at a position; of the settings, window and subsampling count."""
    drawn = inspection.sentence_windows(
        corpus,
        position.sentence,
        position.place,
        window=config.window,
        dynamic=config.dynamic_window,
        subsample=config.subsample,
        seed=position.seed,
    )
    start = _start(position.place)
    first = start - drawn.first
    ids = drawn.ids[first : first + MOST_WORDS]
    last = first + len(ids)
    seen = ((drawn.pairs >= first) & (drawn.pairs < last)).all(axis=1)
    return Passage(
        start,
        _length(corpus, position.sentence),
        position.place - start,
        ids,
        drawn.kept[first:last],
        drawn.reach[first:last],
        drawn.pairs[seen] - first,
    )


def first_position(corpus: Corpus, config: TrainingConfig) -> Position:
    """Return where to look first: the middle of a sentence that is good to read."""
    sentence = inspection.readable_sentence(corpus)
    return _settled(corpus, Position(sentence, min(_length(corpus, sentence), MOST_WORDS) // 2), config)


def stepped(corpus: Corpus, position: Position, config: TrainingConfig, step: int) -> Position:
    """Return the next center (or the previous one, -1): past the end, the next passage or sentence has it."""
    shown = passage(corpus, position, config)
    left = np.flatnonzero(shown.kept)
    ahead = left[left > shown.center] if step > 0 else left[left < shown.center][::-1]
    if len(ahead):
        return replace(position, place=shown.first + int(ahead[0]))
    position = _beside(corpus, position, step)
    shown = passage(corpus, position, config)
    left = np.flatnonzero(shown.kept)
    return replace(position, place=shown.first + int(left[0 if step > 0 else -1])) if len(left) else position


def moved(corpus: Corpus, position: Position, config: TrainingConfig, step: int) -> Position:
    """Return the beginning of the next passage of the sentence, or the previous one (-1); then other sentences."""
    return _settled(corpus, _beside(corpus, position, step), config)


def drawn_again(corpus: Corpus, position: Position, config: TrainingConfig) -> Position:
    """Return the same place with another draw."""
    return _settled(corpus, replace(position, seed=position.seed + 1), config)


def found(corpus: Corpus, position: Position, word: str) -> Position:
    """Return where a word stands next after the passage that is seen; the same position for an unknown word."""
    if word not in corpus.vocabulary:
        return position
    passage_end = min(_start(position.place) + MOST_WORDS, _length(corpus, position.sentence))
    after = int(corpus.starts[position.sentence]) + passage_end
    sentence, place = inspection.next_place(corpus, word, after=after)
    return replace(position, sentence=sentence, place=place)


def _length(corpus: Corpus, sentence: int) -> int:
    return int(corpus.starts[sentence + 1] - corpus.starts[sentence])


def _start(place: int) -> int:
    """Return where the passage begins that a place is in."""
    return place - place % MOST_WORDS


def _beside(corpus: Corpus, position: Position, step: int) -> Position:
    place = _start(position.place) + step * MOST_WORDS
    if 0 <= place < _length(corpus, position.sentence):
        return replace(position, place=place)
    sentence = (position.sentence + step) % (len(corpus.starts) - 1)
    return replace(
        position, sentence=sentence, place=0 if step > 0 else _start(_length(corpus, sentence) - 1)
    )


def _settled(corpus: Corpus, position: Position, config: TrainingConfig) -> Position:
    """Return the nearest place in the passage whose word is kept, if there is one."""
    shown = passage(corpus, position, config)
    left = np.flatnonzero(shown.kept)
    if not len(left):
        return position
    return replace(position, place=shown.first + int(left[np.abs(left - shown.center).argmin()]))
