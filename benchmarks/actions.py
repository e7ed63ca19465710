"""What the app does with a file that somebody brings, by name, without the page around it.

Each takes the file's bytes and its name. It returns, or raises `Problem`; anything else is a fault. The benchmarks
measure these, the fuzzing calls them.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

from app.background import uploaded_vectors
from app.files.run_file import SavedRun
from app.samples import samples
from w2v_core import Corpus, Problem, Trainer
from w2v_core.sources import TextOptions, look_at_table, preview, read

Action = Callable[[bytes, str], object]

OPTIONS = TextOptions(min_count=1)
EVERYTHING = TextOptions(  # every choice away from its default
    min_count=1, punctuation="keep", numbers="replace", drop_stop_words=True, segmentation="segment"
)


class Named(io.BytesIO):
    """A file as the uploader gives it."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name = name


def read_text(data: bytes, name: str) -> object:
    """Read the whole as a corpus."""
    return read(data, OPTIONS, name=name)


def read_everything(data: bytes, name: str) -> object:
    """Read with the choices that do the most work."""
    return read(data, EVERYTHING, name=name)


def preview_text(data: bytes, name: str) -> object:
    """Read the beginning, and look for columns, as the page does at each click."""
    return look_at_table(data, OPTIONS, name=name), preview(data, OPTIONS, name=name)


def load(data: bytes, name: str) -> object:
    """Load vectors for Lookup."""
    return uploaded_vectors.read(data, name, lambda done, total: None)


def open_run(data: bytes, name: str) -> object:
    """Open a saved run, as the files menu does."""
    saved = SavedRun(Named(data, name))
    known = saved.title or saved.settings["corpus"] in samples()
    if not known:
        raise Problem("checkpoint_unknown_corpus", f"{name} is of a corpus that is not here.", name=name)
    return saved.load(None if saved.title else sample_corpus(saved.settings["corpus"]))


@functools.cache
def sample_corpus(sample_id: str) -> Corpus:
    """Return the words of a sample corpus."""
    return Corpus.from_file(samples()[sample_id].path, min_count=1)


CHECKPOINT_TEXT = " ".join(f"w{i % 9} w{i % 7}" for i in range(100))


@functools.cache
def checkpoint_corpus() -> Corpus:
    """Return the corpus of the checkpoints that are resumed here."""
    return Corpus.from_text(CHECKPOINT_TEXT, min_count=1)


def resume(data: bytes, name: str) -> object:
    """Go on from a checkpoint of the command line's."""
    return Trainer.load(Named(data, name), checkpoint_corpus())


TEXT_ACTIONS: dict[str, Action] = {"preview": preview_text, "read": read_text}
VECTOR_ACTIONS: dict[str, Action] = {"load": load}
RUN_ACTIONS: dict[str, Action] = {"open": open_run, "resume": resume}
ACTIONS = TEXT_ACTIONS | VECTOR_ACTIONS | RUN_ACTIONS | {"read_everything": read_everything}
