"""A corpus to pictures: what the Corpus page's component in the browser draws.

The numbers are the core's (`corpus.statistics`, `corpus.inspection`); here they get words and units.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from app.numbers import decimal, percent
from app.text import Text
from app.text.corpus_page import CorpusText
from app.views.charts import chart_buttons
from app.views.component import component
from w2v_core import Corpus, Vocabulary
from w2v_core.corpus import inspection, statistics

SCRIPTS = ("chart.js", "corpus_charts.js", "word_table.js", "window_view.js", "corpus.js")  # one module
MOST_ROWS = 200  # of the word table; the search finds the rest
MOST_WORDS = 64  # of a sentence on the screen: a passage. Divides a slab of training, which thus cuts none


@dataclass(frozen=True)
class Look:
    """Where on the page somebody is looking.

    Attributes
    ----------
    sentence, place : int
        The sentence shown, and the place in it that is the center to begin with.
    seed : int
        Of the draw.
    query : str
        What is searched in the word table.
    rarest : bool
        Whether the table begins with the least frequent words.
    version : int
        Rises when the sentence, the place or the draw is asked for anew.
    """

    sentence: int
    place: int
    seed: int = 1
    query: str = ""
    rarest: bool = False
    version: int = 0


def first_look(corpus: Corpus) -> Look:
    """Return where to look first: the middle of a sentence that is good to read."""
    sentence = inspection.readable_sentence(corpus)
    return Look(sentence, min(_length(corpus, sentence), MOST_WORDS) // 2)


def asked(corpus: Corpus, look: Look, verb: str, value: Any) -> Look:
    """Return where to look after what was asked for in the browser."""
    if verb == "query":
        return replace(look, query=str(value)[:100])
    if verb == "rarest":
        return replace(look, rarest=bool(value))
    look = replace(look, version=look.version + 1)
    if verb == "again":
        return replace(look, seed=look.seed + 1)
    if verb == "move":
        return _moved(corpus, look, 1 if value > 0 else -1)
    if verb == "word" and value in corpus.vocabulary:
        passage_end = min(_passage(look) + MOST_WORDS, _length(corpus, look.sentence))
        sentence, place = inspection.next_place(
            corpus, value, after=int(corpus.starts[look.sentence]) + passage_end
        )
        return replace(look, sentence=sentence, place=place)
    return look


def _length(corpus: Corpus, sentence: int) -> int:
    return int(corpus.starts[sentence + 1] - corpus.starts[sentence])


def _passage(look: Look) -> int:
    """Return the place at which the passage begins that is looked at."""
    return look.place - look.place % MOST_WORDS


def _moved(corpus: Corpus, look: Look, step: int) -> Look:
    """Return where the next passage of the sentence begins, or the previous one (-1); then other sentences."""
    place = _passage(look) + step * MOST_WORDS
    if 0 <= place < _length(corpus, look.sentence):
        return replace(look, place=place)
    sentence = (look.sentence + step) % (len(corpus.starts) - 1)
    last = _passage(replace(look, place=_length(corpus, sentence) - 1))
    return replace(look, sentence=sentence, place=0 if step > 0 else last)


def corpus_component() -> Callable[..., Any]:
    """Register the component that draws a corpus, and return it."""
    return component("w2v_corpus", SCRIPTS, ("charts.css", "corpus.css"))


def corpus_data(
    corpus: Corpus, corpus_id: str, look: Look, *, window: int, subsample: float, text: Text
) -> dict[str, Any]:
    """Return a corpus under the present settings as the component takes it."""
    strings = {
        **text.corpus_page.in_browser,
        "missing": text.plotly_missing,
        "buttons": chart_buttons(text),
    }
    return _data(corpus, corpus_id, look, window, subsample, text.corpus_page) | {"text": strings}


def _data(
    corpus: Corpus, corpus_id: str, look: Look, window: int, subsample: float, text: CorpusText
) -> dict[str, Any]:
    ranks = statistics.spaced_ranks(len(corpus.vocabulary))
    return {
        "corpus": corpus_id,
        "window": _window(corpus, look, window, subsample, text),
        "curve": _curve(corpus.vocabulary, ranks),
        "zipf": _zipf(corpus.vocabulary, text),
        "subsampling": _subsampling(corpus.vocabulary, ranks, subsample, text),
        "noise": _noise(corpus.vocabulary, ranks, text),
        "lengths": _lengths(corpus, window, subsample, text),
        "table": _table(corpus.vocabulary, look, subsample, text),
    }


def _window(corpus: Corpus, look: Look, window: int, subsample: float, text: CorpusText) -> dict[str, Any]:
    drawn = inspection.sentence_windows(
        corpus, look.sentence, look.place, window=window, dynamic=True, subsample=subsample, seed=look.seed
    )
    passage, length = _passage(look), _length(corpus, look.sentence)
    first = passage - drawn.first
    ids = drawn.ids[first : first + MOST_WORDS]
    last = first + len(ids)
    seen = ((drawn.pairs >= first) & (drawn.pairs < last)).all(axis=1)
    vocabulary = corpus.vocabulary
    keep = vocabulary.keep_probability(subsample)[ids]
    noise = vocabulary.noise_distribution()[ids]
    kept, pairs = drawn.kept[first:last], drawn.pairs[seen] - first
    dropped = int((~kept).sum())
    return {
        "version": [look.version, look.sentence, look.seed, window, subsample],
        "place": look.place - passage,
        "words": [vocabulary.words[i] for i in ids],
        "ranks": (ids + 1).tolist(),
        "facts": [
            {"count": count, "share": share, "noise": chance}
            for count, share, chance in zip(
                vocabulary.counts[ids].tolist(), keep.tolist(), noise.tolist(), strict=True
            )
        ],
        "length": length,
        "kept": kept.tolist(),
        "keep": [percent(share) for share in keep],
        "reach": drawn.reach[first:last].tolist(),
        "pairs": pairs.tolist(),
        "window": window,
        "more": [passage > 0, passage + len(ids) < length],
        "title": (text.sentence_number if length <= MOST_WORDS else text.passage_number).format(
            number=f"{look.sentence + 1:,}",
            sentences=f"{len(corpus.starts) - 1:,}",
            first=f"{passage + 1:,}",
            last=f"{passage + len(ids):,}",
            words=f"{length:,}",
        ),
        "note": (text.sentence_note if dropped else text.whole_sentence_note).format(
            pairs=f"{len(pairs):,}", words=f"{len(ids):,}", dropped=f"{dropped:,}"
        ),
    }


def _curve(vocabulary: Vocabulary, ranks: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Return what the three charts over the ranks have in common."""
    return {
        "ranks": ranks.tolist(),
        "words": [vocabulary.words[rank - 1] for rank in ranks],
        "counts": vocabulary.counts[ranks - 1].tolist(),
        "size": len(vocabulary),
    }


