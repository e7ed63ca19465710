"""Where a player sits: on a worker, as a Dask actor; or in this process, where no worker can be had."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from distributed import Client, Future
from distributed.actor import Actor, BaseActorFuture

from w2v_core import Problem

from .host import Host, State

Answer = tuple[Any, State[Any]]
TAKING_SECONDS = 8.0  # that making a player may take


class Lost(Exception):
    """A worker is gone, and with it what it held."""


class Silent(Exception):
    """A worker does not answer in time."""


class Later(Protocol):
    """An answer that is on its way."""

    def done(self) -> bool:
        """Tell whether it is there, or never will be."""

    def result(self) -> Answer:
        """Return it; raise `Lost`."""


class Seat(Protocol):
    """A place that carries out verbs; see `Host.ask`."""

    def ask(self, verb: str, arguments: Sequence[Any], known: int, asked: Any, seconds: float) -> Answer:
        """Return the answer and the state; raise `Lost` or `Silent`."""

    def ask_later(self, verb: str) -> Later | None:
        """Ask without waiting; None where that makes no sense."""

    def free(self) -> None:
        """Let go of the player, without waiting."""


class Here:
    """A seat in this process."""

    def __init__(self, host: type[Host], make: Callable[..., Any], arguments: Sequence[Any]) -> None:
        self._host = host(make, *arguments)

    def ask(self, verb: str, arguments: Sequence[Any], known: int, asked: Any, seconds: float) -> Answer:
        """Return the answer and the state."""
        return self._host.answer(verb, arguments, known, asked)

    def ask_later(self, verb: str) -> None:
        """Nothing here can be lost."""

    def free(self) -> None:
        """Stop the player; it goes when nobody holds it any more."""
        self.ask("close", (), 0, None, 0)


class _Later:
    def __init__(self, future: BaseActorFuture[Answer]) -> None:
        self._future = future

    def done(self) -> bool:
        return self._future.done()

    def result(self) -> Answer:
        return _result(self._future, 0.1)


class OnWorker:
    """A seat on a worker.

    Parameters
    ----------
    client : Client
    worker : str
        Its address; another one takes the player where that is gone.
    host : type of Host
    make, arguments
        As `Host` takes them; among the arguments may be futures.

    Raises
    ------
    Problem
        From making the player.
    Lost, Silent
        No worker took it.
    """

    def __init__(
        self,
        client: Client,
        worker: str,
        host: type[Host],
        make: Callable[..., Any],
        arguments: Sequence[Any],
    ) -> None:
        self.worker = worker
        # The worker drops the player when this future goes: with the session, or with this process.
        self._future: Future[Any] = client.submit(
            host, make, *arguments, actor=True, pure=False, workers=[worker], allow_other_workers=True
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
        """Return the answer and the state; raise `Lost` or `Silent`."""
        return _result(self._asked(verb, arguments, known, asked), seconds)

    def ask_later(self, verb: str) -> Later:
        """Ask without waiting."""
        return _Later(self._asked(verb, (), 0, None))

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


def _result(future: BaseActorFuture[Answer], seconds: float) -> Answer:
    try:
        return future.result(timeout=seconds)
    except TimeoutError as error:
        raise Silent from error
    except Exception as error:  # what a verb raises comes as a value: this is the way that broke
        raise Lost from error
