"""Who pulls the center where, on a plane."""

from __future__ import annotations

import numpy as np

from app.views.inside.scene import Data, Scene
from w2v_core.training.forces import forces

MAGNIFICATIONS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def arrows(scene: Scene) -> Data:
    """Return who pulls the center where, on the plane of the vectors that take part."""
    found, record = forces(scene.record), scene.record
    moves = [
        found.input_after - found.input,
        *found.contributions,
        *(found.outputs_after - found.outputs),
    ]
    span = np.ptp(np.vstack([found.input, found.origin, found.outputs]), axis=0).max()
    longest = max(float(np.linalg.norm(move)) for move in moves)
    fits = [m for m in MAGNIFICATIONS if m * longest < 0.5 * span]
    magnified = fits[-1] if fits else 1
    return {
        "kind": "arrows",
        "center": {
            "word": scene.word(scene.bench.center),
            "at": found.input.tolist(),
            "move": (found.input_after - found.input).tolist(),
        },
        "origin": found.origin.tolist(),
        "outputs": [
            {
                "id": row.column,
                "symbol": row.symbol,
                "role": row.role,
                "word": scene.name(row),
                "at": found.outputs[row.place].tolist(),
                "move": (found.outputs_after - found.outputs)[row.place].tolist(),
                "gives": found.contributions[row.place].tolist(),
                "pull": bool(record.score_gradient[row.column] < 0),
            }
            for row in scene.rows
        ],
        "rest": found.rest.tolist() if record.others.count else None,
        "magnified": magnified,
        "text": {
            "note": scene.text.arrows_note.format(share=f"{found.explained:.0%}", magnified=magnified),
            **scene.text.arrows,
        },
    }
