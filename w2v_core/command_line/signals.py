"""What asks a program to end: it does so with nothing cut in half and nothing left lying about."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from ..training.parallel import STOP_SIGNALS

INTERRUPTED = 128 + signal.SIGINT


@contextmanager
def cleanly_stopped() -> Iterator[None]:
    """Let the others of `STOP_SIGNALS` end the program as Ctrl-C does: what is open is closed, half a file removed."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    with _handled([number for number in STOP_SIGNALS if number != signal.SIGINT], stop):
        yield


@contextmanager
def interruptions() -> Iterator[Callable[[], int]]:
    """Note Ctrl-C and its like (`STOP_SIGNALS`), so that neither a step nor a file is cut in half.

    Yields a function that returns the signal's number, or 0. A second Ctrl-C stops at once; of the others a second
    comes by itself (a terminal that closes sends them, and its shell again), and changes nothing.
    """
    first = 0

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal first
        if first and number == signal.SIGINT:
            raise KeyboardInterrupt
        first = first or number

    with _handled(STOP_SIGNALS, note):
        yield lambda: first


@contextmanager
def _handled(numbers: Iterable[int], handler: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    """Have signals handled; but those that are ignored, as `nohup` has it, stay so (Ctrl-C never does).

    Only a program's first thread can handle signals: in another, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = [n for n in numbers if n == signal.SIGINT or signal.getsignal(n) != signal.SIG_IGN]
    before = {number: signal.signal(number, handler) for number in heard}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
