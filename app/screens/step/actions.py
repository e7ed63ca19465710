"""The actions of the page. Callbacks run before the page is drawn again."""

from __future__ import annotations

import math
from collections.abc import Callable

import streamlit as st

from w2v_core import Problem

from ...session import choices, session
from ...session.record import current
from .bench import PairBench
from .half_steps import half_steps
from .on_bench import looked, on_bench

A_LITTLE = 1 / 3  # of the whole run: at a tenth the tiny text still has all its vectors on one line
FALL = 0.5  # starts, at which a loss without a floor is stopped: soon after, its numbers are astronomical


def show_half_step(to: int) -> None:
    """Show another half-step."""
    if bench := on_bench():
        last = len(half_steps(bench.run.config.objective)) - 1
        mine = looked()
        mine.half_step, mine.view = min(max(to, 0), last), "steps"


def go(to: int) -> None:
    """Show the half-step before or after the present one."""
    choices.take()
    show_half_step(to)


def picked(at: int) -> None:
    """Take the word that was clicked in the sentence. A center is followed by a context."""
    mine = looked()
    mine.problem = None
    if bench := on_bench():
        (bench.pick_center if st.session_state["inside_as"] == "center" else bench.pick_context)(at)
        mine.row = None
        st.session_state["inside_as"] = "context"


def choose_row(row: int | str | None) -> None:
    """Fill the numbers of a row into the formula; or choose the vector whose gradient is checked."""
    looked().row = row


def show_view(_: str, view: str) -> None:
    """Show the half-steps, or another picture of the pair."""
    looked().view = view


def found(_: str, word: str) -> None:
    """Go to the word that was chosen from the list."""
    bench = on_bench()
    if bench and session.knows(bench.run, word):
        bench.find(word)
        looked().row = None


def with_bench(verb: Callable[[PairBench], None]) -> Callable[[], None]:
    """Return a callback that applies an action to the pair and shows its problem, if any, on the page."""

    def call() -> None:
        mine = looked()
        mine.problem = None
        if bench := on_bench():
            pair = bench.center_at, bench.context_at
            try:
                verb(bench)
            except Problem as problem:
                mine.problem = problem
            if (bench.center_at, bench.context_at) != pair:
                mine.row = None

    return call


def train_a_little() -> None:
    """Train on a part of the run, with the settings as they are chosen now."""
    session.refresh()
    if session.changes():
        session.reset()
    if run := current().run:
        unbounded = run.config.objective == "softmax_with_negatives"
        run.start(A_LITTLE, fall=FALL if unbounded else math.inf)
