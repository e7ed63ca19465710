"""How runs side by side are looked at: what a person or a link can choose. Draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

VIEWS: dict[str, tuple[str, ...]] = {  # the first of each to begin with
    "clock": ("pairs", "rows", "seconds"),
    "scale": ("nats", "relative"),
    "curve": ("running", "probe"),
    "measure": ("mean_reciprocal_rank", "top_10", "cross_entropy"),
    "below": ("neighbors", "maps"),
}


@dataclass(frozen=True)
class View:
    """One of the options of `VIEWS` for each of its names.

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

    clock: str = "pairs"
    scale: str = "nats"
    curve: str = "running"
    measure: str = "mean_reciprocal_rank"
    below: str = "neighbors"
