"""Where a player sits: on a worker, as a Dask actor; or in the server, where no worker can be had."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from distributed import Client, Future
from distributed.actor import Actor, BaseActorFuture

from w2v_core import Problem

from .host import Host, State

Answer = tuple[Any, State[Any]]
TAKING_SECONDS = 6.0  # that making a player may take
ALIVE_SECONDS = 1.5  # that a worker may take to say that it is there


class Lost(Exception):
    """A worker is gone, and with it what it held."""


class Silent(Exception):
    """A worker does not answer."""


class Later(Protocol):
    """An answer that is on its way."""

    def done(self) -> bool:
        """Tell whether it is there, or never will be."""

    def result(self) -> Answer:
        """Return it; raise `Lost` or `Silent`."""


class Seat(Protocol):
    """A place that carries out verbs; see `Host.ask`."""

    def ask(self, verb: str, arguments: Sequence[Any], known: int, asked: Any, seconds: float) -> Answer:
        """Return the answer and the state.

        Raises
        ------
        Lost, Silent
            There is no answer after so many seconds, and none to the question whether anybody is there.
        """

    def ask_later(self, verb: str) -> Later | None:
        """Ask without waiting; None where nothing can be lost. Raises `Lost`."""

    def stop(self) -> None:
        """Stop the player, without waiting."""

    def free(self) -> None:
        """Let go of the player, without waiting."""


class InServer:
    """A seat in this process."""

    def __init__(self, host: type[Host], make: Callable[..., Any], arguments: Sequence[Any]) -> None:
        self._host = host(make, *arguments)

    def ask(self, verb: str, arguments: Sequence[Any], known: int, asked: Any, seconds: float) -> Answer:
        """Return the answer and the state."""
        return self._host.answer(verb, arguments, known, asked)

    def ask_later(self, verb: str) -> None:
        """Nothing here can be lost."""

    def stop(self) -> None:
        """Stop the player, without waiting."""
        self._host.stop()

    def free(self) -> None:
        """Stop the player; it goes when nobody holds it any more."""
        self._host.stop()


class Nowhere:
    """No seat: there was no room for the player."""

    def ask(self, verb: str, arguments: Sequence[Any], known: int, asked: Any, seconds: float) -> Answer:
        """Nobody answers."""
        raise Lost

    def ask_later(self, verb: str) -> None:
        """Nothing here can be lost."""

    def stop(self) -> None:
        """Nothing plays."""

    def free(self) -> None:
        """Nothing is held."""


class OnWorker:
    """A seat on a worker.

    Parameters
    ----------
    client : Client
    worker : str
        Its address.
    host : type of Host
    make, arguments
        As `Host` takes them; among the arguments may be futures.

    Attributes
    ----------
    silent : bool
        Whether the worker did not answer when it was last asked.

    Raises
    ------
    Problem
        From making the player.
    Lost, Silent
        The worker did not take it.
    """

    def __init__(
        self,
        client: Client,
        worker: str,
        host: type[Host],
        make: Callable[..., Any],
        arguments: Sequence[Any],
    ) -> None:
        self.worker, self.silent = worker, False
        # The worker drops the player when this future goes: with the session, or with this process.
        self._future: Future[Any] = client.submit(
            host, make, *arguments, actor=True, pure=False, workers=[worker]
        )
        try:
            self._actor: Actor = self._future.result(timeout=TAKING_SECONDS)
        except Problem:
            raise
        except TimeoutError as error:
            raise Silent from error
        except Exception as error:
            raise Lost from error

    def ask(self, verb: str, arguments: Sequence[Any], known: int, asked: Any, seconds: float) -> Answer:
        """Return the answer and the state; as long as the worker is there, it may take its time."""
        future = self._asked(verb, arguments, known, asked)
        while True:
            try:
                answer = _result(future, seconds)
            except Silent:
                self.silent = True
                if verb == "touch":
                    raise
                _result(self._asked("touch", (), known, None), ALIVE_SECONDS)
            else:
                self.silent = False
                return answer

    def ask_later(self, verb: str) -> Later:
        """Ask without waiting."""
        return _Later(self._asked(verb, (), 0, None))

    def stop(self) -> None:
        """Stop the player, without waiting."""
        with contextlib.suppress(Lost):
            self._asked("stop", (), 0, None)

    def free(self) -> None:
        """Let go of the player, without waiting."""
        with contextlib.suppress(Exception):  # the worker, or the whole cluster, may be gone
            self._actor.end()

    def _asked(self, *question: Any) -> BaseActorFuture[Answer]:
        try:
            future: BaseActorFuture[Answer] = self._actor.ask(*question)
        except Exception as error:  # Dask knows by now that the worker is gone
            raise Lost from error
        return future


class _Later:
    def __init__(self, future: BaseActorFuture[Answer]) -> None:
        self._future = future

    def done(self) -> bool:
        return self._future.done()

    def result(self) -> Answer:
        return _result(self._future, ALIVE_SECONDS)


def _result(future: BaseActorFuture[Answer], seconds: float) -> Answer:
    try:
        return future.result(timeout=seconds)
    except TimeoutError as error:
        raise Silent from error
    except Exception as error:  # what a verb raises comes as a value: this is the way that broke
        raise Lost from error
