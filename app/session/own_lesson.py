"""A lesson that the user brings. Draws nothing."""

from __future__ import annotations

from w2v_core import Problem

from ..lessons.formula import Facts
from ..lessons.given import decoded
from ..lessons.reader import read_lesson
from ..text.literal import visible
from . import course
from .course import OWN, Show

NAME_SHOWN = 60  # characters of a file's name


def open_lesson(content: bytes, name: str, facts: Facts, show: Show) -> None:
    """Open the lesson of a file, in place of the one brought before; `course.Course.problem` says why it is none."""
    now = course.course()
    now.problem = None
    try:
        lesson = read_lesson(decoded(content, visible(name[:NAME_SHOWN])), OWN, course.schema(facts))
    except Problem as problem:
        now.problem = problem
        return
    now.answers = {key: each for key, each in now.answers.items() if key[0] != OWN}
    now.done.pop(OWN, None)
    now.finished.discard(OWN)
    now.restored += 1  # else widgets would show what was answered in the lesson before
    now.own = lesson
    now.own_opened += 1
    course.enter(lesson, 0, show)
