"""Words as the browser takes them: by name, and by place on the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.runs.layouts import Ids
from app.state.exploring import Explorer


def named(explorer: Explorer, ids: Sequence[int] | Ids) -> list[dict[str, Any]]:
    """Return words and their places on the map."""
    ids = np.array(ids, dtype=np.int64)
    words = explorer.vocabulary.words
    places = explorer.places(ids).tolist()
    return [{"word": words[i], "at": at} for i, at in zip(ids.tolist(), places, strict=True)]


def ranked(explorer: Explorer, ids: Ids, values: np.ndarray, shares: np.ndarray) -> list[dict[str, Any]]:
    """Return words with their values, and how long their bars are."""
    return [
        {**name, "value": f"{value:.3f}", "share": round(share, 3)}
        for name, value, share in zip(named(explorer, ids), values.tolist(), shares.tolist(), strict=True)
    ]


def on_map(explorer: Explorer, ids: Sequence[int]) -> list[int]:
    """Return the places of those words that are on the map."""
    places = explorer.places(np.array(ids, dtype=np.int64))
    return places[places >= 0].tolist()
