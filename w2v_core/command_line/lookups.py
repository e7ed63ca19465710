"""The commands that read vectors: `neighbors`, `analogy`, `evaluate`, `convert`. Tables are tab-separated."""

from __future__ import annotations

import argparse

from ..problems import UnknownWord, counted
from ..vectors.embeddings import Embeddings
from ..vectors.evaluation import (
    evaluate_analogies,
    evaluate_word_pairs,
    read_analogies,
    read_word_pairs,
)
from ..vectors.formats import check_target, load_vectors, save_vectors
from . import streams


def neighbors(options: argparse.Namespace) -> int:
    """Print word, neighbor, value: a line for each neighbor."""
    streams.check_output()
    embeddings, status = _loaded(options), 0
    for word in _words(options.word):
        try:
            found = embeddings.neighbors(word, options.k, metric=options.metric)
        except UnknownWord as problem:  # the others have their answers
            streams.refuse(str(problem))
            status = 1
            continue
        for near, value in found:
            streams.row(word, near, f"{value:.4f}")
    return status


def analogy(options: argparse.Namespace) -> int:
    """Print the best answers and their scores."""
    streams.check_output()
    answers = _loaded(options).analogy(
        options.a,
        options.b,
        options.c,
        options.k,
        method=options.method,
        include_query=options.include_query,
    )
    for word, value in answers:
        streams.row(word, f"{value:.4f}")
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Print the score on each file, and on each section of an analogy file."""
    if not options.pairs and not options.analogies:
        streams.say("w2v_core: name a file with --pairs or --analogies")
        return 2
    streams.check_output()
    embeddings = _loaded(options)
    for path in options.pairs:
        pairs = evaluate_word_pairs(embeddings, read_word_pairs(path), ignore_case=options.ignore_case)
        streams.row(path, "spearman", f"{pairs.spearman:.4f}", counted(len(pairs.pairs), "pair"))
        _say_unknown(path, pairs.unknown, "pair")
    for path in options.analogies:
        score = evaluate_analogies(embeddings, read_analogies(path), ignore_case=options.ignore_case)
        for section in (*score.sections, score.total):
            found = f"{section.correct}/{section.counted}"
            accuracy = f"{section.accuracy:.4f}" if section.counted else "-"
            streams.row(path, section.name or "total", accuracy, found)
        _say_unknown(path, score.total.unknown, "question")
    return 0


def _say_unknown(path: str, unknown: int, noun: str) -> None:
    if unknown:
        streams.say(
            f"note: {path}: {counted(unknown, noun)} left out: the vectors do not know all of the words."
        )


def convert(options: argparse.Namespace) -> int:
    """Read vectors and write them in another format."""
    check_target(options.output, options.format)
    embeddings = _loaded(options)
    save_vectors(embeddings, options.output, options.format)
    streams.say(f"wrote {options.output}: {counted(len(embeddings), 'word')}")
    return 0


def _loaded(options: argparse.Namespace) -> Embeddings:
    """Return the vectors, and say what was passed over in their file."""
    names = ("first", "errors", "member", "metadata", "column")
    embeddings = load_vectors(options.vectors, **{name: getattr(options, name) for name in names})
    if embeddings.faults.count:
        streams.say(str(embeddings.faults))
    return embeddings


def _words(given: list[str]) -> list[str]:
    """Return the words, those from stdin in the place of ``-``."""
    words: list[str] = []
    for word in given:
        words += streams.asked() if word == "-" else [word]
    return words
