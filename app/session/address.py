"""The session and its address: a link is read once, when the session begins, and written at every run of a page.

The browser writes it (`browser/link.js`): Streamlit's own ``st.query_params`` would put every change, every word
that is typed, into the browser's history.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from w2v_core.corpus.spelling import composed_word

from ..lessons.formula import Facts
from ..modules import PAGE
from ..own_text import OwnText
from ..samples import samples
from ..settings import COSTS, COURSE, DEFAULTS, FRAME, LIMITS, MAP, TRAINING, defaults, recommended
from ..text import Text, language_of
from ..text.literal import literal
from . import course_kept, link, reload, session, texts
from .course import OWN, course
from .record import current

MOST_REFUSED = 4  # values named in a sentence
SAID_SECONDS = 10

# What means nothing without its text: words of it, and the settings that a text brings with it.
OF_A_TEXT = (
    "corpus",
    "follow",
    "pair",
    "word",
    "analogy",
    "x_pairs",
    "y_pairs",
    *next(iter(samples().values())).settings,
)

Opening = Callable[[dict[str, Any], Mapping[str, Any]], tuple[dict[str, Any], list[str]]]
"""Takes the link's lesson, its step and what is hidden, and what else it says; returns what the lesson shows, by the
names of a link, and what of the link cannot be."""

_runs = itertools.count(1)

draw_link = PAGE.component(
    "link",
    "link",
    "link.css",
    '<button type="button" class="w2v-link"><i aria-hidden="true">link</i></button>'
    '<span class="w2v-link-said" role="status"></span>',
)
_write = PAGE.component("link", "address")


def open_session(opening: Opening) -> None:
    """Prepare the session; when it begins, as the link says, and as `opening` adds to it."""
    now = current()
    if now.begun:
        session.prepare()
        texts.prepare()
        return
    query = st.query_params.to_dict()
    own_gone = query.get("corpus") == link.OWN_TEXT
    if own_gone:
        kept = ("word",) if query.get("model") in samples() else ()
        query = {name: value for name, value in query.items() if name in kept or name not in OF_A_TEXT}
    values, refused = link.read(query)
    of_lesson, strange = opening({name: values.pop(name) for name in COURSE if name in values}, values)
    values, refused = of_lesson | values, refused + strange
    now.linked = {name: values[name] for name in values if name not in FRAME | TRAINING | MAP | COSTS}
    if "corpus" in values:
        now.linked["corpus"] = values["corpus"]
    elif "corpus" in query:
        now.linked.pop("pair", None)  # of another text
    begins = {name: values[name] for name in values if name not in now.linked or name == "corpus"}
    if begins.pop("large", False):
        st.session_state["large"] = True
    session.prepare(begins)
    follow = values.get("follow")
    if follow is not None and composed_word(now.chosen.get("follow", "")) != composed_word(follow):
        refused.append(f"follow={follow}")
    refuse(refused)
    text = session.text()
    if own_gone:
        _say(text.sharing.own_gone)
    if begins and (problem := session.problem()):
        session.use_recommended()
        _say(text.sharing.unworkable.format(problem=text.problem(problem)))
    now.begun = True


def refuse(refused: Sequence[str]) -> None:
    """Say what a link cannot have."""
    if refused:
        text, more = session.text(), " …" if len(refused) > MOST_REFUSED else ""
        named = text.comma.join(map(literal, refused[:MOST_REFUSED])) + more
        _say(text.sharing.refused.format(values=named))


def _say(sentence: str) -> None:
    current().unsaid.append(sentence)


def say() -> None:
    """Say what there is to say of a link; at the end of a run, for one that leads to another page says nothing."""
    unsaid = current().unsaid
    while unsaid:
        st.toast(unsaid.pop(0), icon=":material/link_off:", duration=SAID_SECONDS)


def query(of_page: Mapping[str, Any], usual_on_page: Mapping[str, Any]) -> str:
    """Return the query of the link to what is shown now: what a page says of itself, and what holds on all pages."""
    now, source = current(), session.source()
    values: dict[str, Any] = {name: now.chosen.get(name) for name in ("follow", *DEFAULTS)}
    for name, (low, high) in LIMITS.items():
        if not low <= values[name] <= high:  # what cannot work is no part of a link: the value in use is
            values[name] = getattr(session.last_valid(), name)
    if now.run and session.run_source() != source:
        values["follow"] = None  # a word of the run's text: the chosen one may not have it
    values |= {"language": session.language(), "large": bool(st.session_state.get("large"))}
    values["corpus"] = link.OWN_TEXT if isinstance(source, OwnText) else source.id
    values |= of_lesson()
    usual = recommended(source) | {"follow": source.follow} | defaults(COURSE)
    usual |= {"language": language_of(st.context.locale), "large": False}
    return link.write({**values, **of_page}, {**usual, **usual_on_page})


def of_lesson() -> dict[str, Any]:
    """Return the lesson, its step and what is hidden, as a link says them; a lesson of one's own is in no link."""
    now, hidden = course(), ",".join(sorted(current().hidden))
    if now.lesson is None or now.lesson.id == OWN:
        return {"hide": hidden}
    return {"lesson": now.lesson.id, "step": now.step + 1, "lecture": now.lecture, "hide": hidden}


def write(of_page: Mapping[str, Any], usual_on_page: Mapping[str, Any]) -> None:
    """Bring the address up to date from a fragment, which changes what is shown without a run of the page."""
    _write(key="address_writer", data=query(of_page, usual_on_page))


def draw(
    text: Text, of_page: Mapping[str, Any], usual_on_page: Mapping[str, Any], facts: Facts, note: bool
) -> None:
    """Draw the button that copies the link, and bring the address up to date.

    `note` says that not all that is shown can be in a link; `facts` are those that lessons may name.
    """
    words = text.sharing
    draw_link(
        key="link",
        data={
            "query": query(of_page, usual_on_page),
            "run": next(_runs),
            "copy": words.copy_link,
            "copied": words.copied,
            "note": words.not_in_link if note else "",
            "session": reload.token(),
            "unsaved": reload.unsaved(),
            "course": course_kept.written(),
            "dark": session.style().dark,
        },
        on_theme_change=lambda: None,  # the page is drawn anew, its figures in the other theme's colors
        on_before_change=partial(_reloaded, facts),
    )


def _reloaded(facts: Facts) -> None:
    """Go on with the run and the lesson of the tab that was loaded anew."""
    before = st.session_state["link"].before
    if not isinstance(before, Mapping):
        return
    of_lesson = course_kept.restore(str(before.get("course") or ""), facts)
    if reload.claim(before.get("session")):
        if of_lesson:
            course().run_number = current().run_number
        st.toast(session.text().sharing.run_found, icon=":material/history:")
