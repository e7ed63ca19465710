"""The tables of a lesson's file, whose entries are asked for by name and checked; what is wrong is said with its line.

What a lesson may name (pages and their parts, settings, facts) comes in as a `Schema`: this module knows no page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

from w2v_core import Problem

from ..text.words import LANGUAGE_IDS
from .formula import Facts, Formula, Unknown
from .lesson import LIVE, Bilingual, Formulas
from .places import line_of

LARGEST_NUMBER = 1e9  # of a ghost
# What sets lengths in a formula, or could stand for it: a box of 9999em would cover the page.
SIZED = re.compile(
    r"\\(?:rule|[mh]?kern|[mh]skip|hspace|vspace|raisebox|above|genfrac|[egx]?def|(?:future)?let|"
    r"(?:re)?newcommand|providecommand)(?![A-Za-z])|\\(?:\\|cr|newline)\s*\[(?!\[)"  # not a number that is live
)
IMAGE = re.compile(r"!\[")  # would be fetched from elsewhere, and tell who reads


class Setting(Protocol):
    """A setting that a link can name."""

    @property
    def longest(self) -> int | None:
        """Of how many characters a text can be."""

    def parse(self, text: str) -> Any:
        """Return its value; raise `ValueError` where it cannot be that."""

    def possible(self) -> str:
        """Return all that it can be, to be shown."""


@dataclass(frozen=True)
class Schema:
    """What a lesson may name.

    Attributes
    ----------
    points : mapping
        Of each page, the parts to point to.
    links : mapping
        The settings of a link.
    settings : collection of str
        Those of the sidebar.
    facts : Facts
    """

    points: Mapping[str, Mapping[str, str]]
    links: Mapping[str, Setting]
    settings: Sequence[str]
    facts: Facts


class Table:
    """A table of the file, whose entries are asked for by name; what nobody asks for is a mistake."""

    def __init__(self, value: object, path: tuple[str | int, ...], text: str, schema: Schema) -> None:
        self._path, self._text, self.schema = path, text, schema
        self._asked: set[str] = set()
        if not isinstance(value, dict):
            self._fail(path, "lesson_table", f"{_named(path)} must be a table.")
        self._value: dict[str, Any] = value

    def has(self, name: str) -> bool:
        return name in self._value

    def words(self, name: str, most: int | None = None) -> Bilingual:
        """Return a text in all languages, of so many characters at most, whose live numbers can be worked out."""
        value = self._required(name)
        right = isinstance(value, dict) and set(value) == set(LANGUAGE_IDS)
        if not right or not all(isinstance(each, str) and each.strip() for each in value.values()):
            self.fail(name, "lesson_words", f"{name} needs a text in each of en and zh.")
        for each in value.values():
            if most is not None and len(each) > most:
                self._too_long(name, most)
            if sized := SIZED.search(each):
                self.fail(
                    name, "lesson_sized", f"{name} sets sizes with {sized[0]}.", command=sized[0].strip()
                )
            if IMAGE.search(each):
                self.fail(
                    name, "lesson_image", f"{name} shows an image: lessons load nothing from elsewhere."
                )
            for formula in LIVE.findall(each):
                self._formula(formula, (*self._path, name))
        return dict(value)

    def formulas(self, name: str, usual: str | None = None) -> Formulas:
        """Return a formula in all languages."""
        value = self._get(name, usual)
        value = value if isinstance(value, dict) else dict.fromkeys(LANGUAGE_IDS, value)
        value = {id: str(each).lower() if isinstance(each, bool) else each for id, each in value.items()}
        if set(value) != set(LANGUAGE_IDS):
            self.fail(name, "lesson_words", f"{name} needs a text in each of en and zh.")
        return {id: self._formula(_as_text(each), (*self._path, name)) for id, each in value.items()}

    def option(self, name: str, options: Sequence[str], usual: str | None = None) -> str:
        """Return one of some words."""
        value: str = self._get(name, usual)
        if value != usual and value not in options:
            self._not_one_of(name, value, options)
        return value

    def options(self, name: str, options: Sequence[str]) -> tuple[str, ...]:
        """Return several of some words, or none."""
        values = self._get(name, [])
        if not isinstance(values, list):
            self.fail(name, "lesson_list", f"{name} must be a list.")
        for value in values:
            if value not in options:
                self._not_one_of(name, value, options)
        return tuple(values)

    def number(self, name: str, low: float, high: float, usual: float | None = None) -> float:
        """Return a number."""
        value = self._get(name, usual)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            self.fail(
                name, "lesson_number", f"{name} must be a number from {low} to {high}.", low=low, high=high
            )
        return float(value)

    def numbers(self, name: str) -> tuple[float, ...]:
        """Return some numbers, or none."""
        values = self._get(name, [])
        numbers = isinstance(values, list) and all(type(value) in (int, float) for value in values)
        if not numbers or not all(abs(value) <= LARGEST_NUMBER for value in values):
            self.fail(name, "lesson_list", f"{name} must be a list of numbers.")
        return tuple(map(float, values))

    def switch(self, name: str) -> bool:
        """Return whether something is said to be so."""
        value = self._get(name, False)
        if not isinstance(value, bool):
            self._not_one_of(name, value, ("true", "false"))
        return value is True

    def played(self, name: str) -> str:
        """Return what is played, for which true stands, or "step", or nothing."""
        value = self._get(name, False)
        if value == "step":
            return "step"
        if not isinstance(value, bool):
            self._not_one_of(name, value, ("true", "false", "step"))
        return "run" if value else ""

    def table(self, name: str) -> Table:
        """Return a table within."""
        return Table(self._required(name), (*self._path, name), self._text, self.schema)

    def tables(self, name: str, fewest: int, most: int) -> Iterator[Table]:
        """Return the tables of a list."""
        values = self._get(name, [])
        if not isinstance(values, list) or not fewest <= len(values) <= most:
            self.fail(
                name, "lesson_count", f"There must be {fewest} to {most} {name}.", fewest=fewest, most=most
            )
        return (
            Table(value, (*self._path, name, i), self._text, self.schema) for i, value in enumerate(values)
        )

    def show(self) -> dict[str, Bilingual]:
        """Return the settings that a step shows: of each, the text that a link has, in all languages."""
        shown: dict[str, Bilingual] = {}
        table = Table(self._get("show", {}), (*self._path, "show"), self._text, self.schema)
        for name, value in table._value.items():
            texts = value if isinstance(value, dict) else dict.fromkeys(LANGUAGE_IDS, value)
            if set(texts) != set(LANGUAGE_IDS):
                table.fail(name, "lesson_words", f"{name} needs a text in each of en and zh.")
            if name not in self.schema.links:
                table._not_one_of(name, name, tuple(self.schema.links))
            shown[name] = {id: _as_text(each) for id, each in texts.items()}
            for text in shown[name].values():
                table._check_setting(name, text)
        return shown

    def _check_setting(self, name: str, text: str) -> None:
        setting = self.schema.links[name]
        try:
            setting.parse(text)
        except ValueError:
            if setting.longest is not None:
                self._too_long(name, setting.longest)
            possible = setting.possible()
            self.fail(
                name,
                "lesson_setting",
                f"{name} cannot be {text}, but {possible}.",
                value=text,
                options=possible,
            )

    def _too_long(self, name: str, most: int) -> NoReturn:
        self.fail(name, "lesson_words_long", f"{name} has at most {most} characters.", most=most)

    def no_more(self) -> None:
        """Fail where the table has an entry that nothing asked for."""
        for name in self._value:
            if name not in self._asked:
                self.fail(name, "lesson_unknown", f"A lesson has no {name} here.")

    def fail(self, name: str, code: str, message: str, **details: object) -> NoReturn:
        """Raise the problem of an entry."""
        self._fail((*self._path, name), code, message, name=name, **details)

    def _fail(self, path: tuple[str | int, ...], code: str, message: str, **details: object) -> NoReturn:
        line = line_of(self._text, path)
        raise Problem(code, f"Line {line}: {message}", **{"line": line, "name": _named(path)} | details)

    def _not_one_of(self, name: str, value: object, options: Sequence[str]) -> NoReturn:
        listed = ", ".join(filter(None, options))
        self.fail(name, "lesson_option", f"{value} is none of {listed}.", value=str(value), options=listed)

    def _get(self, name: str, usual: Any) -> Any:
        return self._required(name) if usual is None else self._entry(name, usual)

    def _required(self, name: str) -> Any:
        if name not in self._value:
            self._fail(self._path, "lesson_missing", f"{name} is missing here.", name=name)
        return self._entry(name, None)

    def _entry(self, name: str, usual: Any) -> Any:
        self._asked.add(name)
        return self._value.get(name, usual)

    def _formula(self, text: str, path: tuple[str | int, ...]) -> Formula:
        try:
            formula = Formula(text, self.schema.facts)
        except ValueError as error:
            what = str(error)
            if what == "syntax":
                self._fail(path, "lesson_formula", f"{text} is no formula.", formula=text)
            self._fail(
                path, "lesson_fact", f"{what} is no fact, or not asked for so.", formula=text, fact=what
            )
        if _has_no_value(text):
            self._fail(path, "lesson_no_value", f"{text} has no value.", formula=text)
        return formula


def _has_no_value(text: str) -> bool:
    """Tell whether a formula has none whatever is trained: it is made of numbers alone, such as 1/0."""
    try:
        Formula(text).value()
    except Unknown:
        return True
    except ValueError:  # facts are in it
        return False
    return False


def _named(path: Sequence[str | int]) -> str:
    """Return what a path is called: steps 2 ask."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)
