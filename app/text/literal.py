"""Words and names inside Markdown: they are data, and show as themselves."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80


def visible(text: str) -> str:
    """Return a text whose control characters can be seen: a line feed as ␊, others as � or their picture."""
    return "".join(
        _picture(c) if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text
    )


def _picture(character: str) -> str:
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "�"


def literal(text: str) -> str:
    """Return a text as a Markdown code span, in which nothing is markup."""
    text = visible(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    room = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{room}{text or ' '}{room}{fence}"


def escaped(sentence: str) -> str:
    """Return a sentence as Markdown that shows it as it is."""
    shown = re.sub(r"([\\`*_\[\]<>$:~#|&{}@])", r"\\\1", visible(sentence))
    return re.sub(
        r"^(\d*|www)([-+=.)])", r"\1\\\2", shown, flags=re.IGNORECASE
    )  # a list, a heading, an address
