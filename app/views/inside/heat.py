"""Rows of W and U before and after, and the gradient between them: most of W is not touched."""

from __future__ import annotations

import numpy as np

from app.numbers import figure
from app.views.charts import packed
from app.views.inside.halfsteps import largest
from app.views.inside.scene import Data, Scene


def heat(scene: Scene) -> Data:
    """Return rows of W and of U before, as gradient, and after; most of W is not touched."""
    record, embeddings, bench = scene.record, scene.bench.embeddings, scene.bench
    center = bench.center
    own = _heat_row(
        scene.word(center),
        "center",
        record.input_vectors[0],
        record.input_gradients[0],
        record.inputs_after[0],
    )
    shown = [(int(record.columns[row.column]), row.role) for row in scene.rows if row.role != "node"]
    if scene.objective == "hierarchical_softmax":
        shown = [(bench.context, "context")]
    of_w = [own]
    for word, role in shown:
        if word != center:
            of_w.append(_heat_row(scene.word(word), role, embeddings.vectors[word].astype(float)))
    of_u = []
    for row in scene.rows:
        parts = (record.output_vectors, record.output_gradients, record.outputs_after)
        of_u.append(_heat_row(scene.name(row), row.role, *(part[row.place] for part in parts)))
    if scene.objective == "negative_sampling" and center not in dict(shown):  # a row of U that nobody touches
        own_output = embeddings.output_vectors[center].astype(float)
        of_u.append(_heat_row(scene.word(center), "center", own_output))
    vectors = [record.input_vectors, record.inputs_after, record.output_vectors, record.outputs_after]
    slopes = [record.input_gradients, record.output_gradients]
    more = record.others.count
    return {
        "kind": "heat",
        "tables": [
            {"title": scene.text.tables["W"], "rows": of_w, "more": ""},
            {
                "title": scene.text.tables["U.nodes" if scene.rows[0].role == "node" else "U"],
                "rows": of_u,
                "more": scene.text.heat_more.format(count=f"{more:,}") if more else "",
            },
        ],
        "vectors_max": max(map(largest, vectors)),
        "gradients_max": max(map(largest, slopes)),
        "vectors_range": figure(max(map(largest, vectors))),
        "gradients_range": figure(max(map(largest, slopes))),
        "text": {
            "note": scene.text.heat_note,
            "columns": [scene.text.heat_columns[name] for name in ("before", "gradient", "after")],
            "touched": scene.text.heat_touched,
            "untouched": scene.text.heat_untouched,
        },
    }


def _heat_row(
    name: str,
    role: str,
    before: np.ndarray,
    gradient: np.ndarray | None = None,
    after: np.ndarray | None = None,
) -> Data:
    parts = [before, gradient, after]
    return {
        "word": name,
        "role": role,
        "touched": gradient is not None,
        "strips": [None if part is None else packed(part) for part in parts],
    }
