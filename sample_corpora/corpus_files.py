"""Write a corpus and its manifest: ``<id>.txt`` and ``<id>.json``."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from text_frames import Row, Tables, words_of

HERE = Path(__file__).parent


def categories(table: Sequence[Row], tables: Tables, text: Sequence[str]) -> list[dict[str, Any]]:
    """Collect the words of each category from the tables.

    Parameters
    ----------
    table : sequence of rows
        The categories, with the columns ``id``, ``en``, ``zh`` and ``columns``; the last one
        names the columns that hold the words, as in ``animals.name animals.plural``.
        An optional condition follows a colon, as in ``persons.name:rank=royal``.
    tables : mapping
        The fact tables by name.
    text : sequence of str
        The sentences; words that do not occur in them are left out.

    Returns
    -------
    list of dict
        As in the manifest. A word that two categories claim is ambiguous and is in neither.
    """
    found = [list(dict.fromkeys(_cells(row["columns"], tables))) for row in table]
    claims = Counter(word for words in found for word in words)
    present = {word for line in text for word in words_of(line)}
    return [
        {
            "id": row["id"],
            "title": {"en": row["en"], "zh": row["zh"]},
            "words": [word for word in words if claims[word] == 1 and word in present],
        }
        for row, words in zip(table, found, strict=True)
    ]


def _cells(columns: str, tables: Tables) -> list[str]:
    """Return the one-word cells of columns such as ``persons.name:rank=royal``, row by row."""
    cells: list[str] = []
    for item in columns.split():
        source, _, condition = item.partition(":")
        name, column = source.split(".")
        key, _, value = condition.partition("=")
        cells += [row[column] for row in tables[name] if not key or row[key] == value]
    return [words_of(cell)[0] for cell in cells if len(words_of(cell)) == 1]


def write_corpus(text: Sequence[str], about: Mapping[str, Any]) -> None:
    """Write the sentences and the manifest next to this file.

    Parameters
    ----------
    text : sequence of str
        One sentence each.
    about : mapping
        The manifest without ``licence``, ``words`` and ``sentences``.
    """
    head = {key: about[key] for key in ("id", "language", "title", "description", "look_for")}
    counts = {"words": sum(len(words_of(line)) for line in text), "sentences": len(text)}
    tail = {key: about[key] for key in ("categories", "analogies", "settings")}
    manifest = head | {"licence": "CC0-1.0"} | counts | tail
    _write(f"{about['id']}.txt", "".join(f"{line}\n" for line in text))
    _write(f"{about['id']}.json", json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def _write(name: str, text: str) -> None:
    with open(HERE / name, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
