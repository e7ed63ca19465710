"""Servers of the app on this machine, each a process of its own, as the README starts it.

with serving() as server:
    ...                              # server.address, server.megabytes
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Server:
    """A running server; `address` ends without a slash."""

    address: str
    process: psutil.Process
    log: Path

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        return self.process.memory_info().rss / 2**20

    @property
    def threads(self) -> int:
        """Threads of the process."""
        return self.process.num_threads()


@contextlib.contextmanager
def serving(
    environment: Mapping[str, str] | None = None, memory: int | None = None, options: Sequence[str] = ()
) -> Iterator[Server]:
    """Start the app as the README says, on a free port of this machine.

    Parameters
    ----------
    environment : mapping, optional
        Variables beside those of this process.
    memory : int, optional
        Bytes of address space that the server may take.
    options : sequence of str
        Of Streamlit.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app/server.py", "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1", *options]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with (
            log.open("wb") as output,
            subprocess.Popen(
                command, cwd=ROOT, stdout=output, stderr=output, env={**os.environ, **(environment or {})}
            ) as process,
        ):
            try:
                if memory:
                    psutil.Process(process.pid).rlimit(psutil.RLIMIT_AS, (memory, memory))
                address = f"http://127.0.0.1:{port}"
                _wait_until_it_answers(address, process, log)
                yield Server(address, psutil.Process(process.pid), log)
            finally:
                process.terminate()


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health") as answer:
            if answer.status == 200:
                return
        if process.poll() is not None:
            raise RuntimeError(log.read_text(encoding="utf-8"))
        time.sleep(0.1)
    raise TimeoutError(address)


@contextlib.contextmanager
def proxied(servers: Sequence[Server], haproxy: str) -> Iterator[str]:
    """Put the proxy of `deploy` before two servers of this machine; yield its address.

    Parameters
    ----------
    servers : sequence of Server
        In the order in which `deploy/haproxy.cfg` names them.
    haproxy : str
        The program's path.
    """
    places = [server.address.removeprefix("http://") for server in servers]
    bind = f"127.0.0.1:{free_port()}"
    environment = {"LAB_BIND": bind, **dict(zip(("LAB_ONE", "LAB_TWO"), places, strict=True))}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        command = [haproxy, "-f", str(ROOT / "deploy" / "haproxy.cfg")]
        with (
            log.open("wb") as output,
            subprocess.Popen(
                command, stdout=output, stderr=output, env={**os.environ, **environment}
            ) as process,
        ):
            try:
                _wait_until_it_answers(f"http://{bind}", process, log)
                yield f"http://{bind}"
            finally:
                process.terminate()


@contextlib.contextmanager
def workers(count: int) -> Iterator[str]:
    """Start a Dask scheduler and as many workers on this machine, for any number of servers; yield its address."""
    from app.background.cluster.processes import Processes

    processes = Processes(count)
    try:
        yield processes.address()
    finally:
        processes.end()


def started() -> list[psutil.Process]:
    """Return all that this process has started, and what that has started."""
    return psutil.Process().children(recursive=True)


def megabytes(processes: Sequence[psutil.Process]) -> float:
    """Return the memory of processes; where the system tells, what they share counts once."""
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            held = process.memory_full_info()
            total += getattr(held, "pss", held.rss)
    return total / 2**20


def free_port() -> int:
    """Return a port of this machine on which nobody listens now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
