"""Vectors as they are downloaded: one file of them inside a zip or a tar, found and read in bounded memory.

Of a tar (which may be packed itself) the plain files are gone through in order; names that do not fit into its headers
are cut. Of several files that could be vectors one has to be named, except that the Embedding Projector's table of
words belongs to its table of numbers.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from ... import limits
from ...gunzip import Unpacked
from ...member_names import is_hidden
from ...npz import Damaged, finding_damage
from ...problems import Problem
from ...zips import ZIP, check_unpackable, listed
from ..files import BLOCK, anywhere
from .detect import check_unused, looks_like, rows_agree
from .projector import metadata_path

TAR, TAR_AT, TAR_BLOCK = b"ustar", 257, 512
OCTAL = re.compile(rb"[ \0]*([0-7]*)[ \0]*")
PEEKED = 1 << 16  # bytes of each file
MOST_NAMED = 10  # files in a sentence

Told = Callable[[], None] | None


@dataclass(frozen=True)
class _Member:
    """A plain file of an archive: its path, and what unpacks up to so many bytes of it."""

    path: PurePosixPath
    unpacked: Callable[[int | None], Unpacked]
    most: int | None

    def head(self) -> bytes:
        """Return its first bytes, to see whether they could be vectors."""
        with self.unpacked(PEEKED) as file:
            return file.read(PEEKED)

    def opened(self) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(self.unpacked(self.most), BLOCK))


Members = list[_Member]


@contextmanager
def taken_out(
    file: BinaryIO, name: str, member: str | None, most: int | None, told: Told
) -> Iterator[tuple[BinaryIO, str, BinaryIO | None]]:
    """Give the file of vectors in a zip or tar, its name, and the projector's table of words, if that is there.

    Whatever is neither is given back as it is; so is an .npz, which is a zip of arrays.

    Parameters
    ----------
    file : binary file
        Unpacked, at its beginning.
    name : str
    member : str, optional
        The file that is wanted.
    most : int, optional
        Bytes that it may unpack to.
    told : callable, optional
        As of `Unpacked`.

    Raises
    ------
    Problem
        ``no_vectors_inside``, ``several_inside``, ``no_such_member``, ``many_archived``, ``corrupt_archive``,
        ``encrypted_zip``, ``zip_method``, ``unused_option`` (a member of what has none); at a read
        ``unpacked_too_big``.
    """
    start = file.tell()
    head = file.read(TAR_BLOCK)
    file.seek(start)
    zipped, tarred = head.startswith(ZIP), head[TAR_AT:].startswith(TAR)
    if not zipped and not tarred:
        check_unused(name, member=member)
        yield file, name, None
        return
    with anywhere(file) as archive:
        start = archive.tell()
        members = (_zip_members if zipped else _tar_members)(archive, name, most, told)
        if members is None:
            check_unused(name, member=member)
            archive.seek(start)
            yield archive, name, None
        else:
            yield _chosen(members, name, member)


def _chosen(members: Members, name: str, wanted: str | None) -> tuple[BinaryIO, str, BinaryIO | None]:
    """Return the member that is wanted, or the only one that could be vectors."""
    shown = [member for member in members if not is_hidden(str(member.path))]
    if wanted is None:
        likely = [(member, rows_agree(head)) for member in shown if looks_like(head := member.head())]
        found = [member for member, agree in likely if agree] or [member for member, _ in likely]
        tables_of_words = {metadata_path(member.path) for member in found}
        found = [member for member in found if member.path not in tables_of_words] or found
        if not found:
            raise Problem("no_vectors_inside", f"{name} holds no file of vectors.", name=name)
    else:
        path = PurePosixPath(wanted)
        found = [member for member in members if member.path == path and path.name]
        if not found:
            raise Problem(
                "no_such_member",
                f"{name} holds no file {_shown(wanted)!r}; it holds {_listed(shown)}.",
                name=name,
                member=_shown(wanted),
                members=_first(shown),
            )
    chosen = _only(found, name)
    path = metadata_path(chosen.path)
    tables = [member for member in members if member.path == path]
    second = _only(tables, name).opened() if tables else None
    return chosen.opened(), f"{name}/{_shown(str(chosen.path))}", second


def _only(found: Members, name: str) -> _Member:
    """Return the one that was found, or raise ``several_inside``: an archive can also have two files of one name."""
    if len(found) > 1:
        raise Problem(
            "several_inside",
            f"{name} holds several files of vectors: {_listed(found)}. Say which, or take one out of it.",
            name=name,
            members=_first(found),
        )
    return found[0]


def _first(members: Members) -> tuple[str, ...]:
    return tuple(_shown(str(member.path)) for member in members[:MOST_NAMED])


def _listed(members: Members) -> str:
    more = f" and {len(members) - MOST_NAMED} more" if len(members) > MOST_NAMED else ""
    return ", ".join(_first(members)) + more


def _shown(name: str) -> str:
    """Return a member's name as a sentence can hold it, with its ending: an archive can call it anything."""
    visible = "".join(
        character if character.isprintable() else "\ufffd" for character in name[-limits.LONGEST_NAME :]
    )
    return visible if len(name) <= limits.LONGEST_NAME else "…" + visible


