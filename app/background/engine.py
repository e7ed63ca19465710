"""Where runs live: the one seam. In this process, or on the workers of a Dask cluster (`cluster`); no page knows.

`W2V_CLUSTER` decides when the server starts: a number starts so many worker processes on this machine, an address
(``tcp://host:8786``, ``tls://host:8786``) uses a cluster that is there; without it, all is done in this process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, Protocol

import numpy as np

from w2v_core import Corpus, TrainingConfig
from w2v_core.vectors.projection import Points
from w2v_core.vectors.tsne import TSNE

from .comparison import Comparison
from .live import LiveTraining
from .live_comparison import LiveComparison
from .run import Run
from .tsne_run import Forming, TsneRun

Categories = Sequence[Sequence[str]]


class Engine(Protocol):
    """Makes what plays in the background. All verbs raise `Problem` where the settings cannot work or room lacks."""

    def run(self, corpus: Corpus, config: TrainingConfig, categories: Categories = ()) -> Run:
        """Return a new run."""

    def resume(
        self,
        corpus: Corpus,
        config: TrainingConfig,
        categories: Categories,
        facts: dict[str, Any],
        arrays: dict[str, np.ndarray],
        training: BinaryIO,
    ) -> Run:
        """Return a saved run; see `LiveTraining.resume`."""

    def compare(
        self, corpus: Corpus, configs: Sequence[TrainingConfig], categories: Categories | None = ()
    ) -> Comparison:
        """Return runs side by side; without categories (None) nobody looks at single words."""

    def form(self, make: Callable[[], TSNE], points: Points) -> Forming:
        """Return a t-SNE map; see `TsneRun`."""

    @property
    def away(self) -> bool:
        """Whether runs should live on a cluster that does not answer, and live here meanwhile."""


class Here:
    """In this process."""

    run = staticmethod(LiveTraining)
    resume = staticmethod(LiveTraining.resume)
    compare = staticmethod(LiveComparison)
    form = staticmethod(TsneRun)
    away = False


_engine: Engine = Here()


def engine() -> Engine:
    """Return where new runs live."""
    return _engine


def use(engine: Engine) -> None:
    """Let new runs live elsewhere from now on."""
    global _engine
    _engine = engine
