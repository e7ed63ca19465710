"""The two files that a student takes home: the run as a notebook, and as a hand-in code."""

from __future__ import annotations

import streamlit as st

from ..lessons.formula import Facts
from ..session.taking_home import home
from ..text import Text

NOTEBOOK, HAND_IN = ".ipynb", "-hand-in.txt"  # ends of the files' names


def take_home(text: Text, facts: Facts, key: str, label: str = "") -> None:
    """Draw the two buttons; with a label above them they fill a narrow column, such as the sidebar."""
    words, taken = text.saving, home(facts)
    if taken is None:
        return
    if label:
        st.caption(label)
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        key=key,
        width="stretch" if label else "content",
    ):
        for name, make, ending, help in (
            ("notebook", taken.notebook, NOTEBOOK, words.notebook_help),
            ("hand_in", taken.hand_in, HAND_IN, words.hand_in_help),
        ):
            st.download_button(
                words.home[name],
                make,
                file_name=f"{taken.name}{ending}",
                mime="application/octet-stream",
                key=f"{key}-{name}",
                help=help,
                on_click="ignore",
                icon=None if label else ":material/download:",
                width="stretch" if label else "content",
            )
