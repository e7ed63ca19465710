"""The pairs that What it learns looks at: counted in the text, compared with the vectors, as a table to take home."""

from __future__ import annotations

import dataclasses
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np

import w2v_core
from w2v_core import Corpus, TrainingConfig
from w2v_core.diagnostics import Probe
from w2v_core.diagnostics.pmi import Learned, PairSample, compare, has_optimum, sample_pairs
from w2v_core.training.objectives import Objective, make_objective

from ...background.corpus_cache import CorpusCache
from ...background.run import Run
from ...files.csv_file import csv_file

MOST_PAIRS = 2000  # in a browser that draws them four times a second
MOST_STRANGE = 400
PAIRS_TO_COUNT = 8_000_000  # about, in one pass or several: half a second to two, and 150 MB for that time;
COUNTING = threading.Lock()  # so one count at a time for all sessions
MOST_PASSES = 20
CELLS = 1 << 19  # scores a look: the softmaxes score all words for each center
ROUND = tuple(digit * 10**power for power in range(5) for digit in (1, 2, 5))
SHARES = (0.25, 0.6, 0.9)  # of the pairs, about, below the limits of the classes of frequency


@dataclass(frozen=True, eq=False)
class CountedPairs:
    """The pairs of one corpus under some settings.

    Attributes
    ----------
    sample : PairSample
    objective : Objective
    times : (P,) float64 array
        How often each pair occurs in one pass over the text counted.
    passes : int
    tokens : int or None
        Of the sample that was counted; None if it was the whole text.
    """

    sample: PairSample
    objective: Objective
    times: np.ndarray
    passes: int
    tokens: int | None


def kind(config: TrainingConfig) -> str:
    """Return what is compared: "scores", "probabilities", or "none"."""
    if not has_optimum(config):
        return "none"
    return "scores" if config.objective == "negative_sampling" else "probabilities"


def pairs_of(corpus: Corpus, config: TrainingConfig) -> CountedPairs:
    """Return the pairs to look at; counted once for all runs of the same corpus and settings."""
    counted = ("objective", "window", "dynamic_window", "subsample", "negatives", "noise_power")
    return _pairs(corpus, tuple(getattr(config, name) for name in counted), lambda: _counted(corpus, config))


_pairs: CorpusCache[CountedPairs] = CorpusCache(most=3)


def _counted(corpus: Corpus, config: TrainingConfig) -> CountedPairs:
    pairs_a_token = config.window + 1  # on average, since windows are drawn
    tokens = min(len(corpus), PAIRS_TO_COUNT // pairs_a_token)  # a larger text is sampled
    passes = min(MOST_PASSES, PAIRS_TO_COUNT // (tokens * pairs_a_token))
    with COUNTING:
        probe = Probe.from_corpus(corpus, config, max_tokens=tokens, passes=passes)
    sample = sample_pairs(
        probe,
        config,
        most=MOST_PAIRS,
        most_strange=MOST_STRANGE,
        most_centers=max(1, CELLS // len(corpus.vocabulary)) if kind(config) == "probabilities" else None,
    )
    return CountedPairs(
        sample,
        make_objective(corpus.vocabulary, config),
        sample.counts / passes,
        passes,
        tokens if tokens < len(corpus) else None,
    )


def frequency_classes(times: np.ndarray) -> list[int]:
    """Return round numbers that part pairs into rare and frequent ones: 2, 5, 20."""
    limits = np.quantile(times, SHARES)
    nearest = {min(ROUND[1:], key=lambda limit: abs(np.log(limit / wanted))) for wanted in limits}
    return sorted(int(limit) for limit in nearest)


def learned(run: Run, pairs: CountedPairs) -> Learned:
    """Return what the run's vectors say of the pairs now."""
    embeddings = run.progress.embeddings
    assert embeddings.output_vectors is not None, "a run has both"
    return compare(pairs.sample, embeddings.vectors, embeddings.output_vectors, pairs.objective)


def pmi_csv(run: Run, corpus_title: str, pairs: CountedPairs) -> bytes:
    """Return the points as CSV; pairs that never occur have no PMI, and their optimum is -inf."""
    sample, found = pairs.sample, learned(run, pairs)
    about = {
        "what": "pairs (center, context): what the vectors say (value) and where the loss drives it (optimum)",
        "program": f"w2v_core {w2v_core.__version__}",
        "corpus": corpus_title,
        "step": run.progress.step,
        "pairs seen": run.progress.last.pairs if run.progress.last else 0,
        **dataclasses.asdict(run.config),
        "pearson": found.pearson,
        "spearman": found.spearman,
        "mean distance": found.distance,
        "mean value of pairs that never occur": found.strange_mean,
    }
    words = run.corpus.vocabulary.words
    rows: list[tuple[Any, ...]] = [
        (words[c], words[o], *numbers)
        for c, o, *numbers in zip(
            sample.centers,
            sample.contexts,
            pairs.times.tolist(),
            sample.pmi.tolist(),
            sample.optimum.tolist(),
            found.values.tolist(),
            strict=True,
        )
    ]
    strangers = zip(
        sample.strange_centers, sample.strange_contexts, found.strange_values.tolist(), strict=True
    )
    rows += [(words[c], words[o], 0, None, -np.inf, value) for c, o, value in strangers]
    return csv_file(about, ("center", "context", "times_in_text", "pmi", "optimum", "value"), rows)
