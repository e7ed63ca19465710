"""What the session remembers of the page: its pair, which is kept from run to run, and the chosen view."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from w2v_core import Problem

from ...session import address
from ...session.record import current
from ...settings import STEP, defaults
from .bench import PairBench


def _linked(name: str) -> Any:
    """Return the view that a link asks for."""
    return current().linked.pop(name, STEP[name].default)


@dataclass(eq=False)
class Looked:
    """What the session remembers of the page.

    Attributes
    ----------
    bench : PairBench or None
        The pair under examination.
    half_step : int
        The one that is shown.
    view : str
        The half-steps, or another picture of the pair.
    row : int, "center" or None
        The column whose numbers stand in the formula; or whose gradient is checked.
    problem : Problem or None
        Why what was asked for last could not be.
    """

    bench: PairBench | None = None
    half_step: int = field(default_factory=lambda: _linked("half_step") - 1)
    view: str = field(default_factory=lambda: _linked("picture"))
    row: int | str | None = None
    problem: Problem | None = None


def looked() -> Looked:
    """Return what the session remembers of the page."""
    return current().part(Looked)


def on_bench() -> PairBench | None:
    """Return the pair under examination in the present run; at first that of a link."""
    now, mine = current(), looked()
    if now.run is None:
        return None
    if mine.bench is None or mine.bench.run is not now.run:
        mine.bench = PairBench(now.run, now.chosen["follow"], mine.bench)
        now.onlookers["bench"] = on_bench
    if pair := _linked("pair"):
        _take(mine.bench, pair)
    return mine.bench


def _take(bench: PairBench, pair: str) -> None:
    """Take the pair of a link, if the text has it."""
    found = re.fullmatch(r"([0-9]{1,18})-([0-9]{1,18})", pair)
    if found is None or not bench.show(*map(int, found.groups())):
        address.refuse([f"pair={pair}"])


def show(values: Mapping[str, Any]) -> None:
    """Show a pair and a picture of it as a link says them; what it does not say stays."""
    mine = looked()
    mine.half_step = values.get("half_step", mine.half_step + 1) - 1
    mine.view = values.get("picture", "steps" if "half_step" in values else mine.view)
    mine.row, mine.problem = None, None
    if "pair" in values:
        current().linked["pair"] = values["pair"]


def link() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the settings of a link to the page, and their defaults, which it omits: the pair and the chosen view."""
    mine, bench = looked(), on_bench()
    values = {"half_step": mine.half_step + 1, "picture": mine.view}
    values["pair"] = f"{bench.center_at}-{bench.context_at}" if bench else None
    return values, defaults(STEP)
