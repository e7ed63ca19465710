import numpy as np
import pytest

from w2v_core import Problem, TrainingConfig
from w2v_core.diagnostics import cost
from w2v_core.diagnostics.cost import (
    CostMeter,
    CostRecord,
    common_batch,
    measure_cost,
    price_per_score,
    scores_per_pair,
    zipf_corpus,
)
from w2v_core.training.config import OBJECTIVES

CONFIG = TrainingConfig(dim=8, window=2, negatives=4, batch_tokens=16)


def test_the_text_follows_zipfs_law_and_is_the_same_every_time():
    corpus = zipf_corpus(50)
    np.testing.assert_array_equal(corpus.vocabulary.counts, [50 // rank for rank in range(1, 51)])
    np.testing.assert_array_equal(np.bincount(corpus.ids), corpus.vocabulary.counts)
    assert (np.diff(corpus.starts)[:-1] == 20).all()
    assert corpus.starts[-1] == len(corpus)
    zipf_corpus.cache_clear()
    np.testing.assert_array_equal(zipf_corpus(50).ids, corpus.ids)


def mean_code_length(counts):
    """Return it by joining the two lightest subtrees until one is left: the sum of all joints is the sum over
    the words of count x length."""
    weights, total = list(map(int, counts)), 0
    while len(weights) > 1:
        weights.sort(reverse=True)
        joint = weights.pop() + weights.pop()
        total += joint
        weights.append(joint)
    return total / sum(map(int, counts))


@pytest.mark.parametrize("size", [2, 50, 300])
def test_theory_counts_scores(size):
    vocabulary = zipf_corpus(size).vocabulary
    found = {name: scores_per_pair(vocabulary, CONFIG.replace(objective=name)) for name in OBJECTIVES}
    assert found == {
        "softmax": size,
        "softmax_with_negatives": size,
        "negative_sampling": 5,
        "hierarchical_softmax": pytest.approx(mean_code_length(vocabulary.counts)),
    }


@pytest.mark.parametrize("noise", ["per_pair", "shared"])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_measurement_tells_what_was_measured(objective, noise):
    record = measure_cost(CONFIG.replace(objective=objective, noise=noise), 60, seconds=0)
    assert (record.objective, record.vocabulary_size, record.centers) == (objective, 60, 16)
    assert record.steps == cost.LEAST_STEPS
    low, high = record.quartiles
    assert 0 < low <= record.seconds <= high


def test_time_a_pair_is_the_median_over_the_steps_after_the_warm_up(monkeypatch):
    meter = CostMeter(CONFIG, 60)
    clock, pairs = [0.0], []
    monkeypatch.setattr(cost.time, "perf_counter", lambda: clock[0])
    train = meter._trainer.step

    def step():
        before = meter._trainer.pairs
        record = train()
        pairs.append(record.pairs - before)
        clock[0] += 1.0 + len(pairs)
        return record

    monkeypatch.setattr(meter._trainer, "step", step)
    while not meter.enough(100):
        meter.step()
    expected = [(2.0 + i) / n for i, n in enumerate(pairs)][cost.WARM_UP :]
    record = meter.record()
    assert record.steps == len(expected)
    assert record.seconds == pytest.approx(np.median(expected))
    assert record.quartiles == pytest.approx(np.quantile(expected, (0.25, 0.75)))


def test_a_meter_wants_enough_steps_and_enough_time():
    meter = CostMeter(CONFIG, 60)
    for _ in range(cost.WARM_UP + cost.LEAST_STEPS):
        assert not meter.enough(0)
        meter.step()
    assert meter.enough(0)
    assert not meter.enough(1e6)


def test_the_unbounded_loss_can_be_measured_for_long():
    meter = CostMeter(CONFIG.replace(objective="softmax_with_negatives", max_row_update=None), 60)
    for _ in range(2000):
        meter.step()


def test_all_objectives_take_the_same_batch_at_every_size():
    config = CONFIG.replace(dim=100, batch_tokens=256)
    batch = common_batch(config, (500, 20_000))
    assert batch < 256
    meters = [
        CostMeter(config.replace(objective=name, batch_tokens=batch), size)
        for name in OBJECTIVES
        for size in (500, 20_000)
    ]
    assert {meter._trainer.batch_tokens for meter in meters} == {batch}
    assert common_batch(CONFIG, (500,)) == 16


def test_the_price_of_a_score_is_the_least_squares_constant_between_logarithms():
    sizes, prices = (10, 100, 1000), (2e-9, 3e-9, 9e-9)
    records = [
        CostRecord("softmax", size, size, price * size, (0, 1), 1, 1)
        for size, price in zip(sizes, prices, strict=True)
    ]
    price = price_per_score(records)

    def misfit(c):
        return sum(np.log(record.seconds / (c * record.scores)) ** 2 for record in records)

    assert all(misfit(price) < misfit(price * factor) for factor in (0.99, 1.01))


def test_more_negatives_than_words_are_refused():
    with pytest.raises(Problem) as caught:
        CostMeter(CONFIG.replace(negatives=100), 60)
    assert caught.value.code == "too_many_negatives"
