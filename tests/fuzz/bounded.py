"""Bounds for what is tried: what takes too long or too much memory fails instead of stopping the rest."""

import faulthandler
import resource
import signal
import sys

import psutil
import pytest

MEMORY = 1 << 30  # that a process may take above what its modules take
KEPT = 300 << 20  # that its tries may add up to: fragments, caches
TEST_SECONDS = 300  # of CPU for one test of hundreds of examples


def peak() -> int:
    """Return the bytes that this process had at its highest."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def limit_memory(size: int = MEMORY) -> None:
    """Let the process have so many bytes more than it has now."""
    now = psutil.Process().memory_info().vms
    resource.setrlimit(resource.RLIMIT_AS, (now + size, resource.getrlimit(resource.RLIMIT_AS)[1]))


@pytest.fixture(autouse=True)
def bounded():
    """Hold memory and CPU time around a test; what was allowed before is allowed again afterwards."""
    allowed, before = resource.getrlimit(resource.RLIMIT_AS), peak()
    limit_memory(2 * MEMORY)  # hypothesis takes its part
    faulthandler.enable()
    previous = signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, TEST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
        resource.setrlimit(resource.RLIMIT_AS, allowed)
    assert peak() - before < KEPT


def _too_long(number, frame):
    raise AssertionError(f"more than {TEST_SECONDS} s of CPU")
