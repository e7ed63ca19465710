"""The engine whose runs live on the workers of a Dask cluster; in this process while there is none."""

from __future__ import annotations

import logging
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

import numpy as np

from w2v_core import Corpus, TrainingConfig
from w2v_core.vectors.projection import Points
from w2v_core.vectors.tsne import TSNE

from ..tsne_run import TsneRun
from .connection import Connection
from .host import Host
from .remote_others import RemoteComparison, RemoteMap
from .remote_run import RemoteRun
from .seats import InServer, Lost, OnWorker, Seat, Silent

MOST_TRIES = 2  # of workers, before a player sits in the server
FORGIVING_SECONDS = 30.0  # after which a worker that did not take one is tried first again
_log = logging.getLogger(__name__)


class OnCluster:
    """On workers.

    Parameters
    ----------
    connection : Connection
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seats: weakref.WeakSet[OnWorker] = weakref.WeakSet()
        self._failed: dict[str, float] = {}  # when a worker last did not take a player
        self._lock = threading.Lock()

    def take(self, host: type[Host], make: Callable[..., Any], arguments: Sequence[Any]) -> Seat:
        """Return a seat for a new player: on a worker, or here where none can be had."""
        client = self._connection.asked()
        for worker in self._freest()[:MOST_TRIES] if client else ():
            assert client is not None, "there are workers"
            try:
                moved = [
                    self._connection.corpus(client, each, worker) if isinstance(each, Corpus) else each
                    for each in arguments
                ]
                seat = OnWorker(client, worker, host, make, moved)
            except (Lost, Silent) as error:
                self._failed[worker] = time.monotonic()
                _log.warning("Worker %s did not take a run: %r", worker, error.__cause__ or error)
            else:
                with self._lock:
                    self._seats.add(seat)
                return seat
        return InServer(host, make, arguments)

    def _freest(self) -> list[str]:
        """Return the workers, those with the fewest players of this server first, those that were silent last.

        Left to itself, Dask follows the corpus, and does not give up a worker that is cut off for minutes.
        """
        with self._lock:
            seats = list(self._seats)
        taken = Counter(seat.worker for seat in seats)
        late = time.monotonic() - FORGIVING_SECONDS
        silent = {seat.worker for seat in seats if seat.silent}
        silent |= {worker for worker, failed in list(self._failed.items()) if failed > late}
        return sorted(self._connection.workers, key=lambda worker: (worker in silent, taken[worker]))

    def run(
        self, corpus: Corpus, config: TrainingConfig, categories: Sequence[Sequence[str]] = ()
    ) -> RemoteRun:
        """Return a new run."""
        return RemoteRun(self, corpus, config, categories)

    def resume(
        self,
        corpus: Corpus,
        config: TrainingConfig,
        categories: Sequence[Sequence[str]],
        facts: dict[str, Any],
        arrays: dict[str, np.ndarray],
        training: BinaryIO,
    ) -> RemoteRun:
        """Return a saved run; see `LiveTraining.resume`."""
        arrays = arrays | {"training": np.frombuffer(training.read(), dtype=np.uint8)}
        return RemoteRun(self, corpus, config, categories, (facts, arrays))

    def compare(
        self,
        corpus: Corpus,
        configs: Sequence[TrainingConfig],
        categories: Sequence[Sequence[str]] | None = (),
    ) -> RemoteComparison:
        """Return runs side by side."""
        return RemoteComparison(self, corpus, configs, categories)

    def form(self, make: Callable[[], TSNE], points: Points) -> RemoteMap:
        """Return a t-SNE map; see `TsneRun`."""
        return RemoteMap(self, TsneRun, (make, points))

    @property
    def away(self) -> bool:
        """Whether no worker can be had: new runs live in this process."""
        return self._connection.client is None

    def close(self) -> None:
        """End the connection, and the processes that were started for it."""
        self._connection.close()
