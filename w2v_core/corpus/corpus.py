"""A corpus as training sees it: one array of word ids, and where its sentences start.

Reading is one pass: words get provisional ids as they come, and are renumbered by falling count at the end.
This module neither samples nor makes pairs; see `windows`.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..problems import Problem, counted, presentable
from .text import read_sentences, sentences
from .vocabulary import Vocabulary

STRETCH = 1 << 16  # words at a time, so that no call of C is long


@dataclass(frozen=True, eq=False)
class Corpus:
    """Word ids and sentence starts.

    Attributes
    ----------
    vocabulary : Vocabulary
    ids : (n,) int32 array
        The text as word ids, read-only.
    starts : (sentences + 1,) int64 array
        Sentence s is ``ids[starts[s]:starts[s + 1]]``.
    """

    vocabulary: Vocabulary
    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]

    @classmethod
    def from_text(cls, text: str, min_count: int = 1) -> Corpus:
        """Read a string; words rarer than `min_count` are dropped before anything else.

        Raises
        ------
        Problem
            ``empty_corpus``, ``all_words_rare``, ``one_word``.
        """
        return cls.from_sentences(sentences(text), min_count)

    @classmethod
    def from_file(cls, path: str | Path, min_count: int = 5) -> Corpus:
        """Read a UTF-8 file of any size (one sentence a line, or plain prose) in bounded memory.

        Raises
        ------
        Problem
            As `from_text`; also ``not_text`` and ``not_utf8``.
        """
        return cls.from_sentences(read_sentences(path), min_count)

    @classmethod
    def from_sentences(
        cls, sentences: Iterable[Iterable[str]], min_count: int = 1, most_words: int | None = None
    ) -> Corpus:
        """Build a corpus from sentences of words, taken as they are.

        Parameters
        ----------
        sentences : iterable of iterables of str
        min_count : int
            Words rarer than this are dropped.
        most_words : int, optional
            Different words at most, rare ones included.

        Raises
        ------
        Problem
            As `from_text`; also ``many_words``, and for what are no lists of words ``not_sentences``.
        """
        if not _is_list(sentences):
            raise _no_sentences(sentences)
        provisional: defaultdict[str, int] = defaultdict()
        provisional.default_factory = provisional.__len__  # a new word gets the next number
        tokens, lengths = array("i"), array("q")
        for sentence in sentences:
            if not _is_list(sentence):
                raise _no_sentences(sentence)
            before = len(tokens)
            ids_of_words = map(provisional.__getitem__, sentence)
            taken = STRETCH
            while taken == STRETCH:
                start = len(tokens)
                try:
                    tokens.extend(islice(ids_of_words, STRETCH))
                except TypeError as error:
                    if not str(error).startswith("unhashable"):
                        raise
                    raise _no_sentences(sentence) from error
                taken = len(tokens) - start
            lengths.append(len(tokens) - before)
            if most_words is not None and len(provisional) > most_words:
                raise Problem(
                    "many_words",
                    f"The text has more than {most_words:,} different words. Take a part of it, or use the command "
                    "line: python -m w2v_core train FILE --output vectors.txt",
                    most=most_words,
                )
        if not tokens:
            raise Problem("empty_corpus", "The text has no words.")
        for word in provisional:
            if not isinstance(word, str):
                raise _no_sentences(word)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        return cls.from_ids(list(provisional), np.frombuffer(tokens, dtype=np.int32), starts, min_count)

    @classmethod
    def from_ids(
        cls,
        words: Sequence[str],
        ids: npt.NDArray[np.int32],
        starts: npt.NDArray[np.int64],
        min_count: int = 1,
    ) -> Corpus:
        """Number words anew by falling count, and drop rare ones and the sentences of which nothing is left.

        Parameters
        ----------
        words : sequence of str
            Different ones, in the order in which they first appear.
        ids : (n,) int32 array
            The text as places in `words`.
        starts : (sentences + 1,) int64 array
        min_count : int

        Raises
        ------
        Problem
            ``all_words_rare``, ``one_word``.
        """
        counts = _counts(ids, len(words))
        order = np.argsort(-counts, kind="stable")  # ties: as they first appear
        order = order[counts[order] >= min_count]
        if not len(order):
            raise Problem(
                "all_words_rare",
                f"No word occurs {counted(min_count, 'time')}; lower min_count.",
                min_count=min_count,
            )
        vocabulary = Vocabulary([words[i] for i in order], counts[order])
        if len(vocabulary) < 2:
            raise Problem(
                "one_word",
                f"The text has a single word, {vocabulary.words[0]!r}; there is nothing to tell apart.",
                word=vocabulary.words[0],
            )
        final = np.full(len(words), -1, dtype=np.int32)
        final[order] = np.arange(len(order), dtype=np.int32)
        ids = final[ids]
        kept = ids >= 0
        kept_before = np.concatenate([[0], np.cumsum(kept)])
        starts = kept_before[starts]
        starts = starts[np.diff(starts, prepend=-1) > 0]  # sentences of which nothing is left go
        ids = ids[kept]
        for part in (ids, starts):
            part.setflags(write=False)
        return cls(vocabulary, ids, starts)

    def __len__(self) -> int:
        """Number of word tokens."""
        return len(self.ids)

    def sentence(self, index: int) -> list[str]:
        """Return the words of sentence `index`."""
        words = self.vocabulary.words
        return [words[i] for i in self.ids[self.starts[index] : self.starts[index + 1]]]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of words, ids and sentence starts: equal corpora have equal fingerprints."""
        digest = hashlib.sha256("\n".join(self.vocabulary.words).encode())
        digest.update(np.ascontiguousarray(self.ids).data)
        digest.update(np.ascontiguousarray(self.starts).data)
        return digest.hexdigest()


def _is_list(value: object) -> bool:
    """Tell whether a value yields things in a row; a string's letters and a dictionary's keys are hardly meant."""
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))


def _no_sentences(value: object) -> Problem:
    found, kind = str(presentable(value)), type(value).__name__
    return Problem(
        "not_sentences",
        f"A corpus is made of sentences that are lists of words, such as [['the', 'cat'], ['a', 'dog']], not of "
        f"{found} ({kind}). For a text in a string there is Corpus.from_text.",
        found=found,
        type=kind,
    )


def _counts(ids: npt.NDArray[np.int32], words: int) -> npt.NDArray[np.int64]:
    """Count ids, in stretches: `numpy.bincount` copies what it counts, and keeps the interpreter meanwhile."""
    counts = np.zeros(words, dtype=np.int64)
    stretch = max(STRETCH, words)  # each costs as much as there are words
    for start in range(0, len(ids), stretch):
        counts += np.bincount(ids[start : start + stretch], minlength=words)
    return counts
