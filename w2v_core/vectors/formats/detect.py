"""Which format a file is in: what its name says, and what its first bytes look like."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ...problems import Problem
from ...zips import ZIP
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

PACKINGS = (".gz", ".bz2", ".xz")
FASTTEXT = b"\xba\x16\x4f\x2f"  # begins the file of a fastText model
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HEAD = 1 << 20  # bytes enough for a header and a first row


def formats_of_name(name: str) -> tuple[str, ...]:
    """Return the formats that an extension allows, without regard to packings; none if it says nothing."""
    path = Path(name.lower())
    return EXTENSIONS.get(path.with_suffix("").suffix if path.suffix in PACKINGS else path.suffix, ())


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
        ``empty_file``; ``pickle_refused``; ``fasttext_model``; ``wrong_format``: the content is in another format
        than name or caller say; ``unknown_format``: nothing says what it is; ``bad_setting``.
    """
    if declared is not None:
        check_choice("format", declared, FORMATS)
    if not head:
        raise Problem("empty_file", f"{name} is empty.", name=name)
    if head[0] == 0x80:  # every pickle since protocol 2; gensim's own .model and .kv files
        raise pickle_refused(name)
    if head.startswith(FASTTEXT):
        raise Problem(
            "fasttext_model",
            f"{name} is a model of fastText, not vectors; take its .vec file, which fastText writes beside the .bin.",
            name=name,
        )
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
    if head.startswith(ZIP):
        return ("npz",)
    first, _, rest = head.removeprefix(codecs.BOM_UTF8).partition(b"\n")
    if header := HEADER.fullmatch(first):
        row = rest.partition(b"\n")[0].rstrip().split(b" ")[1:]
        dim = int(header[2])
        is_row = len(row) >= dim > 0 and all(map(is_number, row[len(row) - dim :]))  # a word may hold blanks
        plain = CONTROL.search(rest) is None
        if is_row and plain:
            return ("word2vec_text",)
        # A few bytes of binary numbers can look like text by chance, and a word can hold control characters.
        if is_row or (plain and is_utf8(rest)):
            return ("word2vec_text", "word2vec_binary")
        return ("word2vec_binary",)
    cells = first.rstrip().split(b"\t")
    if is_number(cells[-1]):  # numbers alone, or after a word
        return ("projector",)
    columns = first.rstrip().split(b" ")
    return ("glove",) if len(columns) > 1 and is_number(columns[-1]) else ()


def check_unused(name: str, **options: object) -> None:
    """Raise Problem ``unused_option`` for the first of these options that was given: nothing here depends on it."""
    for option, value in options.items():
        if value is not None:
            raise Problem(
                "unused_option",
                f"{name}: there is nothing that {option} could say here; leave it out.",
                name=name,
                option=option,
            )


def rows_agree(head: bytes) -> bool:
    """Tell whether the first two lines end in as many numbers each: a line of prose may end in a number, too."""
    first, second = [*head.removeprefix(codecs.BOM_UTF8).split(b"\n", 2), b""][:2]
    if HEADER.fullmatch(first):  # or a first row that is short
        return True
    separator = b"\t" if b"\t" in first else b" "
    columns, others = first.rstrip().split(separator), second.rstrip().split(separator)
    dim = max(1, len(columns) - 1)
    numbers = columns[1:] + (others[-dim:] if second else [])
    return all(map(is_number, numbers))


def words_come_first(head: bytes, numbers_alone: bool) -> bool:
    """Tell whether a table holds words before its numbers.

    Where there is a second table of words, and so `numbers_alone` are expected, the first line says it.
    """
    lines = head.removeprefix(codecs.BOM_UTF8).split(b"\n")
    whole = lines[:-1] if len(head) == HEAD else lines  # the last may be cut off
    looked_at = lines[:1] if numbers_alone else whole
    return any(not is_number(line.split(b"\t", 1)[0].strip()) for line in looked_at if line.strip())
