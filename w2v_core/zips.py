"""The files in a zip: listed within bounds, called as their packer called them, refused where no bound holds."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, cast

from . import limits
from .member_names import member_names
from .problems import Problem

ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # begins one; an empty one
ZIP_ENTRY = b"PK\x01\x02"  # begins each file's entry in a zip's directory


def listed(
    file: BinaryIO, most: int, many: Problem
) -> tuple[zipfile.ZipFile, list[tuple[zipfile.ZipInfo, str]]]:
    """Return a zip, and its files with their names as paths; folders are left out.

    Parameters
    ----------
    file : seekable binary file
    most : int
        Files that may be in it.
    many : Problem
        Raised if there are more.

    Raises
    ------
    Problem
        `many`.
    zipfile.BadZipFile
        Its members lie on top of each other: each would be unpacked by itself.
    Exception
        Whatever the standard library raises over damage.
    """
    directory = _Directory(file, most, many)
    archive = zipfile.ZipFile(cast(BinaryIO, directory))
    directory.taken = True
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > most:
        raise many
    if sum(member.compress_size for member in members) > file.seek(0, os.SEEK_END):
        raise zipfile.BadZipFile("members lie on top of each other")
    return archive, list(zip(members, member_names(members), strict=True))


def check_unpackable(members: Iterable[zipfile.ZipInfo], name: str) -> None:
    """Raise Problem ``encrypted_zip`` or ``zip_method`` unless all these can be unpacked in bounded memory."""
    for member in members:
        if member.flag_bits & 1:
            raise Problem("encrypted_zip", f"{name} is protected by a password.", name=name)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # zipfile unpacks those without a bound: some kilobytes of bzip2 can hold a gigabyte.
            raise Problem(
                "zip_method",
                f"{name} is packed in an unusual way; pack it anew with the usual method (deflate).",
                name=name,
            )


class _Directory:
    """A zip whose directory is refused before it is taken apart, which would cost a kilobyte for each entry.

    Attributes
    ----------
    taken : bool
        Whether what is read from now on are members.
    """

    def __init__(self, file: BinaryIO, most: int, many: Problem) -> None:
        self.taken = False
        self._file, self._most, self._many = file, most, many

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

    def read(self, size: int = -1) -> bytes:
        """Read; more than a piece at a time is the directory."""
        if self.taken or size <= 2 * limits.PIECE:
            return self._file.read(size)
        if size > limits.LARGEST_DIRECTORY:
            raise self._many
        directory = self._file.read(size)
        if directory.count(ZIP_ENTRY) > self._most:
            raise self._many
        return directory
