"""What training tells of a step. A record is frozen, so that pages may keep it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StepRecord:
    """What one step saw.

    Attributes
    ----------
    step : int
        From 1.
    epoch : int
        From 1: the pass over the corpus to which the step's pairs belong.
    pairs : int
        Pairs seen so far, this step's included. In CBOW a pair is a window and its center.
    loss : float
        Mean loss per pair of this step's batch, before its update, in nats (float64).
    learning_rate : float
        The rate this step used.
    output_rows : int
        Rows of U that this step touched: all of them for a loss over the whole vocabulary.
    """

    step: int
    epoch: int
    pairs: int
    loss: float
    learning_rate: float
    output_rows: int
