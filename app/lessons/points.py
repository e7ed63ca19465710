"""The parts of the pages that a lesson can point to, and the keys under which the pages draw them."""

from __future__ import annotations

from collections.abc import Mapping

_TRANSPORT = {name: name for name in ("play", "pause", "step", "reset", "speed")}
POINTS: Mapping[str, Mapping[str, str]] = {
    "train": {
        **_TRANSPORT,
        "transport": "transport",
        "loss": "figure-loss",
        "map": "figure-map",
        "neighbors": "figure-neighbors",
        "follow": "follow",
        "status": "transport",
    },
    "inside": {
        "sentence": "inside_sentence",
        "steps": "half_step",
        "half_step": "half_step",
        "formula": "inside_formula",
        "picture": "inside_picture",
        "beside": "inside_formula",
        "apply": "apply",
        "undo": "undo",
        "train": "train_a_little",
        "rise": "inside_rise_box",
        "views": "inside_view",
        "surprise": "surprise",
        "redraw": "redraw",
    },
    "compare": {
        "preset": "compare_preset",
        "own": "compare_own",
        **{name: f"compare_{name}" for name in _TRANSPORT},
        "curves": "figure-compare_curves",
        "views": "compare_views",
        "lower": "compare_lower",
        "below": "compare_lower",
    },
    "explore": {
        "map": "figure-words2d",
        "panel": "explore_panel",
        "tab": "tab",
        "tabs": "tab",
        "analogies": "explore_panel",
        "play": "play",
        "kind": "map",
        "tools": "explore_tools",
    },
    "cost": {"measure": "measure", "cards": "price_softmax", "chart": "figure-cost"},
    "pmi": {"chart": "figure-pairs", "numbers": "pairs_said"},
    "lookup": {"form": "asking", "answer": "answer"},
    "corpus": {
        "window": "window_view",
        "sentence": "sentence",
        "zipf": "tile_zipf",
        "noise": "tile_noise",
        "subsampling": "tile_subsampling",
        "lengths": "tile_lengths",
        "table": "words_table",
    },
}
