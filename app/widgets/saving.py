"""Save and open, on every page: the vectors and tables of the session's run to take home, and the run itself.

Files are made when they are asked for, of the run as it is then; a file that is given is opened in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from w2v_core import Embeddings, limits

from ..background.run import Run
from ..files import run_file
from ..files.exports import VECTOR_FILES, coordinates_table, neighbors_table, vectors_file
from ..lessons.formula import Facts
from ..samples import Sample
from ..session import course, opening, session
from ..session.course import Show
from ..session.record import current
from ..text import Text
from . import teaching
from .bring import localized_uploader
from .take_home import take_home

POLL_SECONDS = 0.5


def menu(text: Text, facts: Facts, show: Show) -> None:
    """Draw the menu; a run that has been opened since is the session's from here on.

    `facts` and `show` are what lessons may name, and what takes over what they show.
    """
    words = text.saving
    if opening.take():
        st.toast(words.opened, icon=":material/folder_open:")
    run = current().run
    # After each run or lesson opened another popover, which is closed, and another uploader: the file is freed. The
    # dialog closes it, too.
    number, lesson_number = current().runs_opened, course.course().own_opened
    place = f"saving-{number}-{lesson_number}-{current().link_maker:d}"
    with (
        st.container(key="saving", width="content"),
        st.popover(words.menu, icon=":material/folder_open:", key=place),
    ):
        if run:
            _take_away(text, run, facts)
        _open(text, f"open-run-{number}")
        teaching.section(text, facts, show)


def _take_away(text: Text, run: Run, facts: Facts) -> None:
    words, source, settings = text.saving, session.run_source(), current().run_settings
    name = source.id
    st.caption(words.vectors_note)
    with st.container(horizontal=True, key="vector_files"):
        for format, ending in VECTOR_FILES.items():
            _download(words.formats[format], f"{name}{ending}", partial(_vectors, run, format), format)
    category_of = source.category_of if isinstance(source, Sample) else {}
    about = {"corpus": name, **{key: value for key, value in settings.items() if key != "corpus"}}
    with st.container(horizontal=True, key="tables"):
        for table, make in (("neighbors", neighbors_table), ("coordinates", coordinates_table)):
            _download(
                words.tables[table],
                f"{name}-{table}.csv",
                partial(_table, make, run, category_of, about),
                table,
            )
    st.caption(words.run_note)
    with st.container(horizontal=True, key="whole_run"):
        _download(
            words.save_run,
            f"{name}{run_file.EXTENSION}",
            partial(run_file.write, run, settings, source),
            "run",
            help=words.save_run_help,
        )
        take_home(text, facts, "home")


def _vectors(run: Run, format: str) -> bytes:
    return vectors_file(run.progress.embeddings, format)


def _table(
    make: Callable[[Embeddings, Mapping[str, str], Mapping[str, object]], bytes],
    run: Run,
    category_of: Mapping[str, str],
    about: Mapping[str, object],
) -> bytes:
    return make(run.progress.embeddings, category_of, {**about, "step": run.progress.step})


def _download(
    label: str, file_name: str, make: Callable[[], bytes], key: str, help: str | None = None
) -> None:
    st.download_button(
        label,
        make,
        file_name=file_name,
        mime="application/octet-stream",
        key=f"download-{key}",
        help=help,
        on_click="ignore",
        icon=":material/download:",
    )


def _open(text: Text, key: str) -> None:
    words = text.saving
    with st.container(key="open_run"):
        localized_uploader(words.open_button, words.open_hint, ".st-key-open_run")
        st.file_uploader(
            words.open_run,
            key=key,
            help=words.open_run_help,
            max_upload_size=limits.APP_RUN_FILE >> 20,
            on_change=_opened,
            args=(key,),
        )
        running = opening.under_way()
        st.fragment(_poll, run_every=POLL_SECONDS if running else None)(running)
    if not running and (problem := opening.problem()):
        st.error(text.problem(problem), icon=":material/error:")


def _opened(key: str) -> None:
    """Begin to open the file that was given."""
    if file := st.session_state[key]:
        opening.begin(file, file.name)
    else:
        opening.forget()


def _poll(was_running: bool) -> None:
    """Draw how far the file is read; polled while it is."""
    text, reading = session.text(), current().opening
    if reading and reading.running:
        done, total = reading.done, reading.total or 1
        words = text.saving
        said = words.opening.format(done=f"{done / 2**20:.0f}", total=f"{total / 2**20:.0f}")
        st.progress(min(1.0, done / total), text=said)
        st.button(text.bring.cancel, key="cancel_opening", icon=":material/close:", on_click=reading.cancel)
    elif was_running:
        st.rerun()  # the session takes the run, or the menu says why there is none
