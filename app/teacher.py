"""What `word2vec-lab --class` adds for a class on this machine: workers by its cores, and an address for all.

It says the address on the terminal, and shows it as a QR code.
"""

from __future__ import annotations

import importlib.util
import io
import os
import sys
from collections.abc import MutableMapping
from typing import TextIO

import segno

from . import network

CLUSTER = "W2V_CLUSTER"  # how many worker processes, or whose
EVERYBODY = "0.0.0.0", "::"
WHITE_ON_BLACK, PLAIN = "\033[97;40m", "\033[0m"  # a camera wants the code dark on light, in every terminal


def workers(cores: int) -> int:
    """Return how many worker processes suit this many cores: one core is the server's, unless there are but two.

    The server gives pages first, and the workers have a lower priority: two of them use what pages leave of two cores.
    """
    return max(min(cores, 2), cores - 1)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share_out(environment: MutableMapping[str, str]) -> str:
    """Set how many workers the server is to start, unless that is said already; return what to tell of it."""
    if importlib.util.find_spec("distributed") is None:
        return (
            "All runs share one core: for worker processes on the others, "
            "python -m pip install 'word2vec-lab[cluster]' (in the checkout: -r requirements-cluster.txt)."
        )
    where = environment.setdefault(CLUSTER, str(workers(cores())))
    if where.isdigit():
        return f"Runs train in worker processes: {where}."
    return f"Runs train on the cluster at {where}."


def announce(host: str, port: int, output: TextIO | None = None) -> None:
    """Say how to reach the server, in words and as a QR code where the terminal has the signs for one.

    Parameters
    ----------
    host : str
        That it listens on.
    port : int
    output : text file, optional
        The terminal, which is the default.
    """
    output = output or sys.stdout
    name = network.address() if host in EVERYBODY else host
    if name is None:
        print("This machine is on no network: nobody else can reach it.", file=output, flush=True)
        return
    url = f"http://{f'[{name}]' if ':' in name else name}:{port}"
    code = io.StringIO()
    segno.make_qr(url).terminal(code, compact=True)
    picture = code.getvalue()
    if output.isatty():
        picture = "".join(f"{WHITE_ON_BLACK}{line}{PLAIN}\n" for line in picture.splitlines())
    try:
        picture.encode(output.encoding or "utf-8")
    except UnicodeEncodeError:
        picture = ""
    print(picture, f"For the class: {url}", sep="", file=output, flush=True)
