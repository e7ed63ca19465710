"""Place and answers of the lessons as text, which the browser's tab keeps: a reload is a new session to Streamlit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from w2v_core import Problem

from ..lessons.formula import Facts
from ..lessons.lesson import Ask, Lesson
from ..lessons.reader import read_lesson
from .course import OWN, Answer, begin, course, lessons, schema
from .record import current

LONGEST = 400_000  # characters
LONGEST_ANSWER = 100


def written() -> str:
    """Return place and answers as JSON; nothing where there are none."""
    now = course()
    if now.lesson is None and not now.answers and not now.finished:
        return ""
    return json.dumps(
        {
            "lesson": now.lesson.id if now.lesson else None,
            "step": now.step,
            "answers": [[*key, vars(each)] for key, each in now.answers.items()],
            "done": {id: sorted(steps) for id, steps in now.done.items()},
            "finished": sorted(now.finished),
            "unlocked": now.unlocked,
            "own": now.own.source if now.own else None,
            "run": now.run_number == current().run_number,
        },
        ensure_ascii=False,
    )


def restore(text: str, facts: Facts) -> bool:
    """Take over place and answers that a tab has kept; what `written` cannot have written is left out.

    Returns whether the run that the tab had is a lesson's.
    """
    if not text:
        return False
    now = course()
    now.restored += 1
    try:
        kept = json.loads(text[:LONGEST])
    except (ValueError, RecursionError):
        return False
    if not isinstance(kept, dict):
        return False
    if isinstance(own := kept.get("own"), str):
        with suppress(Problem):
            now.own = read_lesson(own, OWN, schema(facts))
    known = lessons(facts)
    for each in _listed(kept.get("answers")):
        if found := _answer(each, known):
            now.answers.setdefault(*found)
    done = kept.get("done")
    for id, steps in done.items() if isinstance(done, dict) else ():
        if id in known:
            places = range(len(known[id].steps))
            now.done.setdefault(id, set()).update(s for s in _listed(steps) if type(s) is int and s in places)
    now.finished |= {id for id in _listed(kept.get("finished")) if isinstance(id, str) and id in known}
    now.unlocked = now.unlocked or kept.get("unlocked") is True
    id, step = kept.get("lesson"), kept.get("step")
    if now.lesson is None and isinstance(id, str) and id in known and type(step) is int:
        begin(known[id], min(max(0, step), len(known[id].steps)))
    return kept.get("run") is True


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _answer(kept: Any, known: Mapping[str, Lesson]) -> tuple[tuple[str, int], Answer] | None:
    """Return an answer that was kept, and its lesson and step; None where it can be none."""
    match kept:
        case [
            str(id), int(step), {"value": value, "right": bool(right), "tries": int(tries), "given_up": bool(given_up)},
        ] if id in known and step in range(len(known[id].steps)):  # fmt: skip
            ask = known[id].steps[step].ask
            if ask and _possible(ask, value):
                return (id, int(step)), Answer(value, right, tries, given_up, judged=right or tries > 0)
    return None


def _possible(ask: Ask, value: Any) -> bool:
    """Tell whether a value can be an answer to a question."""
    if ask.kind == "choice":
        return type(value) is int and 0 <= value < len(ask.options)
    if ask.kind == "order":
        places = range(len(ask.items))
        return isinstance(value, list) and all(type(v) is int for v in value) and sorted(value) == [*places]
    return isinstance(value, str) and len(value) <= LONGEST_ANSWER and value.isprintable()
