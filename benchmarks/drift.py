"""How far the losses of one run are apart on machines that round differently, and what `w2v check` makes of them.

    python benchmarks/drift.py [--steps 5000] [TEXT ...]

Each run is trained in processes that compute otherwise: with other kernels of OpenBLAS, without NumPy's vector
instructions, with two threads. The losses of each are checked as a hand-in code here. Prints the largest difference of
a loss that was compared, the largest share of the tolerance that was used (above 1 the check would be wrong), and how
many losses it left out. docs/hand_in.md shows the table.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from app.background.run_log import RunLog  # noqa: E402
from app.samples import samples  # noqa: E402
from app.settings import configured, recommended  # noqa: E402
from w2v_core import Corpus, Problem, Trainer, TrainingConfig  # noqa: E402
from w2v_core.handin import HandIn, check  # noqa: E402
from w2v_core.training.config import OBJECTIVES  # noqa: E402

TEXTS = ("tiny_en", "royal_court_en", "stories_zh", "world_facts_en")
RATES = (1, 5, 20)  # times the recommended one
MACHINES: dict[str, dict[str, str]] = {
    "Haswell's kernels": {"OPENBLAS_CORETYPE": "Haswell"},
    "Nehalem's kernels": {"OPENBLAS_CORETYPE": "Nehalem"},
    "Nehalem's, NumPy without AVX": {
        "OPENBLAS_CORETYPE": "Nehalem",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3,X86_V4,AVX512_ICL",
    },
    "two threads": {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"},
}


def runs(ids: list[str]) -> Iterator[tuple[str, str, float, bool, Corpus, TrainingConfig]]:
    """Yield the runs: each loss at three rates, with bounded steps and without."""
    for id in ids:
        sample = samples()[id]
        corpus = Corpus.from_file(sample.path, min_count=1)
        for objective in OBJECTIVES:
            for times in RATES:
                for bounded in (True, False):
                    values = recommended(sample) | {"objective": objective, "bounded": bounded}
                    values["learning_rate"] *= times
                    yield id, objective, times, bounded, corpus, configured(values)


def logged(corpus: Corpus, config: TrainingConfig, steps: int) -> tuple[int, list[tuple[int, float]]]:
    """Return how many steps could be made, and the losses that a hand-in code would hold."""
    trainer, log, record = Trainer(corpus, config), RunLog(), None
    try:
        for record in trainer.run(steps):
            log.step(record)
    except Problem:
        pass
    if record and (not log.losses or log.losses[-1][0] != record.step):
        log.losses.append((record.step, record.loss))
    return trainer.steps, log.losses


def main() -> None:
    """Print a line for each run on each machine."""
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", nargs="*", default=TEXTS)
    parser.add_argument("--steps", type=int, default=5_000)
    parser.add_argument("--train", action="store_true", help="print the losses of this process")
    options = parser.parse_args()
    if options.train:
        for *_, corpus, config in runs(options.texts):
            print(json.dumps(logged(corpus, config, options.steps)), flush=True)
        return
    command = [sys.executable, __file__, *options.texts, "--steps", str(options.steps), "--train"]
    usual = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    others: dict[str, list[Any]] = {}
    for machine, changes in MACHINES.items():
        environment = {**os.environ, **usual, **changes}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        others[machine] = list(map(json.loads, done.stdout.splitlines()))
    os.environ |= usual
    for number, (id, objective, times, bounded, corpus, config) in enumerate(runs(options.texts)):
        for machine, all_losses in others.items():
            steps, losses = all_losses[number]
            pairs = [(step, loss) for step, loss in losses]
            hand_in = HandIn(corpus=id, fingerprint=corpus.fingerprint, config=config, steps=steps)
            found = check(dataclasses.replace(hand_in, losses=pairs), corpus)
            kept = [each for each in found.losses if each.compared and each.found is not None]
            apart = max((each.apart for each in kept), default=0)
            used = max((abs(each.said - each.found) / each.tolerance for each in kept), default=0)
            out = len(found.losses) - found.compared
            cells = [id, objective, f"{times}x", "bounded" if bounded else "free", machine, steps]
            print(*cells, f"{apart:.0e}", f"{used:.1e}", out, found.right, sep="\t", flush=True)


if __name__ == "__main__":
    main()
