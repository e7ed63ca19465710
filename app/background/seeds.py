"""Runs side by side, each from several seeds: one comparison a seed, shown as one.

All runs of a seed see the same pairs; of another seed they see others, from other first vectors. Each seed's comparison
plays by itself, on a worker of its own where there are workers.
"""

from __future__ import annotations

from collections.abc import Sequence

from w2v_core import Corpus, TrainingConfig
from w2v_core.vectors.embeddings import Answers

from .averaging import average
from .comparison import Comparison, ComparisonProgress, Member
from .engine import Categories, engine


def compare(
    corpus: Corpus, configs: Sequence[TrainingConfig], categories: Categories = (), seeds: int = 1
) -> Comparison:
    """Return runs side by side, each the mean of so many seeds: those of the settings, and the next ones."""
    if seeds == 1:
        return engine().compare(corpus, configs, categories)
    return AveragedComparison(corpus, configs, categories, seeds)


class AveragedComparison:
    """Runs side by side, of which each is the mean of several seeds; see `averaging`.

    Words, their map and their neighbors are the first seed's: vectors of different seeds lie differently, and their
    mean would mean nothing.

    Parameters
    ----------
    corpus : Corpus
    configs : sequence of TrainingConfig
        With the first seed.
    categories : sequence of sequences of words
        Ground truth to put on the maps first.
    seeds : int
        Two at least.

    Raises
    ------
    Problem
        The settings of some run cannot work on this corpus, or there is no room for all.
    """

    def __init__(
        self, corpus: Corpus, configs: Sequence[TrainingConfig], categories: Categories, seeds: int
    ) -> None:
        self.corpus = corpus
        self._seeds = range(configs[0].seed, configs[0].seed + seeds)
        self._of = [
            engine().compare(
                corpus,
                [config.replace(seed=seed) for config in configs],
                categories if seed == self._seeds[0] else None,
            )
            for seed in self._seeds
        ]
        self._known: tuple[list[ComparisonProgress], ComparisonProgress] | None = None

    @property
    def probe_pairs(self) -> int:
        """How many pairs the runs are measured by while they train."""
        return self._of[0].probe_pairs

    @property
    def members(self) -> Sequence[Member]:
        """The runs, with their first seed; where their losses start and end no seed decides."""
        return self._of[0].members

    @property
    def running(self) -> bool:
        """Whether any seed plays (or is about to)."""
        return any(runs.running for runs in self._of)

    @property
    def progress(self) -> ComparisonProgress:
        """How far they are; the same record until a seed has a new one."""
        latest = [runs.progress for runs in self._of]
        known = self._known
        if known is None or any(a is not b for a, b in zip(known[0], latest, strict=True)):
            known = self._known = latest, self._together(latest)
        return known[1]

    def _together(self, latest: Sequence[ComparisonProgress]) -> ComparisonProgress:
        of_members = zip(*(now.members for now in latest), strict=True)
        return ComparisonProgress(
            version=sum(now.version for now in latest),
            members=tuple(average(dict(zip(self._seeds, of, strict=True))) for of in of_members),
            pairs_per_second=sum(now.pairs_per_second for now in latest) / len(latest),
            finished=all(now.finished for now in latest),
            problem=next((now.problem for now in latest if now.problem), None),
        )

    def touch(self) -> None:
        """Renew the leases, and bring what is read up to now."""
        for runs in self._of:
            runs.touch()

    def await_first(self) -> None:
        """Wait a moment until what has just been started has published its first record."""
        self._of[-1].await_first()  # the last to have its turn

    def set_speed(self, speed: str) -> None:
        """Choose one of `SPEEDS`; acts from the next step on."""
        for runs in self._of:
            runs.set_speed(speed)

    def start(self) -> None:
        """Train until paused, or until no run goes on."""
        for runs in self._of:
            runs.start()

    def step(self) -> None:
        """Train every run on the next batch; does nothing while any seed plays."""
        if not self.running:
            for runs in self._of:
                runs.step()

    def pause(self) -> None:
        """Stop after the pieces in hand."""
        self.close()  # all at once; then wait for each
        for runs in self._of:
            runs.pause()

    def close(self) -> None:
        """Stop without waiting (the session is gone)."""
        for runs in self._of:
            runs.close()

    def neighbors(self, word: str, count: int) -> list[Answers]:
        """Return the words nearest to a word in each run of the first seed, nearest first, with their cosines."""
        return self._of[0].neighbors(word, count)
