"""The settings of a training run: one frozen record, checked when it is made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real
from typing import Any

from .. import limits
from ..problems import Problem, presentable

OBJECTIVES = ("softmax", "negative_sampling", "hierarchical_softmax", "softmax_with_negatives")
ARCHITECTURES = ("skip_gram", "cbow")
OPTIMIZERS = ("sgd", "adagrad")
SCHEDULES = ("linear", "constant")
NOISES = ("per_pair", "shared")
INITIAL_VECTORS = ("uniform", "zero")
# CBOW's step of a word is 1/c of the window's: on a third of a million words of English 0.1 gives the best vectors.
DEFAULT_RATES = {"skip_gram": 0.025, "cbow": 0.1}
CHOICES = {
    "objective": OBJECTIVES,
    "architecture": ARCHITECTURES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "noise": NOISES,
    "initial_vectors": INITIAL_VECTORS,
}


@dataclass(frozen=True, kw_only=True)
class TrainingConfig:
    """Everything that decides a run, the corpus apart.

    Parameters
    ----------
    objective : {"negative_sampling", "softmax", "hierarchical_softmax", "softmax_with_negatives"}
    architecture : {"skip_gram", "cbow"}
        Predict each context from its center, or each center from the mean of its contexts.
    dim : int
        Length of a word vector.
    initial_vectors : {"uniform", "zero"}
        W at the start: uniform in +-0.5/d, or zero like U. Then W's gradient is G U = 0 and U's is G^T W = 0:
        nothing ever moves, which is why it is no default.
    window : int
        Words to either side of the center, at most.
    dynamic_window : bool
        Draw each center's reach from 1..window, so that near words count more.
    negatives : int
        K, the noise words a pair (objectives with noise).
    noise : {"shared", "per_pair"}
        "per_pair" draws exactly K words for every pair; "shared" draws one pool for each block of 32
        neighbouring centers and weights it so that the expected gradient is the same, with far fewer
        columns. "softmax_with_negatives" always
        draws per pair: it scores every word anyway, so a pool would save nothing.
    noise_pool : int
        Size of a shared pool. Measured on 4.5 M words, 5 epochs: from 32 on vectors are as good as gensim's.
    noise_power : float
        Noise is drawn from ``counts ** noise_power``; 0 is uniform, 1 follows the counts.
    noise_may_hit_target : bool
        Whether a draw equal to its own pair's target counts. False drops it (word2vec.c's rule: skipped, not
        drawn again), so a pair has K (1 - Pn(target)) noise words on average. That lowers the start value
        by the missing share, and moves the optimum of negative sampling from ``log(p / (K Pn))`` up to
        ``log(p / (K Pn (1 - p)))``, with p = P(target | center).
    optimizer : {"sgd", "adagrad"}
        Plain descent, or a rate of its own for each row that falls with the gradients the row has seen.
    schedule : {"linear", "constant"}
        Whether the rate goes linearly with the tokens seen to `min_learning_rate`, or stays.
    learning_rate : float
        Rate at the start; by default the architecture's of `DEFAULT_RATES`. It multiplies the sum of a batch's
        pair gradients, not their mean.
    min_learning_rate : float, optional
        Rate at the end of the linear schedule; by default `learning_rate` / 10,000.
    max_row_update : float, optional
        A row moves at most this far in one step (Euclidean length), so that a frequent word in a large
        batch cannot jump: no learning rate makes a bounded run explode. None leaves updates unbounded.
    batch_tokens : int, optional
        Center tokens a step; by default as many as suit the text. See `batches` for both, and for when a
        batch is split.
    subsample : float
        Threshold t of frequent-word subsampling; 0 turns it off.
    epochs : int
    seed : int

    Raises
    ------
    Problem
        ``bad_setting``: a value out of its range, named in `details`.
    """

    objective: str = "negative_sampling"
    architecture: str = "skip_gram"
    dim: int = 100
    initial_vectors: str = "uniform"
    window: int = 5
    dynamic_window: bool = True
    negatives: int = 5
    noise: str = "shared"
    noise_pool: int = 32
    noise_power: float = 0.75
    noise_may_hit_target: bool = True
    optimizer: str = "sgd"
    schedule: str = "linear"
    learning_rate: float = None  # type: ignore[assignment]  # never None once it is made
    min_learning_rate: float | None = None
    max_row_update: float | None = 0.5
    batch_tokens: int | None = None
    subsample: float = 1e-3
    epochs: int = 5
    seed: int = 1

    def __post_init__(self) -> None:
        if self.learning_rate is None:
            object.__setattr__(self, "learning_rate", DEFAULT_RATES.get(str(self.architecture)))
        for name, (holds, rule) in _RULES.items():
            value = getattr(self, name)
            try:
                valid = holds(value)
            except TypeError:
                valid = False
            if not valid:
                shown = presentable(value)
                raise Problem("bad_setting", f"{name} must be {rule}, not {shown!r}.", name=name, value=shown)
        if self.final_learning_rate > self.learning_rate:
            raise Problem(
                "bad_setting",
                f"min_learning_rate must be at most learning_rate, not {self.min_learning_rate!r}.",
                name="min_learning_rate",
                value=self.min_learning_rate,
            )

    @property
    def final_learning_rate(self) -> float:
        """The rate at the end of the schedule."""
        if self.schedule == "constant":
            return self.learning_rate
        if self.min_learning_rate is None:
            return self.learning_rate * 1e-4
        return self.min_learning_rate

    def rate_at(self, progress: float) -> float:
        """Return the learning rate when the share `progress` (0 to 1) of the run's tokens is seen."""
        return self.learning_rate - (self.learning_rate - self.final_learning_rate) * progress

    def replace(self, **changes: object) -> TrainingConfig:
        """Return a copy with some settings changed, checked again.

        All others stay, the learning rate too where the architecture changes; ``learning_rate=None`` asks for its own.
        """
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]


