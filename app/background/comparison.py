"""What pages may ask of runs side by side, wherever they live: in this process (`live_comparison`) or on a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Protocol

import numpy as np

from w2v_core import Corpus, Problem, StepRecord, TrainingConfig
from w2v_core.diagnostics import Floor, Probe, ProbeRecord, floor, start_value
from w2v_core.vectors.embeddings import Answers

from .curve import CurvePoints
from .run import Plays
from .wordmap import MapFrame, WordMap

METRICS = tuple(metric.name for metric in fields(ProbeRecord))


@dataclass(frozen=True)
class Scale:
    """Where a loss starts on a probe, and what no vectors can beat."""

    start: float
    floor: Floor

    @classmethod
    def of(cls, probe: Probe, config: TrainingConfig) -> Scale:
        """Return the scale of a configuration's loss."""
        return cls(start_value(probe, config), floor(probe, config))

    def relative(self, loss: np.ndarray) -> np.ndarray | None:
        """Return losses on a scale where the start is 1 and the floor 0; None without a floor."""
        if self.floor.value is None:
            return None
        return (loss - self.floor.value) / (self.start - self.floor.value)


@dataclass(frozen=True, eq=False)
class Looks:
    """The looks at the probe so far; arrays of equal length, oldest first, the names of `METRICS` among them."""

    steps: np.ndarray
    pairs: np.ndarray
    rows: np.ndarray
    seconds: np.ndarray
    metrics: dict[str, np.ndarray]

    def __post_init__(self) -> None:
        for array in (self.steps, self.pairs, self.rows, self.seconds, *self.metrics.values()):
            array.setflags(write=False)


@dataclass(frozen=True, eq=False)
class Band:
    """The smallest and the largest of several seeds, at the points of their mean.

    Attributes
    ----------
    curves : (CurvePoints, CurvePoints)
    looks : (Looks, Looks)
    """

    curves: tuple[CurvePoints, CurvePoints]
    looks: tuple[Looks, Looks]


@dataclass(frozen=True, eq=False)
class MemberProgress:
    """How far one run is.

    Attributes
    ----------
    last : StepRecord or None
        The latest step; None before the first.
    curve : CurvePoints
    looks : Looks
    frame : MapFrame
    rows : int
        Rows of U touched, added up over the steps.
    seconds : float
        Compute time of the training steps alone.
    finished : bool
    problem : Problem or None
        Why this run stopped by itself, if it did.
    seeds : mapping
        Where all this is the mean of several seeds (see `averaging`), how far each is; else empty.
    band : Band or None
        Around the mean of several seeds.
    """

    last: StepRecord | None
    curve: CurvePoints
    looks: Looks
    frame: MapFrame
    rows: int
    seconds: float
    finished: bool
    problem: Problem | None
    seeds: Mapping[int, MemberProgress] = field(default_factory=dict)
    band: Band | None = None

    @property
    def pairs(self) -> int:
        """Pairs seen."""
        return self.last.pairs if self.last else 0


@dataclass(frozen=True, eq=False)
class ComparisonProgress:
    """How far all runs are.

    Attributes
    ----------
    version : int
        Rises with every record.
    members : tuple of MemberProgress
    pairs_per_second : float
        Of each run, over the last moments of training; 0 while it stands still.
    finished : bool
        Whether no run goes on.
    problem : Problem or None
        What ended the thread, if it was an error of the app. A run's own problem is in its member.
    """

    version: int
    members: tuple[MemberProgress, ...]
    pairs_per_second: float
    finished: bool
    problem: Problem | None

    @property
    def pairs(self) -> int:
        """Pairs that the run farthest ahead has seen."""
        return max(member.pairs for member in self.members)

    @property
    def foremost(self) -> MemberProgress:
        """The run farthest ahead."""
        return max(self.members, key=lambda member: member.pairs)


class Member(Protocol):
    """One of the runs."""

    @property
    def config(self) -> TrainingConfig:
        """Its settings."""

    @property
    def running_scale(self) -> Scale:
        """Of the running loss."""

    @property
    def probe_scale(self) -> Scale:
        """Of the loss on the probe."""

    @property
    def map(self) -> WordMap:
        """The words on its map."""


class Comparison(Plays, Protocol):
    """Runs that differ in some settings and see the same pairs; see `live_comparison.LiveComparison`."""

    @property
    def corpus(self) -> Corpus:
        """Their text."""

    @property
    def probe_pairs(self) -> int:
        """How many pairs they are measured by while they train."""

    @property
    def members(self) -> Sequence[Member]:
        """The runs."""

    @property
    def progress(self) -> ComparisonProgress:
        """How far they are."""

    def start(self) -> None:
        """Train until paused, or until no run goes on."""

    def step(self) -> None:
        """Train every run on the next batch."""

    def neighbors(self, word: str, count: int) -> list[Answers]:
        """Return the words nearest to a word in each run, nearest first, with their cosines."""
