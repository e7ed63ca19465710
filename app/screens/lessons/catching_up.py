"""What stands in a step's place as long as its page is not what it is about: one sentence, one button."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ...session import course, session
from ...session.catching_up import Played, PlayedBy, awaited, of_other_language, translate
from ...session.course import Show
from ...text import Text

WATCH_SECONDS = 0.5


def catching_up(text: Text, show: Show, played: PlayedBy, key: str) -> bool:
    """Draw the way to the training that the step stands on, in the language of now; tell whether it is missing."""
    step, before, words = course.present(), awaited(played), text.lessons_page
    if of_other_language():
        st.markdown(words.other_language)
        st.button(
            words.translate,
            key=key,
            icon=":material/translate:",
            type="primary",
            on_click=partial(translate, show, played),
        )
        return True
    if step is None or before is None:
        return False
    what = played(step.page)
    st.markdown(words.builds_on.format(step=before + 1))
    if what.running():
        st.fragment(_watch, run_every=WATCH_SECONDS)(text, played, what)
    else:
        st.button(
            words.catch_up.format(step=before + 1),
            key=key,
            icon=":material/play_arrow:",
            type="primary",
            on_click=partial(catch_up, show, played),
        )
    return True


def catch_up(show: Show, played: PlayedBy) -> None:
    """Train what the step stands on, with the settings that it is to have."""
    now, step = course.course(), course.present()
    if now.lesson and step and awaited(played) is not None:
        course.apply(step.page, course.parsed(now.lesson, now.step, session.language()), show)
        played(step.page).start()


def _watch(text: Text, played: PlayedBy, what: Played) -> None:
    if awaited(played) is None or not what.running():
        st.rerun()
    st.progress(what.share(), text=text.lessons_page.catching_up)
