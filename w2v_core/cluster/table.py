"""The runs of a sweep in a CSV file, a row a run, so that what is in it need not be trained again.

A row has all settings of its run and the text's fingerprint: they say which run it is. What is cut off at the end, as
when the machine lost its power, is mended when the table is opened.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from ..files import check_writable, written
from ..problems import Problem
from ..training.config import TrainingConfig
from .grid import FIELDS, value_of
from .sweep import Outcome

Row = dict[str, str]
Key = tuple[str, TrainingConfig]
TEXT_CHARACTERS = 12  # of the fingerprint


class Table:
    """The table of a sweep, on the disk after each row.

    Parameters
    ----------
    path : Path
        Need not exist.
    fingerprint : str
        The text's.
    over : sequence of str
        The swept settings, whose columns come first.
    measures : sequence of str

    Attributes
    ----------
    mended : bool
        Whether the last line was cut off: it is left out.

    Raises
    ------
    Problem
        ``no_sweep``: the file is something else, or damaged before its end; it is left as it is.
    """

    def __init__(self, path: Path, fingerprint: str, over: Sequence[str], measures: Sequence[str]) -> None:
        check_writable(path)
        self._path, self._text, self._measures = path, fingerprint[:TEXT_CHARACTERS], measures
        found, rows, self.mended = _read(path) if path.exists() else ([], [], False)
        self._columns = list(dict.fromkeys([*over, "seed", *measures, "note", *FIELDS, "text", *found]))
        self._rows: dict[Key, Row] = {(row["text"], _run(row)): row for row in rows}
        if self.mended or found != self._columns:
            self._write()

    def row_of(self, run: TrainingConfig) -> Row | None:
        """Return the row of a run, if it has all the measures or a note why not."""
        row = self._rows.get((self._text, run))
        done = row and (row["note"] or all(row.get(name) for name in self._measures))
        return row if done else None

    def add(self, run: TrainingConfig, outcome: Outcome) -> None:
        """Add a row, or replace one that lacks measures, and bring it to the disk.

        A measure that the run has no value of is "nan", so that it counts as taken.
        """
        values = {} if outcome.note else dict.fromkeys(self._measures, "nan")
        values |= {name: f"{value:.6g}" for name, value in outcome.values.items()}
        settings = {name: str(getattr(run, name)) for name in FIELDS}
        row = settings | values | {"note": outcome.note, "text": self._text}
        key = self._text, run
        there, self._rows[key] = key in self._rows, row
        if there:
            self._write()
            return
        with open(self._path, "a", encoding="utf-8", newline="") as file:
            self._writer(file).writerow(row)
            file.flush()
            os.fsync(file.fileno())

    def _writer(self, file: TextIO) -> csv.DictWriter[str]:
        return csv.DictWriter(file, self._columns, restval="", lineterminator="\n")

    def _write(self) -> None:
        text = io.StringIO(newline="")
        writer = self._writer(text)
        writer.writeheader()
        writer.writerows(self._rows.values())
        with written(self._path) as file:
            file.write(text.getvalue().encode())


def _read(path: Path) -> tuple[list[str], list[Row], bool]:
    """Return columns and rows, and whether the last line was left out."""
    data = path.read_bytes().decode(errors="replace")
    lines = list(csv.reader(io.StringIO(data, newline="")))
    if not lines:
        return [], [], False
    columns, rows = lines[0], [dict(zip(lines[0], line, strict=False)) for line in lines[1:]]
    if not {*FIELDS, "note", "text"} <= set(columns):
        raise _no_sweep(path)
    whole = [len(line) == len(columns) and _is_run(row) for line, row in zip(lines[1:], rows, strict=True)]
    cut = bool(whole) and not (whole[-1] and data.endswith("\n"))
    if not all(whole[:-1]):
        raise _no_sweep(path, 2 + whole.index(False))
    return columns, rows[:-1] if cut else rows, cut


def _run(row: Row) -> TrainingConfig:
    return TrainingConfig(**{name: value_of(name, row[name]) for name in FIELDS})


def _is_run(row: Row) -> bool:
    try:
        return bool(_run(row)) and bool(row["text"])
    except (Problem, LookupError):
        return False


def _no_sweep(path: Path, line: int | None = None) -> Problem:
    what = f"{path} is no table of a sweep" if line is None else f"{path}, line {line}, is no run of a sweep"
    message = f"{what}; mend it, move it away, or name another folder with --out."
    return Problem("no_sweep", message, name=str(path), line=line)
