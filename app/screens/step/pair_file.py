"""One pair taken apart, as a CSV table: the numbers of every half-step, with the pair and the settings on top."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from w2v_core import __version__

from ...files.csv_file import csv_file
from .bench import PairBench
from .half_steps import Row, rows, term_loss

NUMBERS = (
    "counts_as_pair", "counts_as_noise", "score", "exponential", "probability", "loss", "dL_ds",
    "score_after", "probability_after", "loss_after",
)  # fmt: skip
VECTORS = ("vector", "gradient", "numeric_gradient", "update")


def pair_csv(bench: PairBench, corpus_title: str) -> bytes:
    """Return what lies on the bench: a line for the center, then one for each row that the page shows.

    A fork of the tree has no word; ``probability`` is softmax or sigmoid, as the loss has it.
    """
    record, config = bench.record, bench.run.config
    words = bench.run.corpus.vocabulary.words
    p, sigmoids = (np.concatenate(values) for values in (bench.probabilities, bench.sigmoids))
    about = {
        "Word2Vec Lab": __version__,
        "corpus": corpus_title,
        "step": bench.step,
        **dataclasses.asdict(config),
        "center": words[bench.center],
        "context": words[bench.context],
        "learning rate of this step": record.learning_rate,
        "columns that are not listed": record.others.count,
        "loss": record.loss,
        "loss after": record.loss_after,
        "p(context | center)": float(record.distribution[record.target]),
        "p(context | center) after": float(record.distribution_after[record.target]),
        "times applied": bench.applied,
        "p(context | center) before and after each time": _listed(p),
    }
    if not np.isnan(sigmoids).any():
        about["sigmoid(s) before and after each time"] = _listed(sigmoids)
    entries = [f"{name}_{i}" for name in VECTORS for i in range(1, config.dim + 1)]
    center: list[object] = ["center", "w", words[bench.center], *[None] * len(NUMBERS)]
    inputs = (
        record.input_vectors, record.input_gradients, record.numeric_input_gradients, record.input_updates,
    )  # fmt: skip
    center += [value for table in inputs for value in table[0].tolist()]
    table = [center, *(_line(bench, row, words) for row in rows(record, config.objective))]
    return csv_file(about, ("role", "symbol", "word", *NUMBERS, *entries), table)


def _line(bench: PairBench, row: Row, words: Sequence[str]) -> list[object]:
    record, column = bench.record, row.column
    outputs = (
        record.output_vectors, record.output_gradients, record.numeric_output_gradients, record.output_updates,
    )  # fmt: skip
    return [
        row.role,
        f"u_{row.symbol}",
        None if row.role == "node" else words[record.columns[column]],
        row.positive,
        row.negative,
        *(float(values[column]) for values in (record.scores, record.exponentials, record.probabilities)),
        term_loss(record, column),
        float(record.score_gradient[column]),
        float(record.scores_after[column]),
        float(record.probabilities_after[column]),
        term_loss(record, column, after=True),
        *(value for table in outputs for value in table[row.place].tolist()),
    ]


def _listed(values: np.ndarray) -> str:
    return " ".join(f"{value:.8g}" for value in values.tolist())
