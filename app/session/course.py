"""The lesson that the session is in: its place, and what a step sets. Draws nothing.

A step says what its page shows as a link would; here it becomes the session's choices. What a page alone remembers it
takes over itself (`Show`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from w2v_core import Problem

from ..background.run import Run
from ..lessons.formula import Facts
from ..lessons.lesson import Lesson, Step
from ..lessons.points import POINTS
from ..lessons.reader import read_lesson
from ..lessons.table import Schema
from ..settings import COSTS, COURSE, MAP, SIDEBAR, TRAINING, recommended
from . import choices, session
from .link import LINKED
from .record import current

Place = tuple[str, int]
"""A lesson's id and a step."""

Show = Callable[[str, Mapping[str, Any]], None]
"""Takes over what a step shows on a page: the page's id, and the values that only it knows."""

LESSONS = Path(__file__).parents[1] / "lessons"
OWN = "own"  # the id of a lesson that the user brought
NOT_IN_LESSONS = ("language", "large", *COURSE)


@dataclass
class Answer:
    """What was answered to a question.

    Attributes
    ----------
    value : object
        The text that was typed, the number of an option, or places in order.
    right : bool
    tries : int
        Wrong ones so far.
    given_up : bool
        Whether the truth was asked for.
    judged : bool
        Whether the truth has been known since it was given.
    """

    value: Any
    right: bool = False
    tries: int = 0
    given_up: bool = False
    judged: bool = False


@dataclass(eq=False)
class Course:
    """What the session remembers of its lessons.

    Attributes
    ----------
    lesson : Lesson or None
        The one that is open.
    step : int
        From 0; as many as there are steps: its end.
    answers : dict
        By lesson and step.
    done : dict
        The steps of each lesson that have been done.
    finished : set of str
        Lessons whose end has been reached.
    paused : bool
        Whether the lesson waits while all settings are shown.
    unlocked : bool
        The teacher's switch: Next is open at every step.
    lecture, revealed : bool
        Whether the lesson fills a hall's screen; whether the answer of the step has been revealed there.
    own : Lesson or None
        A lesson that the user brought.
    restored : int
        How often answers have been taken over from a tab that was loaded anew, or forgotten: after that widgets show
        those that there are.
    own_opened : int
        How many there have been: after each its uploader is another one, so that the old upload is freed.
    former : (Run, dict) or None
        A run in no file whose place a lesson's run has taken, and its settings; `run_number` is the lesson's.
    large_before : bool
        Whether type was large before the lecture.
    problem : Problem or None
        Why the file that the user brought last is no lesson.
    """

    lesson: Lesson | None = None
    step: int = 0
    answers: dict[tuple[str, int], Answer] = field(default_factory=dict)
    done: dict[str, set[int]] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    paused: bool = False
    unlocked: bool = False
    lecture: bool = False
    revealed: bool = False
    own: Lesson | None = None
    restored: int = 0
    own_opened: int = 0
    former: tuple[Run, dict[str, Any]] | None = None
    run_number: int = 0
    large_before: bool = False
    problem: Problem | None = None


def course() -> Course:
    """Return what the session remembers of its lessons."""
    return current().part(Course)


def schema(facts: Facts) -> Schema:
    """Return what a lesson may name."""
    links = {name: setting for name, setting in LINKED.items() if name not in NOT_IN_LESSONS}
    return Schema(POINTS, links, SIDEBAR, facts)


_shipped: dict[str, Lesson] = {}


def lessons(facts: Facts) -> dict[str, Lesson]:
    """Return the lessons by id, in their order; at the end the user's own."""
    if not _shipped:
        found = {}
        for path in sorted(LESSONS.glob("*.toml")):
            id = re.sub(r"^\d+_", "", path.stem)
            found[id] = read_lesson(path.read_text(encoding="utf-8"), id, schema(facts))
        _shipped.update(found)  # at once: other sessions may be looking
    own = course().own
    return {**_shipped, OWN: own} if own else _shipped


def untouched() -> bool:
    """Tell whether no lesson has been opened yet."""
    now = course()
    return now.lesson is None and not now.answers and not now.finished


def present() -> Step | None:
    """Return the step that is open, if one is."""
    now = course()
    return now.lesson.steps[now.step] if now.lesson and now.step < len(now.lesson.steps) else None


def parsed(lesson: Lesson, step: int, language: str) -> dict[str, Any]:
    """Return the values that a lesson's step shows, by the names of a link."""
    shown = lesson.shown_at(min(step, len(lesson.steps) - 1), language)
    return {name: LINKED[name].parse(text) for name, text in shown.items()}


def play_on_values(lesson: Lesson, language: str) -> dict[str, Any]:
    """Return the values that a lesson's last link shows, by the names of a link."""
    return {name: LINKED[name].parse(texts[language]) for name, texts in lesson.play_on.show.items()}


def begin(lesson: Lesson, step: int = 0) -> None:
    """Open a lesson, without showing anything yet."""
    now = course()
    now.lesson, now.step, now.paused, now.revealed = lesson, step, False, False


def enter(lesson: Lesson, step: int, show: Show) -> None:
    """Open a lesson at a step, and show what it says: its page, its settings; a run of other settings begins anew."""
    begin(lesson, step)
    if step == len(lesson.steps):
        return
    before = current().run_number
    apply(lesson.steps[step].page, parsed(lesson, step, session.language()), show)
    if current().run_number != before:  # on which nothing has been done
        done = course().done.get(lesson.id, set())
        done -= {each for each in done if each >= step}


def apply(page: str, values: Mapping[str, Any], show: Show) -> None:
    """Show a page with some values of a link, on a run that they make if the present one is another.

    A run that no lesson made, and that is in no file, waits until it is brought back.
    """
    choices.take()
    now, before = current(), course()
    former = now.run, now.run_settings, now.run_number
    run = {name: value for name, value in values.items() if name in TRAINING or name == "corpus"}
    corpus = run.pop("corpus", now.chosen["corpus"])
    if corpus in session.sources():
        now.chosen["corpus"] = corpus
    now.chosen |= recommended(session.source()) | run
    session.refresh()
    if session.changes() or (now.run and _rate_moved(now.run)):
        session.reset()
    if now.run_number != former[2]:
        if former[0] and former[2] != before.run_number and _unsaved(former[0]):
            before.former = former[0], former[1]
            st.toast(session.text().lessons_page.run_waits, icon=":material/pause_circle:")
        before.run_number = now.run_number
    if "follow" in values:
        session.choose("follow", values["follow"])
    now.chosen |= {name: value for name, value in values.items() if name in MAP or name in COSTS}
    show(page, {name: value for name, value in values.items() if name not in TRAINING | MAP | COSTS})
    now.destination = page


def _rate_moved(run: Run) -> bool:
    """Bring the learning rate of an untrained run to the chosen one; tell whether one that has trained had another."""
    chosen = current().chosen["learning_rate"]
    if run.progress.step == 0:
        run.set_learning_rate(chosen)
        return False
    return run.learning_rate != chosen


def _unsaved(run: Run) -> bool:
    return run.running or run.progress.step > run.saved_step


def bring_back() -> None:
    """Go on with the run that waits since a lesson took its place."""
    now = course()
    if now.former:
        run, settings = now.former
        leave()
        now.former = None
        session.open_run(run, settings)


def leave() -> None:
    """Close the lesson; its answers stay."""
    now = course()
    now.lesson, now.lecture, now.paused = None, False, False


def here() -> Place:
    """Return the place that is open."""
    now = course()
    return (now.lesson.id if now.lesson else "", now.step)
