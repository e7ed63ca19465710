"""How near a run has come to its floor (see `w2v_core.diagnostics.Yardstick`), the yardstick made once."""

from __future__ import annotations

from w2v_core import Corpus, Trainer, TrainingConfig
from w2v_core.diagnostics import Yardstick
from w2v_core.diagnostics.yardstick import COUNTED

from .corpus_cache import CorpusCache

CONVERGED = 0.8  # of the way; a run that has come less far is said not to have converged

_yardsticks: CorpusCache[Yardstick | None] = CorpusCache(most=4)


def yardstick_of(corpus: Corpus, config: TrainingConfig) -> Yardstick | None:
    """Return what runs of these settings are measured by, made once; None without a floor, or of too long a text."""
    key = tuple(getattr(config, name) for name in COUNTED)
    return _yardsticks(corpus, key, lambda: Yardstick.of(corpus, config))


def way_to_floor(corpus: Corpus, trainer: Trainer) -> float | None:
    """Return the share of the way from start to floor; None where there is no yardstick."""
    found = yardstick_of(corpus, trainer.config)
    return None if found is None else found.way(trainer)
