"""A run in one file: its settings, vectors, optimizer, loss curve and timeline, to be opened again another day.

One archive as `w2v_core.training.checkpoint` writes them, so that reading a file runs no code and damage gives one
sentence; the trainer's own file is in it as it is. A sample corpus goes by its name, a text of one's own by its words
and ids: the run opens where the text is not.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, BinaryIO

import numpy as np

from app.own_text import OwnText, Source
from app.runs.live import LiveTraining
from w2v_core import Corpus, Problem, Vocabulary
from w2v_core.training import checkpoint

KIND = "word2vec-lab run"
VERSION = 1
EXTENSION = ".w2vlab"


@dataclass(frozen=True, eq=False)
class OwnCorpus:
    """A text of somebody's own, as a run file holds it."""

    title: Mapping[str, str]
    language: str
    corpus: Corpus


@dataclass(frozen=True, eq=False)
class SavedRun:
    """What a file holds; `resume` makes a run of it.

    Attributes
    ----------
    settings : dict
        With which the run was made, the corpus' id included.
    own : OwnCorpus or None
        None where the corpus is a sample.
    facts, arrays
        The state of the run, for `LiveTraining.resume`.
    """

    settings: dict[str, Any]
    own: OwnCorpus | None
    facts: dict[str, Any]
    arrays: dict[str, np.ndarray]


def write(run: LiveTraining, settings: Mapping[str, Any], source: Source) -> bytes:
    """Return the file of a run, which may be playing."""
    facts, arrays = run.save()
    own = None
    if isinstance(source, OwnText):
        own = {"title": dict(source.title), "language": source.language}
        words = [word.encode() for word in source.corpus.vocabulary.words]
        arrays |= {
            "words": np.frombuffer(b"".join(words), dtype=np.uint8),
            "word_ends": np.cumsum([len(word) for word in words], dtype=np.int64),
            "ids": source.corpus.ids,
            "starts": source.corpus.starts,
        }
    facts |= {"kind": KIND, "version": VERSION, "settings": dict(settings), "own": own}
    file = io.BytesIO()
    checkpoint.pack(file, facts, arrays)
    return file.getvalue()


def read(file: BinaryIO) -> SavedRun:
    """Read a file, whose `name` is for messages.

    Raises
    ------
    Problem
        ``checkpoint_damaged``: not a saved run, or damaged; ``checkpoint_version``.
    """
    with checkpoint.refusing_damage(file):
        facts, arrays = checkpoint.unpack(file.read())
        if facts.pop("kind") != KIND:
            raise ValueError("something else")
        version = facts.pop("version")
    if version != VERSION:
        raise Problem(
            "checkpoint_version",
            f"The run was saved in version {version} of the format; this program reads version {VERSION}.",
            name=getattr(file, "name", "data"),
            version=version,
            expected=VERSION,
        )
    with checkpoint.refusing_damage(file):
        settings, own = dict(facts.pop("settings")), facts.pop("own")
        if own is not None:
            title = {str(language): str(name) for language, name in own["title"].items()}
            own = OwnCorpus(title, str(own["language"]), _corpus(arrays))
        return SavedRun(settings, own, facts, arrays)


def _corpus(arrays: dict[str, np.ndarray]) -> Corpus:
    """Return the corpus in a file; ValueError where it cannot have come from a text."""
    text, ends = arrays["words"].tobytes(), arrays["word_ends"].tolist()
    words = [text[start:end].decode() for start, end in pairwise([0, *ends])]
    ids, starts = arrays["ids"], arrays["starts"]
    if (ids.dtype, starts.dtype) != (np.int32, np.int64) or ids.ndim != 1 or starts.ndim != 1:
        raise ValueError("no ids")
    if len(words) < 2 or not len(ids) or ids.min() < 0 or ids.max() >= len(words):
        raise ValueError("ids of no words")
    if starts[0] != 0 or starts[-1] != len(ids) or (np.diff(starts) <= 0).any():
        raise ValueError("sentences that do not follow each other")
    counts = np.bincount(ids, minlength=len(words))
    if "" in words or (np.diff(counts) > 0).any() or counts[-1] == 0:
        raise ValueError("no words, or out of order")
    for part in (ids, starts):
        part.setflags(write=False)
    return Corpus(Vocabulary(words, counts), ids, starts)
