"""For teachers, in the menu of files: a lesson of one's own, the file of one to start from, a link for students."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from ..lessons.formula import Facts
from ..lessons.given import MOST_BYTES, too_large
from ..lessons.lesson import Lesson
from ..session import course, own_lesson, session, student_link
from ..session.course import OWN, Show
from ..session.record import current
from ..session.student_link import Wish
from ..settings import HIDEABLE, PARTS, TRANSPORT
from ..text import Text
from .bring import localized_uploader

UPLOAD_MB = 200  # beyond our own limit, so that its sentence comes first, in the user's language


def section(text: Text, facts: Facts, show: Show) -> None:
    """Draw the menu's part."""
    words, now = text.teaching, course.course()
    st.caption(words.note)
    with st.container(horizontal=True, key="teaching"):
        st.button(
            words.make_link, key="make_link", icon=":material/qr_code_2:", on_click=_show_maker, args=(True,)
        )
        if lesson := now.lesson:
            st.download_button(
                words.save_lesson,
                lesson.source.encode(),
                file_name=f"{lesson.id}.toml",
                mime="application/toml",
                key="download-lesson",
                help=words.save_lesson_help,
                on_click="ignore",
                icon=":material/download:",
            )
    with st.container(key="open_lesson"):
        localized_uploader(words.open_button, words.open_hint, ".st-key-open_lesson")
        key = f"open-lesson-{now.own_opened}"
        st.file_uploader(
            words.open_lesson,
            key=key,
            help=words.open_lesson_help,
            max_upload_size=UPLOAD_MB,
            on_change=partial(_given, key, facts, show),
        )
    if now.problem:
        st.error(text.problem(now.problem), icon=":material/error:")


def _given(key: str, facts: Facts, show: Show) -> None:
    file = st.session_state[key]
    if file is None:
        course.course().problem = None
    elif file.size > MOST_BYTES:
        course.course().problem = too_large()
    else:
        own_lesson.open_lesson(file.getvalue(), file.name, facts, show)


def _show_maker(shown: bool) -> None:
    current().link_maker = shown


def link_maker(
    text: Text, lessons: Mapping[str, Lesson], languages: Mapping[str, str], pages: Sequence[str], shown: str
) -> None:
    """Draw the dialog that makes a link for students, while it is asked for.

    Parameters
    ----------
    text : Text
    lessons : mapping
        By id.
    languages : mapping
        Their names by id.
    pages : sequence of str
        By their addresses.
    shown : str
        The query of what is shown now.
    """
    if current().link_maker:
        # Kept open by the session: the page may be drawn anew meanwhile, such as when a run ends.
        dialog = st.dialog(
            text.teaching.make_link,
            width="large",
            icon=":material/qr_code_2:",
            on_dismiss=partial(_show_maker, False),
        )
        dialog(_maker)(text, lessons, languages, pages, shown)


def _maker(
    text: Text, lessons: Mapping[str, Lesson], languages: Mapping[str, str], pages: Sequence[str], shown: str
) -> None:
    words = text.teaching
    left, right = st.columns([3, 2], gap="large")
    with left:
        wish = _wish(text, lessons, languages)
    link = student_link.made(wish, st.context.url or "", pages, shown)
    with right:
        with st.container(key="link_made"):
            st.code(link, language=None, wrap_lines=True)
            if wish.embed:
                st.code(student_link.frame(link, text.app_name), language="html", wrap_lines=True)
        if student_link.of_this_machine(link):
            st.caption(words.local)
        code = student_link.qr_code(link)
        if code is None:
            st.caption(words.no_qr)
        else:
            with st.container(key="link_qr"):
                st.image(code, caption=words.qr_alt, width=220)
            st.download_button(
                words.save_qr,
                code,
                file_name="word2vec-link.png",
                mime="image/png",
                key="download-qr",
                on_click="ignore",
                icon=":material/download:",
            )


def _wish(text: Text, lessons: Mapping[str, Lesson], languages: Mapping[str, str]) -> Wish:
    """Draw what a link can do, and return what it is to do."""
    words, language, now = text.teaching, session.language(), course.course()
    titles = {"": words.no_lesson} | {
        id: f"{number} · {lesson.title[language]}"
        for number, (id, lesson) in enumerate(lessons.items(), 1)
        if id != OWN
    }
    open_id = now.lesson.id if now.lesson else ""
    places = list(titles)
    id = st.selectbox(
        words.lesson,
        places,
        index=places.index(open_id) if open_id in titles else 0,
        format_func=titles.__getitem__,
        help=words.own_lesson,
        key="link_lesson",
    )
    step, lecture = 1, False
    if id:
        steps = {n: f"{n} · {each.title[language]}" for n, each in enumerate(lessons[id].steps, 1)}
        step = st.selectbox(
            words.step,
            list(steps),
            index=min(now.step, len(steps) - 1) if id == open_id else 0,
            format_func=steps.__getitem__,
            help=words.step_help,
            key=f"link_step_{id}",
        )
        lecture = st.checkbox(words.lecture, key="link_lecture")
    names = {"": words.any_language, **languages}
    chosen = st.selectbox(words.language, list(names), format_func=names.__getitem__, key="link_language")
    st.caption(words.hide)
    labels = {**words.parts, **{name: text[name] for name in TRANSPORT}}
    hide = []
    with st.container(horizontal=True, key="link_hide"):
        for name, label in labels.items():
            if st.checkbox(label, key=f"link_hide_{name}", width="content"):
                hide.append(name)
    if "settings" not in hide:
        single = {
            name: label for name, label in text.settings.items() if name in HIDEABLE and name not in PARTS
        }
        hide += st.multiselect(
            words.single_settings,
            list(single),
            format_func=single.__getitem__,
            placeholder=words.single_none,
            key="link_hide_single",
        )
    embed = st.checkbox(words.embed, help=words.embed_help, key="link_embed")
    return Wish(id, step, lecture, chosen, tuple(hide), embed)
