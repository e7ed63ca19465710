"""Files are written whole or not at all: vectors, runs, and what is kept of the web.

What is new is written beside the place where it belongs and moved there once it is whole and on the disk: whenever the
process dies, the old file or the new one is there. A symbolic link stays, and what it leads to is replaced; a file
keeps its mode, and its owner where that is allowed. What is no plain file is never replaced.
"""

from __future__ import annotations

import errno
import io
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from .problems import Problem

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Target = str | os.PathLike[str] | BinaryIO

BUFFER = 1 << 20
_NO_ROOM = {getattr(errno, name, errno.ENOSPC) for name in ("ENOSPC", "EDQUOT", "EFBIG")}


class Unwritable(Problem, OSError):
    """A file that cannot be written, named as the caller named it."""


@contextmanager
def written(target: Target) -> Iterator[BinaryIO]:
    """Open a target for writing; a path is replaced when the ``with`` ends without an error, and only then.

    Parameters
    ----------
    target : path or binary file
        An open file is written as it is, and stays open.

    Raises
    ------
    Unwritable
        As `check_writable`; also ``disk_full`` and ``cannot_write``, which leave the old file as it was.
    """
    with written_together(target) as (file,):
        yield file


@contextmanager
def written_together(*targets: Target) -> Iterator[tuple[BinaryIO, ...]]:
    """Open several targets that belong together: none is replaced before all of them are whole.

    Then one is replaced right after the other. A process that dies just between the two leaves one new and the other
    old, each of them whole.
    """
    new = [_NewFile(target) if isinstance(target, (str, os.PathLike)) else None for target in targets]
    try:
        for file in filter(None, new):
            file.open()
        yield tuple(
            file.stream if file else cast(BinaryIO, target) for file, target in zip(new, targets, strict=True)
        )
        for file in filter(None, new):
            file.finish()
        for file in filter(None, new):
            file.put_in_place()
    finally:
        for file in filter(None, new):
            file.clear_up()


def move_into_place(part: Path, target: str | os.PathLike[str]) -> None:
    """Put a file that is whole in the place of a target in the same folder, as `written` does."""
    file = _NewFile(target)
    file.temporary = part
    with _naming(file.name):
        descriptor = os.open(part, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    file.put_in_place()


def check_writable(target: str | os.PathLike[str]) -> None:
    """Refuse a path that cannot be written, before any work is done for it. Changes nothing.

    Raises
    ------
    Unwritable
        ``target_is_folder``, ``target_is_special`` (a device, pipe or socket), ``target_read_only`` (or its folder
        is), ``target_without_folder``, ``cannot_write``.
    """
    _NewFile(target)


class _NewFile:
    """A file on its way into its place."""

    def __init__(self, target: str | os.PathLike[str]) -> None:
        self.name = os.fspath(target)
        with _naming(self.name):
            self._place = Path(os.path.realpath(target))
            self._old = _status(self._place)
            self._check()
        self.temporary = self._place.with_name(f".{secrets.token_hex(8)}.tmp")

    def _check(self) -> None:
        name, folder = self.name, self._place.parent
        if self._old and stat.S_ISDIR(self._old.st_mode):
            raise Unwritable("target_is_folder", f"{name} is a folder; name a file in it.", name=name)
        if self._old and not stat.S_ISREG(self._old.st_mode):
            raise Unwritable(
                "target_is_special",
                f"{name} is a device, pipe or socket, which no file replaces; choose another name.",
                name=name,
            )
        if not folder.is_dir():
            raise Unwritable(
                "target_without_folder",
                f"{name} cannot be written: there is no folder {folder}.",
                name=name,
                folder=str(folder),
            )
        # Root may write anything; but a file that no one may write is meant to stay.
        read_only = self._old and not (self._old.st_mode & 0o222 and os.access(self._place, os.W_OK))
        if read_only or not os.access(folder, os.W_OK | os.X_OK):
            raise Unwritable(
                "target_read_only", f"{name} cannot be written: it, or its folder, is read-only.", name=name
            )

    def open(self) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        mode = stat.S_IMODE(self._old.st_mode) & 0o777 if self._old else 0o666
        with _naming(self.name):
            self._descriptor = os.open(self.temporary, flags, mode)
        raw = _Output(self._descriptor, self.name)
        self.stream = cast(BinaryIO, io.BufferedWriter(raw, BUFFER))

    def finish(self) -> None:
        """Bring everything to the disk."""
        self.stream.flush()
        with _naming(self.name):
            os.fsync(self._descriptor)
        self.stream.close()

    def put_in_place(self) -> None:
        with _naming(self.name):
            if self._old:
                self._keep_owner_and_mode(self._old)
            os.replace(self.temporary, self._place)
            _sync_folder(self._place.parent)

    def _keep_owner_and_mode(self, old: os.stat_result) -> None:
        if hasattr(os, "chown"):
            with suppress(OSError):  # only root gives files to others
                os.chown(self.temporary, old.st_uid, old.st_gid)
        with suppress(OSError):  # not every file system has modes
            os.chmod(self.temporary, stat.S_IMODE(old.st_mode) & 0o777)

    def clear_up(self) -> None:
        """Leave nothing behind but the file in its place."""
        if not hasattr(self, "stream"):
            return
        with suppress(OSError):  # what is left in the buffer has no room either
            self.stream.close()
        with suppress(OSError):  # it is in its place
            os.unlink(self.temporary)


class _Output(io.RawIOBase):
    """A descriptor to write to, whose errors name the file that they are about."""

    def __init__(self, descriptor: int, name: str) -> None:
        self._descriptor, self._name = descriptor, name
        self._failure: Unwritable | None = None

    def fileno(self) -> int:
        return self._descriptor

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return os.lseek(self._descriptor, offset, whence)

    def write(self, data: ReadableBuffer) -> int:
        if self._failure:  # zipfile takes a first error for a file that cannot seek, and goes on
            raise self._failure
        try:
            with _naming(self._name):
                return os.write(self._descriptor, data)
        except Unwritable as failure:
            self._failure = failure
            raise

    def close(self) -> None:
        if not self.closed:
            super().close()
            with _naming(self._name):  # some disks across a network are full only now
                os.close(self._descriptor)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Say of which file an error of the operating system is; the temporary file's name is left out."""
    try:
        yield
    except Unwritable:
        raise
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise Unwritable(
                "disk_full",
                f"{name} cannot be written: its disk is full. What was there before is kept.",
                name=name,
            ) from None
        reason = error.strerror or str(error)
        raise Unwritable(
            "cannot_write", f"{name} cannot be written: {reason}.", name=name, reason=reason
        ) from None
    except ValueError:  # a NUL in a path
        message = f"{name!r} cannot be written: no file has such a name."
        raise Unwritable("cannot_write", message, name=name, reason="no file has such a name") from None


def _status(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    """Bring a new name to the disk too, where the system lets a folder be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
