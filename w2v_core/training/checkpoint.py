"""A run in a file: everything that decides how it goes on.

The file is a NumPy archive (.npz): the arrays as they are, and one JSON text with the settings, the counters,
the place in the stream and the states of both random generators. No pickle: reading a file runs no code.
It appears under its name only when it is whole, and it is loaded whole or not at all.
"""

from __future__ import annotations

import dataclasses
import io
import json
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from ..corpus.windows import Position
from ..problems import Problem
from .config import TrainingConfig

VERSION = 1

# What NumPy and the standard library raise over a damaged archive.
_DAMAGE = (ValueError, TypeError, LookupError, OSError, EOFError, RuntimeError, MemoryError, OverflowError,
           SyntaxError, zlib.error, zipfile.BadZipFile)  # fmt: skip


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


def write(target: str | os.PathLike[str] | BinaryIO, state: TrainingState) -> None:
    """Write a run to a path (in place of an older file only once it is whole) or an open binary file."""
    facts = {
        field.name: getattr(state, field.name)
        for field in dataclasses.fields(state)
        if field.name != "arrays"
    }
    facts |= {"config": dataclasses.asdict(state.config), "position": dataclasses.asdict(state.position)}
    facts = {"version": VERSION} | facts
    if not isinstance(target, (str, os.PathLike)):
        pack(target, facts, state.arrays)
        return
    path = Path(target)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "xb") as file:
            pack(file, facts, state.arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def read(source: str | os.PathLike[str] | BinaryIO, fingerprint: str) -> TrainingState:
    """Read a run of the corpus with this fingerprint, from a path or a seekable binary file.

    Raises
    ------
    Problem
        ``checkpoint_damaged``: not a saved run, or damaged, or cut off. ``checkpoint_version``: written by
        another version. ``checkpoint_corpus``: of another corpus.
    """
    name = _name(source)
    content = Path(source).read_bytes() if isinstance(source, (str, os.PathLike)) else source.read()
    with refusing_damage(source):
        facts, arrays = unpack(content)
        version = facts.pop("version")
    if version != VERSION:
        raise Problem(
            "checkpoint_version",
            f"{name} was saved in version {version} of the format; this program reads version {VERSION}.",
            name=name,
            version=version,
            expected=VERSION,
        )
    with refusing_damage(source):
        facts |= {"config": TrainingConfig(**facts["config"]), "position": Position(**facts["position"])}
        state = TrainingState(arrays=arrays, **facts)
        if not all(isinstance(count, int) and count >= 0 for count in (state.steps, state.pairs)):
            raise ValueError("no counters")
    if state.fingerprint != fingerprint:
        raise Problem(
            "checkpoint_corpus",
            f"{name} was trained on another corpus, or on this one read with other settings (min_count).",
            name=name,
        )
    return state


def pack(file: BinaryIO, facts: dict[str, Any], arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Write facts that JSON can hold, and arrays with any names but "run", as one archive."""
    text = np.frombuffer(json.dumps(facts, default=float).encode(), dtype=np.uint8)
    np.savez(file, run=text, **arrays)  # type: ignore[arg-type]


def unpack(content: bytes) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """Return the facts and arrays of an archive. Runs no code; damage raises what `refusing_damage` turns into one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # Arrays are stored as they are: a member that unpacks to more than the file is not one of ours.
        if any(info.compress_type != zipfile.ZIP_STORED for info in archive.infolist()):
            raise ValueError("packed")
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        arrays = {key: archive[key] for key in archive.files}
    return json.loads(arrays.pop("run").tobytes()), arrays


@contextmanager
def refusing_damage(source: str | os.PathLike[str] | BinaryIO) -> Iterator[None]:
    """Turn whatever damage raises inside the ``with`` into the Problem ``checkpoint_damaged``."""
    try:
        yield
    except _DAMAGE as error:
        if isinstance(error, Problem) and error.code.startswith("checkpoint_"):  # said already
            raise
        name = _name(source)
        message = f"{name} is not a saved run, or it is damaged or cut off."
        raise Problem("checkpoint_damaged", message, name=name) from None


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
