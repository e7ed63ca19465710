"""What a run takes in memory, weighed before any of it is taken.

    vectors       W, U, and the sums of Adagrad
    objective     where noise is drawn from, or the tree
    a step        scores, counts and gradients of its cells; copies of the rows it moves, old and new; its pairs

The arrays are counted, temporary ones too, for a step of `tokens_a_step` centers whose windows are all full: what a
run takes at most, more or less.
"""

from __future__ import annotations

import math
import os
import sys
from contextlib import suppress
from pathlib import Path

from ..corpus.corpus import Corpus
from ..corpus.windows import SLAB, longest_reach
from ..problems import Problem
from .batches import tokens_a_step
from .config import TrainingConfig
from .objectives import draws_blocks, scored_columns

FLOAT, INDEX = 4, 8  # bytes
SMALLEST_BLOCK = 8  # centers, of all objectives: the more blocks, the more columns
NOT_WORTH_ASKING = 64 << 20  # bytes that any machine has
_UNLIMITED = 1 << 62  # what systems say for no limit, or more


def needed_bytes(corpus: Corpus, config: TrainingConfig, processes: int = 1) -> int:
    """Return about how many bytes a run takes at most, its corpus apart."""
    V, d = len(corpus.vocabulary), config.dim
    vectors = 2 * V * d * FLOAT + (2 * V * 8 if config.optimizer == "adagrad" else 0)
    if config.objective == "hierarchical_softmax":
        objective = 12 * INDEX * V * math.ceil(math.log2(V))  # each word's path, and what they are made with
    else:
        objective = 6 * INDEX * V
    alone = objective + _step(corpus, config)
    if processes == 1:
        return vectors + alone
    return 2 * vectors + processes * (alone + 100 * V)  # a copy that all share; the words once more for each


def check_memory(corpus: Corpus, config: TrainingConfig, processes: int = 1) -> None:
    """Refuse a run that the machine has no room for. Allocates nothing.

    Raises
    ------
    Problem
        ``too_much_memory``, with `needed` and `available` bytes.
    """
    needed = needed_bytes(corpus, config, processes)
    if needed <= NOT_WORTH_ASKING:
        return
    available = available_bytes()
    if available is not None and needed > available:
        raise Problem(
            "too_much_memory",
            f"This run would take about {needed / 1e9:,.1f} GB of memory, and {available / 1e9:,.1f} GB are free; "
            "lower dim, window, negatives, noise_pool or batch_tokens, or raise min_count.",
            needed=needed,
            available=available,
            needed_gb=needed / 1e9,
            available_gb=available / 1e9,
        )


def _step(corpus: Corpus, config: TrainingConfig) -> int:
    V, d = len(corpus.vocabulary), config.dim
    reach = min(config.window, longest_reach(corpus))
    config = config.replace(window=reach)
    tokens = min(tokens_a_step(corpus.vocabulary, config), SLAB)
    block = min(SMALLEST_BLOCK, tokens)
    blocks = -(-tokens // block)
    centers, around = blocks * block, block + 2 * reach
    pairs = centers * (2 * reach if config.architecture == "skip_gram" else 1)
    windows = SLAB * 64 + (SLAB + 2 * around) * 3 * INDEX + block * around * INDEX
    windows += blocks * around * (2 * INDEX + 2 * FLOAT) + 4 * centers * around
    draws = 0
    if config.objective != "softmax" and (config.noise == "per_pair" or not draws_blocks(config)):
        draws = pairs * config.negatives * 6 * INDEX
    if not draws_blocks(config):
        rows = min(centers, V) if config.architecture == "skip_gram" else centers
        means = centers * 2 * reach * 4 * INDEX if config.architecture == "cbow" else 0
        moved = 6 * (V + rows) * d * FLOAT  # old, new and gradient of U; the last step's, to be undone
        return windows + draws + means + moved + rows * V * FLOAT + pairs * 10 * INDEX
    columns = scored_columns(V, config)
    if config.noise == "per_pair" or config.objective == "hierarchical_softmax":  # a mean, of larger blocks
        columns = around + 2 * columns * block // SMALLEST_BLOCK
    cells = centers * columns
    spread = 3 * (blocks * columns + centers) * d * FLOAT
    moved = 6 * (min(blocks * columns, V) + min(blocks * around, V)) * d * FLOAT
    pairs_listed = 8 * INDEX * centers * 2 * reach if config.architecture == "cbow" else 0
    pools = 4 * INDEX * blocks * columns
    return windows + draws + pools + pairs_listed + spread + moved + 9 * FLOAT * cells


def available_bytes() -> int | None:
    """Return how much memory this process may still take, or None where the system does not say."""
    known = [size for size in (_free(), _container_free(), _address_space_free()) if size is not None]
    return max(0, min(known)) if known else None


def _free() -> int | None:
    """What the machine has for new work; all that it has where it does not tell."""
    if sys.platform == "win32":
        return _free_on_windows()
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    with suppress(OSError, ValueError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return None


def _free_on_windows() -> int | None:
    if sys.platform != "win32":
        return None
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
            (name, ctypes.c_ulonglong)
            for name in ("all", "free", "all_pages", "free_pages", "all_virtual", "free_virtual", "more")
        ]

    status = Status(length=ctypes.sizeof(Status))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return int(min(status.free, status.free_pages, status.free_virtual))


def _container_free() -> int | None:
    """What a container (a control group of Linux) still lets us take."""
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        with suppress(OSError, ValueError):  # "max" is no limit
            size = int(Path(limit).read_text(encoding="ascii"))
            if size < _UNLIMITED:
                return size - _own_pages(1)
    return None


def _address_space_free() -> int | None:
    """What ``ulimit -v`` leaves."""
    with suppress(ImportError, OSError, ValueError, AttributeError):
        import resource

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        if limit != resource.RLIM_INFINITY and limit < _UNLIMITED:
            return limit - _own_pages(0)
    return None


def _own_pages(field: int) -> int:
    """Return the bytes of address space (0) or memory (1) that this process has; 0 where the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[field])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0
