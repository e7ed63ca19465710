"""Numbers to take home: CSV with the settings in commented lines above the header.

Words are data from texts that users bring. A spreadsheet would take a cell that begins with = + - @ for a
formula, so such words get an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

FORMULA = re.compile(r"^[\s\x00]*[=+\-@＝＋－＠]")

SEPARATORS = re.compile(r"[,;\"\s\x00]+")


def csv_file(about: Mapping[str, object], header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as UTF-8 with a byte order mark, by which spreadsheets know it.

    Parameters
    ----------
    about : mapping
        What the table is of: a line ``# name: value`` each. What separates cells becomes a space there.
    header : sequence of str
    rows : iterable of sequences
        Numbers as they are; missing ones are None.
    """
    out = io.StringIO()
    for name, value in about.items():
        line = SEPARATORS.sub(" ", f"# {name}: {value}").strip()
        out.write(f"{line}\r\n")
    table = csv.writer(out)
    table.writerow(header)
    table.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell
