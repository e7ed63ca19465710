"""Every kind of file that the core writes, and an `os` that fails or kills at a chosen call of the writer."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from w2v_core import Corpus, Embeddings, Trainer, TrainingConfig, Vocabulary, files, save_vectors
from w2v_core.sources import downloading

WORDS = ("king", "queen", "land")
CORPUS = Corpus.from_text("the king and the queen rule the land", min_count=1)


def _vectors(path: Path, number: int) -> None:
    vectors = np.random.default_rng(number).standard_normal((len(WORDS), 4)).astype(np.float32)
    save_vectors(Embeddings(Vocabulary(WORDS, [3 + number, 2, 1]), vectors), path)


def _checkpoint(path: Path, number: int) -> None:
    Trainer(CORPUS, TrainingConfig(dim=4, negatives=1, subsample=0, seed=number)).save(path)


def _download(path: Path, number: int) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(b"%d " % number * 500)
    files.move_into_place(part, path)


def _notes(path: Path, number: int) -> None:
    downloading._note(f"address {number}", path.with_name(path.name.removesuffix(".json")), {"ETag": "mark"})


KINDS: dict[str, Callable[[Path, int], None]] = {  # the name of a file -> what writes it, in versions
    **dict.fromkeys(("a.txt", "a.bin", "a.npz", "a.glove", "a.txt.gz", "a.npz.gz", "vectors.tsv"), _vectors),
    "run.npz": _checkpoint,
    "book.txt": _download,
    "book.txt.part.json": _notes,
}


def names(kind: str) -> tuple[str, ...]:
    """Return the files that belong to a kind."""
    return ("vectors.tsv", "metadata.tsv") if kind == "vectors.tsv" else (kind,)


class Watched:
    """The module `os`, with the writer's calls numbered from 0; `at` takes the place of call `number`."""

    CALLS = {
        "open",
        "write",
        "fsync",
        "chown",
        "chmod",
        "replace",
        "unlink",
        "close",
        "stat",
        "access",
    }

    def __init__(self, number: int, at: Callable[[Callable[[], object]], object]) -> None:
        self.calls, self._number, self._at = 0, number, at

    def __getattr__(self, name: str) -> object:
        real = getattr(os, name)
        if name not in self.CALLS:
            return real

        def call(*arguments: object) -> object:
            self.calls += 1
            if self.calls - 1 == self._number:
                return self._at(lambda: real(*arguments))
            return real(*arguments)

        return call
