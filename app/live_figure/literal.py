"""Words in figures stand for themselves.

Plotly reads a little HTML in every text of a figure, and ``%{...}`` in its hover templates. A word of a user's text
may hold either.
"""

from __future__ import annotations

LONGEST = 80  # characters of a word in a figure


def literal(word: str) -> str:
    """Return a word as a figure's text shows it: character by character, cut where it is very long."""
    if len(word) > LONGEST:
        word = word[: LONGEST - 1] + "…"
    word = word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return word.replace("%{", "%&#123;").replace("\n", " ")
