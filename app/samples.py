"""The corpora that ship with the app: a text and a manifest each, in `sample_corpora/`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from w2v_core import Embeddings
from w2v_core.vectors.evaluation import (
    Section,
    WordPair,
    evaluate_analogies,
    evaluate_word_pairs,
    neighbor_purity,
)

HERE = Path(__file__).parent
FOLDER = next(  # in the package where it is installed, beside it in the checkout
    folder for folder in (HERE / "sample_corpora", HERE.parent / "sample_corpora") if folder.is_dir()
)
# In the order in which one meets them: from a text that can be read at a glance to real prose; then the
# texts that show one thing each.
GROUPS = ("tiny", "court", "facts", "prose", "control")
PURITY_NEIGHBORS = 5

Bilingual = dict[str, str]  # language id -> text


@dataclass(frozen=True)
class Category:
    """Words that belong together, as ground truth for the map's colors."""

    id: str
    title: Bilingual
    words: tuple[str, ...]


@dataclass(frozen=True)
class AnalogySection:
    """Analogy questions of one kind: (a, b, c, d), where d is the expected answer."""

    id: str
    title: Bilingual
    questions: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Sample:
    """One sample corpus: what it is, what is known to be true of its words, and how to train on it.

    Attributes
    ----------
    group : str
        One of `GROUPS`.
    look_for : Bilingual
        What to watch for; of a control, its lesson.
    words, sentences, vocabulary : int
        True counts.
    categories : tuple of Category
        The most interesting first; a word is in at most one.
    analogies : tuple of AnalogySection
    word_pairs : tuple of WordPair
        Graded from 0, unrelated, to 10, the same.
    settings : dict
        The recommended training settings, where they differ from the app's own. A link means these where it is
        silent.
    settings_of : dict
        By loss, what differs from `settings` where that loss trains.
    scores : dict
        What `score` gives at least after training with them; a name that ends in ``_below`` is a ceiling.
    """

    id: str
    language: str
    group: str
    title: Bilingual
    description: Bilingual
    look_for: Bilingual
    licence: str
    words: int
    sentences: int
    vocabulary: int
    categories: tuple[Category, ...]
    analogies: tuple[AnalogySection, ...]
    word_pairs: tuple[WordPair, ...]
    settings: dict[str, Any]
    scores: dict[str, float]
    settings_of: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The text: UTF-8, one sentence a line."""
        return FOLDER / f"{self.id}.txt"

    @property
    def follow(self) -> str | None:
        """The word whose neighbors are shown first, if the manifest suggests one."""
        return self.categories[0].words[0] if self.categories else None

    @property
    def category_of(self) -> dict[str, str]:
        """The category id of each categorized word."""
        return {word: category.id for category in self.categories for word in category.words}

    def score(self, embeddings: Embeddings) -> dict[str, float]:
        """Score vectors of this corpus on all that is known about its words.

        Returns
        -------
        dict
            ``purity``: the share of a categorized word's 5 nearest that are of its category; ``analogies``:
            the share answered right; ``word_pairs``: Spearman's rank correlation. Only those that the
            manifest has the truth for.
        """
        found = {}
        if len(self.categories) > 1:
            found["purity"] = neighbor_purity(embeddings, self.category_of, PURITY_NEIGHBORS).purity
        if self.analogies:
            sections = [Section(section.id, section.questions) for section in self.analogies]
            found["analogies"] = evaluate_analogies(embeddings, sections).accuracy
        if self.word_pairs:
            found["word_pairs"] = evaluate_word_pairs(embeddings, self.word_pairs).spearman
        return found


@cache
def samples() -> dict[str, Sample]:
    """Return all sample corpora by id, group by group."""
    found = [_read(path) for path in FOLDER.glob("*.json")]
    found.sort(key=lambda sample: (GROUPS.index(sample.group), sample.id))
    return {sample.id: sample for sample in found}


def _read(path: Path) -> Sample:
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["categories"] = tuple(
        Category(entry["id"], entry["title"], tuple(entry["words"])) for entry in manifest["categories"]
    )
    manifest["analogies"] = tuple(
        AnalogySection(entry["id"], entry["title"], tuple(tuple(question) for question in entry["questions"]))
        for entry in manifest["analogies"]
    )
    manifest["word_pairs"] = tuple(WordPair(*pair) for pair in manifest["word_pairs"])
    return Sample(**manifest)
