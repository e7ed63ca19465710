"""One model on four shards against one process: the quality of each merge by rounds an epoch, and the speed.

    python benchmarks/sharded.py quality TEXT --epochs 20 --measured results.jsonl
    python benchmarks/sharded.py quality generated --words 2000000 --epochs 5 --measured results.jsonl
    python benchmarks/sharded.py speed generated --words 4000000
    python benchmarks/sharded.py picture --measured results.jsonl --picture docs/pictures/sharded.svg

What `--measured` has is not measured again. Shards come out the same wherever they are trained, so quality is measured
with one worker; speed with as many processes as there are cores, beside one process on the same cores.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import bench  # noqa: E402
import generated  # noqa: E402
import numpy as np  # noqa: E402
from threadpoolctl import threadpool_limits  # noqa: E402

from w2v_core import Corpus, Trainer, TrainingConfig  # noqa: E402
from w2v_core.cluster.engine import opened  # noqa: E402
from w2v_core.cluster.merge import Array, Combiner, MovedRows, WeightedMean  # noqa: E402
from w2v_core.cluster.rounds import next_round, run_in_rounds  # noqa: E402
from w2v_core.cluster.shards import Moved, train_shard  # noqa: E402
from w2v_core.training.parallel import run_in_processes  # noqa: E402

SHARDS = 4
ALONE = "one process"


class Sum:
    """The sum of the moves, as no one should take it."""

    def __init__(self, array: Array) -> None:
        self._total = np.zeros_like(array)

    def add(self, shard: MovedRows) -> None:
        """Take one more shard into account."""
        self._total[shard.ids] += shard.moves

    def move(self, array: Array) -> None:
        """Move the rows of the array."""
        array += self._total


MERGES = {"mean": WeightedMean, "combiner": Combiner, "sum": Sum}


def quality(corpus: Corpus, options: argparse.Namespace) -> None:
    """Measure what is not measured yet."""
    measured, epochs = options.measured, options.epochs
    text = f"{Path(options.text).stem}, {len(corpus):,} words, {epochs} epochs"
    done = {_key(row) for row in _read(measured)}
    for merge in options.merge:
        for rounds in (0,) if merge == ALONE else options.rounds:
            for seed in options.seeds:
                row = {"text": text, "epochs": epochs, "merge": merge, "rounds": rounds, "seed": seed}
                if _key(row) in done:
                    continue
                began = time.perf_counter()
                scores = _scores(corpus, TrainingConfig(epochs=epochs, seed=seed), merge, rounds)
                row |= {"scores": scores, "seconds": round(time.perf_counter() - began, 1)}
                with open(measured, "a", encoding="utf-8") as file:
                    file.write(json.dumps(row) + "\n")
                print(row, flush=True)


def _scores(corpus: Corpus, config: TrainingConfig, merge: str, rounds: int) -> dict[str, float]:
    trainer = Trainer(corpus, config)
    if merge == ALONE:
        return bench.scores(trainer.train())
    with np.errstate(over="ignore", invalid="ignore"):
        while not trainer.finished:
            todo, end = next_round(trainer, rounds, SHARDS)
            moved = [train_shard(corpus.vocabulary, config, trainer._arrays(), shard) for shard in todo]
            _merge(trainer, moved, merge)
            trainer._windows.go_to(*end)
            if not np.isfinite(trainer.W).all():
                return {}
    return bench.scores(trainer.snapshot())


def _merge(trainer: Trainer, moved: list[Moved], merge: str) -> None:
    for name, array in trainer._arrays().items():
        merges = MERGES[merge](array)
        for each in moved:
            merges.add(each.rows[name])
        merges.move(array)


def _read(measured: Path) -> list[dict]:
    return (
        [json.loads(line) for line in measured.read_text(encoding="utf-8").splitlines()]
        if measured.exists()
        else []
    )


def _key(row: dict) -> tuple:
    return tuple(row[name] for name in ("text", "epochs", "merge", "rounds", "seed"))


def table(measured: Path) -> Iterator[str]:
    """Yield the lines of a Markdown table for each text: mean and standard deviation over the seeds."""
    rows = [row for row in _read(measured) if row["scores"]]
    for text in dict.fromkeys(row["text"] for row in rows):
        of_text = [row for row in rows if row["text"] == text]
        names = list(of_text[0]["scores"])
        yield f"| {text} | " + " | ".join(names) + " |"
        yield "| --- |" + " ---: |" * len(names)
        for merge, rounds in sorted(
            {(r["merge"], r["rounds"]) for r in of_text}, key=lambda x: (x[0] != ALONE, x)
        ):
            cells = (_mean(of_text, merge, rounds, name) for name in names)
            what = merge if merge == ALONE else f"{SHARDS} shards, {merge}, {rounds} rounds an epoch"
            yield f"| {what} | " + " | ".join(f"{mean:.3f} ± {spread:.3f}" for mean, spread in cells) + " |"
        yield ""


def _mean(rows: list[dict], merge: str, rounds: int, name: str) -> tuple[float, float]:
    values = [row["scores"][name] for row in rows if (row["merge"], row["rounds"]) == (merge, rounds)]
    return float(np.mean(values)), float(np.std(values, ddof=1)) if len(values) > 1 else 0.0


def picture(measured: Path, path: Path) -> None:
    """Draw the measures of the first text over rounds an epoch: a line a merge, one process as a band."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "sharded"  # the same picture is the same file
    import matplotlib.pyplot as plt

    rows = [row for row in _read(measured) if row["scores"]]
    rows = [row for row in rows if row["text"] == rows[0]["text"]]
    names, every = list(rows[0]["scores"]), sorted({row["rounds"] for row in rows if row["rounds"]})
    figure, axes = plt.subplots(1, len(names), figsize=(3.4 * len(names), 3.2), layout="constrained")
    for axis, name in zip(np.atleast_1d(axes), names, strict=True):
        mean, spread = _mean(rows, ALONE, 0, name)
        axis.axhspan(mean - spread, mean + spread, color="0.85")
        axis.axhline(mean, color="0.45", label=ALONE)
        for merge in dict.fromkeys(row["merge"] for row in rows if row["merge"] != ALONE):
            rounds = sorted({row["rounds"] for row in rows if row["merge"] == merge})
            means, spreads = zip(*(_mean(rows, merge, each, name) for each in rounds), strict=True)
            axis.errorbar(rounds, means, spreads, marker="o", capsize=3, label=merge)
        axis.set(title=name, xlabel="rounds an epoch", xscale="log", xticks=every, xticklabels=every)
        axis.minorticks_off()
    np.atleast_1d(axes)[0].legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})


