"""The command that trains many runs: `sweep`. A row a run in a CSV file, their means on stdout, and one page."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from ..cluster import engine, grid
from ..cluster.summary import Combination, combinations
from ..cluster.sweep import TestSets
from ..cluster.sweep import sweep as trained
from ..cluster.table import Table
from ..files import written
from ..problems import Problem, counted, presentable
from ..training.config import TrainingConfig
from ..vectors.evaluation import Section, WordPair, read_analogies, read_word_pairs
from . import progress
from .inputs import ALIASES
from .streams import row, say
from .training import cores, read_corpus

FOLDER, TABLE, PAGE = "w2v_sweep", "runs.csv", "runs.html"
OUTCOME = "loss", "progress", "seconds", "words_per_second"
ABOUT = (
    "Train every combination of some settings' values, each with several seeds, on processes of this machine or on a "
    f"Dask cluster. FOLDER/{TABLE} gets a row for each run as it is done, FOLDER/{PAGE} shows the mean and spread of "
    "each measure, where Plotly is installed. The same command goes on where it was stopped."
)


def sweep(options: argparse.Namespace) -> int:
    """Train what the table does not have yet, and show all that the command asks for."""
    over = swept(options.over)
    runs = grid.grid({name: getattr(options, name) for name in grid.FIELDS}, over, options.seeds)
    tests = _tests(options)
    corpus = read_corpus(options)
    folder = Path(options.out)
    folder.mkdir(exist_ok=True)
    measures = [*OUTCOME[:2], *tests.names, *OUTCOME[2:]]
    table = Table(folder / TABLE, corpus.fingerprint, list(over), measures)
    if table.mended:
        say(f"note: the last line of {folder / TABLE} was cut off; its run is trained again.")
    todo = [run for run in runs if not table.row_of(run)]
    say(f"{counted(len(runs), 'run')}, {len(runs) - len(todo):,} of them in {folder / TABLE} already")
    try:
        _train(options, corpus, todo, tests, table)
    except BaseException:
        done = sum(bool(table.row_of(run)) for run in runs)
        say(f"{done:,} of {counted(len(runs), 'run')} are in {folder / TABLE}; the same command goes on.")
        raise
    rows = [found for run in runs if (found := table.row_of(run))]
    means = combinations(rows, list(over), measures)
    shown = [name for name in measures if any(name in each.spreads for each in means)]
    _print(means, list(over), shown)
    for note, number in _notes(rows):
        say(f"note: {counted(number, 'run')}: {note}")
    _write_page(folder / PAGE, options.corpus, means, list(over), shown)
    if lost := len(runs) - len(rows):
        raise Problem("runs_lost", f"{counted(lost, 'run')} took their workers with them: too little memory?")
    return 0


def swept(given: Sequence[str]) -> dict[str, list[Any]]:
    """Return the settings to sweep and their values, from what was typed: NAME=VALUE,...

    Raises
    ------
    Problem
        ``bad_over``; ``bad_setting``.
    """
    names = {alias.replace("-", "_"): name for name, alias in ALIASES.items()}
    over: dict[str, list[Any]] = {}
    for each in given:
        name, _, values = each.partition("=")
        name = name.strip().lstrip("-").replace("-", "_")
        name = names.get(name, name)
        shown = presentable(each)
        if name == "seed":
            raise Problem("bad_over", "Seeds are not swept over by name: --seeds says how many each run has.")
        if name not in grid.FIELDS:
            known = ", ".join(field for field in grid.FIELDS if field != "seed")
            raise Problem("bad_over", f"--over {shown!r} names no setting; there are {known}.")
        if not values.strip():
            raise Problem("bad_over", f"--over {shown!r} has no values; {name}=VALUE,VALUE has.")
        over.setdefault(name, []).extend(grid.value_of(name, value) for value in values.split(","))
    over = {name: list(dict.fromkeys(values)) for name, values in over.items()}
    for name, several in over.items():
        for value in several:
            TrainingConfig(**{name: value})  # which says what is out of range, before a text is read
    return over


def _train(
    options: argparse.Namespace, corpus: Any, todo: list[TrainingConfig], tests: TestSets, table: Table
) -> None:
    if not todo:
        return
    where = options.cluster or min(cores(), len(todo))
    with (
        engine.opened(where) as client,
        closing(trained(client, corpus, todo, tests)) as outcomes,
        progress.steps_of("training", len(todo), " runs") as show,
    ):
        for done, (run, outcome) in enumerate(outcomes, 1):
            if outcome:
                table.add(run, outcome)
            show(done)


def _tests(options: argparse.Namespace) -> TestSets:
    """Return the test sets that are named, or what the file beside a sample text knows of its words."""
    taken = {*grid.FIELDS, *OUTCOME, "note", "text"}
    pairs = {_column(path, taken): read_word_pairs(path) for path in options.pairs}
    analogies = {_column(path, taken): read_analogies(path) for path in options.analogies}
    if pairs or analogies:
        return TestSets(pairs, analogies)
    try:
        known = json.loads(Path(options.corpus).with_suffix(".json").read_text(encoding="utf-8"))
        word_pairs = tuple(WordPair(*pair) for pair in known["word_pairs"])
        sections = tuple(
            Section(each["id"], tuple(map(tuple, each["questions"]))) for each in known["analogies"]
        )
        categories = {word: each["id"] for each in known["categories"] for word in each["words"]}
    except (OSError, ValueError, TypeError, LookupError):  # it is no text of ours
        return TestSets()
    return TestSets(
        {"word_pairs": word_pairs} if word_pairs else {},
        {"analogies": sections} if sections else {},
        {"purity": categories} if categories else {},
    )


def _column(path: str, taken: set[str]) -> str:
    """Return what the measure of a test set is called: its file's name, or all of its path if that is taken."""
    name = Path(path).stem
    name = path if name in taken else name
    taken.add(name)
    return name


def _print(means: Iterable[Combination], over: list[str], measures: list[str]) -> None:
    row(*over, "runs", *measures)
    for each in means:
        spreads = [each.spreads.get(name) for name in measures]
        runs = max((spread.runs for spread in spreads if spread), default=0)
        cells = (f"{found.mean:.4g} ± {found.deviation:.2g}" if found else "-" for found in spreads)
        row(*each.values, str(runs), *cells)


def _notes(rows: Iterable[dict[str, str]]) -> list[tuple[str, int]]:
    """Return why runs failed, and how many each."""
    notes: dict[str, int] = {}
    for each in rows:
        if each["note"]:
            notes[each["note"]] = notes.get(each["note"], 0) + 1
    return list(notes.items())


def _write_page(
    path: Path, corpus: str, means: list[Combination], over: list[str], measures: list[str]
) -> None:
    try:
        from .sweep_page import page
    except ImportError:
        say("note: there is no page, for Plotly is not installed: pip install plotly")
        return
    with written(path) as file:
        file.write(page(Path(corpus).name, means, over, measures).encode())
    say(f"wrote {path}")
