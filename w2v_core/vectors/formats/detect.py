"""Which format a file is in: what its name says, and what its first bytes look like."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ...problems import Problem
from ..space import check_choice
from .archive import pickle_refused
from .text import HEADER, is_number, is_utf8, unknown_format

FORMATS = ("word2vec_text", "word2vec_binary", "glove", "npz", "projector")

EXTENSIONS: dict[str, tuple[str, ...]] = {
    ".txt": ("word2vec_text", "glove"),  # the first is what saving chooses
    ".vec": ("word2vec_text", "glove"),
    ".glove": ("glove",),
    ".bin": ("word2vec_binary",),
    ".npz": ("npz",),
    ".tsv": ("projector",),
}

CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HEAD = 1 << 20  # bytes enough for a header and a first row


def formats_of_name(name: str) -> tuple[str, ...]:
    """Return the formats that an extension allows, without regard to ``.gz``; none if it says nothing."""
    return EXTENSIONS.get(Path(name.lower().removesuffix(".gz")).suffix, ())


def choose_format(head: bytes, name: str, declared: str | None) -> str:
    """Return the format in which to read a file.

    Parameters
    ----------
    head : bytes
        Its first `HEAD` bytes.
    name : str
    declared : str, optional
        The format that the caller names; else the extension decides, and else the content.

    Raises
    ------
    Problem
        ``empty_file``; ``pickle_refused``; ``wrong_format``: the content is in another format than name or
        caller say; ``unknown_format``: nothing says what it is; ``bad_setting``.
    """
    if declared is not None:
        check_choice("format", declared, FORMATS)
    if not head:
        raise Problem("empty_file", f"{name} is empty.", name=name)
    if head[0] == 0x80:  # every pickle since protocol 2; gensim's own .model and .kv files
        raise pickle_refused(name)
    expected = (declared,) if declared else formats_of_name(name)
    found = looks_like(head)
    if not found:
        if not expected:
            raise unknown_format(name)
        return expected[0]  # its reader will say what is wrong
    fitting = [format for format in found if format in expected or not expected]
    if not fitting:
        raise Problem(
            "wrong_format",
            f"{name} should be {expected[0]}, but what is in it looks like {found[0]}.",
            name=name,
            expected=expected[0],
            found=found[0],
        )
    return fitting[0]


def looks_like(head: bytes) -> tuple[str, ...]:
    """Return the formats that the first bytes of a file are like, the likeliest first."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):  # a zip archive; an empty one
        return ("npz",)
    first, _, rest = head.removeprefix(codecs.BOM_UTF8).partition(b"\n")
    if header := HEADER.fullmatch(first):
        row = rest.partition(b"\n")[0].rstrip().split(b" ")[1:]
        is_row = len(row) == int(header[2]) and all(map(is_number, row))
        plain = CONTROL.search(rest) is None
        if is_row and plain:
            return ("word2vec_text",)
        # A few bytes of binary numbers can look like text by chance, and a word can hold control characters.
        if is_row or (plain and is_utf8(rest)):
            return ("word2vec_text", "word2vec_binary")
        return ("word2vec_binary",)
    cells = first.rstrip().split(b"\t")
    if is_number(cells[0]) and is_number(cells[-1]):
        return ("projector",)
    columns = first.rstrip().split(b" ")
    return ("glove",) if len(columns) > 1 and is_number(columns[-1]) else ()
