"""The pages by their addresses: what draws each, what its link says, what a lesson can show there and know of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .lessons.formula import Facts
from .screens.compare import comparison
from .screens.compare import facts as compare_facts
from .screens.compare.page import page as compare
from .screens.corpus.page import page as corpus
from .screens.cost import costs
from .screens.cost import facts as cost_facts
from .screens.cost.page import page as cost
from .screens.explore import explored
from .screens.explore import facts as explore_facts
from .screens.explore.page import page as explore
from .screens.lookup import facts as lookup_facts
from .screens.lookup import question
from .screens.lookup.page import page as lookup
from .screens.pmi import facts as pmi_facts
from .screens.pmi.page import page as pmi
from .screens.step import facts as step_facts
from .screens.step import on_bench
from .screens.step.page import page as step
from .screens.train.page import page as train
from .session import facts
from .session.catching_up import RUN, Played
from .session.record import current
from .settings import BESIDE, QUESTION

Link = tuple[dict[str, Any], dict[str, Any]]


def _nothing(values: Mapping[str, Any]) -> None:
    """Show nothing that only this page knows."""


def _explore(values: Mapping[str, Any]) -> None:
    """Leave what is asked of the map to the page, which takes it when it is drawn."""
    current().linked |= {name: value for name, value in values.items() if name in QUESTION | BESIDE}


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes
    ----------
    words : str
        The name of its words.
    draw : callable
    link : callable
        Returns what a link says of the page, and what it need not say; of some pages, what it says of all.
    show : callable
        Takes over what a lesson's step shows on the page.
    played : Played
        What the page trains or measures.
    """

    words: str
    draw: Callable[[], None]
    link: Callable[[], Link] = lambda: ({}, {})
    show: Callable[[Mapping[str, Any]], None] = _nothing
    played: Played = RUN


PAGES = {
    "train": Page("train_page", train),
    "corpus": Page("corpus_page", corpus),
    "explore": Page("explore_page", explore, explored.link, _explore),
    "inside": Page("step_page", step, on_bench.link, on_bench.show),
    "compare": Page("compare_page", compare, comparison.link, comparison.show, comparison.PLAYED),
    "cost": Page("cost_page", cost, costs.link, played=costs.PLAYED),
    "pmi": Page("pmi_page", pmi),
    "lookup": Page("lookup_page", lookup, question.link, question.show),
}
FACTS: Facts = {
    **facts.RUN,
    **step_facts.FACTS,
    **compare_facts.FACTS,
    **explore_facts.FACTS,
    **cost_facts.FACTS,
    **pmi_facts.FACTS,
    **lookup_facts.FACTS,
}


def show(page: str, values: Mapping[str, Any], anew: bool = False) -> None:
    """Take over what a lesson's step shows on a page; where all begins anew, so does what the page alone trains."""
    PAGES[page].show(values)
    what = played(page)
    if anew and what is not RUN and what.reset and (what.running() or what.share() > 0):
        what.reset()


def played(page: str) -> Played:
    """Return what a page trains or measures."""
    return PAGES[page].played
