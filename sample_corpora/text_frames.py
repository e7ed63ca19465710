"""Sentence frames: plain text with placeholders, filled in from tables.

A frame such as ``[young!=] {plural} feed on {food}.`` is filled in for one row of a table:

``{food}``
    the cell of the row in that column;
``{a young}``
    the same with the right article, "a" or "an";
``{other.name}``, ``{other2.name}``
    a cell of another row of the same table, and of yet another one;
``{same-food.name}``, ``{other-food.name}``
    a row with the same cell (or with a different one) in the column ``food``;
``{fruits.name}``
    a cell of any row of the table ``fruits``;
``(often|usually)``
    one of the alternatives;
``[class=bird young!=]``
    at the start of a frame: only for rows with these cells (here: a bird, and ``young`` not empty);
``~``
    before all that: an opener such as "everybody knows that" may come before the sentence.

A row with an empty cell never meets a frame that asks for that cell.
"""

import random
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]

PLACEHOLDER = re.compile(r"\{(a )?(?:([a-z]+)(?:-([a-z]+))?(\d?)\.)?(\w+)\}")
ALTERNATIVES = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?]) ")
AN = re.compile(r"(?!eu|uk|uru|u[ns][aeiou]|one)[aeiou]", re.IGNORECASE)


def read_lines(path: Path) -> list[str]:
    """Return the lines of a UTF-8 file, without empty ones and without ``#`` comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a tab-separated file as dictionaries keyed by its header."""
    header, *rows = (line.split("\t") for line in read_lines(path))
    return [dict(zip(header, row, strict=True)) for row in rows]


def words_of(text: str) -> list[str]:
    """Return the lower-case words of a text: letters and digits, with inner hyphens or apostrophes."""
    return WORD.findall(text.lower())


def with_article(phrase: str) -> str:
    """Put "a" or "an" before a phrase."""
    return f"{'an' if AN.match(phrase) else 'a'} {phrase}"


def capitalised(sentence: str) -> str:
    """Return the sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True)
class Frame:
    """A sentence pattern and the conditions that a row has to meet.

    Attributes
    ----------
    text : str
        The pattern with its placeholders.
    conditions : tuple of (column, wanted, value)
        ``wanted`` says whether the cell has to equal ``value`` or to differ from it.
    opens : bool
        Whether an opener may come before the sentence.
    """

    text: str
    conditions: tuple[tuple[str, bool, str], ...] = ()
    opens: bool = False

    @classmethod
    def parse(cls, line: str) -> "Frame":
        """Read a frame from one line of a frames file."""
        opens = line.startswith("~")
        line = line.removeprefix("~").lstrip()
        if not line.startswith("["):
            return cls(line, opens=opens)
        head, text = line[1:].split("] ", 1)
        parts = [condition.partition("=") for condition in head.split()]
        wanted = tuple((key.rstrip("!"), not key.endswith("!"), value) for key, _, value in parts)
        return cls(text, wanted, opens)

    def suits(self, row: Row) -> bool:
        """Tell whether the row meets the conditions and has all the cells asked for."""
        met = all((row[column] == value) is wanted for column, wanted, value in self.conditions)
        return met and all(row[column] for column in self.columns())

    def columns(self) -> list[str]:
        """Return the columns whose cells of the row itself are in the sentence."""
        return [match[5] for match in PLACEHOLDER.finditer(self.text) if not match[2]]

    def asks_for(self) -> set[str]:
        """Return all columns that a table must have for this frame."""
        return {*self.columns(), *(column for column, _, _ in self.conditions)}

    @cached_property
    def parts(self) -> dict[tuple[str, str | None, str], list[str]]:
        """The other rows that play a part, and the columns that each must have filled."""
        found: dict[tuple[str, str | None, str], list[str]] = {}
        for _, kind, shared, number, column in PLACEHOLDER.findall(self.text):
            if kind:
                part = kind, shared or None, number
                found.setdefault(part, [shared] if shared else []).append(column)
        return found

    def fill(
        self,
        row: Row,
        table: Sequence[Row],
        tables: Tables,
        rng: random.Random,
        openers: Sequence[str] = (),
    ) -> list[str]:
        """Fill the frame in for a row, every other time with an opener if it takes one.

        Returns
        -------
        list of str
            The sentences, or an empty list if some placeholder cannot be filled.
        """
        cast: dict[tuple[str, str | None, str], Row] = {}

        def cell(match: re.Match[str]) -> str:
            article, kind, shared, number, column = match.groups()
            if kind is None:
                value = row[column]
            else:
                part = kind, shared, number
                if part not in cast:
                    cast[part] = rng.choice(candidates(part))
                value = cast[part][column]
            return with_article(value) if article else value

        def candidates(part: tuple[str, str | None, str]) -> list[Row]:
            kind, shared, _ = part
            needed = self.parts[part]
            taken = [row, *cast.values()]
            rows = tables.get(kind, table)
            if shared:
                alike = kind == "same"
                rows = [r for r in rows if (r[shared] == row[shared]) is alike]
            return [r for r in rows if r not in taken and all(r[column] for column in needed)]

        opener = f"{rng.choice(openers)} " if self.opens and openers and rng.random() < 0.5 else ""
        text = ALTERNATIVES.sub(lambda match: rng.choice(match[1].split("|")), opener + self.text)
        try:
            text = PLACEHOLDER.sub(cell, text)
        except IndexError:  # nothing to choose from
            return []
        return [capitalised(sentence) for sentence in SENTENCE_END.split(text)]


def read_frames(path: Path) -> list[Frame]:
    """Return the frames of a file, one a line."""
    return [Frame.parse(line) for line in read_lines(path)]


def table_words(rows: Iterable[Row], columns: Collection[str]) -> set[str]:
    """Return all words in some columns of a table."""
    return {word for row in rows for column in columns for word in words_of(row[column])}