def _zip_members(file: BinaryIO, name: str, most: int | None, told: Told) -> Members | None:
    """Return the files in a zip, or None for an .npz, or for what a reader of .npz says more about."""
    try:
        with finding_damage():
            archive, members = listed(file, limits.MOST_ARCHIVED, _many(name))
    except Damaged:
        if name.lower().endswith(".npz"):
            return None
        raise _corrupt("zip", name) from None
    if not members or any(info.filename.endswith(".npy") for info, _ in members):
        return None
    check_unpackable((info for info, _ in members), name)
    return [
        _Member(PurePosixPath(path), partial(_Unzipped, archive, info, f"{name}/{_shown(path)}", told), most)
        for info, path in members
    ]


def _tar_members(file: BinaryIO, name: str, most: int | None, told: Told) -> Members:
    """Return the plain files in a tar."""
    members: Members = []
    end = file.seek(0, io.SEEK_END)
    place, seen = 0, 0
    while place + TAR_BLOCK <= end:
        file.seek(place)
        header = file.read(TAR_BLOCK)
        if not header.strip(b"\0"):
            break
        place += TAR_BLOCK
        seen += 1
        if seen > limits.MOST_ARCHIVED:
            raise _many(name)
        size = _tar_size(header, name)
        if place + size > end:
            raise _corrupt("tar", name)
        if header[156:157] in (b"0", b"\0"):  # a plain file
            members.append(
                _Member(_tar_path(header), partial(_Untarred, file, place, size, name, told), most)
            )
        place += -(-size // TAR_BLOCK) * TAR_BLOCK
    return members


def _tar_path(header: bytes) -> PurePosixPath:
    """Return where a member lies; POSIX has more room for folders, in which GNU keeps other things."""
    folders = header[345:500] if header[TAR_AT:].startswith(TAR + b"\0") else b""
    parts = (field.partition(b"\0")[0].decode(errors="replace") for field in (folders, header[:100]))
    return PurePosixPath("/".join(filter(None, parts)))


def _tar_size(header: bytes, name: str) -> int:
    """Return how long a member is, once its header's checksum is right."""
    summed = sum(header[:148]) + 8 * 0x20 + sum(header[156:])
    if _octal(header[148:156]) == summed:
        field = header[124:136]
        size = int.from_bytes(field[1:], "big") if field[0] & 0x80 else _octal(field)  # 8 GB and more
        if size is not None:
            return size
    raise _corrupt("tar", name)


def _octal(field: bytes) -> int | None:
    """Return a number in a tar's header; Python's own `int` takes signs and underscores, too."""
    digits = OCTAL.fullmatch(field)
    return int(digits[1] or b"0", 8) if digits else None


def _many(name: str) -> Problem:
    return Problem(
        "many_archived",
        f"{name} holds more than {limits.MOST_ARCHIVED:,} files; take the one with the vectors out of it.",
        name=name,
        most=limits.MOST_ARCHIVED,
    )


def _corrupt(archive: str, name: str) -> Problem:
    what = f"{name} is damaged or cut off: it is no whole {archive}."
    return Problem("corrupt_archive", what, name=name, archive=archive)


class _Unzipped(Unpacked):
    """A file in a zip."""

    def __init__(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, told: Told, most: int | None
    ) -> None:
        self._archive, self._info = archive, info
        super().__init__(name, most, told)

    def _begin(self) -> None:
        with self._damage_told():
            self._file = self._archive.open(self._info)

    def _unpack(self, most: int) -> bytes:
        with self._damage_told():
            return self._file.read(min(most, BLOCK))

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            with finding_damage():
                yield
        except Damaged:
            raise _corrupt("zip", self.name) from None


class _Untarred(Unpacked):
    """A file in a tar."""

    def __init__(
        self, file: BinaryIO, start: int, size: int, name: str, told: Told, most: int | None
    ) -> None:
        self._file, self._start, self._size = file, start, size
        super().__init__(name, most, told)

    def _begin(self) -> None:
        self._left = self._size

    def _unpack(self, most: int) -> bytes:
        # Two files of one tar may be read in turn.
        self._file.seek(self._start + self._size - self._left)
        piece = self._file.read(min(most, self._left))
        self._left -= len(piece)
        return piece
