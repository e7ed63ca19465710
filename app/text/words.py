"""Words: the visible strings of a TOML file in one language, where every string stands in all languages side by side.

In a file, a table of languages, such as ``[play]`` with ``en`` and ``zh``, is a string; any other table is a group.
Fields in braces take values (`str.format`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LANGUAGE_IDS = ("en", "zh")


class Words(Mapping[str, Any]):
    """Strings and groups of them, by attribute or by key. Frozen.

    Parameters
    ----------
    table : Mapping of str to (str, tuple or Words)
        In the order in which they are to be listed.
    """

    __slots__ = ("_table",)

    def __init__(self, table: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_table", dict(table))

    def __getitem__(self, key: str) -> Any:
        return self._table[key]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._table:
            raise AttributeError(f"There are no words called {name}.")
        return self._table[name]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("Words do not change.")

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def read(path: Path, language: str) -> Words:
    """Return the words of a file in a language; raise `ValueError` where a string lacks a language."""
    words = _in(tomllib.loads(path.read_text(encoding="utf-8")), language, path.name)
    if not isinstance(words, Words):
        raise ValueError(f"{path.name} holds one string only.")
    return words


def _in(value: Any, language: str, name: str) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} is in no language.")
    if any(isinstance(each, (str, list)) for each in value.values()):
        if value.keys() != set(LANGUAGE_IDS):
            raise ValueError(f"{name} needs {' and '.join(LANGUAGE_IDS)}, and nothing else.")
        return _frozen(value[language])
    return Words({key: _in(each, language, f"{name}.{key}") for key, each in value.items()})


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
