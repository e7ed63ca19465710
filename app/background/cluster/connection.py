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

from .address import processes_of
from .processes import Processes
from .seats import Lost, Silent

LOOK_SECONDS = 1.0  # between two looks at whether all is well
SOON_SECONDS = 0.1  # between the first looks while it is not; then ever longer,
LATE_SECONDS = 10.0  # at most so long
CONNECT_SECONDS = 3.0
SENDING_SECONDS = 10.0  # that a text may take to a worker
_log = logging.getLogger(__name__)


class Connection:
    """A client of a cluster.

    Parameters
    ----------
    where : str
        The scheduler's address; or how many worker processes to start on this machine.

    Attributes
    ----------
    workers : tuple of str
        Their addresses, as last heard of.

    Raises
    ------
    ValueError
        There can be no such cluster; see `processes_of`.
    """

    def __init__(self, where: str) -> None:
        self._where, self._wanted = where, processes_of(where)
        self._processes: Processes | None = None
        self._client: Client | None = None
        self.workers: tuple[str, ...] = ()
        self._corpora: weakref.WeakKeyDictionary[Corpus, Future[Corpus]] = weakref.WeakKeyDictionary()
        self._lock = threading.Lock()  # of the dictionary
        self._over = threading.Event()
        self._looker = threading.Thread(target=self._look, name="w2v-cluster", daemon=True)
        self._looker.start()

    def wait(self, seconds: float) -> bool:
        """Wait until all workers on this machine are there, or any elsewhere; return whether they are."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and not self._over.is_set():
            if self.client and len(self.workers) >= (self._wanted or 1):
                return True
            time.sleep(0.05)
        return False

    def asked(self) -> Client | None:
        """Ask anew which workers there are, unless there were none; return the client if there are any."""
        if self.client:
            try:
                self._count()
            except Exception:  # whatever Dask raises of a connection that breaks
                self.workers = ()
        return self.client

    @property
    def client(self) -> Client | None:
        """The client; None while there was no scheduler, or no worker, when they were last heard of."""
        client = self._client
        return client if client and client.status == "running" and self.workers else None

    def corpus(self, client: Client, corpus: Corpus, worker: str) -> Future[Corpus]:
        """Return a corpus as it is on the workers: it travels to one, and workers hand it on.

        Raises
        ------
        Lost, Silent
            The worker does not take it.
        """
        with self._lock:
            future = self._corpora.get(corpus)
        if future is not None and future.client is client and future.status == "finished":
            return future

        async def send() -> Any:
            return await client.scatter(corpus, workers=[worker], hash=False, direct=True, asynchronous=True)

        try:
            future = client.sync(send, callback_timeout=SENDING_SECONDS)
        except TimeoutError as error:
            raise Silent from error
        except Exception as error:
            raise Lost from error
        with self._lock:
            self._corpora[corpus] = future
        return future

    def close(self) -> None:
        """End the connection, and the processes that were started."""
        self._over.set()
        self._looker.join()
        self._drop()
        if self._processes:
            self._processes.end()

    def _look(self) -> None:
        pause, well = SOON_SECONDS, True
        while not self._over.is_set():
            try:
                self._mend()
                self._count()
                if self.workers and not well:
                    _log.warning("The cluster at %s is there", self._where)
                well |= bool(self.workers)
            except Exception as error:  # whatever it is, the next look may be better
                self.workers = ()
                if well:
                    _log.warning("No cluster at %s: %r", self._where, error)
                well = False
            pause = SOON_SECONDS if self.workers else min(LATE_SECONDS, 1.5 * pause)
            self._over.wait(LOOK_SECONDS if self.workers else pause)

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
        if self._wanted and not (self._processes and self._processes.alive):
            self._drop()
            if self._processes:
                self._processes.end()
            self._processes, client = Processes(self._wanted), None
        if client is not None and client.status not in ("closed", "closing"):
            return  # Dask itself tries to get a broken connection back for a while
        self._drop()
        processes_of(self._where)  # whom a name leads to may have changed
        self._client = Client(
            self._processes.address() if self._processes else self._where,
            timeout=CONNECT_SECONDS,
            direct_to_workers=True,
            name="word2vec-lab",
            set_as_default=True,
        )

    def _drop(self) -> None:
        client, self._client = self._client, None
        with self._lock:
            self._corpora.clear()
        if client is not None:
            with contextlib.suppress(Exception):
                client.close(timeout=1)
