"""A run in a file: everything that decides how it goes on.

The file is a NumPy archive (.npz): the arrays as they are, and one JSON text with the settings, the counters,
the place in the stream and the states of both random generators. No pickle: reading a file runs no code.
It appears under its name only when it is whole, and it is loaded whole or not at all: what it holds is checked
against a form (`_FACTS`, and the shapes in `SavedState`) before anything is made of it.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
import numpy.typing as npt

from .. import limits
from ..corpus.windows import Position
from ..files import Target, written
from ..npz import Arrays
from ..problems import Problem
from ..schema import Form, fields_of, one_of, record, text, whole
from .config import TrainingConfig

VERSION = 1

# What reading raises over a damaged file; a form that does not fit is a ValueError.
_DAMAGE = (ValueError, TypeError, LookupError, OSError, EOFError, RuntimeError, OverflowError)

OF_SETTINGS = (
    "bad_setting",
    "out_of_range",
    "no_pairs",
    "too_many_negatives",
)  # Problems that are damage in a file

_GENERATOR = record(
    {
        "bit_generator": one_of(("PCG64",)),
        "state": record({"state": whole(high=2**128 - 1), "inc": whole(high=2**128 - 1)}),
        "has_uint32": whole(high=1),
        "uinteger": whole(high=2**32 - 1),
    }
)
_FACTS = record(
    {
        "fingerprint": text(),
        "config": fields_of(TrainingConfig),
        "steps": whole(),
        "pairs": whole(),
        "position": fields_of(Position, random_state=_GENERATOR),
        "noise_state": _GENERATOR,
    }
)


@dataclass(frozen=True, eq=False)
class TrainingState:
    """All that a run is, its corpus apart.

    Attributes
    ----------
    fingerprint : str
        Of the corpus.
    config : TrainingConfig
    steps, pairs : int
    position : Position
        Where the stream of batches is.
    noise_state : dict
        State of the noise generator.
    arrays : dict of arrays
        W, U, and what the optimizer remembers.
    """

    fingerprint: str
    config: TrainingConfig
    steps: int
    pairs: int
    position: Position
    noise_state: dict[str, Any]
    arrays: dict[str, npt.NDArray[Any]]


def write(target: Target, state: TrainingState) -> None:
    """Write a run to a path (in place of an older file only once it is whole) or an open binary file.

    Raises
    ------
    Unwritable
        As `files.written`.
    """
    facts = {
        field.name: getattr(state, field.name)
        for field in dataclasses.fields(state)
        if field.name != "arrays"
    }
    facts |= {"config": dataclasses.asdict(state.config), "position": dataclasses.asdict(state.position)}
    facts = {"version": VERSION} | facts
    with written(target) as file:
        pack(file, facts, state.arrays)


class SavedState:
    """A run in a file: looked at, but for its arrays, of which only the headers are.

    Parameters
    ----------
    source : seekable binary file
        Its `name` is for messages.
    told : callable, optional
        As `Arrays.told`.

    Attributes
    ----------
    fingerprint : str
        Of the corpus.
    config : TrainingConfig
    words : int
        Rows of W.

    Raises
    ------
    Problem
        ``checkpoint_damaged``, ``checkpoint_version``.
    """

    def __init__(self, source: BinaryIO, told: Callable[[int], None] | None = None) -> None:
        self._source = source
        self._facts, self._arrays = opened(source, VERSION)
        self._arrays.told = told or self._arrays.told
        with refusing_damage(source):
            check(_FACTS, self._facts)
            self.fingerprint: str = self._facts["fingerprint"]
            self.config = TrainingConfig(**self._facts["config"])
            self.words = self._arrays.header("W").shape[0]
            shapes: dict[str, tuple[str, *tuple[int | None, ...]]] = {
                "run": ("u1", None),
                "W": ("f4", self.words, self.config.dim),
                "U": ("f4", None, self.config.dim),  # a row a word, or an inner node of a tree of them
                "W_sums": ("f8", self.words),
                "U_sums": ("f8", None),
            }
            for name in self._arrays.names:
                if not self._arrays.header(name).fits(*shapes[name]):
                    raise ValueError(f"{name} has another shape or type")

    def load(self) -> TrainingState:
        """Return the run, its arrays read; raise ``checkpoint_damaged`` where that shows only now."""
        with refusing_damage(self._source):
            arrays = {name: self._arrays.read(name) for name in self._arrays.names if name != "run"}
        facts = self._facts | {"config": self.config, "position": Position(**self._facts["position"])}
        return TrainingState(arrays=arrays, **facts)


def read(source: str | os.PathLike[str] | BinaryIO, fingerprint: str) -> TrainingState:
    """Read a run of the corpus with this fingerprint, from a path or a seekable binary file.

    Raises
    ------
    Problem
        ``checkpoint_damaged``: not a saved run, or damaged, or cut off. ``checkpoint_version``: written by
        another version. ``checkpoint_corpus``: of another corpus.
    """
    with ExitStack() as stack:
        if isinstance(source, (str, os.PathLike)):
            source = cast(BinaryIO, stack.enter_context(open(source, "rb")))
        saved = SavedState(source)
        if saved.fingerprint != fingerprint:
            raise other_corpus(_name(source))
        return saved.load()


def other_corpus(name: str) -> Problem:
    """Make the Problem ``checkpoint_corpus``."""
    return Problem(
        "checkpoint_corpus",
        f"{name} was trained on another corpus, or on this one read with other settings (min_count).",
        name=name,
    )


def pack(file: BinaryIO, facts: dict[str, Any], arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Write facts that JSON can hold, and arrays with any names but "run", as one archive."""
    text = np.frombuffer(json.dumps(facts, default=float).encode(), dtype=np.uint8)
    np.savez(file, run=text, **arrays)  # type: ignore[arg-type]