def _zipf(vocabulary: Vocabulary, text: CorpusText) -> dict[str, Any]:
    line = statistics.zipf_line(vocabulary)
    return {
        "line": line([1, len(vocabulary)]).tolist(),
        "note": (text.zipf_note if vocabulary.counts[-1] == 1 else text.zipf_cut_note).format(
            share=percent(statistics.share_of_most_frequent(vocabulary, 10)),
            once=percent(float(np.mean(vocabulary.counts == 1))),
            least=f"{vocabulary.counts[-1]:,}",
            slope=f"{line.slope:.2f}".replace("-", "−"),
        ),
    }


def _subsampling(
    vocabulary: Vocabulary, ranks: npt.NDArray[np.int64], threshold: float, text: CorpusText
) -> dict[str, Any]:
    keep = vocabulary.keep_probability(threshold)
    note = text.subsampling_note if threshold else text.subsampling_off_note
    return {
        "keep": keep[ranks - 1].tolist(),
        "note": note.format(
            threshold=decimal(threshold),
            word=vocabulary.words[0],
            word_share=percent(float(vocabulary.counts[0] / vocabulary.counts.sum())),
            word_kept=percent(float(keep[0])),
            kept=percent(statistics.kept_share(vocabulary, threshold)),
        ),
    }


def _noise(vocabulary: Vocabulary, ranks: npt.NDArray[np.int64], text: CorpusText) -> dict[str, Any]:
    ratio = statistics.noise_ratio(vocabulary)
    return {
        "powers": [decimal(power) for power in statistics.NOISE_POWERS],
        "probabilities": [
            vocabulary.noise_distribution(power)[ranks - 1].tolist() for power in statistics.NOISE_POWERS
        ],
        "note": text.noise_note.format(
            rare=vocabulary.words[-1],
            rare_ratio=decimal(ratio[-1]),
            frequent=vocabulary.words[0],
            frequent_ratio=decimal(ratio[0]),
        ),
    }


def _lengths(corpus: Corpus, window: int, subsample: float, text: CorpusText) -> dict[str, Any]:
    lengths = statistics.sentence_lengths(corpus)
    kept = statistics.kept_share(corpus.vocabulary, subsample)
    return {
        "from": lengths.edges[:-1].tolist(),
        "to": (lengths.edges[1:] - 1).tolist(),
        "counts": lengths.counts.tolist(),
        "note": text.lengths_note.format(
            mean=decimal(lengths.mean),
            left=decimal(lengths.mean * kept),
            window=window,
        ),
    }


def _table(vocabulary: Vocabulary, look: Look, subsample: float, text: CorpusText) -> dict[str, Any]:
    found = vocabulary.containing(look.query) if look.query else np.arange(len(vocabulary))
    shown = (found[::-1] if look.rarest else found)[:MOST_ROWS]
    keep, ratio = vocabulary.keep_probability(subsample), statistics.noise_ratio(vocabulary)
    return {
        "query": look.query,
        "rarest": look.rarest,
        "rows": [
            {
                "word": vocabulary.words[i],
                "count": f"{vocabulary.counts[i]:,}",
                "keep": percent(float(keep[i])),
                "noise": f"{decimal(ratio[i])}×",
            }
            for i in shown
        ],
        "note": text.table_note.format(shown=f"{len(shown):,}", found=f"{len(found):,}"),
    }