def _whole(least: int, most: int = limits.LARGEST_NUMBER) -> tuple[Callable[[object], bool], str]:
    def holds(x: object) -> bool:
        return isinstance(x, int) and not isinstance(x, bool) and least <= x <= most

    return holds, f"a whole number from {least} to {most:,}"


def _number(low: float, high: float, rule: str) -> tuple[Callable[[object], bool], str]:
    def holds(x: Any) -> bool:
        number = isinstance(x, Real) and not isinstance(x, bool)
        return number and bool(low <= x <= high)  # nan is in no range

    return holds, rule


def _or_none(condition: tuple[Callable[[object], bool], str]) -> tuple[Callable[[object], bool], str]:
    holds, rule = condition
    return lambda x: x is None or holds(x), f"{rule}, or None"


_LEAST_RATE, _RATE = 5e-324, limits.LARGEST_RATE


_TRUTH = (lambda x: isinstance(x, bool), "True or False")
_RULES: dict[str, tuple[Callable[..., bool], str]] = {
    **{name: (choices.__contains__, f"one of {choices}") for name, choices in CHOICES.items()},
    "noise_may_hit_target": _TRUTH,
    "dynamic_window": _TRUTH,
    "dim": _whole(1, limits.MOST_DIMENSIONS),
    "window": _whole(1),
    "negatives": _whole(1),
    "noise_pool": _whole(1),
    "epochs": _whole(1),
    "seed": _whole(0, limits.LARGEST_SEED),
    "learning_rate": _number(_LEAST_RATE, _RATE, f"positive and at most {_RATE:g}"),
    "noise_power": _number(0, 1, "between 0 and 1"),
    "subsample": _number(0, 1, "between 0 and 1"),
    "min_learning_rate": _or_none(_number(0, _RATE, f"between 0 and {_RATE:g}")),
    "batch_tokens": _or_none(_whole(1)),
    "max_row_update": _or_none(_number(_LEAST_RATE, _RATE, f"positive and at most {_RATE:g}")),
}
