"""A gradient by its formula, and by differences of the loss."""

from __future__ import annotations

from app.numbers import figure
from app.views.inside.halfsteps import largest
from app.views.inside.scene import Data, Scene
from w2v_core.training.gradient_check import check_gradients

CHECKED = 8  # entries of a gradient


def check(scene: Scene, selected: int | str | None) -> Data:
    """Return the center's gradient (or a selected row's) both ways, its largest entries side by side."""
    inputs, outputs = check_gradients(scene.record)
    row = next((row for row in scene.rows if row.column == selected), None)
    found = outputs[row.place] if row else inputs[0]
    entries = []
    for i in found.largest[:CHECKED].tolist():
        entry = scene.entry(
            i, "", row.role if row else "center", scene.text.component.format(index=i + 1), 0.0
        )
        analytic, numeric = float(found.analytic[i]), float(found.numeric[i])
        entries.append(
            entry
            | {"tag": "", "value": analytic, "text": figure(analytic), "before": numeric}
            | {"was": _long(numeric), "text": _long(analytic)}
        )
    return {
        "kind": "rows",
        "half_step": "check",
        "layout": "diverging",
        "max": largest(found.analytic),
        "rows": entries,
        "selected": None,
        "tree": False,
        "axis": scene.text.axes["check"],
        "vectors": [
            {"id": "center", "role": "center", "word": scene.word(scene.bench.center), "symbol": "w_c"},
            *(
                {"id": r.column, "role": r.role, "word": scene.name(r), "symbol": f"u_{r.symbol}"}
                for r in scene.rows
            ),
        ],
        "vector": row.column if row else "center",
        "absolute": figure(found.absolute),
        "relative": figure(found.relative),
        "text": {"alt": scene.text.picture_alt},
    }


def _long(value: float) -> str:
    """Return a number in so many digits that two ways of computing it may be told apart."""
    return f"{value:.10f}".replace("-", "−")
