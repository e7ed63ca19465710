"""The frame around every page: language, navigation, style, and the lesson that is open. No lesson content."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from .own_text import OwnText
from .pages import FACTS, PAGES, played, show
from .screens.lessons import lecture, panel
from .screens.lessons.page import page as lessons
from .session import address, answering, catching_up, course, keepalive, session
from .session.record import current
from .settings import HIDEABLE, TRANSPORT
from .text import LANGUAGES, Text, language_of
from .widgets import saving, teaching

BROWSER = Path(__file__).parent / "browser"
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
# What a link can hide besides single controls, and where it stands.
HIDDEN = {
    "pages": ":is([data-testid='stTopNav'], [data-testid='stTopNavLinkContainer'], [data-testid='stSidebarNav'])",
    "settings": "[data-testid='stSidebar'], [data-testid='stExpandSidebarButton']",
    "files": ".st-key-saving",
    **{name: f".st-key-{name}, .st-key-compare_{name}" for name in TRANSPORT},
}


def draw() -> None:
    """Draw the frame and the page that is asked for."""
    address.open_session(_opening)
    text = session.text()
    st.set_page_config(page_title=text.app_name, page_icon=str(BROWSER / "icon.svg"), layout="wide")

    with st.sidebar.container(horizontal=True, horizontal_alignment="distribute", key="brand"):
        st.markdown(f"**{text.app_name}**", width="content")
        st.segmented_control(
            text.language,
            LANGUAGES,
            format_func=LANGUAGE_NAMES.__getitem__,
            key="language",
            persist_state="session",  # a change of pages before the browser knows it would drop the link's
            on_change=partial(catching_up.follow_language, show, played),
            required=True,
            label_visibility="collapsed",
        )
        link_place = st.container(key="link_place", width="content")
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="corner"):
        saving.menu(text, FACTS, show)
        # See large.css.
        st.toggle(text.large_type, key="large", persist_state="session", help=text.large_type_help)
    pages = {
        id: st.Page(each.draw, title=text[each.words].title, url_path=id, default=id == "train")
        for id, each in PAGES.items()
    }
    pages["lessons"] = st.Page(
        partial(lessons, FACTS, show), title=text.lessons_page.title, url_path="lessons"
    )
    page = st.navigation(list(pages.values()), position="top")
    if id := current().wanted_lesson:
        current().wanted_lesson = None
        course.enter(course.lessons(FACTS)[id], 0, show)
    if wish := current().destination:
        current().destination = None
        if pages[wish] is not page:
            st.switch_page(pages[wish])
    current().page = page.url_path or "train"
    _style(text)
    with st.sidebar:
        panel.panel(text, FACTS, show, played)
    current().offered, current().guess = panel.offered(), answering.guess(FACTS)
    if course.course().lecture:
        lecture.line(text, FACTS, show, played)
    with link_place:
        of_page, usual = PAGES[page.url_path].link() if page.url_path in PAGES else ({}, {})
        no_link = isinstance(session.source(), OwnText) or of_page.get("model", "") is None
        address.draw(text, of_page, usual, FACTS, note=no_link)
    teaching.link_maker(
        text, course.lessons(FACTS), LANGUAGE_NAMES, tuple(pages), address.query(of_page, usual)
    )
    page.run()
    address.say()
    # Training and reading continue while any page is open. Last: an element that appears and disappears would move
    # those below it, and Streamlit would recreate them, charts included.
    if seconds := keepalive.watch_seconds():
        st.fragment(keepalive.watch, run_every=seconds)()


def _opening(given: dict[str, Any], link: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Open the lesson of a link, and hide what it hides; return what the lesson's step shows, and what cannot be."""
    names = given.get("hide", "").split(",") if given.get("hide") else []
    refused = [f"hide={name}" for name in names if name not in HIDEABLE]
    current().hidden = frozenset(names) & frozenset(HIDEABLE)
    if not (id := given.get("lesson")):
        return {}, refused + ([f"step={given['step']}"] if "step" in given else [])
    found = course.lessons(FACTS).get(id)
    if found is None:
        return {}, [*refused, f"lesson={id}"]
    step = given.get("step", 1) - 1
    if step > len(found.steps):  # as many: its end
        refused, step = [*refused, f"step={step + 1}"], 0
    course.begin(found, step)
    course.course().lecture = given.get("lecture", False)
    if not st.context.url or st.context.url.rstrip("/").rpartition("/")[2] not in (
        *PAGES,
        "lessons",
    ):  # the step's
        current().destination = found.steps[min(step, len(found.steps) - 1)].page
    values = course.parsed(found, step, link.get("language") or language_of(st.context.locale))
    return values | ({"large": True} if course.course().lecture else {}), refused


def _style(text: Text) -> None:
    """Draw the style sheets: the frame's, large type's, a lecture's, and what lights up or hides single parts."""
    now = current()
    styles = ["frame.css"]
    styles += ["large.css"] if st.session_state.get("large") else []
    styles += ["lecture.css"] if course.course().lecture else []
    menu = f':root {{ --w2v-menu: "{text.menu}"; }}'  # on narrow screens, where Streamlit shows an arrow only
    sheets = [(BROWSER / name).read_text(encoding="utf-8") for name in styles]
    in_lesson = course.course().lesson is not None  # whose step is in the sidebar
    hidden = [
        HIDDEN.get(name, f".st-key-{name}")
        for name in sorted(now.hidden)
        if not (in_lesson and name == "settings")
    ]
    sheets += [f"{', '.join(hidden)} {{ display: none !important; }}"] if hidden else []
    st.html(f"<style>{menu}{''.join(sheets)}{panel.style()}</style>")
