"""Judges answers: by the numbers that the run and the pair record, never by prose."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from .formula import Formula, Unknown, plainly
from .lesson import Ask, in_order, number

_PLAIN = re.compile(r"[-+]?\s*(\d*)(?:\.(\d*))?")
_DIGITS = re.compile(r"[-+]?\s*[\d.,]+")
_GROUPED = re.compile(r"[-+]?\s*[1-9]\d{0,2}(,\d{3})+(\.\d*)?")  # 20,000
LEAST_DIGITS = 2  # that a rounded number must show to count as right


@dataclass(frozen=True)
class Verdict:
    """What is to be said of an answer.

    Attributes
    ----------
    right : bool
    said : str
        Why it is wrong where that is known, or else nothing. Of a right choice, why it is right.
    truth : str
        The right answer, as it is shown.
    readable : bool
        Whether the answer could be read at all.
    """

    right: bool
    said: str = ""
    truth: str = ""
    readable: bool = True


def judge(ask: Ask, answer: object, language: str) -> Verdict:
    """Return the verdict on an answer.

    Parameters
    ----------
    ask : Ask
    answer : object
        The text that was typed; the number of an option from 0; or the places of the items in order.
    language : str

    Raises
    ------
    Unknown
        The truth cannot be known now.
    """
    if ask.kind == "number":
        return _judge_number(ask, str(answer), language)
    if ask.kind == "choice":
        return _judge_choice(ask, answer, language)
    true = in_order({place: item.value[language].value() for place, item in enumerate(ask.items)})
    named = " < ".join(ask.items[place].text[language] for place in true)
    return Verdict(_places(answer) == true, truth=named)


def typed_value(text: str) -> float | None:
    """Return the value of what was typed: a number, or a formula such as ln(21); None where it is neither."""
    return next((value for _, value in _readings(text)), None)


def _readings(text: str) -> list[tuple[str, float]]:
    """Return what was typed with a decimal point, and its value: 1,000 may be a thousand, or 1 to three decimals."""
    plain = plainly(text).replace("。", ".").strip()
    if plain.endswith("%"):  # the percentage that was asked for, or a share
        number = plain[:-1].rstrip()
        percents = [] if number.endswith("%") else _readings(number)
        return [*percents, *((f"{read}%", value / 100) for read, value in percents)]
    written = [plain]
    if "," in plain and _DIGITS.fullmatch(plain):
        written = [plain.replace(",", ".")] if plain.count(",") == 1 and "." not in plain else []
        written += [plain.replace(",", "")] if _GROUPED.fullmatch(plain) else []
    found = []
    for each in written:
        with suppress(ValueError, Unknown):
            found.append((each, Formula(each).value()))
    return found


def near(typed: str, true: float, within: float) -> bool:
    """Tell whether what was typed is right: near the true value, or what that is when rounded as it was typed."""
    return any(_near(plain, value, true, within) for plain, value in _readings(typed))


def _near(plain: str, value: float, true: float, within: float) -> bool:
    if abs(value - true) <= within * abs(true) + 1e-12:
        return True
    number = _PLAIN.fullmatch(plain)
    if number is None:
        return False
    decimals = len(number[2] or "")
    digits = len((number[1] + (number[2] or "")).lstrip("0"))
    return digits >= LEAST_DIGITS and abs(value - true) <= 0.5000001 * 10.0**-decimals


def _judge_number(ask: Ask, typed: str, language: str) -> Verdict:
    assert ask.answer is not None, "a number has its answer"
    true = ask.answer[language].value()
    truth = number(true)
    if typed_value(typed) is None:
        return Verdict(False, truth=truth, readable=False)
    if near(typed, true, ask.within):
        return Verdict(True, truth=truth)
    for slip in ask.slips:
        try:
            if near(typed, slip.value[language].value(), ask.within):
                return Verdict(False, slip.say[language], truth)
        except Unknown:
            continue
    return Verdict(False, truth=truth)


def _judge_choice(ask: Ask, answer: object, language: str) -> Verdict:
    right = [option.right[language].value() != 0 for option in ask.options]
    truth = next(
        (option.text[language] for option, is_right in zip(ask.options, right, strict=True) if is_right), ""
    )
    if not isinstance(answer, int) or not 0 <= answer < len(right):
        return Verdict(False, truth=truth, readable=False)
    return Verdict(right[answer], ask.options[answer].say[language], truth)


def _places(answer: object) -> tuple[int, ...]:
    return tuple(answer) if isinstance(answer, (list, tuple)) else ()
