"""Project Gutenberg's books without the licence around them, which is not the author's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

START = re.compile(r"\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG EBOOK", re.I)
END = re.compile(
    r"(?:\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg'?s)", re.I
)
FRONT = 1 << 15  # characters: the header is far shorter
KEPT = 200  # characters held back, so that no mark is missed where two pieces meet


def without_licence(pieces: Iterable[str], found: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Yield a text without Project Gutenberg's header and licence; any other text as it is.

    Parameters
    ----------
    pieces : iterable of str
    found : callable
        Called once if there was a header.
    """
    pieces = iter(pieces)
    held: list[str] = []
    size = 0
    while size < FRONT and (piece := next(pieces, None)) is not None:
        held.append(piece)
        size += len(piece)
    front = "".join(held)
    start = START.search(front, 0, FRONT)
    end_of_line = front.find("\n", start.end(), FRONT) if start else -1
    if end_of_line < 0:
        yield front
        yield from pieces
        return
    found()
    text = front[end_of_line + 1 :]
    while True:
        if end := END.search(text):
            yield text[: end.start()]
            return
        yield text[:-KEPT]
        text = text[-KEPT:]
        if (piece := next(pieces, None)) is None:
            yield text
            return
        text += piece
