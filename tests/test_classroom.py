"""The benchmark of a class reads what the app writes, and judges by its goals."""

import numpy as np
import pytest

from app.live_figure.component import encoded
from benchmarks.classroom import Line, Seen, facts_of, told


@pytest.mark.parametrize("running", [True, False])
def test_it_finds_a_records_facts_in_what_goes_to_the_charts(running):
    moves = {
        "loss": {"traces": {"raw": {"y": np.arange(5.0)}}},
        "map": {"layout": {"title": '"facts":{"step":1}'}},
    }
    message = encoded({"figures": moves, "facts": {"version": 12, "step": 345, "running": running}})
    assert facts_of(message) == (12, 345, running)


def test_what_has_no_step_is_no_record():
    assert facts_of(encoded({"figures": {}, "facts": {}})) is None


def test_rates_are_between_the_first_record_and_the_last():
    assert Seen(records=[(10.0, 100), (11.0, 300), (14.0, 900)]).rates() == (0.5, 200.0)
    assert Seen(records=[(10.0, 100)]).rates() == (0.0, 0.0)


def test_a_lost_run_misses_its_goal_and_so_does_a_student_who_is_left_behind():
    seen = [Seen(opened=0.5, first=0.8, others=[0.1], records=[(0.0, 0), (10.0, 1000)]) for _ in range(3)]
    lines = {line.name: line for line in told(seen, alone=500.0)}
    assert [lines["runs lost"].met, lines["poorest student's steps, of the median"].met] == [True, True]
    seen[1].lost, seen[1].records = "it had stopped", [(0.0, 0), (10.0, 400)]
    lines = {line.name: line for line in told(seen, alone=500.0)}
    assert lines["runs lost"].value == 1
    assert [lines["runs lost"].met, lines["poorest student's steps, of the median"].met] == [False, False]
    assert lines["  of what one alone trains"].value == pytest.approx(240 / 500)


def test_a_goal_is_the_most_or_the_least():
    assert Line("widget", 0.5, goal=0.5).met
    assert not Line("widget", 0.51, goal=0.5).met
    assert "MISSED" in str(Line("records", 0.9, "{:.2f}", 1.0, at_most=False))
    assert Line("opened", 9.0).met
