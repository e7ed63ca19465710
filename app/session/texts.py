"""Texts of the user's own: how they are to be read, the one that is being read, and those that have been.

They stand beside the samples in the session's list of corpora. Nothing here draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from w2v_core.sources import TextOptions

from ..background.reading import Reading, Work
from ..formatting import file_size
from ..own_text import OwnText
from ..settings import READING
from ..text import LANGUAGES
from ..text.literal import visible
from . import session
from .cleanup import hold, let_go
from .record import current

MIN_COUNTS = {1: 200_000, 2: 2_000_000, 5: 20_000_000}  # minimum count -> for texts below so many bytes
MOST_OWN_TEXTS = 2  # kept a session, besides those in use: a text of 50 MB is 40 MB of ids

_numbers = itertools.count(1)


def prepare() -> None:
    """Choose a text that has just been read."""
    session_now = current()
    reading = session_now.reading
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
    session_now.reading = None
    session_now.texts_read += 1
    session_now.chosen["view"] = "look"
    add(own)
    session.choose_corpus(own.id)
    session.refresh()


def reading_under_way() -> bool:
    """Tell whether a text is being read, or has been since the page began to be drawn."""
    text = current().reading
    return text is not None and (text.running or text.result is not None)


def options(column: int | None = None) -> TextOptions:
    """Return how a text is to be read; raise `Problem` where that cannot work."""
    chosen = current().chosen
    return TextOptions(column=column, **{name.removeprefix("read_"): chosen[name] for name in READING})


def table_options() -> TextOptions:
    """Return how to look for a table's columns, whatever else is chosen."""
    chosen = current().chosen
    return TextOptions(encoding=chosen["read_encoding"], header=chosen["read_header"])


def suited_min_count(size: int) -> int:
    """Return a minimum count for a text of so many bytes: a small one needs every word that it has."""
    return next((count for count, below in MIN_COUNTS.items() if size < below), 10)


def suit_options(size: int) -> None:
    """Suggest how to read a new text of so many bytes."""
    current().chosen["read_min_count"] = suited_min_count(size)


def read(title: Mapping[str, str], work: Work) -> None:
    """Begin to read a text in the background; one that is under way is given up."""
    let_go("reading")
    reading = current().reading = Reading(title, work)
    hold("reading", reading.cancel)


def forget_reading() -> None:
    """Forget a reading that failed, and what it said."""
    session_now = current()
    if (reading := session_now.reading) and not reading.running:
        session_now.reading = None


def new_title(title: str, language: str) -> str:
    """Return a title that no corpus has yet: a list tells its options apart by their labels."""
    title = visible(title)[:60].strip() or "?"
    taken = {source.title[language] for source in session.sources().values()}
    names = itertools.chain([title], (f"{title} ({number})" for number in itertools.count(2)))
    return next(name for name in names if name not in taken)


def add(own: OwnText) -> None:
    """Put a text of the user's beside the sample corpora; the oldest that nothing needs may have to go."""
    session_now = current()
    in_use = {session_now.chosen["corpus"], session_now.run_settings.get("corpus")}
    spare = [id for id in session_now.own_texts if id not in in_use]
    for id in spare[: max(0, len(spare) + 1 - MOST_OWN_TEXTS)]:
        del session_now.own_texts[id]
    session_now.own_texts[own.id] = own


def new_text_id() -> str:
    """Return an id for a text of the user's that no other has."""
    return f"own-{next(_numbers)}"
