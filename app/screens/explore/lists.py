"""Words to click in: as pills, or in a table with a bar each. A click is followed by a run of the whole page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from ...background.layouts import Ids
from ...live_figure.style import COLORS
from ...session import session
from ...text import Text
from ...text.literal import escaped, visible
from .explored import ask
from .explorer import Explorer

ROW = 28  # pixels


def pills(key: str, label: str, words: Sequence[str]) -> None:
    """Draw words to choose from by a click; a new list has new pills."""
    shown = f"{key} {hash(tuple(words))}"

    def chosen() -> None:
        if (word := st.session_state[shown]) in words:
            ask("word", word)

    st.pills(label, words, key=shown, format_func=escaped, on_change=chosen, label_visibility="collapsed")


def table(
    key: str,
    rows: dict[str, Sequence[Any]],
    shares: np.ndarray,
    value: str,
    text: Text,
    chosen: Callable[[int], None],
    *,
    digits: str = "%.3f",
    widths: Sequence[int | None] = (),
    signs: str = "",
    value_help: str | None = None,
    most: int = 10,
) -> None:
    """Draw rows with a bar each; a click on a row calls `chosen` with its number.

    Parameters
    ----------
    key : str
        Changes with what is listed: a click must not be taken for one on another list.
    rows : dict
        Columns of text, by their titles.
    shares : array
        The values, and so the bars' lengths beside the largest that there can be.
    value : str
        What the values are.
    text : Text
    chosen : callable
        Takes the number of the row.
    digits : str
        How a value is written.
    widths : sequence of int or None
        Of the columns, in pixels.
    signs : str
        What the first column's signs mean, if it has any.
    value_help : str, optional
        What the values mean, as Markdown.
    most : int
        Rows that are seen at once.
    """
    import pandas as pd

    scale = session.style().scale
    low, high = min(0.0, float(np.min(shares, initial=0))), max(1.0, float(np.max(shares, initial=0)))
    frame = pd.DataFrame({**rows, value: shares})
    names = list(rows)
    bar = st.column_config.ProgressColumn(
        help=value_help, format=digits, min_value=low, max_value=high, color=COLORS["other"]
    )
    config: dict[str, Any] = {value: bar}
    for name, width in zip(names, widths, strict=False):
        config[name] = st.column_config.TextColumn(name, width=width)
    if signs:
        config[names[0]] = st.column_config.TextColumn("", help=signs, width=36)

    def clicked() -> None:
        if cells := st.session_state[key]["selection"]["cells"]:
            chosen(int(cells[0][0]))

    st.dataframe(
        frame,
        key=key,
        column_config=config,
        hide_index=True,
        row_height=round(ROW * scale),
        height=round((ROW * min(most, max(1, len(frame))) + 38) * scale),
        selection_mode="single-cell",
        on_select=clicked,
        placeholder="",
    )


def words_table(
    key: str, explorer: Explorer, ids: Ids, values: np.ndarray, value: str, text: Text, **more: Any
) -> None:
    """Draw words with a bar each; a click chooses a word."""
    named = [explorer.vocabulary.words[i] for i in ids]
    page = text.explore_page
    signs = more.pop("near", None)
    columns: dict[str, Sequence[Any]] = {} if signs is None else {" ": signs}
    columns[page.word] = [visible(word) for word in named]
    table(
        f"{key} {hash(tuple(named))}" if more.pop("still", True) else key,
        columns,
        values,
        value,
        text,
        lambda row: ask("word", named[row]),
        signs="" if signs is None else page.near_help,
        **more,
    )
