r"""What the members of a zip are called.

A name that is not marked as UTF-8 is bytes in the packer's own encoding, which `zipfile` takes for cp437. In Big5,
GBK and Shift-JIS the second byte of a character may be that of a backslash, and some packers write backslashes
between folders: so names are decoded first, and taken apart then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from zipfile import ZipInfo

from .encoding_detection import SAMPLE, detect

MARKED_UTF8 = 0x800  # in a member's flags
# Kana, marks and the more frequent half of the kanji. The same bytes may be a single Western letter in cp437 and what
# follows it: next to Latin letters they count for nothing.
_SHIFT_JIS = re.compile(
    rb"(?:(?<![A-Za-z])(?:[\x81-\x83\x88-\x98][\x40-\x7e\x80-\xfc])++(?![A-Za-z])|[\x00-\x7f])*+"
)


def member_names(members: Sequence[ZipInfo]) -> list[str]:
    """Return the members' names as paths with slashes.

    The unmarked names of an archive that are not UTF-8 are of one encoding, found from all of them; names that could
    be either are of it, too. Where it cannot be told, they stay as cp437 gives them, and a backslash is a part of the
    name.
    """
    raw_names = [_raw(member) for member in members]
    undeclared = b"\n".join(raw for raw in raw_names if raw is not None and not _decodes(raw, "utf-8"))
    legacy = _encoding(undeclared[:SAMPLE])
    return [
        _path(member.filename if raw is None else raw, legacy)
        for member, raw in zip(members, raw_names, strict=True)
    ]


def is_hidden(name: str) -> bool:
    """Tell whether a member is no content but an operating system's note, or has no name."""
    path = PurePosixPath(name)
    return not path.name or any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def ending(name: str) -> str:
    """Return a name's ending in lower case, with its dot."""
    return PurePosixPath(name.lower()).suffix


def _raw(member: ZipInfo) -> bytes | None:
    """Return the bytes of a name; None where its characters are known."""
    if member.flag_bits & MARKED_UTF8:
        return None
    try:
        member.filename.encode("cp437")
        return member.orig_filename.partition("\0")[0].encode(
            "cp437"
        )  # Windows changes the backslashes of the other
    except UnicodeEncodeError:  # an extra field had the name in Unicode
        return None


def _encoding(sample: bytes) -> str | None:
    encoding, sure = detect(sample)
    if sure:
        return encoding
    return "cp932" if _SHIFT_JIS.fullmatch(sample) and _decodes(sample, "cp932") else None


def _path(name: str | bytes, legacy: str | None) -> str:
    if isinstance(name, str):
        return name.replace("\\", "/")
    encodings = ["utf-8", legacy] if legacy else ["utf-8"]
    # Two Chinese bytes may be a Greek letter in UTF-8: beside names in another encoding that is no sign of it.
    if _decodes(name, "utf-8") and max(name.decode(), default="") < "\u0800":
        encodings.reverse()
    for encoding in encodings:
        if _decodes(name, encoding):
            return name.decode(encoding).replace("\\", "/")
    return name.decode("cp437")


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
