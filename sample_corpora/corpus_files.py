"""Write a corpus and its manifest: ``<id>.txt`` and ``<id>.json``."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from text_frames import Row, Tables, read_table, words_of

HERE = Path(__file__).parent
# The order of a manifest: what it is, (licence and counts), what is true of its words, how to train.
ABOUT = ("id", "language", "group", "title", "description", "look_for")
TRUTH = ("categories", "analogies", "word_pairs", "settings", "settings_of", "scores")
# Where the app ends a sentence, the end of a line apart.
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[。！？；]+")
INNERMOST_LIST = re.compile(r"\[\n([^\[\]{}]*)\n *\]")


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


def word_pairs(path: Path) -> list[list[str | float]]:
    """Return the word pairs of a table with the columns ``a``, ``b`` and ``score`` (0 to 10)."""
    return [[row["a"], row["b"], float(row["score"])] for row in read_table(path)]


def write_corpus(text: Sequence[str], about: Mapping[str, Any]) -> None:
    """Write the sentences and the manifest next to this file.

    Parameters
    ----------
    text : sequence of str
        One sentence each.
    about : mapping
        The manifest without ``licence`` and the counts.
    """
    words = [word for line in text for word in words_of(line)]
    sentences = [part for line in text for part in SENTENCE_END.split(line) if words_of(part)]
    counts = {"words": len(words), "sentences": len(sentences), "vocabulary": len(set(words))}
    manifest = {key: about[key] for key in ABOUT} | {"licence": "CC0-1.0"} | counts
    manifest |= {key: about[key] for key in TRUTH if key in about or key != "settings_of"}
    _write(f"{about['id']}.txt", "".join(f"{line}\n" for line in text))
    _write(f"{about['id']}.json", _json(manifest) + "\n")


def _json(manifest: Mapping[str, Any]) -> str:
    """Return indented JSON with each innermost list on one line."""
    indented = json.dumps(manifest, ensure_ascii=False, indent=2)
    return INNERMOST_LIST.sub(lambda match: f"[{' '.join(match[1].split())}]", indented)


def _write(name: str, text: str) -> None:
    with open(HERE / name, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
