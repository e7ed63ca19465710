"""What it takes to make a run once more: what has been changed on the way, and some of its losses to compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from w2v_core import StepRecord
from w2v_core.handin.code import MOST_LOSSES, MOST_RATES

FIRST_DIGITS = (
    "1",
    "2",
    "5",
)  # of the steps whose losses are kept, as on a logarithmic scale: 1, 2, 5, 10, 20, 50


@dataclass
class RunLog:
    """The log of a run.

    Attributes
    ----------
    rates : list of (int, float)
        After how many steps the starting learning rate was set to what.
    losses : list of (int, float)
        Steps and their losses.
    applied : int
        Trainings on single pairs that have not been taken back.
    exploded : int
        How often the loss left the finite numbers and training went on.
    complete : bool
        Whether all of the run is in it.
    """

    rates: list[tuple[int, float]] = field(default_factory=list)
    losses: list[tuple[int, float]] = field(default_factory=list)
    applied: int = 0
    exploded: int = 0
    complete: bool = True
    _stuck: bool = False

    def rate(self, steps: int, rate: float) -> None:
        """Note that the rate was changed after so many steps."""
        if self.rates and self.rates[-1][0] == steps:
            self.rates.pop()
        self.rates.append((steps, rate))
        if len(self.rates) > MOST_RATES:
            self.rates.pop()
            self.complete = False

    def step(self, record: StepRecord) -> None:
        """Note a step."""
        self.exploded += self._stuck
        self._stuck = False
        name = str(record.step)
        if name[0] in FIRST_DIGITS and not name[1:].strip("0") and len(self.losses) < MOST_LOSSES - 1:
            self.losses.append((record.step, record.loss))

    def explode(self) -> None:
        """Note that the loss has left the finite numbers."""
        self._stuck = True

    @property
    def steps(self) -> int:
        """The last step that is in it."""
        return self.losses[-1][0] if self.losses else 0

    @property
    def saved(self) -> dict[str, Any]:
        """All that the log holds, for a file."""
        return {
            "rates": self.rates,
            "losses": self.losses,
            "applied": self.applied,
            "exploded": self.exploded,
            "stuck": self._stuck,
            "complete": self.complete,
        }

    @classmethod
    def restored(cls, saved: Mapping[str, Any] | None) -> RunLog:
        """Return a saved log; an incomplete one where there is none."""
        if saved is None:
            return cls(complete=False)
        return cls(
            rates=[(step, float(rate)) for step, rate in saved["rates"]],
            losses=[(step, float(loss)) for step, loss in saved["losses"]],
            applied=saved["applied"],
            exploded=saved["exploded"],
            complete=saved["complete"],
            _stuck=saved["stuck"],
        )
