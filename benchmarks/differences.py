"""What each difference from word2vec.c does to vectors and speed, on an English text.

    python benchmarks/differences.py TEXT [--epochs 20] [--seeds 3]

Each row changes one setting of the default run; docs/differences.md shows the table.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from bench import scores
from threadpoolctl import threadpool_limits

from w2v_core import Corpus, Diverged, Trainer, TrainingConfig

MIN_COUNT = 5
VARIANTS: dict[str, dict[str, Any]] = {
    "the default": {},
    "rows are not bounded": {"max_row_update": None},
    "16 centers a step": {"batch_tokens": 16},
    "1,024 centers a step": {"batch_tokens": 1024},
    "1,024 centers a step, rows not bounded": {"batch_tokens": 1024, "max_row_update": None},
    "K noise words for each pair": {"noise": "per_pair"},
    "noise that hits its target is dropped": {"noise_may_hit_target": False},
    "K noise words for each pair, hits dropped, 16 centers a step, rows not bounded": {
        "noise": "per_pair",
        "noise_may_hit_target": False,
        "batch_tokens": 16,
        "max_row_update": None,
    },
}


def row(corpus: Corpus, changes: dict[str, Any], epochs: int, seeds: int) -> str:
    """Return words/s and the scores of some runs with these changes, as a row's cells."""
    speeds, found = [], []
    for seed in range(1, seeds + 1):
        run = Trainer(corpus, TrainingConfig(epochs=epochs, seed=seed, **changes))
        began = time.perf_counter()
        try:
            embeddings = run.train()
        except Diverged as problem:
            return f"| {problem} "
        speeds.append(epochs * len(corpus) / (time.perf_counter() - began))
        found.append(scores(embeddings))
    cells = [f"{np.median(speeds):,.0f}"]
    for measure in found[0]:
        values = [one[measure] for one in found]
        cells.append(f"{np.mean(values):.3f} ± {np.std(values, ddof=1) if seeds > 1 else 0:.3f}")
    return " | ".join(cells)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("text", type=Path)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    corpus = Corpus.from_file(options.text, MIN_COUNT)
    print("|  | words/s | WordSim-353 | SimLex-999 | analogies |\n| --- | ---: | ---: | ---: | ---: |")
    with threadpool_limits(1):
        for what, changes in VARIANTS.items():
            print(f"| {what} | {row(corpus, changes, options.epochs, options.seeds)} |", flush=True)
