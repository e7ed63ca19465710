"""gzip unpacked as it is read: bounded in output and members, linear in the input, and cancelable.

The standard library's `gzip.GzipFile` looks at padding a byte at a time, takes any number of empty members, and is
silent as long as nothing comes out.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from . import limits
from .problems import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP = b"\x1f\x8b"
PIECE = 1 << 14  # packed bytes taken at a time; what follows a member in it is copied once for each member
TOLD = 1 << 20  # bytes, packed or unpacked, from one call of `told` to the next
WITH_HEADER = 31  # zlib: the largest window, and gzip's header and checksum around it


class Gunzip(io.RawIOBase):
    """A gzip-packed file; several members follow each other as one text, zeros after one are padding.

    Parameters
    ----------
    file : seekable binary file
        Packed, from where it stands.
    name : str
        For messages.
    most : int, optional
        Bytes that may come out.
    told : callable, optional
        Called without arguments every now and then, also while nothing comes out; may raise to stop the reading.

    Raises
    ------
    Problem
        At the read that comes upon it: ``corrupt_gzip``, ``gzip_members``, ``unpacked_too_big``.
    """

    def __init__(
        self, file: BinaryIO, name: str, most: int | None = None, told: Callable[[], None] | None = None
    ) -> None:
        self._file, self._name = file, name
        self._most = limits.MOST_UNPACKED if most is None else most
        self._told = told or (lambda: None)
        self._since = 0  # bytes since `told` was called
        self._start = file.tell()
        self._begin()

    def _begin(self) -> None:
        self._packed = b""
        self._member = zlib.decompressobj(WITH_HEADER)
        self._members, self._place = 1, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        """True, but only the beginning can be gone to."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if (offset, whence) == (0, io.SEEK_SET):
            self._file.seek(self._start)
            self._begin()
        elif (offset, whence) not in ((0, io.SEEK_CUR), (self._place, io.SEEK_SET)):
            raise io.UnsupportedOperation("a gzip is unpacked from its beginning")
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            piece = self._unpack(len(view)) if len(view) else b""
        except zlib.error:
            raise self._corrupt() from None
        view[: len(piece)] = piece
        self._place += len(piece)
        if self._place > self._most:
            limit_mb = self._most >> 20
            raise Problem(
                "unpacked_too_big",
                f"{self._name} unpacks to more than {limit_mb:,} MB; unpack it and take the part that you need.",
                name=self._name,
                limit_mb=limit_mb,
            )
        self._count(len(piece) or TOLD)
        return len(piece)

    def _count(self, done: int) -> None:
        self._since += done
        if self._since >= TOLD:
            self._since = 0
            self._told()

    def _unpack(self, most: int) -> bytes:
        """Return up to `most` bytes; none at the end of the last member."""
        while True:
            if self._member.eof and not self._next_member():
                return b""
            piece = self._member.decompress(self._packed, most)
            self._packed = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if piece:
                return piece
            if not self._packed and not self._member.eof and not self._refill():
                raise self._corrupt()

    def _next_member(self) -> bool:
        """Pass over padding; return whether another member begins there."""
        while not (begins := self._packed.lstrip(b"\0")):
            if not self._refill():
                return False
        self._packed, self._member = begins, zlib.decompressobj(WITH_HEADER)
        self._members += 1
        if self._members > limits.MOST_GZIP_MEMBERS:
            raise Problem(
                "gzip_members",
                f"{self._name} is packed in more than {limits.MOST_GZIP_MEMBERS:,} parts; unpack it and pack it anew.",
                name=self._name,
                most=limits.MOST_GZIP_MEMBERS,
            )
        return True

    def _refill(self) -> bool:
        self._packed = self._file.read(PIECE)
        self._count(len(self._packed))
        return bool(self._packed)

    def _corrupt(self) -> Problem:
        return Problem(
            "corrupt_gzip",
            f"{self._name} is damaged or cut off: its gzip packing does not add up.",
            name=self._name,
        )
