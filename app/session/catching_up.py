"""A step whose page is not what it is about. Draws nothing.

It stands on what an earlier one trains, and was opened without it, by a link; or the language has changed, and the run
is of the text in the other one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..lessons.lesson import Lesson
from ..settings import COSTS, RUNS, TRAINING
from ..text import LANGUAGES
from . import session
from .course import Show, course, parsed, present, show_step
from .record import current

MADE_OF = {
    *TRAINING,
    *COSTS,
    *RUNS,
    "corpus",
    "runs",
    "preset",
}  # what a step shows that decides what is trained


@dataclass(frozen=True)
class Played:
    """What a page trains or measures.

    Attributes
    ----------
    start, step : callable
        Starts it, or goes on with it; takes one step of it.
    share : callable
        Returns how much of it is done: 0 before anything is, 1 when it is over, and only then.
    running : callable
    reset : callable, optional
        Begins it anew; None where it is of no text, and is measured for all.
    """

    start: Callable[[], None]
    step: Callable[[], None]
    share: Callable[[], float]
    running: Callable[[], bool]
    reset: Callable[[], None] | None = None


PlayedBy = Callable[[str], Played]
"""Returns what a page plays, by the page's id; several may play the same."""


def _run_share() -> float:
    run = current().run
    if run is None or run.progress.last is None:
        return 0.0
    over = run.progress.finished or run.progress.problem is not None
    return 1.0 if over else run.progress.last.epoch / (run.config.epochs + 1)


def _run_running() -> bool:
    run = current().run
    return run is not None and run.running


RUN = Played(session.play, session.step, _run_share, _run_running, session.reset)


def awaited(played: PlayedBy) -> int | None:
    """Return the earlier step, from 0, whose training the open one stands on and which is still to be done, if any.

    That is the last before it that trains, where it trains what the page of the open step shows, with its settings.
    """
    step, now = present(), course()
    if step is None or step.play or now.lesson is None:
        return None
    before = next((each for each in reversed(range(now.step)) if now.lesson.steps[each].play == "run"), None)
    if before is None or played(now.lesson.steps[before].page) is not played(step.page):
        return None
    if _made_of(now.lesson, before) != _made_of(now.lesson, now.step):
        return None
    return None if _is_done(now.lesson, before, played(step.page)) else before


def _made_of(lesson: Lesson, step: int) -> dict[str, Any]:
    shown = parsed(lesson, step, session.language())
    return {name: value for name, value in shown.items() if name in MADE_OF}


def _is_done(lesson: Lesson, step: int, what: Played) -> bool:
    """Tell whether what a step trains is there: all of it, or as much as its check asks for, or once has."""
    if what.share() == 1:
        return True
    check = lesson.steps[step].check
    if check and check[session.language()].holds():
        return True
    return step in course().done.get(lesson.id, ()) and what.share() > 0 and not what.running()


def of_other_language() -> bool:
    """Tell whether the text that is chosen is the open step's in another language."""
    now = course()
    if now.lesson is None or now.paused or present() is None:
        return False
    said = {id: parsed(now.lesson, now.step, id).get("corpus") for id in LANGUAGES}
    return current().chosen["corpus"] in {*said.values()} - {said[session.language()]}


def translate(show: Show, played: PlayedBy) -> None:
    """Show the open step in the language of now; train what had been in the other, as far as the lesson does."""
    now, step = course(), present()
    if now.lesson is None or step is None or not of_other_language():
        return
    what = played(step.page)
    trained = what.running() or what.share() > 0
    show_step({}, show, undone=trained)
    if trained and what.share() == 0:
        steps = now.lesson.steps[: now.step + 1]
        once = next((each.play for each in reversed(steps) if each.play), "") == "step"
        (what.step if once else what.start)()


def follow_language(show: Show, played: PlayedBy) -> None:
    """Show the open step in the language that was just chosen, where that loses nothing."""
    if of_other_language() and (step := present()):
        what = played(step.page)
        if what.reset is None or not (what.running() or what.share() > 0):
            translate(show, played)
            current().destination = None  # which page is shown, the user decides
