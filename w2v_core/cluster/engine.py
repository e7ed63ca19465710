"""The workers: processes of this machine, started for one command, or those of a scheduler that runs somewhere.

A scheduler runs whatever its clients send it, as Dask's are meant to: an address should lead to one's own machines.
The processes that are started here listen on 127.0.0.1 alone.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from .. import limits
from ..problems import Problem
from ..training.parallel import BLAS_THREADS

T = TypeVar("T")

SECONDS = 20  # that a scheduler and its first worker are waited for
# Runs and texts go through the scheduler, which then can hand them out again when a worker is lost.
SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1 TB",
    # Dask's own choice has MALLOC_TRIM_THRESHOLD_ as well: every larger array is then fetched from the system and
    # given back, and training takes three times as long.
    "distributed.nanny.pre-spawn-environ": dict.fromkeys(BLAS_THREADS, 1),
}


@contextmanager
def opened(where: int | str) -> Iterator[Any]:
    """Give a Dask client with workers.

    Parameters
    ----------
    where : int or str
        How many processes to start, one thread each, which end with the ``with``; or a scheduler's address, such as
        ``tcp://192.168.0.5:8786``, whose workers need this package too.

    Raises
    ------
    Problem
        ``needs_dask``; ``no_scheduler``; ``no_worker``.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise Problem(
            "needs_dask", "This needs Dask, the extra [cluster]: pip install dask distributed"
        ) from None
    with dask.config.set(SETTINGS):
        if isinstance(where, int):
            with _deaf_children():
                cluster = LocalCluster(
                    n_workers=where,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    silence_logs=logging.CRITICAL,
                )
            with cluster, Client(cluster) as client:
                yield client
            return
        try:
            client = Client(where, timeout=SECONDS)
        except (OSError, ValueError, ImportError):
            raise Problem("no_scheduler", f"No Dask scheduler answers at {where}.", address=where) from None
        with client:
            wait_for_worker(client, where)
            yield client


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Have the processes that are started here ignore Ctrl-C and a closing terminal: those are for this one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)


def wait_for_worker(client: Any, where: str) -> None:
    """Wait until the cluster has a worker."""
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except TimeoutError:
        raise Problem("no_worker", f"The scheduler at {where} has no worker.", address=where) from None


def workers(client: Any) -> int:
    """Return how many tasks the cluster can do at a time."""
    return sum(client.nthreads().values())


def told(error: BaseException) -> BaseException:
    """Return what a worker has raised as it can be raised here: a sentence."""
    if isinstance(error, (Problem, MemoryError)):
        return error
    shown = f"{type(error).__name__}: {error}"[: limits.LONGEST_COMPLAINT]
    message = f"A worker of the cluster failed ({shown}); it needs w2v-core in the version that is here."
    return Problem("worker_failed", message, error=shown)


def same(value: T) -> T:
    """Return the value: as a task, so that the scheduler has it, and hands it to whoever needs it."""
    return value
