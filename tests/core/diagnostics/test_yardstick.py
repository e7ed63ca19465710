import pytest

from tests.core.training.small import CORPUS, trainer
from w2v_core.diagnostics import Probe, Yardstick, floor, start_value, yardstick


def test_the_way_begins_at_0_and_is_the_share_of_the_loss_that_can_be_lost():
    run = trainer(epochs=60, learning_rate=0.1)
    found = Yardstick.of(CORPUS, run.config)
    assert found.way(run) == pytest.approx(0, abs=1e-9)
    run.train()
    assert 0.2 < found.way(run) < 1
    assert found.start == pytest.approx(start_value(found.probe, run.config))
    assert found.floor == floor(found.probe, run.config).value


def test_a_short_text_is_gone_over_many_times():
    config = trainer().config
    once = Probe.from_corpus(CORPUS, config)
    assert Yardstick.of(CORPUS, config).probe.pairs > 20 * once.pairs


def test_there_is_none_without_a_floor_or_of_a_long_text(monkeypatch):
    assert Yardstick.of(CORPUS, trainer(objective="softmax_with_negatives").config) is None
    assert Yardstick.of(CORPUS, trainer(architecture="cbow").config) is None
    monkeypatch.setattr(yardstick, "MOST_TOKENS", 10)
    assert Yardstick.of(CORPUS, trainer().config) is None
