"""Ground truth from the fact tables: analogy questions in sections, and graded word pairs."""

import random
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, permutations
from typing import Any

from text_frames import Row, Tables, words_of

SECTION = 150  # questions at most
LEVEL = 50  # word pairs of each grade
GRADES = {"class": 9, "category": 7, "family": 3, "apart": 0}


def columns_of(item: str, tables: Tables) -> list[tuple[Row, list[str]]]:
    """Read cells of a table.

    Parameters
    ----------
    item : str
        ``table.column``, ``table.from>to`` or one of them with a condition, as in
        ``countries.name>language:continent=Asia`` (``!=`` for "differs").
    tables : mapping
        The fact tables by name.

    Returns
    -------
    list of (row, words)
        One entry for each row that meets the condition and has one lower-case word in each cell.
    """
    source, _, condition = item.partition(":")
    name, _, columns = source.partition(".")
    key, _, value = condition.partition("=")
    wanted = not key.endswith("!")
    found = []
    for row in tables[name]:
        if key and (row[key.rstrip("!")] == value) is not wanted:
            continue
        cells = [words_of(row[column]) for column in columns.split(">")]
        if all(len(cell) == 1 for cell in cells):
            found.append((row, [cell[0] for cell in cells]))
    return found


def asked_words(plan: Iterable[Row], tables: Tables) -> set[str]:
    """Return all words in the columns that categories (``columns``) or analogies (``pairs``) name."""
    items = [item for row in plan for item in (row.get("columns") or row["pairs"]).split()]
    return {word for item in items for _, words in columns_of(item, tables) for word in words}


def analogy_sections(plan: Sequence[Row], tables: Tables, rng: random.Random) -> list[dict[str, Any]]:
    """Make sections of analogies such as paris : france :: rome : italy.

    Parameters
    ----------
    plan : sequence of rows
        The sections, with the columns ``id``, ``en``, ``zh`` and ``pairs``; the last one names
        columns, as in ``countries.capital>name``, apart by spaces.
    tables : mapping
        The fact tables by name.
    rng : random.Random
        The source of the sample where a section would be too long.
    """
    sections = []
    for row in plan:
        found = [tuple(words) for item in row["pairs"].split() for _, words in columns_of(item, tables)]
        pairs = list(dict.fromkeys(found))
        questions = [[*a, *b] for a, b in permutations(pairs, 2) if len({*a, *b}) == 4]
        if len(questions) > SECTION:
            questions = rng.sample(questions, SECTION)
        title = {"en": row["en"], "zh": row["zh"]}
        sections.append({"id": row["id"], "title": title, "questions": questions})
    return sections


def word_pairs(
    plan: Sequence[Row], groups: Sequence[Mapping[str, Any]], tables: Tables, rng: random.Random
) -> list[list[Any]]:
    """Sample word pairs, graded by how near the tables put them.

    Parameters
    ----------
    plan : sequence of rows
        The categories; ``columns`` names the columns with their words, ``class`` the column that
        divides the words into kinds (may be empty), ``family`` unites categories (may be empty).
    groups : sequence of mapping
        The categories of the manifest.
    tables : mapping
        The fact tables by name.
    rng : random.Random
        The source of the sample.

    Returns
    -------
    list of [word, word, score]
        Two of one kind score 9, two of one category 7, two of one family 3, others 0.
    """
    places: dict[str, tuple[str, str, str]] = {}  # word -> family, category, kind
    for row, group in zip(plan, groups, strict=True):
        family = row["family"] or row["id"]
        for item in row["columns"].split():
            for cells, words in columns_of(item, tables):
                if words[0] in group["words"]:
                    places[words[0]] = family, row["id"], cells[row["class"]] if row["class"] else ""
    found: dict[str, list[list[str]]] = {grade: [] for grade in GRADES}
    for a, b in combinations(places, 2):
        if places[a] == places[b] and places[a][2]:
            found["class"].append([a, b])
        elif places[a][:2] == places[b][:2]:
            if places[a] != places[b]:
                found["category"].append([a, b])
        else:
            found["family" if places[a][0] == places[b][0] else "apart"].append([a, b])
    return [[*pair, GRADES[g]] for g, pairs in found.items() for pair in rng.sample(pairs, LEVEL)]
