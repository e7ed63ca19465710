"""Memory that goes back to the system: of what is freed, the C library keeps most for itself, and in many places.

Only glibc does so and can be told (Linux); elsewhere there is nothing to do.
"""

from __future__ import annotations

import ctypes
import gc
import sys

ARENA_MAX, TRIM_THRESHOLD, MMAP_THRESHOLD = -8, -1, -3  # M_ARENA_MAX and others of <malloc.h>
ARENAS = 2
KEPT_BYTES = 32 << 20


def settle() -> None:
    """Call once, when all is loaded that stays.

    Each thread that trains would else get a heap of its own (up to eight for each core), and each heap keeps what its
    largest moment took.
    """
    give_back()
    gc.freeze()  # collections need not look at it again
    if library := _glibc():
        library.mallopt(ARENA_MAX, ARENAS)


def keep_blocks() -> None:
    """Let blocks of some MB be used again: Dask has workers return them, and each step would fetch them anew."""
    if library := _glibc():
        library.mallopt(TRIM_THRESHOLD, KEPT_BYTES)
        library.mallopt(MMAP_THRESHOLD, KEPT_BYTES)


def give_back() -> None:
    """Free what nothing can reach, and hand it to the system."""
    gc.collect()  # sessions are full of cycles
    if library := _glibc():
        library.malloc_trim(0)  # without the interpreter: others go on


def _glibc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None  # musl has none
