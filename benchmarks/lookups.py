"""How long a nearest-neighbour lookup takes, beside gensim's `most_similar`: single and 100 at once.

    python benchmarks/lookups.py [--words 30000] [--dim 100]

Both answer the same queries in turn; medians of the pairs' times and of their ratios.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from gensim.models import KeyedVectors
from threadpoolctl import threadpool_limits

from w2v_core import Embeddings, Vocabulary


def seconds(function: Callable[[], object]) -> float:
    """Return how long one call takes."""
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def main() -> None:
    """Print a line for each kind of lookup."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--words", type=int, default=30_000)
    arguments.add_argument("--dim", type=int, default=100)
    options = arguments.parse_args()
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(options.words, options.dim)).astype(np.float32)
    words = [f"w{i}" for i in range(options.words)]
    ours = Embeddings(Vocabulary(words, np.arange(options.words, 0, -1)), vectors.copy())
    theirs = KeyedVectors(options.dim)
    theirs.add_vectors(words, vectors)
    queries = rng.choice(options.words, 200, replace=False)
    assert [w for w, _ in ours.neighbors("w7", 10)] == [w for w, _ in theirs.most_similar("w7", topn=10)]

    print(f"{options.words:,} x {options.dim}, one thread      ours     gensim   gensim/ours")
    single = [
        (seconds(lambda w=f"w{q}": ours.neighbors(w, 10)), seconds(lambda w=f"w{q}": theirs.most_similar(w)))
        for q in queries
    ]
    show("one word", single)
    hundred = queries[:100]
    batched = [
        (
            seconds(lambda: ours.nearest(hundred, 10)),
            seconds(lambda: [theirs.most_similar(words[q]) for q in hundred]),
        )
        for _ in range(10)
    ]
    show("100 words", batched)


def show(what: str, times: list[tuple[float, float]]) -> None:
    """Print medians in milliseconds, and the median ratio."""
    ours, theirs = (1e3 * statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(b / a for a, b in times)
    print(f"{what:<24} {ours:>8.3f} ms {theirs:>7.3f} ms {ratio:>8.1f}x")


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
