"""Trained as recommended for each loss, the sample corpora come near their floors and learn what they tell."""

import numpy as np
import pytest

from app.background.convergence import CONVERGED, way_to_floor
from app.samples import samples
from app.settings import recommended
from tests.sample_training import train

LOSSES = ("negative_sampling", "softmax", "hierarchical_softmax")  # those with a floor
TOO_SLOW = {  # they come less far within a minute, and the page says so
    ("world_facts_en", "hierarchical_softmax"),
    ("stories_en", "hierarchical_softmax"),
    ("stories_zh", "hierarchical_softmax"),
}
every_loss = pytest.mark.parametrize("loss", LOSSES)


def trained(id, loss):
    sample = samples()[id]
    return train(sample, **recommended(sample, loss))


def probability(trainer, center, context):
    ids = trainer.corpus.vocabulary.ids([center, context])
    scores = trainer.W[ids[:1]] @ trainer.U.T
    return float(np.exp(trainer.objective.log_probabilities(scores)[0, ids[1]]))


@every_loss
@pytest.mark.parametrize(
    ("id", "words"),
    [("tiny_en", ("cats", "fish", "meat")), ("tiny_zh", ("猫", "鱼", "肉"))],
)
def test_tiny_learns_its_pairs(id, words, loss):
    center, context, other = words
    trainer = trained(id, loss)
    assert way_to_floor(trainer.corpus, trainer) >= CONVERGED
    learned = probability(trainer, center, context)
    assert learned > 1 / len(trainer.corpus.vocabulary)
    assert learned > probability(trainer, center, other)  # which the text never has beside it


@pytest.mark.long
@every_loss
@pytest.mark.parametrize("id", [id for id, sample in samples().items() if sample.group != "control"])
def test_every_sample_comes_near_its_floor(id, loss):
    trainer = trained(id, loss)
    assert (way_to_floor(trainer.corpus, trainer) >= CONVERGED) == ((id, loss) not in TOO_SLOW)


def test_the_notes_loss_has_no_floor_to_come_near():
    trainer = train(samples()["tiny_en"], objective="softmax_with_negatives", epochs=1)
    assert way_to_floor(trainer.corpus, trainer) is None
