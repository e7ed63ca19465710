"""The Explore page's data for its component in the browser, in four parts that change at different times.

words    the words on the map: their spelling, counts and categories       when others are shown
places   where they are, and how true the map is                           when the map moves
answer   what was asked of them: neighbors, analogies, colours             at every click
frames   the map and the neighbors at every moment of the training         when they are asked for
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.numbers import compact, decimal, percent
from app.runs.layouts import Layout
from app.samples import AnalogySection, Category
from app.state.exploring import Explorer
from app.text import Text
from app.text.explore_page import ExploreText
from app.views.charts import TOO_COMMON, label_order, packed
from app.views.component import component
from app.views.explore.explore_panel import ExplorePanel
from app.views.explore.map_colours import map_colours
from app.views.explore.naming import on_map, ranked

SCRIPTS = (  # one module, in order
    *("chart.js", "address.js", "cloud_labels.js", "cloud_marks.js", "cloud.js", "cloud_hand.js"),
    *("explore_parts.js", "explore_panel.js", "explore.js"),
)
MOVED = 10
FILM_RANGE = 32767  # places of a film are 16-bit numbers: finer than a pixel


def explore_component() -> Callable[..., Any]:
    """Register the component that draws the map and the panel, and return it."""
    return component("w2v_explore", SCRIPTS, ("charts.css", "explore.css"))


class ExploreView:
    """An explorer's state in the user's language.

    Parameters
    ----------
    explorer : Explorer
    run_id : str
        The browser keeps its camera as long as this stays the same.
    text : Text
    language : str
    categories : sequence of Category
    analogies : sequence of AnalogySection
    """

    def __init__(
        self,
        explorer: Explorer,
        run_id: str,
        text: Text,
        language: str,
        categories: Sequence[Category],
        analogies: Sequence[AnalogySection],
    ) -> None:
        self.explorer = explorer
        self.run_id = run_id
        self.text: ExploreText = text.explore_page
        self._units = text.units
        self.titles = [category.title[language] for category in categories]
        self.category = np.full(len(explorer.vocabulary), -1)
        for number, category in enumerate(categories):
            known = [word for word in category.words if word in explorer.vocabulary]
            self.category[explorer.vocabulary.ids(known)] = number
        self.panel = ExplorePanel(explorer, text, self.category, self.titles, analogies, language)

    @property
    def words_key(self) -> str:
        """Changes with the words on the map."""
        return f"{self.run_id} {hash(self.explorer.ids.tobytes())}"

    def words(self) -> dict[str, Any]:
        """Return the words on the map."""
        ids, vocabulary = self.explorer.ids, self.explorer.vocabulary
        counts = vocabulary.counts[ids]
        return {
            "part": "words",
            "key": self.words_key,
            "run": self.run_id,
            "words": [vocabulary.words[i] for i in ids],
            "counts": packed(counts, "<i4"),
            "category": packed(self.category[ids], "<i4"),
            "categories": self.titles,
            "order": _label_order(self.category[ids], counts / vocabulary.counts.sum()),
            "isolated": self.explorer.isolated,
            "text": self.text.in_browser,
        }

    def places(self, layout: Layout) -> dict[str, Any]:
        """Return where the words are."""
        text, explorer = self.text, self.explorer
        shares, note, axes = self._about(layout)
        fidelity = explorer.fidelity(layout)
        truth = text.judging if explorer.layouts.judging else ""
        if fidelity:
            truth = text.truth.format(
                k=fidelity.k,
                kept=f"{fidelity.mean * fidelity.k:.1f}",
                chance=decimal(float(f"{fidelity.chance * fidelity.k:.1g}")),
                trust=f"{fidelity.trustworthiness:.2f}",
            )
        return {
            "part": "places",
            "key": layout.key,
            "words": self.words_key,
            "kind": explorer.wish.kind,
            "dimensions": layout.points.shape[1],
            "points": packed(layout.points),
            "title": text.maps[explorer.wish.kind],
            "note": note,
            "truth": truth,
            "caution": text.tsne_caution if layout.formed else "",
            "axes": axes,
            "shares": shares,
            "chosen": list(explorer.wish.components[: explorer.wish.dimensions]),
            "axes_named": [
                text.component.format(number=number + 1, share=percent(share))
                for number, share in enumerate(shares)
            ],
            "running": explorer.layouts.moving and explorer.wish.kind == "tsne",
            "training": explorer.run.running,
            "version": layout.formed.version if layout.formed else explorer.progress.version,
            "iteration": layout.formed.iteration if layout.formed else 0,
        }

    def _about(self, layout: Layout) -> tuple[list[float], str, list[list[str]] | None]:
        """Return the shares of variance, a sentence about the map, and what its axes mean at either end."""
        text, wish = self.text, self.explorer.wish
        if layout.components:
            shares = layout.components.shares.tolist()
            used = [axis for axis in wish.components[: wish.dimensions] if axis < len(shares)]
            names = [text.axis.format(number=axis + 1, share=percent(shares[axis])) for axis in used]
            note = text.pca_note.format(share=percent(sum(shares[axis] for axis in set(used))))
            return shares, note, [["", name] for name in names]
        if layout.formed:
            formed = layout.formed
            if formed.version == 0:
                return [], text.tsne_preparing, None
            phase = "early" if formed.exaggerated else "late"
            note = text.tsne_note.format(
                phase=text.tsne_phases[phase],
                iteration=formed.iteration,
                iterations=formed.iterations,
                divergence=f"{formed.divergence:.2f}",
                perplexity=decimal(formed.perplexity),
            )
            return [], note, None
        ends = [[", ".join(pair[end] for pair in pairs) for end in (0, 1)] for pairs in wish.pairs]
        return [], text.axes_note.format(angle=f"{layout.angle:.0f}"), ends

    def answer(self, layout: Layout, colour: str, groups: int) -> dict[str, Any]:
        """Return what was asked, and the answers."""
        explorer, look, panel = self.explorer, self.explorer.look, self.panel
        at = int(explorer.places(explorer.vocabulary.ids([look.word]))[0]) if look.word else -1
        search = panel.search()
        neighbors, links = panel.neighbors(layout)
        return {
            "part": "answer",
            "words": self.words_key,
            "asked": look.asked,
            "tab": look.tab,
            "at": at,
            "selected": on_map(explorer, look.selected),
            "found": [word["at"] for word in search["words"] if word["at"] >= 0],
            "links": links,
            "colour": map_colours(explorer, layout, colour, groups, self.category, self.titles, self.text),
            "search": search,
            "neighbors": neighbors if look.tab == "neighbors" else {},
            "analogies": panel.analogies() if look.tab == "analogies" else {},
            "history": panel.history() if look.tab == "time" else {},
        }

    def frames(self) -> dict[str, Any]:
        """Return the map at every moment of the training."""
        explorer, text = self.explorer, self.text
        film = explorer.film
        data: dict[str, Any] = {
            "part": "frames",
            "words": self.words_key,
            "key": f"film {film[-1].step}",
            "note": text.film_empty,
            "moments": [],
            "points": "",
            "unit": 1.0,
            "moved": [],
        }
        if len(film) < 2:
            return data
        maps = np.stack(explorer.replay())
        unit = FILM_RANGE / max(float(np.abs(maps).max()), 1e-9)
        ids, distances = explorer.moved(MOVED)
        return data | {
            "note": text.film_note.format(frames=len(film)),
            "moments": [
                text.film_moment.format(step=f"{frame.step:,}", pairs=compact(frame.pairs, self._units))
                for frame in film
            ],
            "points": packed(np.round(unit * maps), "<i2"),
            "unit": unit,
            "moved": ranked(explorer, ids, distances, distances / 2),
        }


def _label_order(category: np.ndarray, share: np.ndarray) -> list[int]:
    """Return places in the order in which they deserve a label; those without a category where there is room."""
    first = label_order(category, share)
    if category.max() < 0:
        return first
    return first + [
        place for place in np.argsort(share > TOO_COMMON, kind="stable").tolist() if category[place] < 0
    ]
