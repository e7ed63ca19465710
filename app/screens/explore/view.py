"""What the page shows now: which map, in which colors, and what there is to say of it. Draws nothing."""

from __future__ import annotations

from ...background.layouts import Layout
from ...background.playing import unhurried
from ...formatting import decimal, loss_value, percent
from ...session import session
from ...session.record import current
from ...text import Text
from ...text.literal import escaped
from .coloring import Coloring, category_numbers, coloring
from .explorer import Explorer
from .replay import Replay

FORMING_SECONDS = 0.16  # between polls of a map that forms
REPLAY_SECONDS = 0.12
FOLLOWING_SECONDS = 1.0  # of one that follows the training: gently, so that one can read it
JUDGING_SECONDS = 0.3
PANEL_SECONDS = {"time": 0.5, "pca": 1.0, "axes": 1.0, "tsne": 2.0}  # of the panel, by the kind of map


class MapView:
    """What the page shows now: the map, its colors, and where the replay stands.

    The colors' classes are those of the last full run of the page; what moves is asked for at every tick.
    """

    def __init__(self, explorer: Explorer, text: Text) -> None:
        source = session.run_source()
        self.explorer, self.text = explorer, text
        self.titles = [category.title[session.language()] for category in source.categories]
        self.category = category_numbers(explorer.vocabulary, source.categories)
        self.sections = source.analogies
        self.replay = replay_of(explorer)
        self.colors = self.coloring()
        self.placed = False  # whether the page has been drawn with it

    @property
    def replayed(self) -> bool:
        """Whether the map is that of a replay."""
        return self.explorer.panel.tab == "time" and len(self.explorer.film) > 1

    @property
    def kind(self) -> str:
        """What map it is: one of `GLIDES`."""
        return "time" if self.replayed else self.explorer.wish.kind

    @property
    def revision(self) -> str:
        """What the user's zoom is of: these words of this run on this kind of map."""
        return f"{current().run_number} {self.kind} {hash(self.explorer.ids.tobytes())}"

    def layout(self) -> Layout:
        """Return the map at this moment."""
        return self.replay.layout() if self.replayed else self.explorer.layout()

    def coloring(self) -> Coloring:
        """Return the colors at this moment."""
        chosen, words = current().chosen, self.text.explore_page
        mode = "category" if self.replayed and chosen["map_colour"] == "kept" else chosen["map_colour"]
        return coloring(
            self.explorer, self.explorer.layout(), mode, chosen["groups"], self.category, self.titles, words
        )

    def polling(self) -> float | None:
        """Return how often the map must be looked after, in seconds."""
        layouts = self.explorer.layouts
        if self.replay.playing and self.replayed:
            return unhurried(REPLAY_SECONDS)
        if layouts.moving and self.explorer.wish.kind == "tsne":
            return unhurried(FORMING_SECONDS)
        if self.explorer.run.running:
            return unhurried(FOLLOWING_SECONDS)
        return JUDGING_SECONDS if layouts.judging else None

    def said(self, layout: Layout) -> str:
        """Return what there is to say of the map: what it holds, and how true it is to the space."""
        words, fidelity = self.text.explore_page, self.explorer.fidelity(layout)
        truth = words.judging if self.explorer.layouts.judging else ""
        if fidelity:
            truth = words.truth.format(
                k=fidelity.k,
                kept=f"{fidelity.mean * fidelity.k:.1f}",
                chance=decimal(float(f"{fidelity.chance * fidelity.k:.1g}")),
                trust=f"{fidelity.trustworthiness:.2f}",
            )
        return f"{self.about(layout)} {truth}"

    def about(self, layout: Layout) -> str:
        """Return a sentence about the kind of map."""
        words, wish, formed = self.text.explore_page, self.explorer.wish, layout.formed
        if layout.components:
            shares = layout.components.shares
            used = {axis for axis in wish.components[: wish.dimensions] if axis < len(shares)}
            return words.pca_note.format(share=percent(float(sum(shares[axis] for axis in used))))
        if formed is None:
            return words.axes_note.format(angle=f"{layout.angle:.0f}")
        if formed.version == 0:
            return words.tsne_preparing
        note = words.tsne_note.format(
            phase=words.tsne_phases["early" if formed.exaggerated else "late"],
            iteration=formed.iteration,
            iterations=formed.iterations,
            divergence=f"{formed.divergence:.2f}",
            perplexity=decimal(formed.perplexity),
        )
        return note if wish.dimensions == 2 else f"{note} {words.tsne_axis}"


def replay_of(explorer: Explorer) -> Replay:
    """Return where the replay of an explorer's run stands; it goes with the explorer."""
    return explorer.layouts.remembered("replay stands", (), lambda: Replay(explorer))


def standing(text: Text, explorer: Explorer) -> str:
    """Return what run it is: its text and loss function, how far it is, and its loss."""
    run, progress = explorer.run, explorer.run.progress
    title = escaped(session.run_source().title[session.language()])
    parts = [f"**{title}**", text.objectives[run.config.objective]]
    if last := progress.last:
        parts.append(text.states["running" if run.running else "finished" if progress.finished else "paused"])
        parts.append(text.status_epoch.format(epoch=last.epoch, epochs=run.config.epochs))
        smooth, first = loss_value(float(progress.curve.smooth[-1])), loss_value(progress.first_loss)
        parts.append(text.status_loss.format(loss=smooth, start=first))
    return " · ".join(parts)
