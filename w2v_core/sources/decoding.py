"""From bytes to characters, in an encoding that is told, marked, proved or guessed.

In this order: the encoding that was named; a byte order mark; ASCII as long as nothing else comes; and then what
`encoding_detection` finds.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from ..encoding_detection import DAMAGE, SAMPLE, detect, wide
from ..problems import Problem, counted
from .intake import Intake

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def characters(blocks: Iterator[bytes], name: str, encoding: str, intake: Intake) -> Iterator[str]:
    """Yield the text that bytes hold, with every line end as a line feed.

    Raises
    ------
    Problem
        ``not_text``: NUL or other control characters as no text has them.
    """
    first = _taken(blocks, SAMPLE)
    for mark, marked in MARKS:
        if first.startswith(mark) and encoding in ("auto", "utf-8", "utf-16"):
            encoding, first = marked, first.removeprefix(mark)
            break
    if encoding == "utf-16":
        encoding = "utf-16-le"  # as Windows writes it
    if encoding == "auto" and (found := wide(first[:SAMPLE])):
        encoding = found
    pieces = _decoded(first, blocks, name, encoding, intake)
    for number, piece in enumerate(pieces):
        controls = len(CONTROL.findall(piece[:SAMPLE])) if number == 0 else 0
        if "\0" in piece or controls > max(4, len(piece[:SAMPLE]) / 20):
            raise Problem("not_text", f"{name} is a binary file, not text.", name=name)
        yield piece


def _decoded(
    first: bytes, blocks: Iterator[bytes], name: str, encoding: str, intake: Intake
) -> Iterator[str]:
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    block: bytes | None = first
    if encoding == "auto":
        encoding = "utf-8"  # if only ASCII comes
        while block is not None and block.isascii():
            yield newlines.decode(block.decode("ascii"))
            block = next(blocks, None)
        if block is not None:
            block += _taken(blocks, 2 * SAMPLE - len(block))  # what is not ASCII may begin at its very end
            encoding, sure = detect(block)
            if not sure:
                intake.notice(
                    "encoding_guessed",
                    f"{name} is not UTF-8; it was read as {encoding}, which is a guess.",
                    name=name,
                    encoding=encoding,
                )
    intake.encodings.append(encoding)
    decoder = codecs.getincrementaldecoder(encoding)(errors="w2v_core.damaged")
    undecodable = 0
    while block is not None:
        piece = decoder.decode(block)
        undecodable += piece.count(DAMAGE)
        if piece := newlines.decode(piece.replace(DAMAGE, " ")):
            yield piece
        block = next(blocks, None)
    # The limit may have cut a character in two, which is no fault of the text.
    cut = any(notice.code == "cut_at_limit" for notice in intake.notices)
    piece = "" if cut else decoder.decode(b"", final=True)
    undecodable += piece.count(DAMAGE)
    if piece := newlines.decode(piece.replace(DAMAGE, " "), final=True):
        yield piece
    if undecodable:
        intake.notice(
            "undecodable",
            f"Left out of {name}, as not valid {encoding}: {counted(undecodable, 'place')}.",
            name=name,
            encoding=encoding,
            count=undecodable,
        )


def _taken(blocks: Iterator[bytes], size: int) -> bytes:
    """Take as many blocks as hold so many bytes."""
    taken: list[bytes] = []
    while size > 0 and (block := next(blocks, None)) is not None:
        taken.append(block)
        size -= len(block)
    return b"".join(taken)
