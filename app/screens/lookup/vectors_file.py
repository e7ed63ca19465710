"""The field for a file of vectors, and how far the file is read. The reading itself is the session's."""

from __future__ import annotations

from typing import Any

import streamlit as st

from w2v_core import limits

from ...formatting import Count
from ...session import session
from ...settings import ALL
from ...text import Text, Words
from ...widgets import bring
from ...widgets.choice import choice
from . import models

POLL_SECONDS = 0.5


def uploader(text: Text, words: Words) -> None:
    """Draw the field for a file, and how far the reading is."""
    bring.localized_uploader(text.bring.upload_button, words.upload_hint.format(limit_mb=models.UPLOAD_MB))
    key = f"vectors-{models.kept().uploads}"  # after each file another widget: the old upload is freed
    st.file_uploader(
        words.upload,
        key=key,
        max_upload_size=models.UPLOAD_MB,
        on_change=_load,
        args=(key,),
        label_visibility="collapsed",
    )
    _choices(words, key)
    reading = models.kept().loading
    running = reading is not None and (reading.running or reading.result is not None)
    st.fragment(_poll, run_every=POLL_SECONDS if running else None)(running)
    if reading and not running and reading.problem:
        st.error(text.problem(reading.problem), icon=":material/error:")
    if (uploaded := models.kept().uploaded) and (faults := uploaded.embeddings.faults).count:
        said = words.faults.format(count=f"{faults.count:,}", first=text.problem(faults.first[0]))
        st.warning(said, icon=":material/info:")


def _choices(words: Words, key: str) -> None:
    """Draw how a file is read; one that has been refused is read again, and of one that is open fewer are asked."""

    def take(name: str, value: Any) -> None:
        session.choose(name, value)
        if st.session_state.get(key):
            _load(key)
        elif name == "vectors_first":
            models.ask_first()

    choice(
        st.number_input,
        "vectors_first",
        words.first,
        take=take,
        help=words.first_help,
        min_value=ALL,
        max_value=limits.MOST_VECTORS,
        step=10_000,
    )
    if (file := models.kept().uploaded) and file.lacks:
        st.caption(words.read_again.format(words=Count(f"{file.first:,}")))
    choice(st.checkbox, "vectors_skip", words.skip, take=take, help=words.skip_help)


def _load(key: str) -> None:
    if file := st.session_state[key]:
        models.load(file.name, file.getvalue())
    else:
        models.forget_loading()


def _poll(was_running: bool) -> None:
    """Draw how far the file is read; polled while it is."""
    text, reading = session.text(), models.kept().loading
    if reading and reading.running:
        total = reading.total or 1
        said = text.lookup_page.reading.format(
            done=f"{reading.done / 2**20:.0f}", total=f"{total / 2**20:.0f}"
        )
        st.progress(min(1.0, reading.done / total), text=said)
        st.button(text.bring.cancel, key="cancel_loading", icon=":material/close:", on_click=reading.cancel)
    elif was_running:
        st.rerun()  # the session takes the vectors, or the page says why there are none
