"""Arrays that several processes share: files mapped into memory, in memory itself where the system has such a place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MEMORY = Path("/dev/shm")  # Linux


@contextmanager
def shared_folder(needed: int) -> Iterator[Path]:
    """Give a new folder with room for `needed` bytes; it is gone after the ``with``."""
    fits = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > needed
    with tempfile.TemporaryDirectory(
        prefix="w2v-", dir=MEMORY if fits else None, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def forget(folder: Path) -> bool:
    """Remove a shared folder before its time; return whether it must stay.

    Windows does not let go of files that are mapped; other systems keep what is mapped as long as it is.
    """
    if os.name == "posix":
        shutil.rmtree(folder, ignore_errors=True)
    return folder.exists()


@dataclass(frozen=True)
class SharedArray:
    """What another process needs to know to map the same array."""

    path: Path
    dtype: np.dtype[Any]
    shape: tuple[int, ...]

    @classmethod
    def copy_of(cls, array: npt.NDArray[Any], path: Path) -> SharedArray:
        """Write an array to a new file. Raises OSError where there is no room."""
        with open(path, "xb") as file:
            file.write(
                np.ascontiguousarray(array).data if array.size else b"\0"
            )  # no system maps an empty file
        return cls(path, array.dtype, array.shape)

    @classmethod
    def of(cls, facts: list[Any]) -> SharedArray:
        """Undo `facts`."""
        path, dtype, shape = facts
        return cls(Path(path), np.dtype(dtype), tuple(shape))

    def facts(self) -> list[Any]:
        """Return it as JSON can hold it."""
        return [str(self.path), self.dtype.str, list(self.shape)]

    def array(self) -> npt.NDArray[Any]:
        """Return the array: what is written to it, all processes see."""
        return np.asarray(np.memmap(self.path, self.dtype, "r+", 0, self.shape))
