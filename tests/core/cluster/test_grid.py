import pytest

from w2v_core import Problem, TrainingConfig
from w2v_core.cluster.grid import FIELDS, grid, value_of


def test_all_combinations_with_their_seeds():
    found = grid({"epochs": 2, "seed": 7}, {"dim": [5, 10], "negatives": [1, 2, 3]}, seeds=2)
    assert len(found) == 12
    assert [(run.dim, run.negatives, run.seed) for run in found[:3]] == [(5, 1, 7), (5, 1, 8), (5, 2, 7)]
    assert (found[-1].dim, found[-1].negatives, found[-1].seed, found[-1].epochs) == (10, 3, 8, 2)


def test_a_rate_that_is_not_named_is_the_architectures_own():
    found = grid({"learning_rate": None}, {"architecture": ["skip_gram", "cbow"]}, seeds=1)
    assert [run.learning_rate for run in found] == [0.025, 0.1]


def test_what_cannot_be_is_said_before_any_run():
    with pytest.raises(Problem, match="min_learning_rate"):
        grid({"min_learning_rate": 0.1}, {"learning_rate": [0.2, 0.05]}, seeds=1)
    with pytest.raises(Problem, match="a sweep has 10,000 at most"):
        grid({}, {"dim": list(range(1, 102)), "window": list(range(1, 101))}, seeds=1)


@pytest.mark.parametrize("name", FIELDS)
def test_a_setting_comes_back_from_its_text(name):
    for value in (getattr(TrainingConfig(), name), getattr(TrainingConfig(batch_tokens=8), name)):
        assert value_of(name, str(value)) == value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("dim", " 50 ", 50),
        ("learning_rate", "5e-2", 0.05),
        ("dynamic_window", "No", False),
        ("max_row_update", "none", None),
        ("batch_tokens", "", None),
        ("noise", "per_pair", "per_pair"),
    ],
)
def test_values_are_read_as_they_are_typed(name, text, value):
    assert value_of(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("dim", "2.5", "dim must be a whole number, not '2.5'"),
        ("dim", "none", "a whole number"),
        ("subsample", "much", "a number"),
        ("dynamic_window", "1", "true or false"),
        ("dim", "9" * 5000, "a whole number"),
    ],
)
def test_what_is_of_another_kind_is_said_in_one_sentence(name, text, rule):
    with pytest.raises(Problem, match=rule) as caught:
        value_of(name, text)
    assert len(str(caught.value)) < 200
