"""Reads a lesson from TOML, and says in one sentence with its line what cannot be one."""

from __future__ import annotations

import re
import tomllib

from w2v_core import Problem

from .lesson import Ask, Item, Lesson, Option, PlayOn, Slip, Step
from .table import Schema, Table

LARGEST = 100_000  # characters of a file
# A key of many parts takes the standard library's reader time and memory that grow with the square of their number;
# it refuses a number of thousands of digits without its line.
_PART = r"""(?:(?<![\w-])[\w-]++|"(?:[^"\\\n]|\\.){,100}+"|'[^'\n]{,100}+')[ \t]*+\.[ \t]*+"""
_TOO_LONG = re.compile(rf"(?:{_PART}){{16,}}|(?<![\d_])[\d_]{{1000,}}", re.ASCII)
MOST_STEPS = 20
MOST_OPTIONS = 4
LONGEST_TITLE, LONGEST_LINE = 100, 500  # characters
KINDS = ("number", "choice", "order")
MARKS = ("", "start")


def read_lesson(text: str, id: str, schema: Schema) -> Lesson:
    """Read a lesson.

    Parameters
    ----------
    text : str
        Of the file.
    id : str
    schema : Schema

    Raises
    ------
    Problem
        The text is no lesson: ``lesson_...`` with the line in the details.
    """
    if len(text) > LARGEST:
        raise Problem("lesson_large", f"A lesson has at most {LARGEST} characters.", most=LARGEST)
    if long := _TOO_LONG.search(text):
        line = text.count("\n", 0, long.start()) + 1
        raise Problem("lesson_long", f"Line {line}: a key or a number is too long.", line=line)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise Problem(
            "lesson_syntax", f"Line {line} is no TOML: {error}", line=line, why=str(error)
        ) from None
    top = Table(table, (), text, schema)
    lesson = Lesson(
        id=id,
        title=top.words("title", LONGEST_TITLE),
        question=top.words("question", LONGEST_LINE),
        remember=top.words("remember"),
        minutes=int(top.number("minutes", 1, 120)),
        steps=tuple(map(_step, top.tables("steps", 1, MOST_STEPS))),
        play_on=_play_on(top.table("play_on")),
        source=text,
    )
    top.no_more()
    return lesson


def _play_on(table: Table) -> PlayOn:
    play_on = PlayOn(
        table.words("label", LONGEST_TITLE), table.option("page", tuple(table.schema.points)), table.show()
    )
    table.no_more()
    return play_on


def _step(table: Table) -> Step:
    page = table.option("page", tuple(table.schema.points))
    check = table.formulas("check") if table.has("check") else None
    ask = table.table("ask") if table.has("ask") else None
    step = Step(
        title=table.words("title", LONGEST_TITLE),
        line=table.words("line", LONGEST_LINE),
        say=table.words("say"),
        page=page,
        show=table.show(),
        settings=table.options("settings", tuple(table.schema.settings)),
        point=table.option("point", tuple(table.schema.points[page]), ""),
        do=table.words("do") if check else None,
        check=check,
        play=table.played("play"),
        ask=_ask(ask) if ask else None,
    )
    if not check and table.has("do"):
        table.fail("do", "lesson_do", "What is to be done needs a check.")
    if step.ask and step.ask.predict and not check:
        table.fail("ask", "lesson_predict", "A prediction needs a check, at which the truth is shown.")
    table.no_more()
    return step


def _ask(table: Table) -> Ask:
    kind = table.option("kind", KINDS)
    is_number, is_choice = kind == "number", kind == "choice"
    ask = Ask(
        kind=kind,
        question=table.words("question"),
        why=table.words("why"),
        predict=table.switch("predict"),
        answer=table.formulas("answer") if is_number else None,
        within=table.number("within", 0, 1, 0.02) if is_number else 0.02,
        slips=tuple(map(_slip, table.tables("slips", 0, 12))) if is_number else (),
        mark=table.option("mark", MARKS, "") if is_number else "",
        options=tuple(map(_option, table.tables("options", 2, MOST_OPTIONS))) if is_choice else (),
        items=tuple(map(_item, table.tables("items", 2, MOST_OPTIONS))) if kind == "order" else (),
    )
    always = sum(option.right["en"].text == "true" for option in ask.options)
    never = sum(option.right["en"].text == "false" for option in ask.options)
    if is_choice and (always > 1 or always + never == len(ask.options) != never + 1):
        table.fail("options", "lesson_right", "Exactly one option is right.")
    if kind == "order" and not ask.predict:
        table.fail("kind", "lesson_order", "An order is a prediction: predict = true.")
    table.no_more()
    return ask


def _slip(table: Table) -> Slip:
    slip = Slip(table.formulas("value"), table.words("say"))
    table.no_more()
    return slip


def _option(table: Table) -> Option:
    ghost = table.numbers("ghost")
    option = Option(table.words("text"), table.words("say"), table.formulas("right", "false"), ghost)
    table.no_more()
    return option


def _item(table: Table) -> Item:
    item = Item(table.words("text"), table.formulas("value"))
    table.no_more()
    return item
