"""The step of a lesson in the sidebar: what to read, to do, to answer, and the way on.

What is done on the page is looked at once a second while the step waits for it.
"""

from __future__ import annotations

import json
from functools import partial

import streamlit as st

from ...lessons.formula import Facts
from ...lessons.lesson import Lesson, Step, told
from ...lessons.points import POINTS
from ...modules import PAGE
from ...session import answering, course, session
from ...session.catching_up import PlayedBy
from ...session.course import Show
from ...session.record import current
from ...text import Text, Words
from ...widgets.take_home import take_home
from . import asking
from .catching_up import catching_up

CHECK_SECONDS = 1.0
_said = PAGE.component("lesson", "lesson")


def panel(text: Text, facts: Facts, show: Show, played: PlayedBy) -> None:
    """Draw the lesson that is open."""
    now = course.course()
    lesson, words = now.lesson, text.lessons_page
    if lesson is None:
        return
    with st.container(key="lesson", border=True):
        if now.paused:
            _waiting(words, lesson, show)
            return
        _head(text, lesson, facts, show)
        step = course.present()
        if step is None:
            _end(text, lesson, facts, show)
        else:
            _step(text, step, facts, show, played)
    if not now.paused and step is not None and step.settings:
        st.caption(words.settings_of_step)


def offered() -> tuple[str, ...] | None:
    """Return the settings that the sidebar offers: those of the step, or all."""
    now, step = course.course(), course.present()
    return step.settings if now.lesson and step and not now.paused else None


def style() -> str:
    """Return the style sheet that lights up the part of the page that the step points to."""
    step, now = course.present(), current()
    if step is None or not step.point or course.course().paused or now.page != step.page:
        return ""
    key = POINTS[step.page][step.point]
    return (
        f".st-key-{key} {{ outline: 3px solid var(--w2v-point); outline-offset: 2px; border-radius: 0.4rem; "
        "animation: w2v-point 1.2s ease-out 2; }"
    )


def _waiting(words: Words, lesson: Lesson, show: Show) -> None:
    number = min(course.course().step + 1, len(lesson.steps))
    st.button(
        words.go_on.format(title=lesson.title[session.language()], step=number),
        key="lesson_go_on",
        icon=":material/school:",
        type="primary",
        width="stretch",
        on_click=partial(course.go_on, show),
    )


def _head(text: Text, lesson: Lesson, facts: Facts, show: Show) -> None:
    words, now = text.lessons_page, course.course()

    def lecture() -> None:
        now.lecture, now.large_before = True, bool(st.session_state.get("large"))
        st.session_state["large"] = True

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="lesson_head"):
        st.markdown(f"**{lesson.title[session.language()]}**", width="stretch")
        st.button(
            "",
            key="lesson_lecture",
            icon=":material/present_to_all:",
            type="tertiary",
            help=f"{words.lecture}. {words.lecture_help}",
            shortcut="L",
            on_click=lecture,
        )
        with st.popover("", icon=":material/more_horiz:", type="tertiary", key="lesson_menu"):
            st.button(words.all_settings, key="lesson_pause", icon=":material/tune:", on_click=course.pause)
            st.toggle(
                words.unlock,
                value=now.unlocked,
                key="lesson_unlock",
                help=words.unlock_help,
                on_change=_unlock,
            )
            if now.former:
                st.button(
                    words.bring_back, key="lesson_former", icon=":material/undo:", on_click=course.bring_back
                )
            st.button(words.leave, key="lesson_leave", icon=":material/close:", on_click=course.leave)
    done = min(now.step, len(lesson.steps))
    st.progress(
        done / len(lesson.steps),
        text=words.place.format(step=min(done + 1, len(lesson.steps)), steps=len(lesson.steps)),
    )


def _unlock() -> None:
    course.course().unlocked = st.session_state["lesson_unlock"]


def _step(text: Text, step: Step, facts: Facts, show: Show, played: PlayedBy) -> None:
    st.markdown(f"##### {step.title[session.language()]}")
    waits = catching_up(
        text, show, played, "lesson_catch_up"
    )  # else its numbers would be those of untrained vectors
    checked = waits or _content(text, step, facts)
    _ways(text, not waits and answering.complete(), show)
    if not checked:
        st.fragment(_watch, run_every=CHECK_SECONDS)()


