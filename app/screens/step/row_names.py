"""Who a row is, in its color: tag, word and symbol, cut to the room there is."""

from __future__ import annotations

import unicodedata

import numpy as np

from ...live_figure import Style, broken, literal
from .scene import Entry

MEANING = {"node": "context", "rest": "other", "sum": "loss"}  # roles that have no color of their own


def meaning(role: str) -> str:
    """Return the meaning whose color a role has."""
    return MEANING.get(role, role)


def symbol(letter: str, index: str, role: str, style: Style) -> str:
    """Return a vector's name as formulas have it, in its color."""
    color = style.text_colors[meaning(role)]
    return f'<span style="color:{color}"><b>{letter}</b><sub><i>{index}</i></sub></span>'


def row_name(entry: Entry, columns: int, style: Style, short: bool = False) -> str:
    """Return the name of a row: tag, word, symbol; where it is to be `short`, the symbol says what the tag does."""
    tag = entry.tag if entry.turn is None else f"{entry.tag} →"
    if short and entry.turn is None and entry.wanted is None:
        tag = ""
    room = columns - round(0.8 * len(tag)) - (3 if entry.symbol else 0) - sum(_widths(entry.count))
    word = fitted(entry.word, max(4, room)) + entry.count
    parts = []
    if tag:
        color = style.text_colors[meaning(entry.role)]
        parts.append(f'<span style="color:{color};font-size:{style.size(11)}px">{literal(tag)}</span>')
    parts.append(f"<b>{literal(word)}</b>")
    if entry.symbol:
        parts.append(symbol("w" if entry.role == "center" else "u", entry.symbol, entry.role, style))
    return "  ".join(parts)


def fitted(word: str, columns: int) -> str:
    """Return a word cut to a width; Chinese characters are two columns wide."""
    widths = _widths(word)
    if sum(widths) <= columns:
        return word
    kept = int(np.searchsorted(np.cumsum(widths), columns - 1, side="right"))
    return word[: max(kept, 1)] + "…"


def _widths(text: str) -> list[int]:
    return [2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text]


def folded(text: str, style: Style) -> str:
    """Return a sentence of our own, on two lines where type is large."""
    return broken(text) if style.large and len(text) >= 56 else text
