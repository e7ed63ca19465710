import pickle

import pytest

from w2v_core import Diverged, Problem, UnknownWord


@pytest.mark.parametrize(
    "problem",
    [
        Problem("no_pairs", "The text yields no pair.", words=3),
        UnknownWord("quen", ["queen", "when"]),
        Diverged(7, 0.5),
    ],
)
def test_a_problem_passes_between_processes_as_it_is(problem):
    passed = pickle.loads(pickle.dumps(problem))
    assert type(passed) is type(problem)
    assert (str(passed), passed.code, passed.details) == (str(problem), problem.code, problem.details)
