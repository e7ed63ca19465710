"""Two to four runs side by side: one thread drives them in step over the same pairs.

Whichever run has seen the fewest pairs trains next, so that curves grow together whatever a step costs; how
long each run computed is measured for itself. It does not import Streamlit.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from w2v_core import Corpus, Problem, TrainingConfig
from w2v_core.diagnostics import Probe
from w2v_core.vectors.embeddings import Answers

from .comparison import ComparisonProgress, MemberProgress
from .corpus_cache import CorpusCache
from .member_run import MemberRun, Probes
from .playing import Pace, Player, playing_here
from .turnstile import TURNSTILE
from .wordmap import MapFrame

PROBE_TOKENS = 200_000  # of a longer text, a sample
LOOK_CELLS = 300_000  # scores a look at the probe makes: 6 to 15 ms
LEAST_ROWS = 40
LOOK_SECONDS = 0.25  # between two looks, at least,
LOOK_SHARE = 0.15  # and they take no more of the comparison's own time than this


_probes: CorpusCache[Probes] = CorpusCache(most=4)


def probes_of(corpus: Corpus, config: TrainingConfig) -> Probes:
    """Return what all runs of a comparison are measured by, made once."""
    matters = config.window, config.dynamic_window, config.subsample, config.architecture
    return _probes(corpus, matters, lambda: _made(corpus, config))


def _made(corpus: Corpus, config: TrainingConfig) -> Probes:
    whole = Probe.from_corpus(corpus, config, max_tokens=PROBE_TOKENS)
    return Probes(whole, whole.thinned(max(LEAST_ROWS, LOOK_CELLS // len(corpus.vocabulary))))


class LiveComparison(Player):
    """Runs that differ in some settings and see the same pairs.

    Parameters
    ----------
    corpus : Corpus
    configs : sequence of TrainingConfig
        With the same seed, windows, subsampling and epochs.
    categories : sequence of sequences of words, or None
        Ground truth to put on the maps first; None where nobody looks at single words (see `MemberRun`).

    Raises
    ------
    Problem
        The settings of some run cannot work on this corpus.
    """

    def __init__(
        self,
        corpus: Corpus,
        configs: Sequence[TrainingConfig],
        categories: Sequence[Sequence[str]] | None = (),
    ) -> None:
        super().__init__()
        self.corpus = corpus
        self.probes = probes_of(corpus, configs[0])
        self.members = [MemberRun(corpus, config, self.probes, categories) for config in configs]
        self._goal = 0  # pairs that every run is to see before the next batch is begun
        self._to_look: list[MemberRun] = []  # runs that are still to be measured, all at the same pairs
        self._next_look = 0.0
        self._pace = Pace(0)
        self._version = 0
        self.progress = self._record(0.0)

    def start(self) -> None:
        """Train until paused, or until no run goes on."""
        if self.running or self._over:
            return
        self._pace = Pace(self._goal)
        super().start()

    def step(self) -> None:
        """Train every run on the next batch; does nothing while the thread runs or when all is done."""
        if self.running:
            return
        self._join()
        with TURNSTILE:
            while not self._over and not self._advance():
                pass
            self._publish(last=True)

    @property
    def probe_pairs(self) -> int:
        """How many pairs the runs are measured by while they train."""
        return self.probes.looked_at.pairs

    def neighbors(self, word: str, count: int) -> list[Answers]:
        """Return the words nearest to a word in each run, nearest first, with their cosines."""
        return [member.neighbors(word, count) for member in self.members]

    @property
    def _over(self) -> bool:
        return all(member.over for member in self.members)

    @property
    def _behind(self) -> list[MemberRun]:
        return [member for member in self.members if not member.over and member.pairs < self._goal]

    def _advance(self) -> bool:
        """Let one run take a step or a look; return whether all have now seen the same pairs."""
        if self._to_look:  # one at a time: each takes about a turn
            began = time.monotonic()
            self._to_look.pop().look()
            seconds = time.monotonic() - began
            turns = max(1, playing_here())  # that go by until one of its own comes round
            self._next_look += max(0.0, turns * seconds / LOOK_SHARE - LOOK_SECONDS / len(self.members))
            return not self._to_look
        if behind := self._behind:
            min(behind, key=lambda member: member.pairs).step()
        else:  # the run with the largest batches sets the goal, and the others catch up
            leader = max(
                (member for member in self.members if not member.over),
                key=lambda member: member.trainer.batch_tokens,
            )
            leader.step()
            self._goal = max(self._goal, leader.pairs)
        if self._behind:
            return False
        if time.monotonic() < self._next_look:
            return True
        self._next_look = time.monotonic() + LOOK_SECONDS
        self._to_look = self.members[:]
        return False

    def _publish(self, last: bool) -> None:
        if last:  # at rest all have seen the same pairs, and the numbers are of now
            while behind := self._behind:
                behind[0].step()
            self._to_look = []
            for member in self.members:
                member.look()
        self.progress = self._record(0.0 if last else self._pace(self._goal))

    def _fail(self, problem: Problem) -> None:
        self.progress = replace(self.progress, problem=problem, pairs_per_second=0.0)

    def _record(self, speed: float) -> ComparisonProgress:
        self._version += 1
        members: list[MemberProgress] = []
        first: MapFrame | None = None
        for member in self.members:
            members.append(member.progress(like=first))
            first = first or members[0].frame
        return ComparisonProgress(
            version=self._version,
            members=tuple(members),
            pairs_per_second=speed,
            finished=self._over,
            problem=None,
        )
