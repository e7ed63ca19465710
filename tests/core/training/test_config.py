import math

import pytest

from w2v_core import Problem, TrainingConfig


@pytest.mark.parametrize(
    "bad",
    [{"objective": "hinge"}, {"dim": 0}, {"dim": 2.5}, {"dim": True}, {"window": 0}, {"negatives": 0},
     {"noise": ""}, {"noise_pool": 0}, {"noise_power": -0.1}, {"noise_power": 1.5}, {"learning_rate": 0},
     {"learning_rate": -1}, {"learning_rate": math.inf}, {"learning_rate": math.nan},
     {"learning_rate": "fast"}, {"batch_tokens": 0},
     {"subsample": -1e-3}, {"subsample": 2}, {"epochs": 0}, {"seed": -1}, {"max_row_update": 0},
     {"min_learning_rate": -1}, {"min_learning_rate": 1}, {"architecture": "glove"}, {"optimizer": "adam"},
     {"dim": 10**9}, {"window": 2**31}, {"noise_pool": 10**12}, {"epochs": 10**30}, {"seed": 2**63},
     {"negatives": 10**5000}, {"batch_tokens": 10**18}, {"learning_rate": True}, {"learning_rate": 10**400},
     {"min_learning_rate": 10**400}, {"max_row_update": 10**400}, {"max_row_update": math.inf},
     {"seed": "1" * 5000}, {"window": "٣"},
     {"schedule": "cosine"}, {"initial_vectors": "ones"}, {"noise_may_hit_target": 1}, {"dynamic_window": "yes"}],
    ids=lambda bad: next(iter(bad)),
)  # fmt: skip
def test_settings_that_cannot_work_are_refused_by_name(bad):
    [name] = bad
    with pytest.raises(Problem, match=name) as refused:
        TrainingConfig(**bad)
    assert refused.value.code == "bad_setting"
    assert refused.value.details["name"] == name
    assert len(str(refused.value)) < 200
    assert len(str(refused.value.details["value"])) < 100


def test_each_architecture_has_a_rate_of_its_own():
    assert TrainingConfig().learning_rate == 0.025
    assert TrainingConfig(architecture="cbow").learning_rate == 0.1
    assert TrainingConfig(architecture="cbow", learning_rate=0.02).learning_rate == 0.02
    assert TrainingConfig(architecture="cbow").replace(epochs=2).learning_rate == 0.1
    assert TrainingConfig().replace(architecture="cbow").learning_rate == 0.025  # as it was
    assert TrainingConfig().replace(architecture="cbow", learning_rate=None).learning_rate == 0.1
    with pytest.raises(Problem, match="architecture must be"):
        TrainingConfig(architecture="glove")


def test_the_rate_goes_linearly_to_the_one_at_the_end():
    config = TrainingConfig(learning_rate=0.025, min_learning_rate=0.01)
    assert [config.rate_at(share) for share in (0, 0.5, 0.8, 1)] == pytest.approx(
        [0.025, 0.0175, 0.013, 0.01]
    )
    config = config.replace(min_learning_rate=None)  # a ten-thousandth
    assert [config.rate_at(share) for share in (0, 0.5, 1)] == pytest.approx([0.025, 0.01250125, 2.5e-6])
    assert config.replace(min_learning_rate=0.025).rate_at(0.9) == 0.025  # a constant rate


def test_a_constant_rate_stays():
    config = TrainingConfig(learning_rate=0.1, schedule="constant")
    assert [config.rate_at(progress) for progress in (0, 0.5, 1)] == [0.1] * 3
    assert config.final_learning_rate == 0.1


def test_replace_checks_again():
    with pytest.raises(Problem):
        TrainingConfig().replace(dim=-1)
