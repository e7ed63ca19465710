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

Show = Callable[[str, Mapping[str, Any], bool], None]
"""Takes over what a step shows on a page: the page's id, the values that only it knows, and whether it begins anew."""

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
        Whether the lesson waits while all settings are shown; `offered` is what those of the step were before.
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
        A run in no file whose place a lesson's run has taken, and its settings; `run_number` is that of the last run
        that belongs to a lesson.
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
    offered: dict[str, Any] = field(default_factory=dict)
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
    current().onlookers["course"] = _own_run
    _own_run()


def enter(lesson: Lesson, step: int, show: Show) -> None:
    """Open a lesson at a step, and show what it says: its page, its settings; a run of other settings begins anew.

    So does any run where the lesson begins, and where it has trained nothing yet.
    """
    now = course()
    opened = step == 0 and (now.lesson is not lesson or now.step != 1)  # not gone back to
    begin(lesson, step)
    if step == len(lesson.steps):
        return
    if opened:
        now.done.pop(lesson.id, None)
    show_step({}, show, anew=opened or _nothing_trained(lesson, step))


def show_step(kept: Mapping[str, Any], show: Show, anew: bool = False, undone: bool = True) -> None:
    """Show what the open step says, but for some values that are kept; on another run nothing has been done yet."""
    now, before = course(), current().run_number
    if (step := present()) is None or now.lesson is None:
        return
    values = {**parsed(now.lesson, now.step, session.language()), **kept}
    apply(step.page, values, show, anew)
    if undone and current().run_number != before:
        done = now.done.get(now.lesson.id, set())
        done -= {each for each in done if each >= now.step}


def _nothing_trained(lesson: Lesson, step: int) -> bool:
    """Tell whether no step up to this one has trained: what it says is said of start values."""
    first = next((place for place, each in enumerate(lesson.steps) if each.play), len(lesson.steps))
    return step < first or (step == first and step not in course().done.get(lesson.id, ()))


def _own_run() -> None:
    """Count a run that was begun in the open lesson, by Reset or a setting, as the lesson's."""
    now, run = course(), current().run
    if now.lesson and not now.paused and run and not _trained(run):
        now.run_number = current().run_number


def pause() -> None:
    """Let the lesson wait while all settings are shown."""
    choices.take()
    now, step = course(), present()
    now.paused = True
    now.offered = {name: current().chosen[name] for name in step.settings} if step else {}


def go_on(show: Show) -> None:
    """Go on with the lesson that waits, with its settings: those that its step offers as they were before."""
    course().paused = False
    show_step(course().offered, show)


def apply(page: str, values: Mapping[str, Any], show: Show, anew: bool = False) -> None:
    """Show a page with some values of a link, on a run that they make if the present one is another, or has trained
    where all begins `anew`.

    A run that no lesson made, and that is in no file, waits until it is brought back.
    """
    choices.take()
    now, before = current(), course()
    former, number = (now.run, now.run_settings), now.run_number
    own = number == before.run_number
    run = {name: value for name, value in values.items() if name in TRAINING or name == "corpus"}
    corpus = run.pop("corpus", now.chosen["corpus"])
    if corpus in session.sources():
        now.chosen["corpus"] = corpus
    now.chosen |= recommended(session.source()) | run
    session.refresh()
    if session.changes() or (now.run and (_rate_moved(now.run) or (anew and _trained(now.run)))):
        session.reset()
    if now.run_number != number:
        if former[0] and not own and _unsaved(former[0]):
            before.former = former[0], former[1]
            st.toast(session.text().lessons_page.run_waits, icon=":material/pause_circle:")
        before.run_number = now.run_number
    if "follow" in values:
        session.choose("follow", values["follow"])
    now.chosen |= {name: value for name, value in values.items() if name in MAP or name in COSTS}
    show(page, {name: value for name, value in values.items() if name not in TRAINING | MAP | COSTS}, anew)
    now.destination = page


def _rate_moved(run: Run) -> bool:
    """Bring the learning rate of an untrained run to the chosen one; tell whether one that has trained had another."""
    chosen = current().chosen["learning_rate"]
    if run.progress.step == 0:
        run.set_learning_rate(chosen)
        return False
    return run.learning_rate != chosen


def _trained(run: Run) -> bool:
    return run.running or run.progress.step > 0


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
