"""What is marked on the map: the chosen word and its neighbors, words that were found or selected, an analogy."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import numpy as np

from w2v_core import Problem
from w2v_core.vectors.projection import Points

from ...background.layouts import Ids, Layout
from .answers import analogy, found_words
from .explorer import Explorer
from .replay import Replay

Places = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Marks:
    """Places on the map, by what they are marked as.

    Attributes
    ----------
    chosen : int
        The chosen word; -1 for none.
    kept, lost : tuple of int
        Its neighbors in the space: those that the map keeps near, and the others.
    found : tuple of int
        What the search found.
    selected : tuple of int or None
        Words selected together; the others fade.
    corners : (int, int, int, int) or None
        a, b, c and d of an analogy.
    target : bool
        Whether b - a + c is a place on the map: it is where the map is linear.
    trail : (m, 2) float32 array or None
        The chosen word's way through time.
    """

    chosen: int = -1
    kept: Places = ()
    lost: Places = ()
    found: Places = ()
    selected: Places | None = None
    corners: tuple[int, int, int, int] | None = None
    target: bool = False
    trail: Points | None = None

    @property
    def leading(self) -> list[int]:
        """The places whose labels come before all others, the chosen word first."""
        chosen = (self.chosen,) if self.chosen >= 0 else ()
        return list(dict.fromkeys((*chosen, *self.kept, *self.lost, *(self.corners or ()), *self.found[:40])))


def marks_of(explorer: Explorer, layout: Layout, replay: Replay) -> Marks:
    """Return what is marked on a map."""
    panel = explorer.panel
    chosen = int(explorer.places(explorer.vocabulary.ids([panel.word]))[0]) if panel.word else -1
    trail = replay.trail(chosen) if panel.tab == "time" and chosen >= 0 and len(explorer.film) > 1 else None
    kept: Places = ()
    lost: Places = ()
    near = explorer.neighborhood(layout) if panel.tab == "neighbors" and chosen >= 0 else None
    if near and not panel.selected:
        kept, lost = (_shown(explorer, near.ids[of]) for of in (near.kept, ~near.kept))
    found: Places = ()
    if panel.query:
        with contextlib.suppress(Problem):  # the panel says what is wrong
            found = _shown(explorer, found_words(explorer))
    return Marks(
        chosen=chosen,
        kept=kept,
        lost=lost,
        found=found,
        selected=_shown(explorer, np.array(panel.selected)) if panel.selected else None,
        corners=analogy(explorer).corners if panel.tab == "analogies" else None,
        target=explorer.wish.kind == "pca",
        trail=trail,
    )


def _shown(explorer: Explorer, ids: Ids) -> Places:
    """Return the places of those words that are on the map."""
    places = explorer.places(ids)
    return tuple(places[places >= 0].tolist())
