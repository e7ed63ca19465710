"""A run in one file: its settings, vectors, optimizer, loss curve and timeline, to be opened again another day.

One archive as `w2v_core.training.checkpoint` writes them, so that reading a file runs no code and damage gives one
sentence; the trainer's own file is in it as it is. A sample corpus goes by its name, a text of one's own by its words
and ids: the run opens where the text is not. What a file may hold is said in one place, `FACTS` and `_shapes`, and
checked before anything is made of it; how large a run may be, too.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO

import numpy as np

from w2v_core import Corpus, StepRecord, TrainingConfig, Vocabulary, limits
from w2v_core import schema as form
from w2v_core.handin.code import MOST_LOSSES, MOST_RATES
from w2v_core.npz import words_of
from w2v_core.training import checkpoint
from w2v_core.training.checkpoint import check, refusing_damage
from w2v_core.vectors.timeline import MOST_FRAMES

from ..background import memory_quota
from ..background.engine import engine
from ..background.run import Run
from ..own_text import OwnText, Source
from ..settings import DEFAULTS, LIMITS, TRAINING, configured
from ..text import LANGUAGES

KIND = "word2vec-lab run"
VERSION = 1
EXTENSION = ".w2vlab"

LARGEST_COUNT = 2**53  # in a curve
LARGEST_PLACE = 100.0  # on a map, whose unit is a vector's length
LONGEST_TITLE = 200

_SETTINGS: dict[str, form.Form] = {
    **{name: form.one_of(setting.options) for name, setting in TRAINING.items()},
    **{name: form.whole(low, high) for name, (low, high) in LIMITS.items()},
    "bounded": form.truth,  # 1 is no switch's value, though it equals True
}
_TITLE = form.record(dict.fromkeys(LANGUAGES, form.text(LONGEST_TITLE)))
FACTS = form.record(
    {
        "kind": form.one_of((KIND,)),
        "settings": form.record({"corpus": form.text(), **{name: _SETTINGS[name] for name in DEFAULTS}}),
        "own": form.optional(form.record({"title": _TITLE, "language": form.text()})),
        "curve": form.record(
            {
                name: form.whole(low)
                for name, low in (("block", 1), ("in_block", 0), ("steps", 0), ("rows", 0))
            }
            | {"average": form.number(), "seconds": form.number()}
        ),
        "first_loss": form.number(),
        "last": form.optional(form.fields_of(StepRecord)),
        "moments": form.list_of(form.row(form.whole(), form.whole()), MOST_FRAMES + 1),
        "interval": form.whole(1),
        "log": form.record(
            {
                "rates": form.list_of(form.row(form.whole(), form.number()), MOST_RATES),
                "losses": form.list_of(form.row(form.whole(1), form.number()), MOST_LOSSES),
                "stuck": form.truth,
                "complete": form.truth,
            }
            | dict.fromkeys(("applied", "exploded"), form.whole())
        ),
    },
    may_lack=("log",),  # a file of before there was one
)


def _shapes(facts: Mapping[str, Any]) -> dict[str, tuple[str, *tuple[int | None, ...]]]:
    """Return the type and shape of each array that belongs to these facts; None is any length."""
    shapes: dict[str, tuple[str, *tuple[int | None, ...]]] = {
        "run": ("u1", None),
        "training": ("u1", None),
        "curve": ("f8", 6, None),
        "frames": ("i2", len(facts["moments"]), None, facts["settings"]["dim"]),
        "map": ("f4", None, 2),
    }
    if facts["own"]:
        shapes |= {
            "words": ("u1", None),
            "word_ends": ("i8", None),
            "ids": ("i4", None),
            "starts": ("i8", None),
        }
    return shapes


def write(run: Run, settings: Mapping[str, Any], source: Source) -> bytes:
    """Return the file of a run, which may be playing."""
    facts, arrays = run.save()
    own = None
    if isinstance(source, OwnText):
        own = {"title": dict(source.title), "language": source.language}
        words = [word.encode() for word in source.corpus.vocabulary.words]
        arrays |= {
            "words": np.frombuffer(b"".join(words), dtype=np.uint8),
            "word_ends": np.cumsum([len(word) for word in words], dtype=np.int64),
            "ids": source.corpus.ids,
            "starts": source.corpus.starts,
        }
    facts |= {"kind": KIND, "version": VERSION, "settings": dict(settings), "own": own}
    file = io.BytesIO()
    checkpoint.pack(file, facts, arrays)
    return file.getvalue()


class SavedRun:
    """A run in a file: looked at, but for its arrays, of which only the headers are.

    Parameters
    ----------
    file : seekable binary file
        Its `name` is for messages.

    Attributes
    ----------
    settings : dict
        With which the run was made, the corpus' id included.
    config : TrainingConfig
    title : mapping or None
        Of a user's own text, by language; None where the corpus is a sample.
    language : str
        Of that text.

    Raises
    ------
    Problem
        ``checkpoint_damaged``: not a saved run, or damaged; ``checkpoint_version``.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        with refusing_damage(file):
            if file.seek(0, io.SEEK_END) > limits.APP_RUN_FILE:
                raise ValueError("larger than any run of the app")
        self._facts, self._arrays = checkpoint.opened(file, VERSION)
        with refusing_damage(file):
            check(FACTS, self._facts)
            shapes = _shapes(self._facts)
            if set(self._arrays.names) != set(shapes):
                raise ValueError("other arrays")
            for name, shape in shapes.items():
                if not self._arrays.header(name).fits(*shape):
                    raise ValueError(f"{name} has another shape or type")
            self.settings: dict[str, Any] = self._facts["settings"]
            self.config: TrainingConfig = configured({name: self.settings[name] for name in DEFAULTS})
        own = self._facts["own"] or {"title": None, "language": "en"}
        self.title: Mapping[str, str] | None = own["title"]
        self.language: str = own["language"] if own["language"] in LANGUAGES else "en"

    def load(
        self,
        corpus: Corpus | None = None,
        categories: Sequence[Sequence[str]] = (),
        told: Callable[[int], None] = lambda n: None,
    ) -> Run:
        """Return the run, which goes on as if it had never stopped.

        Parameters
        ----------
        corpus : Corpus, optional
            The sample that the settings name; a user's own text is in the file.
        categories : sequence of sequences of words
            The sample's.
        told : callable, optional
            ``told(n)`` after each n bytes of the file; may raise to stop the reading.

        Raises
        ------
        Problem
            ``checkpoint_damaged``, ``checkpoint_version``, ``checkpoint_corpus``; ``run_too_big``,
            ``no_room_for_run``.
        """
        self._arrays.told = told
        with refusing_damage(self._file):
            words = len(corpus.vocabulary) if corpus else self._arrays.header("word_ends").shape[0]
            memory_quota.check(words, self.config.dim)
            training = _named(self._arrays.read("training"), self._file)
            saved = checkpoint.SavedState(training)
            if corpus and saved.fingerprint != corpus.fingerprint:
                raise checkpoint.other_corpus(training.name)
            as_chosen = saved.config.replace(learning_rate=self.config.learning_rate)
            if saved.words != words or as_chosen != self.config:
                raise ValueError("of other words, or other settings")
            arrays = {name: self._arrays.read(name) for name in ("curve", "frames", "map")}
            for part, largest in ((arrays["curve"][:4], LARGEST_COUNT), (arrays["map"], LARGEST_PLACE)):
                if not (np.abs(part) <= largest).all():
                    raise ValueError("numbers that nothing leads to")
            corpus = corpus or self._corpus()
            return engine().resume(corpus, self.config, categories, self._facts, arrays, training)

    def _corpus(self) -> Corpus:
        """Return the corpus in the file; ValueError where it cannot have come from a text."""
        ids, starts = self._arrays.read("ids"), self._arrays.read("starts")
        parts = words_of(self._arrays.read("words"), self._arrays.read("word_ends"))
        words = [_word(part) for part in parts]
        if len(words) < 2 or not len(ids) or ids.min() < 0 or ids.max() >= len(words):
            raise ValueError("ids of no words")
        if not len(starts) or starts[0] != 0 or starts[-1] != len(ids) or (np.diff(starts) <= 0).any():
            raise ValueError("sentences that do not follow each other")
        counts = np.bincount(ids, minlength=len(words))
        if (np.diff(counts) > 0).any() or counts[-1] == 0:
            raise ValueError("words out of order")
        for part in (ids, starts):
            part.setflags(write=False)
        return Corpus(Vocabulary(words, counts), ids, starts)


class _Named(io.BytesIO):
    """Bytes that know what file they came from."""

    name = ""


def _named(content: np.ndarray, file: BinaryIO) -> _Named:
    named = _Named(content.tobytes())
    named.name = getattr(file, "name", "data")
    return named


def _word(part: bytes) -> str:
    if not 0 < len(part) <= limits.LONGEST_VECTOR_WORD:
        raise ValueError("no word")
    return part.decode()
