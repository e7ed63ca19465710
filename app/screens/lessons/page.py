"""Lessons: the course in its order, how far one is in each, and the way in."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ...lessons.formula import Facts
from ...lessons.lesson import Lesson
from ...session import course, session
from ...session.course import Show
from ...session.record import current
from ...text import Text
from ...text.literal import escaped

COLUMNS = 4  # so that twelve lessons are in view on a laptop


def page(facts: Facts, show: Show) -> None:
    """Draw the page."""
    text, run = session.text(), current().run
    words = text.lessons_page
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"#### {words.heading}", width="content")
        with st.container(key="messages"):
            problem, step = course.course().problem, run.progress.step if run else 0
            if problem:
                st.error(text.problem(problem), icon=":material/error:")
            elif course.course().former:
                st.button(
                    words.bring_back, key="lesson_former", icon=":material/undo:", on_click=course.bring_back
                )
            elif run and course.course().lesson is None and (run.running or step > run.saved_step):
                st.info(words.replaces_run.format(steps=f"{step:,}"), icon=":material/save:")
    st.caption(words.lead)
    places = [*enumerate(course.lessons(facts).values(), 1)]
    for first in range(0, len(places), COLUMNS):
        for column, (number, lesson) in zip(
            st.columns(COLUMNS), places[first : first + COLUMNS], strict=False
        ):
            with column:
                _card(text, number, lesson, show)


def _card(text: Text, number: int, lesson: Lesson, show: Show) -> None:
    words, language, now = text.lessons_page, session.language(), course.course()
    reached = _reached(lesson)
    finished = lesson.id in now.finished
    with st.container(border=True, key=f"lesson_card_{lesson.id}", height="stretch"):
        st.markdown(f"**{number} · {lesson.title[language]}**")
        st.caption(escaped(lesson.question[language]))
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            said = words.minutes.format(minutes=lesson.minutes)
            if finished:
                said = f":green[:material/check_circle: {words.finished}]"
            elif reached:
                said = words.steps_done.format(step=reached + 1, steps=len(lesson.steps))
            st.caption(said)
            label = words.again if finished else words.resume if reached else words.start
            first = number == 1 and not now.finished and not now.answers
            st.button(
                label,
                key=f"lesson_start_{lesson.id}",
                type="primary" if first or (reached and not finished) else "secondary",
                on_click=partial(course.enter, lesson, 0 if finished else reached, show),
            )


def _reached(lesson: Lesson) -> int:
    """Return the step at which to go on."""
    now = course.course()
    if now.lesson is lesson:
        return min(now.step, len(lesson.steps) - 1)
    steps = [step for id, step in now.answers if id == lesson.id] + [*now.done.get(lesson.id, ())]
    return max(steps, default=0)
