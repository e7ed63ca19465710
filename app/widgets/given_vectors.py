"""Whether a file that is brought as a text holds vectors: whoever has trained already wants Lookup."""

from __future__ import annotations

import math
from typing import Any

VECTORS_HEAD, LEAST_NUMBERS = 1 << 16, 8  # bytes looked at; numbers in a row that no sentence has


def holds_vectors(file: Any) -> bool:
    """Tell whether a file holds vectors rather than a text: its name says so, or a word stands before many numbers."""
    file.seek(0)
    head = file.read(VECTORS_HEAD)
    file.seek(0)
    columns = (head.split(b"\n")[1:2] or [b""])[0].split()[1:]  # the first line may be a heading
    try:
        numbers = sum(math.isfinite(float(column)) for column in columns[:LEAST_NUMBERS])
    except ValueError:
        numbers = 0
    return file.name.lower().endswith((".bin", ".vec", ".npz", ".kv", ".model")) or numbers == LEAST_NUMBERS
