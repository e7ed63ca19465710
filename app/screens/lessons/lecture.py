"""Lecture mode: a lesson's step as one line above the page, its question for a show of hands, a clicker's keys."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ...lessons.formula import Facts
from ...lessons.lesson import Ask, told
from ...modules import PAGE
from ...session import answering, course, session
from ...session.catching_up import PlayedBy, awaited, of_other_language, translate
from ...session.course import Show
from ...text import Text, Words
from .asking import LETTERS
from .catching_up import catch_up, catching_up
from .panel import CHECK_SECONDS

# What the keys of a keyboard and of a clicker press; nothing: they blank the screen, as in presentations.
KEYS = {
    **dict.fromkeys(("PageDown", "ArrowRight", "ArrowDown", " "), "next"),
    **dict.fromkeys(("PageUp", "ArrowLeft", "ArrowUp"), "back"),
    "Escape": "end",
    **dict.fromkeys((".", "b"), ""),
}
_keys = PAGE.component("lesson", "lecture")


def line(text: Text, facts: Facts, show: Show, played: PlayedBy) -> None:
    """Draw the step's line; the next key shows the answer of its question, the one after leads on."""
    now, words, language = course.course(), text.lessons_page, session.language()
    lesson, step = now.lesson, course.present()
    if lesson is None:
        return
    with st.container(key="lecture"):
        with st.container(horizontal=True, vertical_alignment="center", key="lecture_line"):
            place = min(now.step + 1, len(lesson.steps))
            st.markdown(f"{place}/{len(lesson.steps)}", width="content")
            said = step.line[language] if step else f":material/bookmark: {lesson.remember[language]}"
            st.markdown(f"**{told(said, facts)}**", width="stretch")
            for key, icon, help, act in (
                ("back", "chevron_left", words.back, partial(_go, -1, show)),
                ("next", "chevron_right", words.next, partial(_onward, show, played)),
                ("end", "close", words.end_lecture, _end),
            ):
                st.button(
                    "",
                    key=f"lecture_{key}",
                    icon=f":material/{icon}:",
                    help=help,
                    on_click=act,
                    type="tertiary",
                )
        if step and not catching_up(text, show, played, "lecture_catch_up"):
            answering.checked()
            if step.ask:
                _hands(words, step.ask, facts)
    _keys(
        key="lecture_keys",
        data={key: name and f".st-key-lecture_{name} button" for key, name in KEYS.items()},
    )


def _hands(words: Words, ask: Ask, facts: Facts) -> None:
    """Draw the question with its answers by letter; or the truth and why, of a prediction when it has come true."""
    language, now = session.language(), course.course()
    if not now.revealed:
        answers = [*(option.text for option in ask.options), *(item.text for item in ask.items)]
        named = (
            f"**{letter}** {told(each[language], facts)}"
            for letter, each in zip(LETTERS, answers, strict=False)
        )
        st.markdown(" · ".join([told(ask.question[language], facts), *named]), help=words.hands)
    elif ask.predict and not answering.checked():
        st.markdown(f":material/hourglass_top: {words.wait_for_truth}")
        st.fragment(_watch, run_every=CHECK_SECONDS)()
    else:
        found = answering.verdict()
        truth = f"**{told(found.truth, facts)}** · " if found else ""
        st.markdown(f":green[:material/check_circle:] {truth}{told(ask.why[language], facts)}")


def _watch() -> None:
    if answering.checked():
        st.rerun()


def _onward(show: Show, played: PlayedBy) -> None:
    """Show the answer of the step's question, or go to the next step; train where the step says so, or stands on it."""
    now, step = course.course(), course.present()
    if of_other_language():
        return translate(show, played)
    if step and awaited(played) is not None and not played(step.page).running():
        return catch_up(show, played)
    if step and step.ask and not now.revealed:
        now.revealed = True
        trains = step.ask.predict  # hands first
    else:
        _go(1, show)
        step = course.present()
        trains = step is not None and not (step.ask and step.ask.predict)
    if step and step.play and trains:
        what = played(step.page)
        (what.step if step.play == "step" else what.start)()


def _go(by: int, show: Show) -> None:
    now = course.course()
    if now.lesson is None:
        return
    if by < 0 and now.revealed:
        now.revealed = False
        return
    course.enter(now.lesson, min(max(0, now.step + by), len(now.lesson.steps)), show)


def _end() -> None:
    now = course.course()
    now.lecture = False
    st.session_state["large"] = now.large_before
