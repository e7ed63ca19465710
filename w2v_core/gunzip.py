"""Packed files unpacked as they are read: bounded in what comes out, linear in what goes in, and open to cancel.

The standard library's `gzip.GzipFile` looks at padding a byte at a time, takes any number of empty members, and is
silent as long as nothing comes out.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO

from . import limits
from .problems import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP, BZIP2, XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"
PIECE = 1 << 14  # packed bytes taken at a time; what follows a member in it is copied once for each member
TOLD = 1 << 20  # bytes, packed or unpacked, from one call of `told` to the next
BEYOND_MEMORY = "Memory usage limit"  # by nothing else does lzma tell it from damage
WITH_HEADER = 31  # zlib: the largest window, and gzip's header and checksum around it


class Unpacked(io.RawIOBase):
    """What comes out of something packed, from its beginning to its end.

    Parameters
    ----------
    name : str
        For messages.
    most : int, optional
        Bytes that may come out.
    told : callable, optional
        Called without arguments every now and then, also while nothing comes out; may raise to stop the reading.
    """

    def __init__(self, name: str, most: int | None = None, told: Callable[[], None] | None = None) -> None:
        self.name = name
        self._most = limits.MOST_UNPACKED if most is None else most
        self._told = told or (lambda: None)
        self._since = 0  # bytes since `told` was called
        self._place = 0
        self._begin()

    def _begin(self) -> None:
        """Go to the beginning."""
        raise NotImplementedError

    def _unpack(self, most: int) -> bytes:
        """Return up to `most` bytes; none at the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        """True, but only the beginning can be gone to."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if (offset, whence) == (0, io.SEEK_SET):
            self._place = 0
            self._begin()
        elif (offset, whence) not in ((0, io.SEEK_CUR), (self._place, io.SEEK_SET)):
            raise io.UnsupportedOperation("what is packed is unpacked from its beginning")
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._unpack(len(view)) if len(view) else b""
        view[: len(piece)] = piece
        self._place += len(piece)
        if self._place > self._most:
            limit_mb = self._most >> 20
            raise Problem(
                "unpacked_too_big",
                f"{self.name} unpacks to more than {limit_mb:,} MB; unpack it and take the part that you need.",
                name=self.name,
                limit_mb=limit_mb,
            )
        self._count(len(piece) or TOLD)
        return len(piece)

    def _count(self, done: int) -> None:
        self._since += done
        if self._since >= TOLD:
            self._since = 0
            self._told()


class Gunzip(Unpacked):
    """A file packed by gzip, bzip2 or xz; several members follow each other as one, zeros after one are padding.

    Parameters
    ----------
    file : seekable binary file
        Packed, from where it stands.
    name, most, told
        As of `Unpacked`.

    Raises
    ------
    Problem
        At the read that comes upon it: ``corrupt_gzip``, ``gzip_members``, ``unpacked_too_big``, ``xz_memory``.
    """

    def __init__(
        self, file: BinaryIO, name: str, most: int | None = None, told: Callable[[], None] | None = None
    ) -> None:
        self._file = file
        self._start = file.tell()
        self._packing = packing_of(file.read(len(XZ))) or "gzip"
        super().__init__(name, most, told)

    def _begin(self) -> None:
        self._file.seek(self._start)
        self._packed = b""
        self._member = _decompressor(self._packing)
        self._members = 1

    def _unpack(self, most: int) -> bytes:
        """Return up to `most` bytes; none at the end of the last member."""
        while True:
            if self._member.eof and not self._next_member():
                return b""
            try:
                piece: bytes = self._member.decompress(self._packed, most)
            except _damage(self._packing) as error:
                raise (self._greedy() if BEYOND_MEMORY in str(error) else self._corrupt()) from None
            # What bzip2 and xz have not yet come to, they keep themselves.
            rest = getattr(self._member, "unconsumed_tail", b"")
            self._packed = self._member.unused_data if self._member.eof else rest
            if piece:
                return piece
            if not self._packed and not self._member.eof and not self._refill():
                raise self._corrupt()

    def _next_member(self) -> bool:
        """Pass over padding; return whether another member begins there."""
        while not (begins := self._packed.lstrip(b"\0")):
            if not self._refill():
                return False
        self._packed, self._member = begins, _decompressor(self._packing)
        self._members += 1
        if self._members > limits.MOST_GZIP_MEMBERS:
            raise Problem(
                "gzip_members",
                f"{self.name} is packed in more than {limits.MOST_GZIP_MEMBERS:,} parts; unpack it and pack it anew.",
                name=self.name,
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
            f"{self.name} is damaged or cut off: its {self._packing} packing does not add up.",
            name=self.name,
        )

    def _greedy(self) -> Problem:
        limit_mb = limits.XZ_MEMORY >> 20
        return Problem(
            "xz_memory",
            f"{self.name} needs more than {limit_mb} MB of memory to unpack; pack it anew at a usual level (xz -6).",
            name=self.name,
            limit_mb=limit_mb,
        )


def packing_of(head: bytes) -> str | None:
    """Return what the first bytes of a file say that it is packed by."""
    packings = (("gzip", GZIP), ("bzip2", BZIP2), ("xz", XZ))
    return next((packing for packing, magic in packings if head.startswith(magic)), None)


def _decompressor(packing: str) -> Any:
    if packing == "bzip2":
        import bz2

        return bz2.BZ2Decompressor()
    if packing == "xz":
        import lzma

        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=limits.XZ_MEMORY)
    return zlib.decompressobj(WITH_HEADER)


def _damage(packing: str) -> type[Exception] | tuple[type[Exception], ...]:
    """Return what a decompressor raises over bytes that it cannot unpack."""
    if packing == "xz":
        import lzma

        return lzma.LZMAError
    return (OSError, ValueError) if packing == "bzip2" else zlib.error