def _content(text: Text, step: Step, facts: Facts) -> bool:
    """Draw what there is to read, to do and to answer; return whether what is to be done is."""
    words, language, now = text.lessons_page, session.language(), course.course()
    if now.step == 0 and now.lesson:
        st.markdown(f"*{told(now.lesson.question[language], facts)}*")
    st.markdown(told(step.say[language], facts))
    if step.page != current().page:
        st.button(
            words.to_page.format(page=text[f"{PAGE_WORDS.get(step.page, step.page)}_page"].title),
            key="lesson_to_page",
            icon=":material/arrow_forward:",
            on_click=partial(_to_page, step.page),
        )
    checked = answering.checked()  # first: it settles a guess
    guessing = step.ask is not None and step.ask.predict
    if guessing:
        asking.question(text, step, facts)
    if step.do and (not guessing or answering.given() or now.unlocked):
        mark = ":green[:material/check_circle:]" if checked else ":material/radio_button_unchecked:"
        st.markdown(f"{mark} {told(step.do[language], facts)}")
    if step.ask and (not guessing or (checked and answering.given())):
        (asking.truth if guessing else asking.question)(text, step, facts)
    given = answering.given()
    said = json.dumps([checked, vars(given) if given else None])
    _said(key="lesson_said", data={"place": json.dumps(course.here()), "said": said})
    return checked


def _ways(text: Text, complete: bool, show: Show) -> None:
    words, now = text.lessons_page, course.course()
    with st.container(horizontal=True, horizontal_alignment="distribute", key="lesson_ways"):
        st.button(
            words.back,
            key="lesson_back",
            disabled=now.step == 0,
            icon=":material/chevron_left:",
            on_click=partial(_go, now.step - 1, show),
        )
        st.button(
            words.next,
            key="lesson_next",
            type="primary",
            disabled=not (complete or now.unlocked),
            help=None if complete else words.next_help,
            icon=":material/chevron_right:",
            icon_position="right",
            on_click=partial(_go, now.step + 1, show),
        )


PAGE_WORDS = {"inside": "step"}  # of pages whose address is not their folder's name


def _to_page(page: str) -> None:
    current().destination = page


def _watch() -> None:
    if answering.checked():
        st.rerun()


def _go(to: int, show: Show) -> None:
    """Go to a step, unless another is shown by now than where the button was drawn."""
    now = course.course()
    if now.lesson is None or abs(to - now.step) != 1:
        return
    if to == len(now.lesson.steps):
        now.finished.add(now.lesson.id)
    course.enter(now.lesson, to, show)


def _end(text: Text, lesson: Lesson, facts: Facts, show: Show) -> None:
    words, language = text.lessons_page, session.language()
    st.markdown(f"##### {words.remember}")
    st.success(told(lesson.remember[language], facts), icon=":material/bookmark:")
    on = lesson.play_on

    def play_on() -> None:
        values = course.play_on_values(lesson, language)
        course.leave()
        course.apply(on.page, values, show)

    st.button(
        on.label[language],
        key="lesson_play_on",
        icon=":material/play_circle:",
        on_click=play_on,
        width="stretch",
    )
    take_home(text, facts, "lesson_home", words.take_home)
    following = _after(lesson, facts)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="lesson_ways"):
        st.button(
            words.back,
            key="lesson_back",
            icon=":material/chevron_left:",
            on_click=partial(_go, len(lesson.steps) - 1, show),
        )
        if following:
            st.button(
                words.next_lesson.format(title=following.title[language]),
                key="lesson_following",
                type="primary",
                on_click=partial(course.enter, following, 0, show),
            )


def _after(lesson: Lesson, facts: Facts) -> Lesson | None:
    """Return the lesson after this one."""
    all_lessons = course.lessons(facts)
    ids = [id for id in all_lessons if id != course.OWN]
    place = ids.index(lesson.id) + 1 if lesson.id in ids else len(ids)
    return all_lessons[ids[place]] if place < len(ids) else None
