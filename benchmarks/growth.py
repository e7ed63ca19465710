"""How speed changes as the text and the vocabulary grow: a table and a plot."""

from __future__ import annotations

import tempfile
from pathlib import Path

import engines
import generated
import numpy as np
from engines import seconds

from w2v_core import Corpus, Trainer, TrainingConfig, Vocabulary
from w2v_core.training.config import OBJECTIVES

SIZES = (1_000, 3_000, 10_000, 30_000)
SECONDS = 3.0  # of training for each point


def report(words: int, plot: Path) -> str:
    """Measure, write the plot, and return the tables as Markdown."""
    by_length = {n: words_a_second(n) for n in (words // 10, words, words * 10)}
    by_size = {
        objective: [pairs_a_second(zipf_corpus(size), objective) for size in SIZES]
        for objective in OBJECTIVES
    }
    draw(by_length, by_size, plot)
    lines = ["## Growth", "", "| words of text | negative sampling, words/s |", "|---:|---:|"]
    lines += [f"| {n:,} | {speed:,.0f} |" for n, speed in by_length.items()]
    lines += ["", "| pairs/s at V = | " + " | ".join(f"{size:,}" for size in SIZES) + " |"]
    lines += ["|---|" + "---:|" * len(SIZES)]
    for objective, speeds in by_size.items():
        lines.append(f"| {objective.replace('_', ' ')} | " + " | ".join(f"{s:,.0f}" for s in speeds) + " |")
    return "\n".join(
        [*lines, "", f"![pairs and words a second as text and vocabulary grow]({plot.name})", ""]
    )


def words_a_second(words: int) -> float:
    """Return the speed of one epoch over a generated text of this length."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        generated.make_text(path, words)
        corpus = Corpus.from_file(path, engines.MIN_COUNT)
    return len(corpus) / engines.ours(corpus)[0]


def zipf_corpus(size: int, tokens: int = 400_000) -> Corpus:
    """Return a text of `size` words drawn by Zipf's law."""
    rng = np.random.default_rng(size)
    ends = np.cumsum(1 / (np.arange(size) + 2.7))
    ids = np.searchsorted(ends / ends[-1], rng.random(tokens)).astype(np.int32)
    counts = np.maximum(np.bincount(ids, minlength=size), 1)
    starts = np.append(np.arange(0, tokens, 20), tokens)
    return Corpus(Vocabulary([f"w{i}" for i in range(size)], counts), ids, starts)


def pairs_a_second(corpus: Corpus, objective: str) -> float:
    """Return the speed of training, on one thread."""
    run = Trainer(corpus, TrainingConfig(objective=objective, epochs=1000, **engines.SETTINGS))
    run.step()
    pairs, took = run.pairs, 0.0
    while took < SECONDS:
        took += seconds(run.step)
    return (run.pairs - pairs) / took


def draw(by_length: dict[int, float], by_size: dict[str, list[float]], path: Path) -> None:
    """Write the plot as SVG."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "growth"
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.plot(list(by_length), list(by_length.values()), "o-", color="#0072B2")
    left.set(xscale="log", ylim=(0, None), xlabel="words of text", ylabel="words/s, negative sampling")
    for (objective, speeds), colour, mark in zip(
        by_size.items(), ("#CC79A7", "#0072B2", "#009E73", "#D55E00"), "os^d", strict=True
    ):
        right.plot(SIZES, speeds, marker=mark, color=colour, label=objective.replace("_", " "))
    right.set(xscale="log", yscale="log", xlabel="words in the vocabulary", ylabel="pairs/s")
    right.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
