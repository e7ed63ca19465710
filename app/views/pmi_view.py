"""A run's pairs to a picture: what the vectors say of them against what the text says, as the component takes it."""

from __future__ import annotations

import dataclasses
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

import w2v_core
from app.files.csv_file import csv_file
from app.runs.live import LiveTraining
from app.text import Text
from app.views.charts import chart_buttons, packed
from app.views.component import component
from w2v_core import Corpus, Probe, TrainingConfig
from w2v_core.training.objectives import Objective, make_objective
from w2v_core.training.pmi import Learned, PairSample, compare, has_optimum, sample_pairs

MOST_PAIRS = 2000  # in a browser that draws them four times a second
MOST_STRANGE = 400
PAIRS_TO_COUNT = 8_000_000  # about, in one pass or several: half a second to two, and 150 MB for that time;
COUNTING = threading.Lock()  # so one count at a time, whoever asks
MOST_PASSES = 20
CELLS = 1 << 19  # scores a look: the softmaxes score all words for each center
ROUND = tuple(digit * 10**power for power in range(5) for digit in (1, 2, 5))
SHARES = (0.25, 0.6, 0.9)  # of the pairs, about, below the limits of the classes of frequency


@dataclass(frozen=True, eq=False)
class Pairs:
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


def pmi_component() -> Callable[..., Any]:
    """Register the component that draws the pairs, and return it."""
    scripts = ("chart.js", "live_view.js", "pmi_chart.js", "pmi.js")
    return component("w2v_pmi", scripts, ("charts.css", "pmi.css"))


def kind(config: TrainingConfig) -> str:
    """Return what is compared: "scores", "probabilities", or "none"."""
    if not has_optimum(config):
        return "none"
    return "scores" if config.objective == "negative_sampling" else "probabilities"


def pairs_of(corpus: Corpus, config: TrainingConfig) -> Pairs:
    """Return the pairs to look at; counted once for all sessions with the same corpus and settings."""
    counted = ("objective", "window", "dynamic_window", "subsample", "negatives", "noise_power")
    return _pairs(corpus, config, corpus.fingerprint, tuple(getattr(config, name) for name in counted))


@st.cache_resource(max_entries=12, show_spinner=False)
def _pairs(_corpus: Corpus, _config: TrainingConfig, fingerprint: str, settings: tuple[Any, ...]) -> Pairs:
    pairs_a_token = _config.window + 1  # on average, since windows are drawn
    tokens = min(len(_corpus), PAIRS_TO_COUNT // pairs_a_token)  # a larger text is sampled
    passes = min(MOST_PASSES, PAIRS_TO_COUNT // (tokens * pairs_a_token))
    with COUNTING:
        probe = Probe.from_corpus(_corpus, _config, max_tokens=tokens, passes=passes)
    sample = sample_pairs(
        probe,
        _config,
        most=MOST_PAIRS,
        most_strange=MOST_STRANGE,
        most_centers=max(1, CELLS // len(_corpus.vocabulary)) if kind(_config) == "probabilities" else None,
    )
    return Pairs(
        sample,
        make_objective(_corpus.vocabulary, _config),
        sample.counts / passes,
        passes,
        tokens if tokens < len(_corpus) else None,
    )


def frequency_classes(times: np.ndarray) -> list[int]:
    """Return round numbers that part pairs into rare and frequent ones: 2, 5, 20."""
    limits = np.quantile(times, SHARES)
    nearest = {min(ROUND[1:], key=lambda limit: abs(np.log(limit / wanted))) for wanted in limits}
    return sorted(int(limit) for limit in nearest)


def learned(run: LiveTraining, pairs: Pairs) -> Learned:
    """Return what the run's vectors say of the pairs now."""
    embeddings = run.progress.embeddings
    assert embeddings.output_vectors is not None, "a run has both"
    return compare(pairs.sample, embeddings.vectors, embeddings.output_vectors, pairs.objective)


def pmi_data(run: LiveTraining, run_id: str, pairs: Pairs, found: Learned, text: Text) -> dict[str, Any]:
    """Return the pairs as the component takes them."""
    pmi_page, sample, what = text.pmi_page, pairs.sample, kind(run.config)
    ids = np.concatenate([sample.centers, sample.contexts, sample.strange_centers, sample.strange_contexts])
    named, place = np.unique(ids, return_inverse=True)
    n, q = len(sample.centers), len(sample.strange_centers)
    ends = np.cumsum([n, n, q])
    centers, contexts, strange_centers, strange_contexts = np.split(place, ends)
    words, classes = run.corpus.vocabulary.words, frequency_classes(pairs.times)
    return {
        "run": run_id,
        "version": run.progress.version,
        "step": run.progress.step,
        "running": run.running,
        "words": [words[i] for i in named],
        "pairs": {
            "center": packed(centers, "<i4"),
            "context": packed(contexts, "<i4"),
            "x": packed(sample.optimum),
            "y": packed(found.values),
            "times": packed(pairs.times),
            "pmi": packed(sample.pmi),
        },
        "strange": {
            "center": packed(strange_centers, "<i4"),
            "context": packed(strange_contexts, "<i4"),
            "y": packed(found.strange_values),
        },
        "classes": classes,
        "text": {
            "missing": text.plotly_missing,
            "buttons": chart_buttons(text),
            "title": pmi_page.chart[what],
            "alt": pmi_page.chart_alt,
            "x": pmi_page.optimum_axis[what],
            "y": pmi_page.value_axis[what],
            "diagonal": pmi_page.diagonal,
            "never": pmi_page.never,
            "legend": pmi_page.legend,
            "classes": [
                pmi_page.count_below.format(high=classes[0]),
                *(
                    pmi_page.count_classes.format(low=low, high=high)
                    for low, high in itertools.pairwise(classes)
                ),
                pmi_page.count_above.format(low=classes[-1]),
            ],
            "hover": {
                "times": pmi_page.hover_counts,
                "said": pmi_page.hover_said,
                "belongs": pmi_page.hover_belongs,
                "pmi": pmi_page.hover_pmi,
                "never": pmi_page.hover_never,
            },
        },
    }


def pmi_csv(run: LiveTraining, corpus_title: str, pairs: Pairs) -> bytes:
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
