"""Where in a TOML file something stands: the standard library's reader does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]#=]+)\]")
_KEY = re.compile(r"\s*([\w.\-]+)\s*=")


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the line, from 1, of a value in a TOML text: of its key, or of what is nearest around it.

    Parameters
    ----------
    text : str
    path : sequence
        The names of tables and the places in lists that lead to it.
    """
    best, best_length = 1, 0
    table: list[str | int] = []
    counts: dict[tuple[str | int, ...], int] = {}
    quotes = ""  # those of a string of several lines that is not over
    for number, line in enumerate(text.splitlines(), 1):
        if not quotes:
            here: list[str | int] | None = None
            if header := _HEADER.match(line):
                table = here = _entered(_names(header[2]), header[1] == "[[", counts)
            elif key := _KEY.match(line):
                here = [*table, *key[1].split(".")]
            if here and best_length < (length := _common(here, path)) and length in (len(here), len(path)):
                best, best_length = number, length
        for mark in re.findall(r"'''|\"\"\"", line):
            quotes = "" if quotes == mark else quotes or mark
    return best


def _names(header: str) -> list[str]:
    return [name.strip(" \t\"'") for name in header.split(".")]


def _entered(names: list[str], is_list: bool, counts: dict[tuple[str | int, ...], int]) -> list[str | int]:
    """Return the path of a table by its header; `counts` are the entries so far of each list of tables."""
    path: list[str | int] = []
    for last, name in zip([False] * (len(names) - 1) + [True], names, strict=True):
        path.append(name)
        if last and is_list:
            counts[tuple(path)] = counts.get(tuple(path), -1) + 1
        if tuple(path) in counts:
            path.append(counts[tuple(path)])
    return path


def _common(a: Sequence[str | int], b: Sequence[str | int]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
