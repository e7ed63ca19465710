"""The marks of a run, and its card: its loss so far, the cost of it, the reason why it stopped."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...background.comparison import Looks, Member, MemberProgress
from ...background.curve import CurvePoints
from ...formatting import Count, compact, figure
from ...live_figure import literal
from ...text import Text, glossary
from .view import View

LETTERS = "ABCD"
BOTH_SOFTMAX = {"softmax", "hierarchical_softmax"}  # probabilities of the same thing
# Color-blind readers tell them apart by lightness, and all readers by dash and letter. None of them means
# something elsewhere in the app.
RUN_COLORS = ("#6470E0", "#C77700", "#0B8F84", "#C2408C")
# Of what stands on the switches, the terms; pairs and seconds need none.
TERMS = {
    "running": "running_average", "probe": "probe", "nats": "nat", "relative": "relative", "rows": "rows_of_u",
    "mean_reciprocal_rank": "reciprocal_rank", "top_10": "top_10", "cross_entropy": "cross_entropy",
}  # fmt: skip
# Of what each comparison says to watch.
WATCHED = {
    "objectives": ("rows_of_u", "relative"),
    "negatives": ("negatives", "start_negative_sampling", "top_10"),
    "rates": ("learning_rate", "limit_steps"),
    "noise": ("noise_power", "floor", "probability", "shifted_pmi"),
    "notes": ("notes_ratio", "start_notes", "floor"),
    "zero": ("input_vector", "output_vector", "start_value"),
    "own": ("shared_pool", "noise_power"),
}
DASHES = ("solid", "8px,3px", "3px,3px", "10px,3px,2px,3px")


def card(member: Member, now: MemberProgress, name: str, view: View, text: Text, short: bool) -> str:
    """Return a run's card as lines of a figure's text.

    Parameters
    ----------
    member : Member
    now : MemberProgress
    name : str
        Its letter, and what it is.
    view : View
    text : Text
    short : bool
        Leave the cost out: in large type there is room for what is essential. That a run stopped is.
    """
    words = text.compare_page
    loss = _loss(member, now, view, text, short)
    cost = words.cost.format(seconds=f"{now.seconds:.1f}", rows=Count(compact(now.rows, text.units)))
    head = f"<b>{literal(name)}</b>"
    if now.problem:
        last = f"<b>{stopped(now, text)}</b>"
        return "<br>".join([head, last] if short else [head, loss, last])
    return "<br>".join([head, loss] if short else [head, loss, cost])


def _loss(member: Member, now: MemberProgress, view: View, text: Text, short: bool) -> str:
    """Return a run's loss now: from where to where, or of several seeds in which band."""
    words, running = text.compare_page, view.curve == "running"

    def last(curve: CurvePoints, looks: Looks, otherwise: float = math.nan) -> str:
        losses = curve.smooth if running else looks.metrics["loss"]
        return figure(float(losses[-1]) if len(losses) else otherwise)

    if now.band and now.last:  # there is no room for start and floor, which are lines of the chart
        least, most = (last(*of) for of in zip(now.band.curves, now.band.looks, strict=True))
        return words.mean_loss.format(mean=last(now.curve, now.looks), least=least, most=most)
    scale = member.running_scale if running else member.probe_scale
    loss = words.loss.format(start=figure(scale.start), now=last(now.curve, now.looks, scale.start))
    floor = words.no_floor
    if scale.floor.value is not None:
        floor = words.floor.format(floor=figure(scale.floor.value))
    return loss if short else f"{loss} · {floor}"


def stopped(now: MemberProgress, text: Text) -> str:
    """Return why a run stopped by itself, if it did: of several seeds, why the first one that did, and how many."""
    ended = [seed for seed in now.seeds.values() if seed.problem]
    if ended:
        first = stopped(min(ended, key=lambda seed: seed.pairs), text)
        return text.compare_page.stopped_seeds.format(why=first, count=len(ended), seeds=len(now.seeds))
    if now.problem is None:
        return ""
    step = now.problem.details.get("step", now.last.step if now.last else 0)
    short = text.compare_page.stopped.get(now.problem.code)
    return short.format(step=step) if short else text.problem(now.problem)


def averaged(now: MemberProgress, text: Text) -> str:
    """Return what is of which seeds, where runs are of several; else nothing."""
    if not now.seeds:
        return ""
    return text.compare_page.averaged.format(first=min(now.seeds), last=max(now.seeds))


def notes(members: Sequence[Member], alike: bool, view: View, text: Text) -> str:
    """Return what can be compared on a scale, and what cannot; `alike` where all runs have one loss."""
    words = text.compare_page
    if view.scale == "nats":
        if {member.config.objective for member in members} == BOTH_SOFTMAX:
            return words.both_softmax
        return words.alike if alike else words.unlike
    missing: dict[str, list[str]] = {}
    for letter, member in zip(LETTERS, members, strict=False):
        if member.running_scale.floor.value is None:
            missing.setdefault(member.running_scale.floor.code, []).append(letter)
    without = (
        words.without_floor[code].format(runs=text.comma.join(letters)) for code, letters in missing.items()
    )
    return " ".join([words.relative, *without])


def explained(view: View, probe_pairs: int, text: Text) -> str:
    """Return what the chosen axes and measures are, as Markdown."""
    words = text.compare_page
    said = []
    for switch in ("curve", "scale", "clock", "measure"):
        option = getattr(view, switch)
        if option in TERMS:
            name = words.options[switch][option]
            if option == "probe":
                name = words.probe_size.format(name=name, pairs=Count(f"{probe_pairs:,}"))
            said.append(f"**{name}**: {glossary.explained(text, TERMS[option])}")
    return "\n\n".join([*said, glossary.explained(text, "start_value", "floor")])
