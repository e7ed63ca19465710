"""What a lesson is: steps over the live pages, each with something to read, to do, to answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..formatting import figure
from .formula import Facts, Formula, Unknown

Bilingual = Mapping[str, str]  # language id -> text
Formulas = Mapping[str, Formula]  # language id -> formula: words differ

_MARKS = re.compile(r"[$*`\\]")
LIVE = re.compile(r"\[\[([^\[\]\n]+)\]\]")  # a formula in a text, which shows its value


@dataclass(frozen=True)
class Slip:
    """A wrong number that has a name: the value of a formula, and the sentence that says what was forgotten."""

    value: Formulas
    say: Bilingual


@dataclass(frozen=True)
class Option:
    """One answer to a choice.

    Attributes
    ----------
    text, say : Bilingual
        The answer, and why it is right or wrong.
    right : dict of Formula
        Whether it is right.
    ghost : tuple of float
        The curve that it means, in units of the start value, at even distances over the run; or none.
    """

    text: Bilingual
    say: Bilingual
    right: Formulas
    ghost: tuple[float, ...] = ()


@dataclass(frozen=True)
class Item:
    """One of the things to put in order: by this value, the lowest first."""

    text: Bilingual
    value: Formulas


@dataclass(frozen=True)
class Ask:
    """A question.

    Attributes
    ----------
    kind : {"number", "choice", "order"}
    question, why : Bilingual
        `why` is said once the answer is right or the truth is shown.
    predict : bool
        Whether it is a guess before the doing: any answer counts, and the truth is shown when the step's check holds.
    answer : dict of Formula, optional
        Of a number; `within` is the relative error that counts as right, `slips` the wrong ones that are told apart.
    mark : str
        Where a guessed number is drawn: "start" of the loss curve, or nowhere.
    options : tuple of Option
        Of a choice.
    items : tuple of Item
        Of an order.
    """

    kind: str
    question: Bilingual
    why: Bilingual
    predict: bool = False
    answer: Formulas | None = None
    within: float = 0.02
    slips: tuple[Slip, ...] = ()
    mark: str = ""
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of a lesson.

    Attributes
    ----------
    title, line, say : Bilingual
        The heading, what a lecture hall reads of it, and the text.
    page : str
        The page that it is about.
    show : dict
        Settings by name, as a link says them: the text of each in each language.
    settings : tuple of str
        What the sidebar offers to change.
    point : str
        The part of the page that lights up.
    do : Bilingual, optional
        What is to be done; `check` says whether it is.
    play : {"", "run", "step"}
        Whether a lecture starts the training here by itself, or takes one step of it. Later steps stand on a run.
    ask : Ask, optional
    """

    title: Bilingual
    line: Bilingual
    say: Bilingual
    page: str
    show: Mapping[str, Bilingual]
    settings: tuple[str, ...] = ()
    point: str = ""
    do: Bilingual | None = None
    check: Formulas | None = None
    play: str = ""
    ask: Ask | None = None


@dataclass(frozen=True)
class PlayOn:
    """Where to go on without a lesson: a page and its settings."""

    label: Bilingual
    page: str
    show: Mapping[str, Bilingual]


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Attributes
    ----------
    id : str
        By which links name it.
    title, question, remember : Bilingual
        `question` is what it begins with, `remember` the sentence with which it ends.
    minutes : int
    steps : tuple of Step
    play_on : PlayOn
    source : str
        The file's text.
    """

    id: str
    title: Bilingual
    question: Bilingual
    remember: Bilingual
    minutes: int
    steps: tuple[Step, ...]
    play_on: PlayOn
    source: str = ""

    def shown_at(self, step: int, language: str) -> dict[str, str]:
        """Return the settings at a step, as a link says them: those of all steps up to it, the latest counts."""
        shown: dict[str, str] = {}
        for each in self.steps[: step + 1]:
            if each.show.keys() & {"preset", "runs"}:  # each stands for the other
                shown.pop("preset", None)
                shown.pop("runs", None)
            shown |= {name: texts[language] for name, texts in each.show.items()}
        return shown


@dataclass(frozen=True)
class Guess:
    """What was guessed of a chart before it is drawn.

    Attributes
    ----------
    kind : {"start", "curve", "order"}
        The value at which a curve starts, none while it is asked; a curve in units of its start value, at even
        distances over the run; or what runs are called, the lowest first.
    values : tuple of float
    names : tuple of str
    """

    kind: str
    values: tuple[float, ...] = ()
    names: tuple[str, ...] = ()


def told(text: str, facts: Facts) -> str:
    """Return a text with the values of its formulas; "…" stands for what cannot be known."""

    def value(found: re.Match[str]) -> str:
        try:
            return number(Formula(found[1], facts).value())
        except (Unknown, ValueError):
            return "…"

    return LIVE.sub(value, text)


def unmarked(text: str) -> str:
    """Return a short text without the marks of Markdown and of formulas, for where neither is shown."""
    return _MARKS.sub("", text)


def number(value: float) -> str:
    """Return a number in four figures, a whole one with all of them."""
    if value == int(value) and abs(value) < 1e12:
        return f"{int(value):,}"
    return figure(value)


def in_order(values: Mapping[int, Any]) -> tuple[int, ...]:
    """Return the places of some values, the lowest first."""
    return tuple(sorted(values, key=lambda place: values[place]))