def speed(corpus: Corpus, rounds: list[int], workers: int) -> None:
    """Print words a second of one epoch: one process, several on shared memory, and shards on a cluster."""
    config, n = TrainingConfig(epochs=1), len(corpus)

    def told(what: str, seconds: float) -> None:
        print(f"| {what} | {n / seconds:,.0f} |", flush=True)

    began = time.perf_counter()
    Trainer(corpus, config).train()
    told(ALONE, time.perf_counter() - began)
    began = time.perf_counter()
    for _ in run_in_processes(Trainer(corpus, config), workers):
        pass
    told(f"{workers} processes on shared memory", time.perf_counter() - began)
    began = time.perf_counter()
    with opened(workers) as client:
        print(f"starting {workers} workers: {time.perf_counter() - began:.1f} s")
        client.run(int)
        for each in rounds:
            trainer, began = Trainer(corpus, config), time.perf_counter()
            for _ in run_in_rounds(trainer, client, rounds=each, parts=SHARDS):
                pass
            told(f"{SHARDS} shards on {workers} workers, {each} rounds", time.perf_counter() - began)
    trainer = Trainer(corpus, config)
    todo, _ = next_round(trainer, rounds[0], SHARDS)
    began = time.perf_counter()
    moved = [train_shard(corpus.vocabulary, config, trainer._arrays(), shard) for shard in todo]
    trained = time.perf_counter() - began
    began = time.perf_counter()
    _merge(trainer, moved, "combiner")
    merged = time.perf_counter() - began
    out = sum(array.nbytes for array in trainer._arrays().values())
    back = [
        sum(rows.moves.nbytes + rows.ids.nbytes + rows.times.nbytes for rows in each.rows.values())
        for each in moved
    ]
    print(
        f"a round of {rounds[0]} an epoch: {out / 1e6:.1f} MB to each worker, {np.mean(back) / 1e6:.1f} MB back from "
        f"each shard of {len(todo[0].ids):,} words; training {trained / len(todo):.3f} s each, merging {merged:.3f} s"
    )


def _corpus(options: argparse.Namespace) -> Corpus:
    if options.text != "generated":
        return Corpus.from_file(options.text, 5)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.txt")
        generated.make_text(path, options.words)
        return Corpus.from_file(path, 5)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("quality", "speed", "picture"))
    parser.add_argument("text", nargs="?", default="generated", help="a file, or generated")
    parser.add_argument("--words", type=int, default=2_000_000, help="of the generated text")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--merge", nargs="+", default=[ALONE, "mean", "combiner", "sum"])
    parser.add_argument("--rounds", nargs="+", type=int, default=[5, 10, 20, 50])
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--measured", type=Path, default=Path("sharded.jsonl"))
    parser.add_argument("--picture", type=Path, default=ROOT / "docs/pictures/sharded.svg")
    options = parser.parse_args()
    with threadpool_limits(1):
        if options.what == "quality":
            quality(_corpus(options), options)
        elif options.what == "speed":
            speed(_corpus(options), options.rounds, options.workers)
        else:
            picture(options.measured, options.picture)
            print("\n".join(table(options.measured)))
