"""Default settings train, whatever the size of the vocabulary and whatever the objective."""

import numpy as np
import pytest

from app.samples import samples
from w2v_core import Corpus, Trainer, TrainingConfig, Vocabulary
from w2v_core.training.config import OBJECTIVES

STEPS = 60  # at the highest rate; a sum that leaps too far explodes within a few


def zipf_corpus(size):
    """Return 20 tokens for each word, drawn by Zipf's law, in sentences of ten."""
    rng = np.random.default_rng(size)
    ids = rng.choice(size, 20 * size, p=1 / np.arange(1, size + 1) / np.sum(1 / np.arange(1, size + 1)))
    counts = np.maximum(np.bincount(ids, minlength=size), 1)
    starts = np.append(np.arange(0, len(ids), 10), len(ids))
    return Corpus(Vocabulary([f"w{i}" for i in range(size)], counts), ids.astype(np.int32), starts)


CORPORA = {str(size): lambda size=size: zipf_corpus(size) for size in (10, 100, 10_000, 30_000)} | {
    name: lambda sample=sample: Corpus.from_file(sample.path, min_count=1)
    for name, sample in samples().items()
}


LONG = pytest.param("30000", marks=pytest.mark.long)


@pytest.mark.parametrize("corpus", [LONG if name == "30000" else name for name in CORPORA])
def test_no_objective_diverges(corpus):
    text = CORPORA[corpus]()
    for objective in OBJECTIVES:
        run = Trainer(text, TrainingConfig(objective=objective))
        losses = [record.loss for record in run.run(STEPS)]
        assert np.isfinite(losses).all()
        # From step to step the words differ, and so does the loss; an explosion is of another order.
        assert max(losses) < 1.25 * max(losses[0], run.objective.start_values.max()), objective
        assert np.abs(run.W).max() < 10
        assert np.abs(run.U).max() < 10
