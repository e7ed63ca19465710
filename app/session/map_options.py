"""What can be chosen for the map of the Explore page, by a person or a link."""

from __future__ import annotations

from typing import Any

from ..settings import AUTO

MOST_WORDS = {2: 5000, 3: 2000}  # by dimensions: so many move fluently
SIZES = (100, 250, 500, 1000, 2000, 5000)  # of words; the last one that a map can have is all there are
COMPONENTS = tuple(range(1, 11))
PERPLEXITIES = (2, 5, 10, 15, 20, 30, 40, 50, 75, 100)
RATES = (AUTO, 10, 50, 100, 200, 500, 1000)
SEEDS = tuple(range(1, 10))
GROUPS = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24)
COLOURS = ("category", "frequency", "cluster", "similarity", "kept")

MAP: dict[str, Any] = {  # if nobody says otherwise
    "map": "pca",
    "map_dimensions": 2,
    "map_which": "input",
    "map_words": 2000,
    "map_colour": "category",
    "groups": 10,
    "pc_x": 1,
    "pc_y": 2,
    "pc_z": 3,
    "perplexity": 30,
    "tsne_rate": AUTO,
    "tsne_seed": 1,
    "x_pairs": "",
    "y_pairs": "",
}


def size_up(words: int) -> int:
    """Return the smallest size that holds so many words."""
    return next((size for size in SIZES if size >= words), SIZES[-1])
