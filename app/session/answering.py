"""What is answered to the question of the lesson's step, and whether the step is done. Draws nothing."""

from __future__ import annotations

from typing import Any

from ..lessons.formula import Facts, Unknown
from ..lessons.lesson import Guess, Step, told, unmarked
from ..lessons.verdict import Verdict, judge, typed_value
from . import session
from .course import Answer, Place, course, here, present

TRIES = 2  # wrong answers after which the truth may be seen


def answer(value: Any, place: Place) -> None:
    """Take an answer to the question of a place, unless another is shown by now, or the answer stands."""
    step, key = present(), here()
    if step is None or step.ask is None or place != key or settled():
        return
    before = course().answers.get(key)
    if before and before.value == value:  # Enter, and then the button
        return
    course().answers[key] = Answer(value, tries=before.tries if before else 0)
    judge_given()


def judge_given() -> None:
    """Judge the answer to the step's question, once, and as soon as the truth is known; a guess waits for the check."""
    step, found = present(), given()
    if step is None or step.ask is None or step.ask.predict or found is None or found.judged:
        return
    if now := verdict():
        found.judged, found.right = True, now.right
        found.tries += now.readable and not now.right


def verdict() -> Verdict | None:
    """Return the verdict on the answer to the step's question; None where the truth is unknown now."""
    step, found = present(), given()
    if step is None or step.ask is None:
        return None
    try:
        return judge(step.ask, found.value if found else None, session.language())
    except Unknown:
        return None


def given() -> Answer | None:
    """Return the answer to the step's question."""
    return course().answers.get(here())


def settled() -> bool:
    """Tell whether the answer to the step's question stands: it is right, was given up, or the guess's truth is out."""
    step, found, now = present(), given(), course()
    if step is None or step.ask is None or found is None or now.lesson is None:
        return False
    if step.ask.predict:
        return now.step in now.done.get(now.lesson.id, ())
    return found.right or found.given_up


def give_up(place: Place) -> None:
    """Show the truth of the question of a place, which was answered wrong several times."""
    if (found := given()) and place == here():
        found.given_up = True


def checked() -> bool:
    """Tell whether what the step asks to be done is done; once it has been, it stays so."""
    step, now = present(), course()
    if step is None or step.check is None or now.lesson is None:
        return True
    done = now.done.setdefault(now.lesson.id, set())
    if now.step not in done and _guessed(step) and step.check[session.language()].holds():
        done.add(now.step)
    return now.step in done


def _guessed(step: Step) -> bool:
    return not (step.ask and step.ask.predict) or given() is not None or course().unlocked or course().lecture


def complete() -> bool:
    """Tell whether the step is done: Next is open."""
    step = present()
    if step is None:
        return True
    found = given()
    answered = step.ask is None or (found is not None and (step.ask.predict or found.right or found.given_up))
    return answered and checked()


def guess(facts: Facts) -> Guess | None:
    """Return the guess that is to be drawn on a chart; its words may hold live numbers."""
    step, found = present(), given()
    if step is None or step.ask is None or not step.ask.predict or course().paused:
        return None
    if found is None:
        return Guess("start") if step.ask.mark == "start" and not course().revealed else None
    ask, language = step.ask, session.language()
    if ask.mark == "start" and (value := typed_value(str(found.value))) is not None:
        return Guess("start", (value,))
    if ask.kind == "choice" and (ghost := ask.options[found.value].ghost):
        return Guess("curve", ghost)
    if ask.kind == "order":
        told_names = (told(ask.items[place].text[language], facts) for place in found.value)
        return Guess("order", names=tuple(map(unmarked, told_names)))
    return None
