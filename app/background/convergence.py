"""How near a run has come to its floor: (start - loss) / (start - floor), on pairs that stay the same.

Expected noise, no update, and every row with all its pairs (see `w2v_core.diagnostics.Probe`). Of a long text no
share is given: a sample of it has a lower floor than the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from w2v_core import Corpus, Trainer, TrainingConfig
from w2v_core.diagnostics import Probe, floor, probe_loss, start_value

from .corpus_cache import CorpusCache

CONVERGED = 0.8  # of the way; a run that has come less far is said not to have converged
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


def yardstick_of(corpus: Corpus, config: TrainingConfig) -> Yardstick | None:
    """Return what runs of these settings are measured by, made once; None without a floor, or of too long a text."""
    if len(corpus) > MOST_TOKENS:
        return None
    key = tuple(getattr(config, name) for name in COUNTED)
    return _yardsticks(corpus, key, lambda: _made(corpus, config))


_yardsticks: CorpusCache[Yardstick | None] = CorpusCache(most=4)


def _made(corpus: Corpus, config: TrainingConfig) -> Yardstick | None:
    passes = max(1, min(MOST_PASSES, PASSES_TOKENS // len(corpus)))
    probe = Probe.from_corpus(corpus, config, passes=passes).thinned(max(1, CELLS // len(corpus.vocabulary)))
    least, start = floor(probe, config).value, start_value(probe, config)
    return None if least is None or least >= start else Yardstick(probe, start, least)


def way_to_floor(corpus: Corpus, trainer: Trainer) -> float | None:
    """Return the share of the way from start to floor; None where there is no yardstick."""
    found = yardstick_of(corpus, trainer.config)
    if found is None:
        return None
    loss = probe_loss(found.probe, trainer.W, trainer.U, trainer.objective)
    return (found.start - loss) / (found.start - found.floor)
