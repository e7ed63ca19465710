"""Two views of the Corpus page: a text of one's own, and one from the web. Reading itself goes on in `reading`."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import streamlit as st

from w2v_core import Problem, limits, sources
from w2v_core.sources import APP_LIMIT, CHOICES, Preview, ReadResult, Table, TextOptions, WebCorpus

from ..background.reading import Work
from ..background.turnstile import TURNSTILE
from ..formatting import file_size
from ..modules import PAGE
from ..session import choices, session, texts
from ..session.record import current
from ..settings import READING
from ..text import LANGUAGES, Text, Words
from ..text.literal import literal
from .choice import choice
from .given_vectors import holds_vectors

POLL_SECONDS = 0.3
SENTENCES = 12  # of the preview
MOST_PREVIEWED = 40  # words of a sentence
LIMIT_MB = APP_LIMIT >> 20
UPLOAD_MB = 200  # beyond our own limit, so that its sentence comes first, in the user's language


take_typing = PAGE.component("typing", "typing", "typing.css")


def own(text: Text) -> None:
    """Draw the view for a file or a pasted text: the input, the options for reading it, and a preview."""
    words = text.bring
    number = current().texts_read  # after each, other widgets: the old upload is freed
    left, right = st.columns([5, 6], gap="large")
    with left:
        localized_uploader(words.upload_button, words.upload_hint.format(limit_mb=LIMIT_MB))
        file = st.file_uploader(
            words.upload,
            key=f"upload-{number}",
            help=words.upload_help.format(limit_mb=LIMIT_MB),
            max_upload_size=UPLOAD_MB,
            on_change=_given,
            args=(f"upload-{number}",),
        )
        pasted = st.text_area(
            words.paste,
            key=f"pasted-{number}",
            persist_state="session",  # kept while another page is shown
            height=110,
            help=words.paste_help,
            disabled=file is not None,
            on_change=_given,
            args=(f"pasted-{number}",),
        )
        with st.container(key="typing_data"):
            take_typing(key="typing")
        found, table, problem = _beginning(file, pasted)
        _options(words, table)
        with st.container(horizontal=True, vertical_alignment="center", key="using"):
            st.button(
                words.use,
                key="use",
                type="primary",
                help=words.use_help,
                disabled=texts.reading_under_way() or found is None,
                on_click=_read,
                args=(f"upload-{number}", f"pasted-{number}"),  # not the file: a button would keep it alive
                width="content",
            )
            _progress()
    with right:
        if file is not None and holds_vectors(file):
            st.info(words.vectors_given, icon=":material/info:")
        failed = _failure(text, problem)
        if found:
            _preview(text, found)
        elif not failed:
            st.caption(words.empty)


def localized_uploader(button: str, hint: str, place: str = ":root") -> None:
    """Let the uploader (at a place, a CSS selector) speak the user's language: Streamlit's own words are English."""
    button, hint = map(_css_string, (button, hint))
    st.html(f"<style>{place} {{ --upload-button: {button}; --upload-hint: {hint}; }}</style>")


def _css_string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # CSS writes escapes otherwise


def _given(widget: str) -> None:
    """Suggest options for what has just been given."""
    choices.take()
    texts.forget_reading()
    current().chosen.pop(_column(), None)  # it was another table's
    given = st.session_state[widget]
    if given:
        texts.suit_options(given.size if hasattr(given, "size") else len(given))


def _beginning(file: Any, pasted: str | None) -> tuple[Preview | None, Table | None, Problem | None]:
    """Read the beginning of what was given; a table's columns are there to choose even if that fails."""
    table = None
    pasted = pasted or ""
    if file is None and not pasted[: limits.PREVIEW_LIMIT].strip():
        return None, None, None
    try:
        with TURNSTILE:  # a megabyte may take a while
            if file is None:
                _refuse_beyond(len(pasted), session.text().bring.pasted_title)
                return sources.preview_pasted(pasted, texts.options(), sentences=SENTENCES), None, None
            if not file.name.lower().endswith((".gz", ".zip")):  # what those hold, only reading can tell
                _refuse_beyond(file.size, file.name)
            table = sources.look_at_table(file, texts.table_options(), name=file.name)
            _keep_column(table)
            options = texts.options(current().chosen.get(_column()))
            found = sources.preview(file, options, name=file.name, sentences=SENTENCES)
        if not any(found.sentences):
            raise Problem("empty_corpus", "The text has no words.")
        return found, table, None
    except Problem as problem:
        return None, table, problem


def _refuse_beyond(size: int, name: str) -> None:
    """Say at once what reading would find out."""
    if size > APP_LIMIT:
        raise Problem(
            "too_big", f"{name} holds more than {LIMIT_MB} MB of text.", name=name, limit_mb=LIMIT_MB
        )


def _column() -> str:
    """Return the key of the choice of a table's column."""
    return f"column-{current().texts_read}"


def _keep_column(table: Table | None) -> None:
    """Forget the chosen column if there is none such (any more): read otherwise, a table may have fewer."""
    if table is None or not 1 <= current().chosen.get(_column(), 0) <= len(table.columns):
        current().chosen.pop(_column(), None)


