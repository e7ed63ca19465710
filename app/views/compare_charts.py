"""Runs side by side, as the component in the browser takes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.numbers import compact, figure
from app.runs.lane import Lane, LaneProgress, Scale
from app.runs.live_comparison import LiveComparison
from app.text import Text
from app.views.charts import SHARED, chart_buttons, map_words, nearest, packed
from app.views.component import component

# Colour-blind readers tell them apart by lightness, and all readers by dash and letter. None of them means
# something elsewhere in the app.
COLOURS = ("#6470E0", "#C77700", "#0B8F84", "#C2408C")
DASHES = ("solid", "8px,3px", "3px,3px", "10px,3px,2px,3px")
LETTERS = "ABCD"
SHOWN_METRICS = ("mean_reciprocal_rank", "top_10", "cross_entropy")
NEIGHBORS = 8
MOST_LABELS = 40  # a map: there are several


def compare_component() -> Callable[..., Any]:
    """Register the component that draws runs side by side, and return it."""
    scripts = (*SHARED, "switch.js", "curves.js", "compare.js")
    return component("w2v_compare", scripts, ("charts.css", "live.css", "compare.css"))


def compare_data(
    runs: LiveComparison,
    run_id: str,
    text: Text,
    labels: Sequence[str],
    alike: bool,
    category_titles: Sequence[str],
    follow: str,
) -> dict[str, Any]:
    """Return the runs' present state as the component takes it.

    Parameters
    ----------
    runs : LiveComparison
    run_id : str
        The component keeps its charts, their zoom included, as long as this stays the same.
    text : Text
    labels : sequence of str
        What each run is, in the user's language.
    alike : bool
        Whether the runs' losses can be compared as they are.
    category_titles : sequence of str
        Titles of the maps' categories, in the user's language.
    follow : str
        The word whose neighbours are listed.
    """
    progress, words = runs.progress, text.compare_page
    lanes = list(zip(runs.lanes, progress.lanes, strict=True))
    return {
        "run": run_id,
        "version": progress.version,
        "running": runs.running,
        "step": max((lane.last.step for lane in progress.lanes if lane.last), default=0),
        "lanes": [
            {
                "letter": LETTERS[i],
                "label": labels[i],
                "colour": COLOURS[i],
                "dash": DASHES[i],
                **_curves(lane, now),
                "card": _card(lane, now, text),
                "xy": packed(now.frame.xy),
                "neighbors": nearest(now.embeddings, follow, NEIGHBORS),
            }
            for i, (lane, now) in enumerate(lanes)
        ],
        "map": {
            **map_words(runs.corpus.vocabulary, runs.lanes[0].map, text, category_titles, follow),
            "most_labels": MOST_LABELS,
            "nearest": "",
            "nearest_words": [],
        },
        "notes": {
            "nats": words.alike if alike else words.unlike,
            "relative": " ".join([words.relative, *_without_floor(runs.lanes, text)]),
        },
        "text": {
            **words.in_browser,
            "probe_help": words.probe_help.format(pairs=f"{runs.probes.looked_at.pairs:,}"),
            "neighbors_of": words.in_browser["neighbors"].format(word=follow),
            "map": words.in_browser["maps"],
            "near": text.hover_near,
            "missing": text.plotly_missing,
            "map_alt": text.map_alt,
            "buttons": chart_buttons(text),
        },
    }


def _curves(lane: Lane, now: LaneProgress) -> dict[str, Any]:
    curve, looks = now.curve, now.looks
    return {
        "running": {
            **_clocks(curve.pairs, curve.rows, curve.seconds),
            "raw": packed(_single(curve.loss)),
            "nats": packed(_single(curve.smooth)),
            **_scale(lane.running_scale, curve.smooth),
        },
        "probe": {
            **_clocks(looks.pairs, looks.rows, looks.seconds),
            "nats": packed(_single(looks.metrics["loss"])),
            **_scale(lane.probe_scale, looks.metrics["loss"]),
            **{name: packed(_single(looks.metrics[name])) for name in SHOWN_METRICS},
        },
    }


def _clocks(pairs: np.ndarray, rows: np.ndarray, seconds: np.ndarray) -> dict[str, str]:
    return {"pairs": packed(pairs, "<f8"), "rows": packed(rows, "<f8"), "seconds": packed(seconds)}


def _scale(scale: Scale, loss: np.ndarray) -> dict[str, Any]:
    relative = scale.relative(loss)
    return {
        "start": scale.start,
        "floor": scale.floor.value,
        "relative": None if relative is None else packed(_single(relative)),
    }


def _single(values: np.ndarray) -> np.ndarray:
    """Return values as float32; an explosion beyond it becomes infinite, which no chart draws."""
    with np.errstate(over="ignore"):
        return values.astype(np.float32)


def _card(lane: Lane, now: LaneProgress, text: Text) -> dict[str, str]:
    """Return what is said of a run in words, for the running loss and for the probe."""
    words = text.compare_page

    def losses(scale: Scale, values: np.ndarray) -> str:
        latest = float(values[-1]) if len(values) else scale.start
        floor = words.no_floor
        if scale.floor.value is not None:
            floor = words.floor.format(floor=figure(scale.floor.value))
        return f"{words.loss.format(start=figure(scale.start), now=figure(latest))} · {floor}"

    cost = words.cost.format(seconds=f"{now.seconds:.1f}", rows=compact(now.rows, text.units))
    if now.problem:
        step = now.problem.details.get("step", now.last.step if now.last else 0)
        cost = words.stopped[now.problem.code].format(step=step)
    return {
        "running": losses(lane.running_scale, now.curve.smooth),
        "probe": losses(lane.probe_scale, now.looks.metrics["loss"]),
        "cost": cost,
    }


def _without_floor(lanes: Sequence[Lane], text: Text) -> list[str]:
    """Return a sentence for each reason why some runs have no floor."""
    found: dict[str, list[str]] = {}
    for letter, lane in zip(LETTERS, lanes, strict=False):
        if lane.running_scale.floor.value is None:
            found.setdefault(lane.running_scale.floor.code, []).append(letter)
    sentences = text.compare_page.without_floor
    return [sentences[code].format(runs=text.comma.join(letters)) for code, letters in found.items()]
