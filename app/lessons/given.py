"""The text of a lesson's file as somebody gives it."""

from __future__ import annotations

import codecs

from w2v_core import Problem

from .reader import LARGEST

MOST_BYTES = 4 * LARGEST  # of as many characters in UTF-8
OTHER = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # which those of UTF-32 begin or end with


def decoded(content: bytes, name: str) -> str:
    """Return the text of a file, which is UTF-8 with or without a mark.

    Raises
    ------
    Problem
        It is empty, too large, no text, or in another encoding.
    """
    if len(content) > MOST_BYTES:
        raise too_large()
    if not content.strip():
        raise Problem("empty_file", f"{name} is empty.", name=name)
    other = content.startswith(OTHER) or content.startswith(codecs.BOM_UTF32_BE)
    if b"\0" in content and not other:
        raise Problem("not_text", f"{name} is a binary file, not text.", name=name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem("not_utf8", f"{name} is not UTF-8 text; save it as UTF-8.", name=name) from None
    if not text.strip():
        raise Problem("empty_file", f"{name} is empty.", name=name)
    return text


def too_large() -> Problem:
    """Return the problem of a file that is too large to be a lesson."""
    return Problem("lesson_large", f"A lesson has at most {LARGEST} characters.", most=LARGEST)
