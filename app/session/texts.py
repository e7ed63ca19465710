"""Texts of the user's own: how they are to be read, the one that is being read, and those that have been.

They stand beside the samples in the session's list of corpora. Nothing here draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import streamlit as st

from w2v_core.sources import TextOptions

from ..background.reading import Reading, Work
from ..formatting import file_size
from ..own_text import OwnText
from ..text import LANGUAGES
from ..text.literal import visible
from . import session
from .ending import hold, let_go

READING = {  # how a text is read, if nobody says otherwise
    "read_min_count": 1,
    "read_punctuation": "drop",
    "read_numbers": "keep",
    "read_segmentation": "auto",
    "read_encoding": "auto",
    "read_header": "auto",
    "read_lower_case": True,
    "read_drop_stop_words": False,
}
MIN_COUNTS = {1: 200_000, 2: 2_000_000, 5: 20_000_000}  # minimum count -> for texts below so many bytes
MOST_OWN_TEXTS = 2  # kept a session, besides those in use: a text of 50 MB is 40 MB of ids

_numbers = itertools.count(1)


def prepare() -> None:
    """Give every choice a value; and choose a text that has just been read."""
    state = st.session_state
    for name, value in (READING | {"reading": None, "texts_read": 0}).items():
        state.setdefault(name, value)
    reading = state["reading"]
    if reading is None or reading.running or reading.result is None:
        return
    let_go("reading")  # which holds the text, too
    facts = reading.result.facts
    encodings = ", ".join(facts.encodings).upper()
    strings = {id: text.bring for id, text in LANGUAGES.items()}
    own = OwnText.of(
        new_text_id(),
        reading.result,
        {id: new_title(title, id) for id, title in reading.title.items()},
        {
            id: text.about.format(size=file_size(facts.bytes), encoding=encodings)
            for id, text in strings.items()
        },
        {id: text.look_for for id, text in strings.items()},
    )
    state.update(reading=None, view="look", texts_read=state["texts_read"] + 1)
    add(own)
    session.choose_corpus(own.id)
    session.refresh()


def reading() -> Reading | None:
    """Return the text that is being read, or whose reading failed."""
    return st.session_state["reading"]


def reading_under_way() -> bool:
    """Tell whether a text is being read, or has been since the page began to be drawn."""
    text = reading()
    return text is not None and (text.running or text.result is not None)


def texts_read() -> int:
    """Return how many texts of their own the user has brought."""
    return st.session_state["texts_read"]


def options(column: int | None = None) -> TextOptions:
    """Return how a text is to be read; raise `Problem` where that cannot work."""
    chosen = {name.removeprefix("read_"): st.session_state[name] for name in READING}
    return TextOptions(column=column, **chosen)


def table_options() -> TextOptions:
    """Return how to look for a table's columns, whatever else is chosen."""
    return TextOptions(encoding=st.session_state["read_encoding"], header=st.session_state["read_header"])


def suited_min_count(size: int) -> int:
    """Return a minimum count for a text of so many bytes: a small one needs every word that it has."""
    return next((count for count, below in MIN_COUNTS.items() if size < below), 10)


def suit_options(size: int) -> None:
    """Suggest how to read a new text of so many bytes."""
    st.session_state["read_min_count"] = suited_min_count(size)


def read(title: Mapping[str, str], work: Work) -> None:
    """Begin to read a text in the background; one that is under way is given up."""
    state = st.session_state
    let_go("reading")
    state["reading"] = Reading(title, work)
    hold("reading", state["reading"].cancel)


def forget_reading() -> None:
    """Forget a reading that failed, and what it said."""
    if (reading := st.session_state["reading"]) and not reading.running:
        st.session_state["reading"] = None


def new_title(title: str, language: str) -> str:
    """Return a title that no corpus has yet: a list tells its options apart by their labels."""
    title = visible(title)[:60].strip() or "?"
    taken = {source.title[language] for source in session.sources().values()}
    names = itertools.chain([title], (f"{title} ({number})" for number in itertools.count(2)))
    return next(name for name in names if name not in taken)


def add(own: OwnText) -> None:
    """Put a text of the user's beside the sample corpora; the oldest that nothing needs may have to go."""
    state = st.session_state
    in_use = {state["corpus"], (state.get("run_settings") or {}).get("corpus")}
    spare = [id for id in state["own_texts"] if id not in in_use]
    for id in spare[: max(0, len(spare) + 1 - MOST_OWN_TEXTS)]:
        del state["own_texts"][id]
    state["own_texts"][own.id] = own


def new_text_id() -> str:
    """Return an id for a text of the user's that no other has."""
    return f"own-{next(_numbers)}"
