"""What a worker holds: a run, runs side by side or a map that forms, as a Dask actor beside many others.

Its verbs are carried out in threads of their own, so that none waits for another's; training takes turns within the
worker as it does within the server. Answers are light: vectors and snapshots go only where they are asked for.
"""

from __future__ import annotations

import asyncio
import uuid
import weakref
from collections.abc import Callable, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np

from w2v_core import Embeddings
from w2v_core.vectors.timeline import Frame

from .. import memory
from ..comparison import Scale
from ..live import LiveTraining
from ..live_comparison import LiveComparison
from ..run import RunProgress, Saved
from ..tsne_run import TsneRun

Record = TypeVar("Record")
Arrays = tuple[np.ndarray, np.ndarray | None]
"""W and U."""

_VERBS = ThreadPoolExecutor(64, "w2v-verbs")  # they mostly wait for their turn


@dataclass(frozen=True, eq=False)
class State(Generic[Record]):
    """What a page reads.

    Attributes
    ----------
    running : bool
    facts : dict
        Attributes of the player, by name.
    record : Record or None
        The newest one; None where it is known already.
    neighbors
        The answer to the question that is asked again with each record.
    """

    running: bool
    facts: dict[str, Any]
    record: Record | None
    neighbors: Any


@dataclass(frozen=True, eq=False)
class Raised:
    """What a verb raised, as a value: what fails on the way is something else."""

    error: Exception


class Host:
    """One player.

    Parameters
    ----------
    make : callable
    *arguments
        ``make(*arguments)`` returns the player.
    """

    FACTS: tuple[str, ...] = ()

    def __init__(self, make: Callable[..., Any], *arguments: Any) -> None:
        self._player: Any = make(*arguments)

    def __del__(self) -> None:
        """Stop: nobody holds it any more; its thread alone would hold the player."""
        self._let_go()

    def _let_go(self) -> None:
        if player := self.__dict__.pop("_player", None):
            player.close()

    def stop(self) -> None:
        """Stop the player without waiting."""
        self._player.close()

    async def end(self) -> None:
        """Let go of the player, and of its memory: Dask finds out later that nobody asks for it any more."""
        self._let_go()
        await asyncio.get_running_loop().run_in_executor(_VERBS, memory.give_back)

    async def ask(
        self, verb: str, arguments: Sequence[Any], known: int, asked: Any
    ) -> tuple[Any, State[Any]]:
        """Carry out a verb; return its answer, and the state after it.

        Parameters
        ----------
        verb : str
        arguments : sequence
        known : int
            The version of the record that the page has.
        asked : tuple or None
            Arguments of `neighbors`, to be answered anew with a new record.
        """
        return await asyncio.get_running_loop().run_in_executor(
            _VERBS, self.answer, verb, arguments, known, asked
        )

    def answer(self, verb: str, arguments: Sequence[Any], known: int, asked: Any) -> tuple[Any, State[Any]]:
        """Carry out a verb here and now; as `ask`."""
        found: Any
        try:
            found = (getattr(self, verb, None) or getattr(self._player, verb))(*arguments)
        except Exception as error:
            found = Raised(error)
        running = self._player.running  # before the record: it is never older than that
        record = self.record()
        return found, State(
            running,
            {name: getattr(self._player, name) for name in self.FACTS},
            None if record.version == known else record,
            self._player.neighbors(*asked) if asked and record.version != known else None,
        )

    def record(self) -> Any:
        """Return the newest record, without what is large."""
        return self._player.progress

    def constants(self) -> dict[str, Any]:
        """Return what never changes."""
        return {}


class RunHost(Host):
    """A run."""

    FACTS = "done", "learning_rate", "undoable", "saved_step"
    _player: LiveTraining

    def __init__(self, make: Callable[..., LiveTraining], *arguments: Any) -> None:
        super().__init__(make, *arguments)
        self._marks: weakref.WeakKeyDictionary[Frame, str] = weakref.WeakKeyDictionary()

    def record(self) -> RunProgress:
        """Return the newest record, without its vectors."""
        return replace(self._player.progress, vectors=elsewhere)

    def constants(self) -> dict[str, Any]:
        """Return what never changes."""
        run = self._player
        names = "start_value", "window", "batch_tokens"
        return {name: getattr(run, name) for name in names} | {"ids": run.timeline.ids}

    def vectors(self) -> Arrays:
        """Return the vectors of the newest record."""
        return _arrays(self._player.progress.embeddings)

    def examine(self, *arguments: Any) -> tuple[Any, Arrays]:
        """Take one pair apart; the vectors as arrays."""
        record, embeddings = self._player.examine(*arguments)
        return record, _arrays(embeddings)

    def snapshots(self, known: Set[str]) -> list[tuple[str, Frame | None]]:
        """Return the timeline's frames with a mark each; None for those whose marks are known."""
        frames = self._player.timeline.frames
        marked = [(self._marks.setdefault(frame, uuid.uuid4().hex), frame) for frame in frames]
        return [(mark, None if mark in known else frame) for mark, frame in marked]

    def checkpoint(self) -> Saved:
        """Return all that the run is, but for its snapshots."""
        return self._player.checkpoint()


class ComparisonHost(Host):
    """Runs side by side."""

    _player: LiveComparison

    def constants(self) -> dict[str, Any]:
        """Return what never changes."""
        members = self._player.members
        scales: list[tuple[Scale, Scale]] = [(m.running_scale, m.probe_scale) for m in members]
        return {"probe_pairs": self._player.probe_pairs, "scales": scales}


class MapHost(Host):
    """A t-SNE map that forms."""

    _player: TsneRun

    def record(self) -> Any:
        """Return the newest frame."""
        return self._player.frame


def elsewhere() -> Embeddings:
    """Stand for vectors that stay where they are."""
    raise RuntimeError("these vectors are on a worker")


def _arrays(embeddings: Embeddings) -> Arrays:
    return embeddings.vectors, embeddings.output_vectors
