"""How near a run has come to its floor: (start - loss) / (start - floor), on pairs that stay the same.

Expected noise, no update, and every row with all its pairs (see `Probe`). Of a long text no share is given: a sample
of it has a lower floor than the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..corpus.corpus import Corpus
from ..training.config import TrainingConfig
from ..training.trainer import Trainer
from .probe import Probe, probe_loss
from .reference import floor, start_value

MOST_TOKENS = 1_000_000
PASSES_TOKENS, MOST_PASSES = 200_000, 50  # a short text is gone over until there are so many
CELLS = 2_000_000  # scores of a look: some tenths of a second
COUNTED = (
    "objective",
    "window",
    "dynamic_window",
    "subsample",
    "negatives",
    "noise_power",
    "architecture",
)  # the settings that decide pairs, start and floor


@dataclass(frozen=True, eq=False)
class Yardstick:
    """The pairs by which runs are measured, and the loss on them at the start and at least."""

    probe: Probe
    start: float
    floor: float

    @classmethod
    def of(cls, corpus: Corpus, config: TrainingConfig) -> Yardstick | None:
        """Return what runs of these settings are measured by; None without a floor, or of too long a text."""
        if len(corpus) > MOST_TOKENS:
            return None
        passes = max(1, min(MOST_PASSES, PASSES_TOKENS // len(corpus)))
        rows = max(1, CELLS // len(corpus.vocabulary))
        probe = Probe.from_corpus(corpus, config, passes=passes).thinned(rows)
        least, start = floor(probe, config).value, start_value(probe, config)
        return None if least is None or least >= start else cls(probe, start, least)

    def way(self, trainer: Trainer) -> float:
        """Return the share of the way from start to floor that a run has come."""
        loss = probe_loss(self.probe, trainer.W, trainer.U, trainer.objective)
        return (self.start - loss) / (self.start - self.floor)
