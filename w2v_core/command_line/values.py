"""The types of what is typed: a value, or a complaint that is short and moves no terminal."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from .. import limits
from .streams import visible


def short(text: str, longest: int = limits.LONGEST_SHOWN) -> str:
    """Return a text as a complaint can hold it."""
    return visible(text if len(text) <= longest else text[:longest] + "…")


def integer(text: str) -> int:
    """Return a whole number."""
    try:
        return int(text)
    except ValueError:  # also of thousands of digits
        raise argparse.ArgumentTypeError(f"{short(text)} is no whole number that can be used") from None


def real(text: str) -> float:
    """Return a number."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{short(text)} is not a number") from None


TYPES: dict[type, Callable[[str], object]] = {int: integer, float: real, str: str}


def whole(most: int) -> Callable[[str], int]:
    """Return the type of the whole numbers from 1 to `most`."""

    def number(text: str) -> int:
        if not 1 <= (number := integer(text)) <= most:
            raise argparse.ArgumentTypeError(f"{short(text)} is not between 1 and {most:,}")
        return number

    return number


def workers(text: str) -> int | str:
    """Return how many workers to start, or a scheduler's address."""
    if text.isdecimal():
        return whole(limits.MOST_PROCESSES)(text)
    if not re.fullmatch(r"(tcp|tls|ws|wss|ucx)://[\w.\-\[\]:]+", text, re.ASCII):
        raise argparse.ArgumentTypeError(
            f"{short(text)} is neither a number of workers nor an address such as tcp://192.168.0.5:8786"
        )
    return text


def bound(text: str) -> float | None:
    """Return a number, or None for "none"."""
    return None if text == "none" else real(text)


def column(text: str) -> str:
    """Return the name or number of a column."""
    if len(text) > limits.LONGEST_COLUMN:
        raise argparse.ArgumentTypeError(
            f"no column has a name of more than {limits.LONGEST_COLUMN:,} characters"
        )
    return text
