import numpy as np
import pytest

from tests.core.training.small import CORPUS, trainer
from w2v_core import TrainingConfig, Vocabulary
from w2v_core.training.batches import LEAST, MOST, STEP_FLOPS, STEP_SCORES, tokens_a_step
from w2v_core.training.config import OBJECTIVES
from w2v_core.training.objectives import draws_blocks, scored_columns


def vocabulary(size, counts=None):
    return Vocabulary([f"w{i}" for i in range(size)], np.ones(size, int) if counts is None else counts)


@pytest.mark.parametrize(("words", "batch"), [(3, LEAST), (100, 16), (384, 64), (1536, 256), (30_000, MOST)])
def test_equally_frequent_words_bear_a_batch_a_sixth_as_long_as_they_are_many(words, batch):
    assert tokens_a_step(vocabulary(words), TrainingConfig(subsample=0)) == batch


def test_a_few_frequent_words_shorten_the_batch_and_subsampling_them_lengthens_it():
    zipf = vocabulary(10_000, 10**7 // np.arange(1, 10_001))
    raw, thinned = (tokens_a_step(zipf, TrainingConfig(subsample=t)) for t in (0, 1e-3))
    assert raw < thinned <= MOST


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("noise", ["shared", "per_pair"])
@pytest.mark.parametrize("size", [1000, 5000, 30_000])
def test_a_batch_is_split_where_a_step_would_take_too_long(objective, noise, size):
    config = TrainingConfig(objective=objective, noise=noise, batch_tokens=8192)
    tokens = tokens_a_step(vocabulary(size), config)
    columns = scored_columns(size, config)
    limits = [STEP_FLOPS / (6 * config.dim * columns)]
    if draws_blocks(config):
        limits.append(STEP_SCORES / columns)
    assert 2 / 3 * min(limits) < tokens <= min(limits)


def test_a_step_takes_at_least_one_center():
    config = TrainingConfig(objective="softmax", dim=1000, batch_tokens=64)
    assert tokens_a_step(vocabulary(300_000), config) == 1


def test_columns_are_about_those_that_a_step_scores():
    for settings in ({"noise": "shared"}, {"noise": "per_pair"}, {"objective": "hierarchical_softmax"}):
        run = trainer(batch_tokens=64, window=5, **settings)
        place = run._next_task().draw.place
        expected = scored_columns(len(CORPUS.vocabulary), run.config)
        assert 0.4 * expected < place.shape[1] < 2.5 * expected


def test_the_trainer_says_what_a_step_takes():
    assert trainer(batch_tokens=None).batch_tokens == tokens_a_step(
        CORPUS.vocabulary, TrainingConfig(subsample=0)
    )
    assert trainer(batch_tokens=12).batch_tokens == 12
