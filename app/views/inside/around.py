"""What stands around the picture: the sentence, the names of the half-steps, and how the probability has risen."""

from __future__ import annotations

import math

import numpy as np

from app.numbers import axis_end, figure
from app.text.literal import visible
from app.views.charts import packed
from app.views.inside.halfsteps import FORWARD, half_steps
from app.views.inside.scene import Data, Scene


def sentence(scene: Scene) -> Data:
    """Return the sentence with its center, context and window."""
    bench, here = scene.bench, scene.bench.excerpt
    return {
        "words": [visible(word) for word in here.words],
        "start": here.start,
        "whole": list(here.whole),
        "center": bench.center_at,
        "context": bench.context_at,
        "window": bench.contexts(),
        "text": {
            "label": scene.text.sentence_label,
            "center": scene.text.pick_center,
            "context": scene.text.pick_context,
            "hint_center": scene.text.pick_hint_center,
            "hint_context": scene.text.pick_hint_context.format(window=bench.run.config.window),
        },
    }


def strip(scene: Scene, now: int) -> Data:
    """Return the names of the half-steps and which one is shown."""
    names = [scene.text.half_steps[name] for name in half_steps(scene.objective)]
    text = {
        "label": scene.text.strip_label,
        "forward": scene.text.forward,
        "backward": scene.text.backward,
    }
    return {"names": names, "now": now, "forward": FORWARD, "text": text}


def rise(scene: Scene) -> Data:
    """Return the curve of p(context | center) over the applications, and of sigmoid(s) where there is one."""
    bench = scene.bench
    p = np.concatenate(bench.probabilities)
    charts = [{"title": scene.text.rise_probability, "values": packed(p), "top": _top(p.max())}]
    sigmoid = np.concatenate(bench.sigmoids)
    if not np.isnan(sigmoid).any():
        charts.append({"title": scene.text.rise_sigmoid, "values": packed(sigmoid), "top": 1.0})
    for chart, values in zip(charts, (p, sigmoid), strict=False):
        chart["now"] = scene.text.rise_now.format(probability=figure(float(values[-1])), times=bench.applied)
        chart["first"], chart["last"] = figure(float(values[0])), figure(float(values[-1]))
        chart["top_text"] = axis_end(chart["top"])
    return {
        "charts": charts,
        "applied": bench.applied,
        "text": {"axis": scene.text.rise_axis, "alt": scene.text.rise_alt},
    }


def _top(value: float) -> float:
    """Return the end of an axis from 0: 1, 2 or 5 times a power of ten, at most 1."""
    power = 10.0 ** math.floor(math.log10(max(value, 1e-12)))
    return min(1.0, next(step * power for step in (1, 2, 5, 10) if step * power >= value))
