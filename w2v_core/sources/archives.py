"""From what was given to files of text: a path, bytes or an open file; plain, gzip, or a zip of texts.

What something is, its first bytes say, not its name. Sizes in an archive's directory are believed only when
they are too large; what counts is what comes out while unpacking.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from .. import limits
from ..gunzip import GZIP, Gunzip
from ..member_names import ending, is_hidden
from ..problems import Problem, counted
from ..zips import ZIP, check_unpackable, listed
from .intake import Intake

FileSource = str | os.PathLike[str] | bytes | BinaryIO

KINDS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
}
TEXT_ENDINGS = {"", ".txt", ".text", ".log", *KINDS}
DOCUMENTS = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "Office"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
OTHER_ARCHIVES = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
# A zip with such a member is a document of an office program.
OFFICE_MEMBERS = {
    "word/document.xml": "Word",
    "xl/workbook.xml": "Excel",
    "ppt/presentation.xml": "PowerPoint",
    "META-INF/container.xml": "EPUB",
    "content.xml": "OpenDocument",
}


@dataclass(frozen=True)
class TextFile:
    """One file of text: its name, its kind ("text", "markdown" or "table") and its bytes as they come."""

    name: str
    kind: str
    blocks: Iterator[bytes]


def name_of(source: FileSource, name: str | None) -> str:
    """Return what to call a source in messages."""
    if name:
        return name
    if isinstance(source, (str, os.PathLike)):
        return os.fspath(source)
    return str(getattr(source, "name", None) or "text")


def kind_of(name: str) -> str:
    """Return what a file's name says of how to read it."""
    return KINDS.get(ending(name.lower().removesuffix(".gz")), "text")


def text_files(source: FileSource, intake: Intake) -> Generator[TextFile]:
    """Yield the files of text in a source, one after the other; each must be read before the next.

    Raises
    ------
    Problem
        ``empty_file``, ``document_file``, ``unsupported_archive``, ``too_big``; those of `Gunzip`;
        ``corrupt_zip``, ``encrypted_zip``, ``zip_method``, ``many_files``, ``no_text_in_zip``.
    """
    with _opened(source) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        head = file.read(8)
        file.seek(0)
        if not head:
            raise Problem("empty_file", f"{intake.name} is empty.", name=intake.name)
        _refuse_formats(head, intake.name)
        if head.startswith(ZIP) or intake.name.lower().endswith(".zip"):
            intake.kind = "archive"
            yield from _zipped(file, intake)
            return
        intake.kind = kind_of(intake.name)
        if head.startswith(GZIP):
            blocks = _gunzipped(file, size, intake)
        else:
            intake.refuse_beyond(size)
            blocks = intake.blocks(file, file.tell, size)
        yield TextFile(intake.name, intake.kind, blocks)


@contextmanager
def _opened(source: FileSource) -> Iterator[BinaryIO]:
    """Open a source as a file that can be read anywhere; one that was open already stays open."""
    with ExitStack() as stack:
        if isinstance(source, (str, os.PathLike)):
            file: BinaryIO = stack.enter_context(open(source, "rb"))
        else:
            file = io.BytesIO(source) if isinstance(source, bytes) else source
        if not file.seekable():  # a pipe: zip needs its end first, so keep it on the disk
            copy = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(file, copy)
            file = cast(BinaryIO, copy)
        yield file


def _gunzipped(file: BinaryIO, size: int, intake: Intake) -> Iterator[bytes]:
    def told() -> None:
        intake.tell(file.tell(), size)
        if intake.limit is not None and intake.cut and file.tell() > 2 * intake.limit:
            raise _Enough

    unpacked = _Filled(Gunzip(file, intake.name, told=told))
    first = True
    for block in intake.blocks(cast(BinaryIO, unpacked), file.tell, size):
        if first and block[257:262] == b"ustar":
            raise _unsupported(intake.name, "tar")
        first = False
        yield block
    if unpacked.enough:
        intake.notice_cut()


