"""A corpus and a trainer small enough to check everything."""

from w2v_core import Corpus, Trainer, TrainingConfig

SENTENCES = [
    "the king and the queen rule the land",
    "a man and a woman walk to the town",
    "the boy sees the king and the girl sees the queen",
    "a dog runs after the cat in the garden",
] * 5
CORPUS = Corpus.from_text("\n".join(SENTENCES))
SMALL = {"dim": 6, "window": 2, "negatives": 3, "batch_tokens": 16, "epochs": 3, "subsample": 0.0}


def trainer(corpus: Corpus = CORPUS, **changes) -> Trainer:
    return Trainer(corpus, TrainingConfig(**(SMALL | changes)))
