"""The engine whose runs live on the workers of a Dask cluster; in this process while there is none."""

from __future__ import annotations

import logging
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
from .remote_run import RemoteRun, resumed
from .seats import Here, Lost, OnWorker, Seat, Silent

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

    def take(self, host: type[Host], make: Callable[..., Any], arguments: Sequence[Any]) -> Seat:
        """Return a seat for a new player: on a worker, or here where none can be had."""
        if client := self._connection.asked():
            try:
                moved = [
                    self._connection.corpus(client, each) if isinstance(each, Corpus) else each
                    for each in arguments
                ]
                seat = OnWorker(client, self._freest(), host, make, moved)
                self._seats.add(seat)
                return seat
            except (Lost, Silent) as error:
                _log.warning("No worker took a run: %r", error.__cause__ or error)
        return Here(host, make, arguments)

    def _freest(self) -> str:
        """Return the worker with the fewest players of this server: left to itself, Dask follows the corpus."""
        taken = Counter(seat.worker for seat in list(self._seats))
        return min(self._connection.workers, key=lambda worker: taken[worker])

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
        return RemoteRun(self, corpus, config, categories, resumed, facts, arrays, training.read())

    def compare(
        self,
        corpus: Corpus,
        configs: Sequence[TrainingConfig],
        categories: Sequence[Sequence[str]] = (),
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
