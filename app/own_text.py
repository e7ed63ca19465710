"""A text that a user brought: beside the samples in the list of corpora, for one session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from w2v_core import Corpus
from w2v_core.sources import Notice, ReadResult

from .samples import Bilingual, Sample

EPOCH_TOKENS = 3_000_000  # words in a whole run: some ten seconds


@dataclass(frozen=True, eq=False)
class OwnText:
    """One text, with all that a `Sample` tells the pages; its categories and analogies are unknown.

    Attributes
    ----------
    corpus : Corpus
        All that is left of the file: its vocabulary and ids.
    notices : tuple of Notice
        What is worth knowing about its reading.
    settings : dict
        Training settings that suit its size; `settings_of`, of a loss, has nothing to add.
    """

    id: str
    title: Bilingual
    description: Bilingual
    look_for: Bilingual
    corpus: Corpus
    notices: tuple[Notice, ...]
    settings: dict[str, Any]
    language: str
    categories: tuple[()] = ()
    analogies: tuple[()] = ()
    word_pairs: tuple[()] = ()
    settings_of: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, id: str, result: ReadResult, title: Bilingual, description: Bilingual, look_for: Bilingual
    ) -> OwnText:
        """Make a text of what was read."""
        corpus = result.corpus
        return cls(
            id=id,
            title=title,
            description=description,
            look_for=look_for,
            corpus=corpus,
            notices=result.notices,
            settings=suited_settings(corpus),
            language=result.facts.language or "en",
        )

    @property
    def words(self) -> int:
        """Words of the text."""
        return len(self.corpus)

    @property
    def sentences(self) -> int:
        """Sentences of the text."""
        return len(self.corpus.starts) - 1

    @property
    def vocabulary(self) -> int:
        """Different words."""
        return len(self.corpus.vocabulary)

    @property
    def follow(self) -> str:
        """The most frequent word that subsampling never drops: less common than "the", and well trained."""
        keep = self.corpus.vocabulary.keep_probability(1e-3)
        return self.corpus.vocabulary.words[int(np.argmax(keep >= 1))]


Source = Sample | OwnText  # whatever can be chosen as a corpus


def suited_settings(corpus: Corpus) -> dict[str, Any]:
    """Return settings with which a text of this size trains to something within seconds.

    Small texts need many passes and every word that they have; large ones can spare the most frequent words.
    """
    words = len(corpus)
    longest = int(np.diff(corpus.starts).max())
    size = int(np.searchsorted([5_000, 20_000, 1_000_000], words, side="right"))
    return {
        "window": min(5, max(1, longest - 1)),  # a larger one reaches no more
        "learning_rate": 0.05,
        "subsample": (0.0, 1e-2, 1e-3, 1e-4)[size],
        "epochs": int(np.clip(round(EPOCH_TOKENS / words), 1, 100)),
    }
