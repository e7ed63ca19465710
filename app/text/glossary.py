"""Terms that explain themselves where they stand: a sentence each, and a link to the lesson that teaches it."""

from __future__ import annotations

import re
import unicodedata

from .text import Text
from .words import Words

LESSONS = (
    "two_tables", "softmax", "gradient", "denominator", "notes_loss", "negative_sampling", "noise", "pmi",
    "comparing", "vectors", "tree", "break_it",
)  # fmt: skip
START_VALUES = {  # the term for the start value of each objective
    "negative_sampling": "start_negative_sampling",
    "softmax": "start_softmax",
    "hierarchical_softmax": "start_tree",
    "softmax_with_negatives": "start_notes",
}
SETTINGS = {  # the lessons in which a setting matters, where its help has a sentence
    "objective": ("softmax", "negative_sampling", "tree", "notes_loss"),
    "dim": ("two_tables",),
    "window": ("two_tables",),
    "negatives": ("negative_sampling",),
    "subsample": ("noise",),
    "batch_tokens": ("gradient",),
    "epochs": ("gradient",),
    "learning_rate": ("gradient",),
    "bounded": ("break_it",),
}
CLOSING = "，。；：、）”？"  # never begin a line
COLUMNS = 56  # of a line of hover text; Plotly does not break lines by itself


def lesson_link(text: Text, lesson: str) -> str:
    """Return a Markdown link to a lesson, by its number."""
    return f"[{text.lesson.format(number=LESSONS.index(lesson) + 1)}](./?lesson={lesson})"


def explained(text: Text, *names: str) -> str:
    """Return what terms mean, as Markdown with links to their lessons.

    Parameters
    ----------
    text : Text
    *names : str
        Of terms. One term is explained by its sentence; several have a paragraph each, which begins with the name.
    """
    if len(names) == 1:
        return with_lesson(text, _term(text, names[0]).sentence, _lesson_of(text, names[0]))
    return "\n\n".join(f"**{_term(text, name).name}**: {explained(text, name)}" for name in names)


def with_lesson(text: Text, sentence: str, *lessons: str) -> str:
    """Return a sentence that stands already, followed by links to lessons."""
    return " ".join([sentence, *(lesson_link(text, lesson) for lesson in lessons)])


def setting_help(text: Text, name: str) -> str:
    """Return the help of a setting, with links to the lessons in which it matters."""
    return with_lesson(text, text.settings_help[name], *SETTINGS.get(name, ()))


def hover_text(text: Text, *names: str, columns: int = COLUMNS) -> str:
    """Return what terms mean, as a chart's hover text: in lines, with the lesson's number but no link."""
    paragraphs = []
    for name in names:
        lines = [
            line.replace("&", "&amp;").replace("<", "&lt;")
            for line in _lines(_term(text, name).sentence, columns)
        ]
        number = LESSONS.index(_lesson_of(text, name)) + 1
        paragraphs.append("<br>".join([*lines, f"<i>{text.lesson.format(number=number)}</i>"]))
    return "<br>".join(paragraphs)


def hover_lines(sentence: str, columns: int = COLUMNS) -> str:
    """Return a sentence of our own in lines as those of `hover_text`."""
    return "<br>".join(_lines(sentence, columns))


def _lesson_of(text: Text, name: str) -> str:
    return next(lesson for lesson, terms in text.glossary.items() if name in terms)


def _term(text: Text, name: str) -> Words:
    term: Words = text.glossary[_lesson_of(text, name)][name]
    return term


def _lines(sentence: str, most: int) -> list[str]:
    """Break a sentence at blanks and after Chinese characters, which are two columns wide."""
    pieces = re.findall(r"[^ \u2e80-\uffef]+ ?|[\u2e80-\uffef] ?| ", sentence)
    lines, width = [""], 0
    for piece in pieces:
        columns = sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in piece)
        if width + columns > most and piece[0] not in CLOSING:
            lines.append("")
            width = 0
        lines[-1] += piece
        width += columns
    return [line.strip() for line in lines]
