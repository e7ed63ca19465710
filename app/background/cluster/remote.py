"""What pages hold of a player on a worker: its verbs are carried out there, and its last answer is what they read.

Where the worker is gone, the player is made again elsewhere: from what is kept of it, or else from the beginning, which
is the same one, since the seed is.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from w2v_core import Problem

from ..playing import play_elsewhere
from .host import Host, Raised, State
from .seats import InServer, Lost, Nowhere, Seat, Silent

TOUCH_SECONDS = 1.5  # that a page waits for what it polls,
VERB_SECONDS = 5.0  # and for what the user asks for, before it asks whether the worker is there
SILENT_SECONDS = 5.0  # after which a worker that does not answer counts as gone


class Place(Protocol):
    """Finds seats."""

    def take(self, host: type[Host], make: Callable[..., Any], arguments: Sequence[Any]) -> Seat:
        """Return a seat for a new player: on a worker, or here where none can be had."""


class Record(Protocol):
    """A record of a player: a frozen dataclass."""

    @property
    def version(self) -> int:
        """Rises with every record."""

    @property
    def problem(self) -> Problem | None:
        """Why the player stopped by itself, if it did."""


R = TypeVar("R", bound=Record)


class Remote(Generic[R]):
    """One player on a worker.

    Parameters
    ----------
    place : Place
    make, arguments
        ``make(*arguments)`` returns the player, on the worker.
    """

    HOST: ClassVar[type[Host]]

    def __init__(self, place: Place, make: Callable[..., Any], arguments: Sequence[Any]) -> None:
        self._place, self._make, self._arguments = place, make, arguments
        self._lock = threading.RLock()
        self._question: tuple[Any, ...] | None = None  # whose answer comes with each record
        self._answer: Any = None
        self._awaited = False  # whether what was started has not published yet
        self._silent_since: float | None = None
        self._notice: Problem | None = None
        self._versions = 0  # of players that are gone
        self._speed = "full"
        self._state: State[R]
        self._sit(make, arguments)
        if not isinstance(self._seat, InServer):  # those are counted by their threads
            play_elsewhere(self)

    def _sit(self, make: Callable[..., Any], arguments: Sequence[Any]) -> None:
        self._seat = self._place.take(self.HOST, make, arguments)
        self._record: R | None = None
        self._known = -1
        try:
            self.constants: dict[str, Any] = self._exchange("constants", (), VERB_SECONDS)
        except (Lost, Silent):
            self._seat = InServer(self.HOST, make, arguments)
            self.constants = self._exchange("constants", (), VERB_SECONDS)

    # What pages read.

    @property
    def running(self) -> bool:
        """Whether it plays (or is about to)."""
        return self._state.running

    @property
    def progress(self) -> R:
        """The newest record that has come."""
        assert self._record is not None, "the first answer brings one"
        return self._record

    def neighbors(self, *question: Any) -> Any:
        """Return the words nearest to a word; the same question is answered along with each new record."""
        with self._lock:
            if self._question != question:
                self._question, self._known = question, -1
                self._do("touch")
            return self._answer

    # The verbs.

    def touch(self) -> None:
        """Renew the lease, and bring what is read up to now."""
        with self._lock:
            try:
                self._exchange("touch", (), TOUCH_SECONDS)
                self._silent_since = None
            except Silent:
                now = time.monotonic()
                self._silent_since = self._silent_since or now
                if now - self._silent_since > SILENT_SECONDS:
                    self._recover()
            except Lost:
                self._recover()

    def await_first(self) -> None:
        """Wait a moment until what has just been started has published its first record."""
        if self._awaited:
            self._awaited = False
            self._do("await_first")

    def set_speed(self, speed: str) -> None:
        """Choose one of `SPEEDS`."""
        self._speed = speed
        self._do("set_speed", speed)

    def start(self, *how: Any) -> None:
        """Play until paused, over or in trouble."""
        self._train("start", *how)
        self._awaited = self.running

    def pause(self) -> None:
        """Stop after the piece in hand."""
        self._do("pause")

    def __del__(self) -> None:
        """Let the worker have its memory back."""
        if seat := self.__dict__.get("_seat"):
            seat.free()

    def close(self) -> None:
        """Stop without waiting, not even for a verb that is being carried out."""
        self._seat.stop()

    # How they are carried out.

    def _do(self, verb: str, *arguments: Any) -> Any:
        """Carry out a verb, elsewhere if need be, and return its answer; raise what it raises."""
        with self._lock:
            try:
                return self._exchange(verb, arguments, VERB_SECONDS)
            except (Lost, Silent):
                self._recover()
            try:
                return self._exchange(verb, arguments, VERB_SECONDS)
            except (Lost, Silent):
                raise self._why() from None

    def _train(self, verb: str, *arguments: Any) -> None:
        """Carry out a verb that changes what is learned: where the worker is gone, it is to be asked for anew."""
        with self._lock:
            self._notice = None
            try:
                self._exchange(verb, arguments, VERB_SECONDS)
            except (Lost, Silent):
                self._recover()

    def _exchange(self, verb: str, arguments: Sequence[Any], seconds: float) -> Any:
        found, state = self._seat.ask(verb, arguments, self._known, self._question, seconds)
        self._state = state
        if state.record is not None:
            self._known = state.record.version
            self._record = self._whole(state.record)
            self._answer = state.neighbors
        if isinstance(found, Raised):
            raise found.error
        return found

    def _whole(self, record: R) -> R:
        """Return a record as pages read it."""
        return self._changed(
            record, version=self._versions + record.version, problem=record.problem or self._notice
        )

    def _changed(self, record: R, **changes: Any) -> R:
        whole: R = replace(record, **changes)  # type: ignore[type-var]
        return whole

    def _recover(self) -> None:
        """Make the player again, at rest, and say so."""
        last, state = self.progress, self._state
        self._versions = last.version
        make, arguments = self._again()
        self._seat.free()
        self._silent_since, self._awaited = None, False
        self._notice = self._why()
        try:
            self._sit(make, arguments)
            self._exchange("set_speed", (self._speed,), VERB_SECONDS)
        except (Problem, Lost, Silent) as error:  # no room, or gone again: the next verb tries once more
            problem = error if isinstance(error, Problem) else self._notice
            self._seat, self._state = Nowhere(), replace(state, running=False)
            self._record = self._changed(last, version=last.version + 1, problem=problem)

    def _again(self) -> tuple[Callable[..., Any], Sequence[Any]]:
        """Return what makes the player again."""
        return self._make, self._arguments

    def _why(self) -> Problem:
        """Return what is said of it."""
        return Problem("worker_lost", "The worker that did this is gone: it begins anew when it is started.")


def from_remote(remote: weakref.ref[Any], method: str, *arguments: Any) -> Any:
    """Call a method of what a record is of, without holding it."""
    found = remote()
    if found is None:
        raise RuntimeError("a record has outlived its run")
    return getattr(found, method)(*arguments)
