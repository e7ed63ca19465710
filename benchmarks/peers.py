"""Do our vectors land where gensim's do? Same text, same settings, several seeds; prints both.

    python benchmarks/peers.py [--corpus TEXT] [--seeds 3]

Two runs of one engine differ by their seeds. The engines agree if two runs of different engines differ no more
than that: the last columns compare the nearest neighbours, and the order of cosines, within and across engines.
Ours has batches where gensim updates after every pair, and bounds its steps; the rest is equal.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from gensim.models import Word2Vec  # noqa: E402
from gensim.test.utils import datapath  # noqa: E402
from scipy.stats import spearmanr  # noqa: E402
from threadpoolctl import threadpool_limits  # noqa: E402

from app.samples import samples  # noqa: E402
from w2v_core import Corpus, Embeddings, Problem, Trainer, TrainingConfig  # noqa: E402
from w2v_core.vectors.evaluation import evaluate_word_pairs, read_word_pairs  # noqa: E402

SAMPLE = "world_facts_en"
SETTINGS = {"dim": 50, "window": 5, "negatives": 5, "subsample": 1e-3, "learning_rate": 0.05, "epochs": 20}
MODELS = {
    "skip-gram, negative sampling": ("skip_gram", "negative_sampling"),
    "skip-gram, hierarchical softmax": ("skip_gram", "hierarchical_softmax"),
    "CBOW, negative sampling": ("cbow", "negative_sampling"),
}


def train_ours(corpus: Corpus, architecture: str, objective: str, seed: int) -> Embeddings:
    """Train with w2v_core."""
    config = TrainingConfig(
        architecture=architecture, objective=objective, batch_tokens=128, seed=seed, **SETTINGS
    )
    trainer = Trainer(corpus, config)
    for _ in trainer.run():
        pass
    return trainer.snapshot()


def train_gensim(corpus: Corpus, architecture: str, objective: str, seed: int) -> Embeddings:
    """Train with gensim on the same sentences; return its vectors in our order of words."""
    model = Word2Vec(
        sentences=[corpus.sentence(i) for i in range(len(corpus.starts) - 1)],
        sg=int(architecture == "skip_gram"),
        hs=int(objective == "hierarchical_softmax"),
        negative=SETTINGS["negatives"] if objective == "negative_sampling" else 0,
        vector_size=SETTINGS["dim"],
        window=SETTINGS["window"],
        sample=SETTINGS["subsample"],
        alpha=SETTINGS["learning_rate"],
        min_alpha=SETTINGS["learning_rate"] * 1e-4,
        epochs=SETTINGS["epochs"],
        min_count=1,
        workers=1,
        seed=seed,
    )
    return Embeddings(corpus.vocabulary, model.wv[list(corpus.vocabulary.words)])


def scores(embeddings: Embeddings) -> dict[str, float]:
    """Score one run against ground truth."""
    found: dict[str, float] = {}
    with contextlib.suppress(Problem):  # another text may not have its words
        found |= samples()[SAMPLE].score(embeddings)
    with contextlib.suppress(Problem):
        pairs = evaluate_word_pairs(embeddings, read_word_pairs(datapath("wordsim353.tsv")))
        found[f"WordSim-353 ({len(pairs.pairs)} pairs)"] = pairs.spearman
    return found


def agreement(a: Embeddings, b: Embeddings, k: int = 10) -> tuple[float, float]:
    """Return how many of the k nearest neighbours two runs share, and the rank correlation of cosines."""
    rng = np.random.default_rng(0)
    common = min(2000, len(a.vocabulary))
    words = np.arange(common)
    shared = [
        len(set(x) & set(y)) / k
        for (x, _), (y, _) in zip(a.nearest(words, k), b.nearest(words, k), strict=True)
    ]
    i, j = rng.integers(0, common, (2, 20_000))
    cosines = [np.einsum("nd,nd->n", e.unit_vectors[i], e.unit_vectors[j])[i != j] for e in (a, b)]
    return float(np.mean(shared)), float(spearmanr(*cosines).statistic)


def main() -> None:
    """Train everything and print a table for each model."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--corpus", default=samples()[SAMPLE].path, help="any UTF-8 text")
    arguments.add_argument("--min-count", type=int, default=1)
    arguments.add_argument("--seeds", type=int, default=3)
    options = arguments.parse_args()
    corpus = Corpus.from_file(options.corpus, options.min_count)
    print(f"{len(corpus):,} words, {len(corpus.vocabulary):,} different ones; {SETTINGS}")
    for title, model in MODELS.items():
        print(f"\n{title}")
        runs = {
            name: [train(corpus, *model, seed) for seed in range(1, options.seeds + 1)]
            for name, train in (("ours", train_ours), ("gensim", train_gensim))
        }
        for name, embeddings in runs.items():
            table = [scores(e) for e in embeddings]
            for measure in table[0]:
                values = [row[measure] for row in table]
                spread = f"{np.mean(values):.3f} +- {np.std(values):.3f}"
                print(f"  {name:<7} {measure:<24} {spread}   {np.round(values, 3).tolist()}", flush=True)
        for a, b in (("ours", "ours"), ("gensim", "gensim"), ("ours", "gensim")):
            couples = itertools.product(runs[a], runs[b]) if a != b else itertools.combinations(runs[a], 2)
            overlap, correlation = np.mean([agreement(x, y) for x, y in couples], axis=0)
            print(
                f"  {a:>6} / {b:<7} share {overlap:.0%} of 10 neighbours, cosines correlate {correlation:.3f}"
            )


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
