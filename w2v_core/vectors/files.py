"""Where bytes come from: a path, bytes, or an open binary file; plain, or packed by gzip, bzip2 or xz.

What is unpacked is bounded, and every block of it can be told of and stopped (`gunzip`).
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from .. import limits
from ..files import Target
from ..gunzip import XZ, Gunzip, Unpacked, packing_of
from ..problems import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FileSource = str | os.PathLike[str] | bytes | BinaryIO
ReportProgress = Callable[[int, int], None]
"""Called with the bytes read so far and the size of the file; may raise to stop the reading."""

BLOCK = 1 << 20  # bytes read at a time


@contextmanager
def opened(
    source: FileSource,
    name: str | None = None,
    progress: ReportProgress | None = None,
    most: int | None = None,
) -> Iterator[tuple[BinaryIO, str]]:
    """Open a source for reading, unpacked if it is packed; give the file and a name for messages.

    Parameters
    ----------
    source : path, bytes or seekable binary file
        A file that was open already stays open.
    name : str, optional
        By default the path, or the file's own name.
    progress : callable, optional
    most : int, optional
        Bytes that it may unpack to.

    Raises
    ------
    Problem
        As `Gunzip`, at whichever read inside the ``with`` comes upon it.
    """
    with ExitStack() as stack:
        if isinstance(source, (str, os.PathLike)):
            file: BinaryIO = stack.enter_context(open(source, "rb"))
        else:
            file = io.BytesIO(source) if isinstance(source, bytes) else source
        name = name or str(getattr(file, "name", "data"))
        if not file.seekable():  # a pipe: the format is told by the beginning, which is then read again
            copy = cast(BinaryIO, stack.enter_context(tempfile.TemporaryFile()))
            shutil.copyfileobj(file, copy)
            copy.seek(0)
            file = copy
        start = file.tell()
        packed = packing_of(file.read(len(XZ))) is not None
        file.seek(start)
        if progress:
            size = file.seek(0, io.SEEK_END)
            file.seek(start)
        if packed:
            told = partial(_tell, progress, file, size) if progress else None
            yield cast(BinaryIO, io.BufferedReader(Gunzip(file, name, most, told), BLOCK)), name
        elif progress:
            yield cast(BinaryIO, io.BufferedReader(_Watched(file, progress, size), BLOCK)), name
        else:
            yield file, name


@contextmanager
def anywhere(file: BinaryIO) -> Iterator[BinaryIO]:
    """Give a file that can be read in any order; of what is unpacked as it is read, which cannot, a copy on disk."""
    if not isinstance(getattr(file, "raw", None), Unpacked):
        yield file
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(file, copy, BLOCK)
        copy.seek(0)
        yield cast(BinaryIO, copy)


def _tell(progress: ReportProgress, file: BinaryIO, size: int) -> None:
    progress(file.tell(), size)


class _Watched(io.RawIOBase):
    """A file that tells how far it has been read."""

    def __init__(self, file: BinaryIO, progress: ReportProgress, size: int) -> None:
        self._file, self._progress, self._size = file, progress, size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        block = self._file.read(len(view))
        view[: len(block)] = block
        self._progress(self._file.tell(), self._size)
        return len(block)


def _raised(problem: Problem) -> None:
    raise problem


@contextmanager
def packed(file: BinaryIO, target: Target) -> Iterator[BinaryIO]:
    """Give what is written to `file` gzip packing, if `target` is a path whose name ends in ``.gz``."""
    if not isinstance(target, (str, os.PathLike)) or Path(target).suffix != ".gz":
        yield file
        return
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as inside:
        yield cast(BinaryIO, inside)


def numbered_lines(
    file: BinaryIO, name: str, fault: Callable[[Problem], None] = _raised
) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers from 1, without line ends and byte order mark.

    Only a line feed ends a line: words may hold characters that Python's ``splitlines`` would break at.

    Raises
    ------
    Problem
        ``unfinished_line``, unless `fault` passes over it: the last line has no line end, so it may not be whole.
        ``line_too_long``: so long that it cannot be text.
    """
    number, rest = 0, b""
    while block := file.read(BLOCK):
        if not rest.strip() and not block.strip():  # nothing but line ends, of which a gzip can hold billions
            number += block.count(b"\n")
            rest = (rest + block).rpartition(b"\n")[2]
            _check_length(rest, number + 1, name)
            continue
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            number += 1
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            _check_length(line, number, name)
            if line.strip():
                yield number, line
        _check_length(rest, number + 1, name)
    if rest.strip():
        fault(
            Problem(
                "unfinished_line",
                f"{name}: the last line ({number + 1}) has no line end, so the file may be cut off there. "
                "If it is whole, end it with a line break.",
                name=name,
                line=number + 1,
            )
        )


def _check_length(line: bytes, number: int, name: str) -> None:
    if len(line) > limits.LONGEST_VECTOR_LINE:
        raise Problem(
            "line_too_long",
            f"{name}: line {number} goes on for millions of bytes; this is no text of vectors.",
            name=name,
            line=number,
        )
