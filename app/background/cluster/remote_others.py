"""Runs side by side and maps that form, on a worker, as pages hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from w2v_core import Corpus, TrainingConfig

from ..comparison import ComparisonProgress, Scale
from ..live_comparison import LiveComparison
from ..tsne_run import TsneState
from ..wordmap import WordMap
from .host import ComparisonHost, MapHost
from .remote import Place, Remote


@dataclass(frozen=True)
class RemoteMember:
    """One of the runs: what never changes of it."""

    config: TrainingConfig
    running_scale: Scale
    probe_scale: Scale
    map: WordMap


class RemoteComparison(Remote[ComparisonProgress]):
    """Runs side by side; see `LiveComparison`."""

    HOST = ComparisonHost

    def __init__(
        self,
        place: Place,
        corpus: Corpus,
        configs: Sequence[TrainingConfig],
        categories: Sequence[Sequence[str]] | None = (),
    ) -> None:
        super().__init__(place, LiveComparison, (corpus, configs, categories))
        self.corpus = corpus
        self.members = [
            RemoteMember(config, running, probe, WordMap(corpus, categories or (), nearest=0))
            for config, (running, probe) in zip(configs, self.constants["scales"], strict=True)
        ]

    @property
    def probe_pairs(self) -> int:
        """How many pairs the runs are measured by while they train."""
        return int(self.constants["probe_pairs"])

    def step(self) -> None:
        """Train every run on the next batch."""
        self._train("step")


class RemoteMap(Remote[TsneState]):
    """A t-SNE map that forms; see `TsneRun`."""

    HOST = MapHost

    @property
    def frame(self) -> TsneState:
        """The map as it is now."""
        return self.progress