def opened(source: BinaryIO, version: int) -> tuple[dict[str, Any], Arrays]:
    """Return the facts, which are still to be checked, and the arrays, none of them read, of an archive from `pack`.

    Runs no code, and takes no more memory than the facts may have.

    Raises
    ------
    Problem
        ``checkpoint_damaged``; ``checkpoint_version``.
    """
    with refusing_damage(source):
        arrays = Arrays(source)
        # Arrays are stored as they are: a member that unpacks to more than the file is not one of ours.
        if arrays.packed or len(arrays.names) > limits.MOST_RUN_ARRAYS:
            raise ValueError("packed, or too many arrays")
        if not (header := arrays.header("run")).fits("u1", None) or header.shape[0] > limits.MOST_RUN_FACTS:
            raise ValueError("no facts")
        facts = json.loads(arrays.read("run").tobytes())
        check(whole(), facts["version"])
        found = facts.pop("version")
    if found != version:
        name = _name(source)
        raise Problem(
            "checkpoint_version",
            f"{name} was saved in version {found} of the format; this program reads version {version}.",
            name=name,
            version=found,
            expected=version,
        )
    return facts, arrays


def check(form: Form, value: object) -> None:
    """Raise ValueError if a value does not have a form."""
    if not form(value):
        raise ValueError("facts of another form")


@contextmanager
def refusing_damage(source: str | os.PathLike[str] | BinaryIO) -> Iterator[None]:
    """Turn whatever damage raises inside the ``with`` into the Problem ``checkpoint_damaged``."""
    try:
        yield
    except _DAMAGE as error:
        if (
            isinstance(error, Problem) and error.code not in OF_SETTINGS
        ):  # said already, or stopped, or no room
            raise
        name = _name(source)
        message = f"{name} is not a saved run, or it is damaged or cut off."
        raise Problem("checkpoint_damaged", message, name=name) from None
    except MemoryError:
        name = _name(source)
        message = f"{name} does not fit into the memory that is left."
        raise Problem("checkpoint_beyond_memory", message, name=name) from None


def fill(arrays: dict[str, npt.NDArray[Any]], saved: dict[str, npt.NDArray[Any]]) -> None:
    """Copy saved arrays into a new run's own; ValueError where they do not fit or are not finite."""
    if arrays.keys() != saved.keys():
        raise ValueError("other arrays")
    for name, array in arrays.items():
        if (array.shape, array.dtype) != (saved[name].shape, saved[name].dtype):
            raise ValueError(f"{name} has another shape or type")
        if not np.isfinite(saved[name]).all():
            raise ValueError(f"{name} is not finite")
        array[...] = saved[name]


def _name(source: str | os.PathLike[str] | BinaryIO) -> str:
    return Path(source).name if isinstance(source, (str, os.PathLike)) else getattr(source, "name", "data")
