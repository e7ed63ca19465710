"""The order in which a lesson's question had guessed the curves to end, as text in their chart."""

from __future__ import annotations

import unicodedata
from typing import Any

from ...lessons.lesson import Guess
from ...live_figure import Style, literal
from ...text import Text

LINE = 34  # columns of a line of text, which a telephone has, too
LONGEST = 26  # characters of what a run is called


def guessed(guess: Guess | None, text: Text, style: Style) -> list[dict[str, Any]]:
    """Return the annotation that says what order was guessed, if one was: folded, and legible over lines."""
    if guess is None or guess.kind != "order":
        return []
    names = [name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…" for name in guess.names]
    lines = folded([f"{text.lessons_page.guess_line}: {names[0]}", *(f"< {name}" for name in names[1:])])
    return [
        {
            "text": "<br>".join(map(literal, lines)),
            "xref": "x domain",
            "yref": "y domain",
            "x": 0.01,
            "y": 0.01,
            "xanchor": "left",
            "yanchor": "bottom",
            "align": "left",
            "showarrow": False,
            "bgcolor": style.background,
            "opacity": 0.9,
            "font": {"color": style.text_colors["center"]},
        }
    ]


def folded(parts: list[str]) -> list[str]:
    """Return lines that hold parts of a text one after another, as many as fit into each."""
    lines = parts[:1]
    for part in parts[1:]:
        longer = f"{lines[-1]} {part}"
        if _columns(longer) <= LINE:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _columns(text: str) -> int:
    """Return how many columns a text takes: a Chinese character two."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)
