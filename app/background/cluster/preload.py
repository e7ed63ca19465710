"""What each process of a cluster on this machine does first; Dask calls `dask_setup` by its name."""

from __future__ import annotations

import os
import shutil
import sys
import threading

import psutil
from threadpoolctl import threadpool_limits

from .. import memory
from ..playing import SWITCH_SECONDS

GIVING_WAY = 10  # niceness: pages answer first


def dask_setup(server: object) -> None:
    """Let the server's process go first, and end with it."""
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    elif type(server).__name__ == "Nanny":  # its worker has it from it; every new run goes by the scheduler
        os.nice(GIVING_WAY)
    sys.setswitchinterval(SWITCH_SECONDS)
    threadpool_limits(1)
    memory.settle()
    memory.keep_blocks()
    if (
        "W2V_ENDS_WITH_INPUT" in os.environ and type(server).__name__ != "Worker"
    ):  # a nanny ends its worker itself
        threading.Thread(target=_end_with_input, name="w2v-parent", daemon=True).start()


def _end_with_input() -> None:
    """Wait until the process that started this one is gone, however it ended: then its end of the pipe closes."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    shutil.rmtree(os.getcwd(), ignore_errors=True)  # the cluster's own folder, which nobody else removes then
    os._exit(0)
