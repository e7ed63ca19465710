"""The corpora that ship with the app: a text and a manifest each, in `sample_corpora/`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "sample_corpora"

Bilingual = dict[str, str]  # language id -> text


@dataclass(frozen=True)
class Category:
    """Words that belong together, as ground truth for the map's colours."""

    id: str
    title: Bilingual
    words: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """One sample corpus; `settings` are the training settings recommended for it."""

    id: str
    language: str
    title: Bilingual
    description: Bilingual
    look_for: Bilingual
    licence: str
    words: int
    sentences: int
    categories: tuple[Category, ...]
    analogies: tuple[tuple[str, str, str, str], ...]
    settings: dict[str, Any]

    @property
    def path(self) -> Path:
        """The text: UTF-8, one sentence a line."""
        return FOLDER / f"{self.id}.txt"

    @property
    def follow(self) -> str | None:
        """The word whose neighbours are shown first, if the manifest suggests one."""
        return self.categories[0].words[0] if self.categories else None


@cache
def samples() -> dict[str, Sample]:
    """Return all sample corpora by id, the largest first: it makes the best first map."""
    found = [_read(path) for path in FOLDER.glob("*.json")]
    found.sort(key=lambda sample: -sample.words)
    return {sample.id: sample for sample in found}


def _read(path: Path) -> Sample:
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["categories"] = tuple(
        Category(entry["id"], entry["title"], tuple(entry["words"])) for entry in manifest["categories"]
    )
    manifest["analogies"] = tuple(tuple(question) for question in manifest["analogies"])
    return Sample(**manifest)
