"""The connection to a cluster: made when the server starts, and made anew, in the background, whenever it breaks."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import weakref
from typing import Any

from distributed import Client, Future

from w2v_core import Corpus

from .processes import Processes
from .seats import Lost

LOOK_SECONDS = 1.0  # between two looks at whether all is well
SOON_SECONDS = 0.1  # while there is none
CONNECT_SECONDS = 3.0
SCATTER_SECONDS = 1.0  # that a text waits for a worker
_log = logging.getLogger(__name__)


class Connection:
    """A client of a cluster.

    Parameters
    ----------
    where : str or int
        The scheduler's address; or how many worker processes to start on this machine.

    Attributes
    ----------
    workers : tuple of str
        Their addresses, as last heard of.
    """

    def __init__(self, where: str | int) -> None:
        self._where = where
        self._processes: Processes | None = None
        self._client: Client | None = None
        self.workers: tuple[str, ...] = ()
        self._corpora: weakref.WeakKeyDictionary[Corpus, Future[Corpus]] = weakref.WeakKeyDictionary()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._looker = threading.Thread(target=self._look, name="w2v-cluster", daemon=True)
        self._looker.start()

    def wait(self, seconds: float) -> bool:
        """Wait until all workers on this machine are there, or any elsewhere; return whether they are."""
        wanted = self._where if isinstance(self._where, int) else 1
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and not self._over.is_set():
            if self.client and len(self.workers) >= wanted:
                return True
            time.sleep(0.05)
        return False

    def asked(self) -> Client | None:
        """Ask anew how many workers there are; return the client if there are any."""
        try:
            self._count()
        except (OSError, TimeoutError):
            self.workers = ()
        return self.client

    @property
    def client(self) -> Client | None:
        """The client; None while there was no scheduler, or no worker, when they were last heard of."""
        client = self._client
        return client if client and client.status == "running" and self.workers else None

    def corpus(self, client: Client, corpus: Corpus) -> Future[Corpus]:
        """Return a corpus as it is on the workers: it travels once, and workers hand it on. Raise `Lost` if none is."""
        with self._lock:
            future = self._corpora.get(corpus)
            if future is None or future.client is not client or future.status != "finished":
                try:
                    future = client.scatter(corpus, hash=False, direct=True, timeout=SCATTER_SECONDS)
                except (OSError, TimeoutError) as error:
                    raise Lost from error
                self._corpora[corpus] = future
            return future

    def close(self) -> None:
        """End the connection, and the processes that were started."""
        self._over.set()
        self._looker.join(CONNECT_SECONDS)
        self._drop()
        if self._processes:
            self._processes.end()

    def _look(self) -> None:
        while not self._over.is_set():
            try:
                self._mend()
                self._count()
            except (OSError, TimeoutError) as error:
                self.workers = ()
                _log.warning("No cluster at %s: %s", self._where, error)
            self._over.wait(LOOK_SECONDS if self.workers else SOON_SECONDS)

    def _count(self) -> None:
        client = self._client
        if client is None or client.status != "running":
            self.workers = ()
            return
        scheduler: Any = client.scheduler
        found = client.sync(scheduler.identity, n_workers=-1, callback_timeout=CONNECT_SECONDS)
        self.workers = tuple(found["workers"])

    def _mend(self) -> None:
        client = self._client
        if isinstance(self._where, int) and not (self._processes and self._processes.alive):
            self._drop()
            if self._processes:
                self._processes.end()
            self._processes, client = Processes(self._where), None
        if client is not None and client.status not in ("closed", "closing"):
            return  # Dask itself tries to get a broken connection back for a while
        self._drop()
        address = self._processes.address() if self._processes else str(self._where)
        self._client = Client(
            address, timeout=CONNECT_SECONDS, direct_to_workers=True, name="word2vec-lab", set_as_default=True
        )

    def _drop(self) -> None:
        client, self._client = self._client, None
        with self._lock:
            self._corpora.clear()
        if client is not None:
            with contextlib.suppress(OSError, TimeoutError, RuntimeError):
                client.close(timeout=1)
