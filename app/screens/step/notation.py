"""How formulas write symbols and numbers in LaTeX, in the colors that join them with the bars.

Words never enter a formula (they are data, and LaTeX is a language): the context is o, noise words are n1, n2,
other words w1, w2, and the forks of the tree have numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from w2v_core.diagnostics import PairRecord

from ...formatting import latex_figure as num
from .half_steps import SOFTMAX_FORMS, Row

MOST_TERMS = 6  # of a sum that is written out


class Notation:
    """The symbols and numbers of one record.

    Parameters
    ----------
    record : PairRecord
    objective : str
    rows : sequence of Row
    colors : mapping
        Text colors by role.
    """

    def __init__(
        self,
        record: PairRecord,
        objective: str,
        rows: Sequence[Row],
        colors: Mapping[str, str],
    ) -> None:
        self.record, self.objective, self.rows = record, objective, rows
        self.colors = {**colors, "node": colors["context"]}
        self.softmax = objective in SOFTMAX_FORMS
        self.w = self.paint("center", r"\mathbf{w}_c")

    def paint(self, role: str, latex: str) -> str:
        """Color a piece of LaTeX."""
        return rf"\textcolor{{{self.colors[role]}}}{{{latex}}}"

    @property
    def o(self) -> str:
        """The context's index."""
        return self.paint("context", "o")

    @property
    def c(self) -> str:
        """The center's index."""
        return self.paint("center", "c")

    def u(self, row: Row, index: str = "") -> str:
        """u of a row, or of any row j."""
        if index:
            return rf"\mathbf{{u}}_{index}"
        return self.paint(row.role, rf"\mathbf{{u}}_{{{subscript(row.symbol)}}}")

    def s(self, row: Row) -> str:
        """s of a row."""
        return self.paint(row.role, rf"s_{{{subscript(row.symbol)}}}")

    def value(self, row: Row, latex: str) -> str:
        """Something of a row, in its color."""
        return self.paint(row.role, latex)

    def entries(self, vector: np.ndarray) -> str:
        """The first entries of a vector."""
        more = r",\,\ldots" if len(vector) > 3 else ""
        return "(" + r",\,".join(num(x) for x in vector[:3].tolist()) + more + ")"


def subscript(symbol: str) -> str:
    """Return o, n_1 and the like as an index."""
    return symbol if len(symbol) < 2 or symbol.isdigit() else f"{symbol[0]}_{{{symbol[1:]}}}"


def written_out(parts: Sequence[str], sign: str) -> str:
    """Return a sum or product, three a line, written out if it is not too long."""
    shown = (
        list(parts)
        if len(parts) <= MOST_TERMS
        else [*parts[: MOST_TERMS - 1], r"\cdots" if sign == "+" else r"\ldots"]
    )
    lines = [f" {sign} ".join(shown[i : i + 3]) for i in range(0, len(shown), 3)]
    return rf"\\ &\quad {sign} ".join(lines)
