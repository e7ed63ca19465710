"""What lessons can know of the map, and of what is asked about its words."""

from __future__ import annotations

from ...lessons.formula import Facts, Unknown
from .explored import explorer_now
from .explorer import Explorer


def _explorer() -> Explorer:
    found = explorer_now()
    if found is None:
        raise Unknown("map")
    return found


def _explained() -> float:
    explorer = _explorer()
    layout = explorer.layout()
    if layout.components is None:
        raise Unknown("explained")
    shown = explorer.wish.components[: explorer.wish.dimensions]
    return float(
        sum(layout.components.shares[axis] for axis in shown if axis < len(layout.components.shares))
    )


def _kept() -> float:
    explorer = _explorer()
    found = explorer.fidelity(explorer.layout())
    if found is None:
        raise Unknown("kept")
    return found.mean


FACTS: Facts = {
    "map": lambda kind: _explorer().wish.kind == kind,
    "picked": lambda word: _explorer().panel.word == word,
    "tab": lambda name: _explorer().panel.tab == name,
    "own_words": lambda: _explorer().panel.own,
    "metric": lambda name: _explorer().panel.metric == name,
    "explained": _explained,
    "kept": _kept,
}
