"""What the session remembers of the page: its explorer, which goes over from run to run, and what a link asked for."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from ...session import address, session
from ...session.cleanup import hold
from ...session.record import current
from ...settings import BESIDE, LONGEST_QUESTION, MAP, QUESTION, defaults
from .explorer import Explorer
from .panel_state import MOST_NEIGHBORS


@dataclass(eq=False)
class Explored:
    """What the session remembers of the page.

    Attributes
    ----------
    explorer : Explorer or None
        What it looks at in the present run.
    asked : bool
        Whether something was asked for in the panel, which the whole page must follow.
    sent : object
        The map that the browser was sent last.
    """

    explorer: Explorer | None = None
    asked: bool = False
    sent: Hashable = None


def explored() -> Explored:
    """Return what the session remembers of the page."""
    return current().part(Explored)


def explorer_now() -> Explorer | None:
    """Return what the page looks at in the present run."""
    now, mine = current(), explored()
    run, chosen, before = now.run, now.chosen, mine.explorer
    if run is None:
        return None
    if before is None or before.run is not run:
        present = mine.explorer = Explorer.of(run, session.run_source(), chosen["follow"], before)
        if before is None or before.run.corpus is not run.corpus:
            for name, pairs in zip(("x_pairs", "y_pairs"), present.suggested_pairs, strict=True):
                chosen[name] = (
                    pairs if before else chosen[name] or pairs
                )  # at first, those that a link brought
        now.onlookers["explorer"] = explorer_now
        hold("explorer", present.close)
        return present
    if before.panel.word is not None:
        before.choose(chosen["follow"])
    hold("explorer", before.close)
    return before


def explore(verb: str, value: Any) -> None:
    """Do what was asked for on the page; its word is also the one that the Train page follows."""
    if present := explorer_now():
        present.ask(verb, value)
        if present.panel.word:
            current().chosen["follow"] = present.panel.word


def ask(verb: str, value: Any) -> None:
    """Do what was asked for in the panel; the whole page follows."""
    explore(verb, value)
    explored().asked = True


def take_link() -> None:
    """Look at what the link asks about that the session began with."""
    now = current()
    look = {name: now.linked.pop(name) for name in (*QUESTION, *BESIDE) if name in now.linked}
    present = explorer_now()
    if not look or present is None:
        return
    refused = []
    if "word" in look:
        words = [word for part in re.split("[,，、]", look.pop("word")) if (word := part.strip())]
        known = [word for word in words if word in present.vocabulary]
        refused = [f"word={word}" for word in words if word not in known]
        if known or not words:
            explore(*(("select", known) if len(known) > 1 else ("word", known[0] if known else None)))
    if look.get("k", 0) > MOST_NEIGHBORS:
        refused.append(f"k={look.pop('k')}")
    if "analogy" in look and len(question := look["analogy"].split(",")) != 3:
        refused.append(f"analogy={look.pop('analogy')}")
    elif "analogy" in look:
        look["analogy"] = question
    for verb, value in look.items():
        explore(verb, value)
    address.refuse(refused)


def link() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a link to the page says, and what it need not say: the map, and what is asked about its words."""
    take_link()
    present, chosen = explorer_now(), current().chosen
    if present is None:
        return {}, {}
    panel = present.panel
    words = ",".join(present.vocabulary.words[id] for id in panel.selected) or panel.word or ""
    values: dict[str, Any] = {name: chosen[name] for name in MAP} | {
        "map_words": size_up(chosen["map_words"])
    }
    values |= {"word": words if len(words) <= LONGEST_QUESTION else None, "follow": None}
    values |= {name: getattr(panel, name) for name in ("k", "metric", "tab")}
    values["analogy"] = ",".join(panel.analogy) if panel.tab == "analogies" else None
    usual = defaults(MAP | QUESTION | BESIDE) | {"word": session.source().follow}
    return values, usual | dict(zip(("x_pairs", "y_pairs"), present.suggested_pairs, strict=True))


def size_up(words: int) -> int:
    """Return the smallest size of a map that holds so many words."""
    sizes = MAP["map_words"].options
    return next((size for size in sizes if size >= words), sizes[-1])