class _Enough(Exception):
    """A gzip has been read for long, and little has come out of it."""


class _Filled:
    """A gzip read in full pieces, however little its members hold; at `_Enough` it ends."""

    def __init__(self, file: Gunzip) -> None:
        self._file = file
        self.enough = False

    def read(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size and not self.enough:
            try:
                part = self._file.read(size)
            except _Enough:
                self.enough = True
                break
            if not part:
                break
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def _zipped(file: BinaryIO, intake: Intake) -> Iterator[TextFile]:
    with _damage_told(intake.name):
        archive, members = listed(file, limits.MOST_FILES, _many(intake.name))
    names = {member.filename for member, _ in members}
    for member_name, format in OFFICE_MEMBERS.items():
        if member_name in names:
            raise _document(intake.name, format)
    texts: list[tuple[zipfile.ZipInfo, str]] = []
    skipped: list[str] = []
    for member, path in members:
        if is_hidden(path):
            continue
        if ending(path) in TEXT_ENDINGS:
            texts.append((member, path))
        else:
            skipped.append(_short(path))
    if skipped:
        intake.notice(
            "files_skipped",
            f"Left out of {intake.name}, as not text: {counted(len(skipped), 'file')}: {', '.join(skipped[:5])}",
            name=intake.name,
            count=len(skipped),
            names=tuple(skipped),
        )
    if not texts:
        raise Problem("no_text_in_zip", f"{intake.name} holds no text files.", name=intake.name)
    check_unpackable((member for member, _ in texts), intake.name)
    total = sum(member.file_size for member, _ in texts)
    intake.refuse_beyond(total)
    for number, (member, path) in enumerate(texts):
        full = intake.limit is not None and intake.size >= intake.limit and intake.cut
        if full or number == intake.most_files:
            intake.notice_cut()
            return
        intake.tell(intake.size, total)
        intake.files.append(_short(path))
        yield TextFile(_short(path), kind_of(path), _unzipped(archive, member, total, intake))


def _unzipped(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, total: int, intake: Intake
) -> Iterator[bytes]:
    with _damage_told(intake.name):
        unpacked = archive.open(member)
    with unpacked:
        reader = _Told(cast(BinaryIO, unpacked), intake.name)
        yield from intake.blocks(cast(BinaryIO, reader), lambda: intake.size, total)


class _Told:
    """A zip's member whose damage is told in one sentence."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name

    def read(self, size: int) -> bytes:
        with _damage_told(self._name):
            return self._file.read(size)


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    try:
        yield
    except (MemoryError, Problem):
        raise
    except Exception:  # zipfile answers damage with a dozen kinds of exception, some of them undocumented
        raise Problem(
            "corrupt_zip", f"{name} is damaged, or packed in a way that is not supported.", name=name
        ) from None


def _refuse_formats(head: bytes, name: str) -> None:
    for magic, format in DOCUMENTS:
        if head.startswith(magic):
            raise _document(name, format)
    for magic, format in OTHER_ARCHIVES:
        if head.startswith(magic):
            raise _unsupported(name, format)


def _many(name: str) -> Problem:
    return Problem(
        "many_files",
        f"{name} holds more than {limits.MOST_FILES:,} files; join the texts into fewer files.",
        name=name,
        most=limits.MOST_FILES,
    )


def _document(name: str, format: str) -> Problem:
    return Problem(
        "document_file",
        f"{name} is a {format} file, not plain text; save its text as .txt first.",
        name=name,
        format=format,
    )


def _unsupported(name: str, format: str) -> Problem:
    return Problem(
        "unsupported_archive",
        f"{name} is packed as {format}; pack the texts as .zip or .gz instead.",
        name=name,
        format=format,
    )


def _short(name: str) -> str:
    """Return as much of a member's name as a sentence can hold."""
    return name if len(name) <= limits.LONGEST_NAME else name[: limits.LONGEST_NAME] + "…"
