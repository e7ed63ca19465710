"""Arrays in a NumPy archive (.npz), read without trusting it.

`numpy.load` makes what an archive's headers ask for, and evaluates them as Python. Here a header is matched, and an
array is made once its size is known to be that of the bytes that are there. Nothing is taken in one piece: neither
the archive's directory, which can name millions of members, nor an array.
"""

from __future__ import annotations

import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from .problems import Problem

PIECE = 1 << 18  # bytes taken at a time; a directory of more is not read
HEADER = re.compile(
    rb"\{'descr': '([<>|=][a-zA-Z]\d{0,4})', 'fortran_order': (True|False), "
    rb"'shape': \((|\d{1,15},|\d{1,15}(?:, \d{1,15}){1,7})\),? ?\} *\n"
)
LONGEST_HEADER = 1 << 12
MOST_PACKED = 1032  # times that deflate makes anything smaller, at most

# What the standard library raises over a damaged zip archive.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Damaged(ValueError):
    """The archive, or an array in it, is not sound."""


class Pickled(Damaged):
    """An array holds Python objects, which are never loaded: they could run any code."""


@dataclass(frozen=True)
class Header:
    """What an array's header says of it.

    Attributes
    ----------
    dtype : numpy.dtype
    shape : tuple of int
    fortran : bool
        Whether the first index changes fastest, so that rows lie all over it.
    start : int
        Bytes before the numbers.
    """

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    fortran: bool
    start: int

    def part(self, first: int | None) -> tuple[int, ...]:
        """Return the shape of what has to be read for the first so many rows; None for all."""
        if first is None or self.fortran:
            return self.shape
        return (min(first, self.shape[0]), *self.shape[1:])

    def size(self, first: int | None = None) -> int:
        """Return how many bytes that is."""
        return math.prod(self.part(first)) * self.dtype.itemsize

    def fits(self, dtype: str, *shape: int | None) -> bool:
        """Tell whether an array is of this type and shape; None is any length."""
        return (
            self.dtype == np.dtype(dtype)
            and len(self.shape) == len(shape)
            and all(expected in (None, size) for expected, size in zip(shape, self.shape, strict=True))
        )


class Arrays:
    """The arrays of an archive by name, of which none is read yet.

    Parameters
    ----------
    file : seekable binary file

    Attributes
    ----------
    told : callable
        Called with n after each n bytes of an array; may raise to stop the reading.

    Raises
    ------
    Damaged
        Here and in all methods.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.told: Callable[[int], object] = _ignored
        size = file.seek(0, io.SEEK_END)
        with finding_damage():
            self._archive = zipfile.ZipFile(Pieces(file))
            members = self._archive.infolist()
            self._members = {info.filename.removesuffix(".npy"): info for info in members}
            if len(self._members) != len(members) or sum(info.compress_size for info in members) > size:
                raise Damaged("members that lie over each other")
            if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in members):
                raise Damaged("a packing that zipfile unpacks without a bound")
            if any(info.file_size > MOST_PACKED * (info.compress_size + 1) for info in members):
                raise Damaged("sizes that cannot be")

    @property
    def names(self) -> tuple[str, ...]:
        """What arrays there are."""
        return tuple(self._members)

    @property
    def packed(self) -> bool:
        """Whether anything is stored in fewer bytes than it has."""
        return any(info.compress_type != zipfile.ZIP_STORED for info in self._members.values())

    def header(self, name: str) -> Header:
        """Return what the header of an array says, once it agrees with the bytes that are there.

        Raises
        ------
        KeyError
            There is no such array.
        Pickled
        """
        info = self._members[name]
        with finding_damage(), self._archive.open(info) as member:
            start = member.read(10)
            length = int.from_bytes(start[8:], "little")
            if len(start) != 10 or start[:8] != b"\x93NUMPY\x01\x00" or length > LONGEST_HEADER:
                raise Damaged("no header")
            found = HEADER.fullmatch(member.read(length))
            if found is None:
                raise Damaged("a header of another kind")
            if found[1].endswith(b"O"):
                raise Pickled
            shape = tuple(int(length) for length in found[3].replace(b" ", b"").split(b",") if length)
            fortran = found[2] == b"True" and len(shape) > 1
            header = Header(np.dtype(found[1].decode()), shape, fortran, 10 + length)
            if header.start + header.size() != info.file_size:
                raise Damaged("more or fewer numbers than promised")
        return header

    def read(self, name: str, first: int | None = None) -> npt.NDArray[Any]:
        """Return an array, or its `first` rows; KeyError if there is none of this name.

        It takes `Header.size` bytes of memory, which the caller has to bound.
        """
        header, info = self.header(name), self._members[name]
        size = header.size(first)
        content = np.empty(size, dtype=np.uint8)
        with finding_damage(), self._archive.open(info) as member:
            member.read(header.start)
            done = 0
            while done < len(content):
                piece = member.read(min(PIECE, size - done))
                if not piece:
                    raise Damaged("cut off")
                content[done : done + len(piece)] = np.frombuffer(piece, dtype=np.uint8)
                done += len(piece)
                self.told(len(piece))
            member.read(1)  # at the end the checksum is looked at
        array = content.view(header.dtype).reshape(header.part(first), order="F" if header.fortran else "C")
        return array if first is None else array[:first]


def _ignored(n: int) -> None:
    pass


class Pieces(io.RawIOBase):
    """A file that gives at most `PIECE` bytes at a time: what is read at one go is then cut off."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def read(self, size: int = -1) -> bytes:
        return self._file.read(PIECE if size < 0 else min(size, PIECE))


@contextmanager
def finding_damage() -> Iterator[None]:
    """Raise `Damaged` for whatever the standard library raises over a zip archive."""
    try:
        yield
    except (Damaged, Problem):  # a Problem stops the reading as the caller wants
        raise
    except _DAMAGE as error:
        raise Damaged(str(error)) from None


def words_of(letters: npt.NDArray[np.uint8], ends: npt.NDArray[np.integer]) -> Iterator[bytes]:
    """Return words, as UTF-8, from all their bytes one after another and where each ends; checked at once.

    Raises
    ------
    Damaged
        The ends do not rise from 0 to the number of bytes.
    """
    if not len(ends) or int(ends[-1]) != len(letters) or int(ends[0]) < 0 or (ends[1:] < ends[:-1]).any():
        raise Damaged("words that lie over each other")
    return _slices(letters.tobytes(), ends.tolist())


def _slices(letters: bytes, ends: list[int]) -> Iterator[bytes]:
    start = 0
    for end in ends:
        yield letters[start:end]
        start = end
