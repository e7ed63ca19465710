"""How runs side by side are looked at."""

from __future__ import annotations

from dataclasses import dataclass

from ...settings import VIEWS


@dataclass(frozen=True)
class View:
    """For each of the `VIEWS`, one of its options.

    Attributes
    ----------
    clock : str
        What runs along the horizontal axis.
    scale : str
        The loss as it is, or relative to its start and floor.
    curve : str
        The running loss, or the loss on the probe.
    measure : str
        Of the vectors, on the probe.
    below : str
        What stands below the curves.
    """

    clock: str = VIEWS["clock"].default
    scale: str = VIEWS["scale"].default
    curve: str = VIEWS["curve"].default
    measure: str = VIEWS["measure"].default
    below: str = VIEWS["below"].default
