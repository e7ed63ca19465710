"""What the Corpus page says of a text in words: a sentence on each figure, and on the window."""

from __future__ import annotations

import numpy as np

from w2v_core import Corpus, Vocabulary
from w2v_core.corpus import statistics
from w2v_core.corpus.statistics import SentenceLengths

from ...formatting import Count, decimal, percent
from ...text import Words
from .model import Passage, Position


def zipf(vocabulary: Vocabulary, text: Words) -> str:
    """Say how much of the text the most frequent words are, and how steep the fitted line is."""
    said = text.zipf_note if vocabulary.counts[-1] == 1 else text.zipf_cut_note
    return said.format(
        share=percent(statistics.share_of_most_frequent(vocabulary, 10)),
        once=percent(float(np.mean(vocabulary.counts == 1))),
        least=f"{vocabulary.counts[-1]:,}",
        slope=f"{statistics.zipf_line(vocabulary).slope:.2f}".replace("-", "−"),
    )


def subsampling(vocabulary: Vocabulary, threshold: float, text: Words) -> str:
    """Say what subsampling leaves of the most frequent word, and of all."""
    said = text.subsampling_note if threshold else text.subsampling_off_note
    return said.format(
        threshold=decimal(threshold),
        word=vocabulary.words[0],
        word_share=percent(float(vocabulary.counts[0] / vocabulary.counts.sum())),
        word_kept=percent(float(vocabulary.keep_probability(threshold)[0])),
        kept=percent(statistics.kept_share(vocabulary, threshold)),
    )


def noise(vocabulary: Vocabulary, text: Words) -> str:
    """Say what the power does to the rarest and to the most frequent word."""
    ratio = statistics.noise_ratio(vocabulary)
    return text.noise_note.format(
        rare=vocabulary.words[-1],
        rare_ratio=decimal(ratio[-1]),
        frequent=vocabulary.words[0],
        frequent_ratio=decimal(ratio[0]),
    )


def lengths(
    vocabulary: Vocabulary, found: SentenceLengths, threshold: float, window: int, text: Words
) -> str:
    """Say how long sentences are on average, before and after subsampling."""
    left = found.mean * statistics.kept_share(vocabulary, threshold)
    return text.lengths_note.format(mean=decimal(found.mean), left=decimal(left), window=window)


def place(corpus: Corpus, position: Position, shown: Passage, text: Words) -> str:
    """Say which sentence is seen, and which part of it."""
    said = text.passage_number if any(shown.more) else text.sentence_number
    return said.format(
        number=f"{position.sentence + 1:,}",
        sentences=f"{len(corpus.starts) - 1:,}",
        first=f"{shown.first + 1:,}",
        last=f"{shown.first + len(shown.ids):,}",
        words=f"{shown.length:,}",
    )


def reach(vocabulary: Vocabulary, shown: Passage, threshold: float, window: int, text: Words) -> str:
    """Say how far the center word looks, or that it is dropped."""
    center, id = shown.center, shown.ids[shown.center]
    return (text.reach if shown.kept[center] else text.dropped).format(
        word=vocabulary.words[id],
        reach=Count(shown.reach[center]),
        window=window,
        keep=percent(float(vocabulary.keep_probability(threshold)[id])),
        pairs=len(shown.contexts),
    )


def draw(shown: Passage, text: Words) -> str:
    """Say how many words a draw drops, and how many pairs it yields."""
    dropped = int((~shown.kept).sum())
    return (text.sentence_note if dropped else text.whole_sentence_note).format(
        pairs=f"{len(shown.pairs):,}", words=Count(f"{len(shown.ids):,}"), dropped=f"{dropped:,}"
    )
