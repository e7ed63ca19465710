"""Train on a sample corpus as the app does; shared by the tests of the corpora."""

from app.samples import Sample
from app.settings import configured, recommended
from w2v_core import Corpus, Trainer


def train(sample: Sample, **changes) -> Trainer:
    """Return the trainer at the end of a run with the recommended settings, or some of them changed."""
    trainer = Trainer(Corpus.from_file(sample.path, min_count=1), configured(recommended(sample) | changes))
    for _ in trainer.run():
        pass
    return trainer
