"""Where bytes come from and go to: a path, bytes, or an open binary file; gzip or plain.

Reading turns every way in which gzip can be broken into one Problem. Writing to a path is atomic: the new
file appears whole, or the old one stays.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import secrets
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from ..problems import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Source = str | os.PathLike[str] | bytes | BinaryIO
Target = str | os.PathLike[str] | BinaryIO
Progress = Callable[[int, int], None]
"""Called with the bytes read so far and the size of the file; may raise to stop the reading."""

BLOCK = 1 << 20  # bytes read at a time
GZIP = b"\x1f\x8b"


@contextmanager
def opened(
    source: Source, name: str | None = None, progress: Progress | None = None
) -> Iterator[tuple[BinaryIO, str]]:
    """Open a source for reading, unpacked if it is gzip; give the file and a name for messages.

    Parameters
    ----------
    source : path, bytes or seekable binary file
        A file that was open already stays open.
    name : str, optional
        By default the path, or the file's own name.
    progress : callable, optional

    Raises
    ------
    Problem
        ``corrupt_gzip``, at whichever read inside the ``with`` comes upon the damage.
    """
    with ExitStack() as stack:
        if isinstance(source, (str, os.PathLike)):
            file: BinaryIO = stack.enter_context(open(source, "rb"))
        else:
            file = io.BytesIO(source) if isinstance(source, bytes) else source
        name = name or str(getattr(file, "name", "data"))
        if progress:
            file = cast(BinaryIO, io.BufferedReader(_Watched(file, progress), BLOCK))
        start = file.tell()
        packed = file.read(2) == GZIP
        file.seek(start)
        if packed:
            file = cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=file)))
        try:
            yield file, name
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise Problem(
                "corrupt_gzip", f"{name} is damaged or cut off: its gzip packing does not add up.", name=name
            ) from None


class _Watched(io.RawIOBase):
    """A file that tells how far it has been read."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file, self._progress = file, progress
        start = file.tell()
        self._size = file.seek(0, io.SEEK_END)
        file.seek(start)

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


@contextmanager
def written(target: Target) -> Iterator[BinaryIO]:
    """Open a target for writing; a path whose name ends in ``.gz`` is packed.

    A path is written under another name in the same folder, and renamed when all went well.
    """
    if not isinstance(target, (str, os.PathLike)):
        yield target
        return
    path = Path(target)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "xb") as file:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed:
                    yield cast(BinaryIO, packed)
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def numbered_lines(file: BinaryIO, name: str) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers from 1, without line ends and byte order mark.

    Only a line feed ends a line: words may hold characters that Python's ``splitlines`` would break at.

    Raises
    ------
    Problem
        ``unfinished_line``: the last line has no line end, so nobody can tell whether it is whole.
        ``line_too_long``: so long that it cannot be text.
    """
    number, rest = 0, b""
    while block := file.read(BLOCK):
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            number += 1
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.strip():
                yield number, line
        if len(rest) > 4 * BLOCK:
            raise Problem(
                "line_too_long",
                f"{name}: line {number + 1} goes on for millions of bytes; this is no text of vectors.",
                name=name,
                line=number + 1,
            )
    if rest.strip():
        raise Problem(
            "unfinished_line",
            f"{name}: the last line ({number + 1}) has no line end, so the file may be cut off there. "
            "If it is whole, end it with a line break.",
            name=name,
            line=number + 1,
        )