def _options(words: Words, table: Table | None) -> None:
    """Draw how the text is to be read."""

    def option(widget: Callable[..., Any], name: str, options: Any = None, **more: Any) -> None:
        choice(widget, f"read_{name}", words.options[name], options, help=words.options_help[name], **more)

    def select(name: str) -> None:
        labels = words.choices[name]
        option(
            st.selectbox,
            name,
            list(CHOICES[name]),
            format_func=lambda value: labels.get(value, value.upper()),
        )

    places = [
        place for _ in range(4) for place in st.columns(2)
    ]  # in three columns the choices would be cut off
    with places[0]:
        option(st.number_input, "min_count", step=1)
    for place, name in zip(
        places[1:], ("split", "punctuation", "numbers", "segmentation", "encoding"), strict=False
    ):
        with place:
            select(name)
    with places[6]:
        option(
            st.selectbox,
            "phrases",
            list(READING["read_phrases"].options),
            format_func=lambda score: (
                words.phrases_above.format(score=score) if score else words.phrases_apart
            ),
        )
    with places[7]:
        if table:
            select("header")
    if table:
        names = {column.number: f"{column.number} · {column.name}" for column in table.columns}
        current().chosen.setdefault(_column(), table.columns[table.chosen].number)
        choice(
            st.selectbox,
            _column(),
            words.options["column"],
            list(names),
            format_func=names.__getitem__,
            help=words.options_help["column"],
        )
    left, right = st.columns(2)
    with left:
        option(st.checkbox, "lower_case")
    with right:
        option(st.checkbox, "drop_stop_words")


def _read(uploader: str, area: str) -> None:
    """Begin to read a file, or what stands in a text area, whose last words the same click may have brought."""
    choices.take()
    file = st.session_state[uploader]
    try:  # the same click may have brought an impossible number
        options = texts.options(current().chosen.get(_column()))
    except Problem:
        return  # that `_beginning` meets, too: the page says it as long as it holds
    if file is None:
        title = {id: text.bring.pasted_title for id, text in LANGUAGES.items()}
        texts.read(title, _reader(sources.read_pasted, st.session_state[area], options))
    else:
        own_place = io.BytesIO(file.getvalue())  # the page goes on to preview the upload; nothing is copied
        texts.read(
            dict.fromkeys(LANGUAGES, file.name), _reader(sources.read, own_place, options, name=file.name)
        )


def _reader(read: Callable[..., ReadResult], *given: Any, **named: Any) -> Work:
    return lambda progress, _: read(*given, **named, progress=progress)


def _progress() -> None:
    running = texts.reading_under_way()
    st.fragment(_poll, run_every=POLL_SECONDS if running else None)(running)


def _failure(text: Text, problem: Problem | None = None) -> bool:
    """Say why there is no text, if so."""
    reading = current().reading
    if not texts.reading_under_way() and (problem := problem or (reading.problem if reading else None)):
        st.error(text.problem(problem), icon=":material/error:")
        return True
    return False


def _poll(was_running: bool) -> None:
    """Draw how far a reading is; polled while it goes on."""
    words, reading = session.text().bring, current().reading
    if reading is not None and reading.running:
        done, total = reading.done, reading.total
        said = words.stages[reading.stage]
        if total:
            said += " · " + words.megabytes.format(done=f"{done / 2**20:.1f}", total=f"{total / 2**20:.1f}")
        with st.container(horizontal=True, vertical_alignment="center", key="reading"):
            st.progress(min(1.0, done / total) if total else 0.0, text=said)
            st.button(words.cancel, key="cancel", icon=":material/close:", on_click=reading.cancel)
    elif was_running:
        st.rerun()  # the session takes the text, or the page says why there is none


def _preview(text: Text, found: Preview) -> None:
    """Draw the first sentences as words."""
    words = text.bring
    st.markdown(f"**{words.preview}**")
    if (least := texts.options().min_count) > 1:
        st.caption(words.preview_note.format(min_count=least))
    if texts.options().phrases:
        st.caption(words.preview_phrases)
    with st.container(key="preview"):
        for sentence in found.sentences:
            more = " …" if len(sentence) > MOST_PREVIEWED else ""
            st.markdown(" ".join(map(literal, sentence[:MOST_PREVIEWED])) + more)
    for notice in found.notices:
        st.warning(text.notice(notice), icon=":material/info:")


def web(text: Text) -> None:
    """Draw the catalog of public texts, and the progress of a download."""
    with st.container(key="way"):  # as high with the progress as without
        _progress()
        if not texts.reading_under_way() and not _failure(text):
            st.caption(text.bring.web_note.format(limit_mb=LIMIT_MB))
    with st.container(key="catalogue"):
        for first in range(0, len(sources.CATALOG), 2):
            for column, entry in zip(st.columns(2), sources.CATALOG[first : first + 2], strict=False):
                with column.container(border=True, height="stretch"):
                    _entry(text, entry)


def _entry(text: Text, entry: WebCorpus) -> None:
    words, language = text.bring, session.language()
    about, take = st.columns([5, 2], vertical_alignment="center")
    facts = words.web_row.format(
        language=words.languages[entry.language],
        size=file_size(entry.size),
        licence=words.licences[entry.licence],
    )
    about.markdown(f"**{entry.title[language]}**  \n:small[{facts} · [{words.source_page}]({entry.page})]")
    here = sources.is_cached(entry)
    take.button(
        words.downloaded if here else words.download,
        key=f"web-{entry.id}",
        icon=":material/menu_book:" if here else ":material/download:",
        disabled=texts.reading_under_way(),
        on_click=_fetch,
        args=(entry,),
        width="stretch",
    )


def _fetch(entry: WebCorpus) -> None:
    """Begin to download and read a public text."""
    options = TextOptions(min_count=texts.suited_min_count(entry.size))
    texts.read(
        entry.title,
        lambda progress, download_progress: sources.read_web(
            entry, options, progress=progress, download_progress=download_progress
        ),
    )
