"""A scheduler and workers on this machine, as processes of their own, for this process alone.

Dask's own command line starts them: a child that `multiprocessing` spawns would run Streamlit's main module again. They
listen on the loopback interface alone, show no dashboard, and end when this process does.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
LOOPBACK = "127.0.0.1"
START_SECONDS = 20.0  # that the scheduler may take to say where it is
END_SECONDS = 3.0


class Processes:
    """The processes of one cluster.

    Parameters
    ----------
    workers : int

    Raises
    ------
    OSError
        They cannot be started.
    """

    def __init__(self, workers: int) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="w2v-cluster-"))
        self._file = self._folder / "scheduler.json"
        self._started: list[subprocess.Popen[bytes]] = []
        preload = f"{__package__}.preload"
        place = ["--scheduler-file", str(self._file), "--host", LOOPBACK, "--no-dashboard"]
        place += ["--dashboard-address", f"{LOOPBACK}:0"]  # where it serves its health in any case
        self._start("scheduler", *place, "--port", "0", "--preload", preload)
        self._start(
            "worker",
            *place,
            *("--nworkers", str(workers), "--nthreads", "1", "--memory-limit", "0"),
            *("--local-directory", str(self._folder), "--preload", preload, "--preload-nanny", preload),
        )

    def _start(self, *arguments: str) -> None:
        path = os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))))
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
            env=os.environ
            | {"PYTHONPATH": path, "W2V_ENDS_WITH_INPUT": "1", "DASK_LOGGING__DISTRIBUTED": "critical"},
        )
        self._started.append(process)

    @property
    def alive(self) -> bool:
        """Whether all of them are."""
        return all(process.poll() is None for process in self._started)

    def address(self) -> str:
        """Return where the scheduler listens, as soon as it does; raise OSError if it does not."""
        ends = time.monotonic() + START_SECONDS
        while self.alive and time.monotonic() < ends:
            with contextlib.suppress(OSError, ValueError):  # not there yet, or half written
                return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])
            time.sleep(0.02)
        raise OSError("Dask's scheduler did not start")

    def end(self) -> None:
        """End them."""
        for process in self._started:
            process.terminate()
        for process in self._started:
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            assert process.stdin is not None, "it has one"
            process.stdin.close()
        shutil.rmtree(self._folder, ignore_errors=True)
