"""Save and open, on every page: the vectors and tables of the session's run to take home, and the run itself.

Files are made when they are asked for, of the run as it is then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from app.files import run_file
from app.files.exports import VECTOR_FILES, coordinates_table, neighbors_table, vectors_file
from app.files.run_file import SavedRun
from app.own_text import OwnText, suited_settings
from app.runs.live import LiveTraining
from app.samples import Sample, samples
from app.settings import DEFAULTS, LEARNING_RATES, OPTIONS, configured
from app.state import session, texts
from app.text import LANGUAGES, Text
from app.text.saving import SavingText
from app.widgets.bring import localized_uploader
from w2v_core import Problem, TrainingConfig
from w2v_core.training.checkpoint import refusing_damage

UPLOAD_MB = 400


def menu(text: Text) -> None:
    """Draw the menu."""
    words, run = text.saving, session.live()
    # After each run opened another popover, which is closed, and another uploader: the file is freed.
    number = session.runs_opened()
    with (
        st.container(key="saving", width="content"),
        st.popover(words.menu, icon=":material/folder_open:", key=f"saving-{number}"),
    ):
        if run:
            _take_away(words, run)
        _open(text, f"open-run-{number}")


def _take_away(words: SavingText, run: LiveTraining) -> None:
    source, settings = session.run_source(), session.run_settings()
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
                lambda make=make: make(
                    run.progress.embeddings, category_of, {**about, "step": run.progress.step}
                ),
                table,
            )
    st.caption(words.run_note)
    _download(
        words.save_run,
        f"{name}{run_file.EXTENSION}",
        partial(run_file.write, run, settings, source),
        "run",
        help=words.save_run_help,
    )


def _vectors(run: LiveTraining, format: str) -> bytes:
    return vectors_file(run.progress.embeddings, format)


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
            max_upload_size=UPLOAD_MB,
            on_change=_opened,
            args=(key,),
        )
    if problem := session.opening_problem():
        st.error(text.problem(problem), icon=":material/error:")


def _opened(key: str) -> None:
    """Open the file that was given."""
    problem, words = None, session.text().saving
    if file := st.session_state[key]:
        try:
            saved = run_file.read(file)
            with refusing_damage(file):
                run, settings, own = _resumed(saved, file.name)
                if own:
                    texts.add(own)
                session.open_run(run, settings)
            st.toast(words.opened, icon=":material/folder_open:")
        except Problem as found:
            problem = Problem(found.code, str(found), **found.details | {"name": file.name})
    session.set_opening_problem(problem)


def _resumed(saved: SavedRun, name: str) -> tuple[LiveTraining, dict[str, Any], OwnText | None]:
    """Make a run of what was read; ValueError and the like where it could not have been made here."""
    config = _configured(saved.settings)
    own = _own_text(saved.own) if saved.own else None
    source = own or samples().get(saved.settings["corpus"])
    if source is None:
        raise Problem("checkpoint_unknown_corpus", f"{name} is of a corpus that is not here.", name=name)
    categories = [category.words for category in source.categories]
    run = LiveTraining.resume(session.corpus_of(source), config, categories, saved.facts, saved.arrays)
    if run.learning_rate not in LEARNING_RATES:
        raise ValueError("no such rate")
    return run, saved.settings | {"corpus": source.id}, own


def _configured(settings: dict[str, Any]) -> TrainingConfig:
    """Return the configuration of some settings; ValueError where no widget could have been set so."""
    if settings.keys() != {"corpus", *DEFAULTS}:
        raise ValueError("other settings")
    for name, options in OPTIONS.items():
        if settings[name] not in options:
            raise ValueError(name)
    return configured({name: settings[name] for name in DEFAULTS})


def _own_text(own: run_file.OwnCorpus) -> OwnText:
    strings = {id: (text.saving, text.bring_page) for id, text in LANGUAGES.items()}
    return OwnText(
        id=texts.new_text_id(),
        title={id: texts.new_title(own.title[id], id) for id in LANGUAGES},
        description={id: words.own_about for id, (words, _) in strings.items()},
        look_for={id: words.look_for for id, (_, words) in strings.items()},
        corpus=own.corpus,
        notices=(),
        settings=suited_settings(own.corpus),
        language=own.language if own.language in LANGUAGES else "en",
    )
