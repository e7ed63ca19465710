"""A text for benchmarks that anybody can make: Zipf's law, topics and tenses to find again.

Most words of a sentence are common ones, drawn by Zipf's law whatever the sentence is about. Some belong to its
topic, and end as its tense wants it, in *-ha* or *-ho*; now and then comes a marker of that tense. So the
neighbours of a topical word should be of its topic, and of its tense.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

COMMON, TOPICS, STEMS, MARKERS = 5_000, 120, 110, 20
LENGTH = 18  # words a sentence
TOPICAL, MARKED = 0.2, 0.04  # shares of its words
# With it a step's batch meets the same word as often as in English: 1 / sum(p^2) after subsampling is 665, and 629 in a
# third of a million words of Wikipedia.
FLATTENING = 0.6
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


def make_text(path: Path, words: int, seed: int = 0) -> None:
    """Write about `words` words, one sentence a line; the same bytes for the same arguments."""
    rng = np.random.default_rng(seed)
    names = [_name(i) for i in range(COMMON + 2 * MARKERS + TOPICS * STEMS)]
    common, marker = names[:COMMON], names[COMMON : COMMON + 2 * MARKERS]
    stems = names[COMMON + 2 * MARKERS :]
    vocabulary = np.array([*common, *marker, *(s + "ha" for s in stems), *(s + "ho" for s in stems)])
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for start in range(0, words // LENGTH, 10_000):
            n = min(10_000, words // LENGTH - start)
            tense, topic = rng.integers(0, 2, n), _zipf(rng, TOPICS, n, 0.5)
            ids = _zipf(rng, COMMON, (n, LENGTH), flattening=FLATTENING)
            about = rng.random((n, LENGTH)) < TOPICAL
            stem = topic[:, None] * STEMS + _zipf(rng, STEMS, (n, LENGTH))
            of_topic = COMMON + 2 * MARKERS + tense[:, None] * len(stems) + stem
            ids = np.where(about, of_topic, ids)
            marks = rng.random((n, LENGTH)) < MARKED
            ids = np.where(
                marks, COMMON + tense[:, None] * MARKERS + rng.integers(0, MARKERS, ids.shape), ids
            )
            file.writelines(" ".join(line) + "\n" for line in vocabulary[ids].tolist())


def classes() -> dict[str, str]:
    """Return the class of every topical word: its topic and tense."""
    first = COMMON + 2 * MARKERS
    return {
        _name(first + stem) + ending: f"{stem // STEMS} {ending}"
        for stem in range(TOPICS * STEMS)
        for ending in ("ha", "ho")
    }


def _zipf(
    rng: np.random.Generator, n: int, size: object, power: float = 1.0, flattening: float = 2.7
) -> np.ndarray:
    """Draw 0..n-1 with probabilities ~ 1 / (rank + flattening) ** power (Mandelbrot's form of Zipf's law)."""
    ends = np.cumsum(1 / (np.arange(n) + flattening) ** power)
    return np.searchsorted(ends / ends[-1], rng.random(size))


def _name(number: int) -> str:
    """Return a word of three syllables or more, a different one for each number."""
    name = ""
    while number or len(name) < 6:
        number, syllable = divmod(number, len(SYLLABLES))
        name += SYLLABLES[syllable]
    return name
