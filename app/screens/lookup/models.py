"""Which vectors the Lookup page asks: the session's run, a sample corpus's, or those of an uploaded file.

A sample corpus is trained on first use, once for all sessions, with the settings recommended for it; it can be asked
while it trains.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import streamlit as st

from w2v_core import Corpus, Embeddings, Problem, TrainingConfig
from w2v_core.sources import ReportProgress

from ...background import uploaded_vectors
from ...background.engine import engine
from ...background.reading import Reading
from ...background.run import Run
from ...own_text import OwnText, Source
from ...samples import samples
from ...session import session
from ...session.cleanup import hold, holds, let_go
from ...session.link import RUN
from ...session.record import current
from ...settings import ALL, configured, recommended
from ...text import LANGUAGES

FILE = "file"
UPLOAD_MB = 200
FORMED = 0.1  # of the training that suits a text: by then a word's nearest are among those that it ends with
STILL_THERE_SECONDS = 5.0  # without a sign of life a session waits no longer


@dataclass(frozen=True, eq=False)
class Model:
    """Vectors to ask, as they are now.

    Attributes
    ----------
    id : str
        `RUN`, `FILE`, or a sample corpus's.
    embeddings : Embeddings or None
    share : float
        How much of the training is done, from 0 to 1.
    running, begun : bool
        Whether it trains now, and whether it ever has.
    problem : Problem or None
        Why there is nothing to ask, or why training stopped.
    run : Run or None
        What trains them.
    suited_epochs : int
        How long a training suits the text: a user may ask for many times that.
    """

    id: str
    embeddings: Embeddings | None = None
    share: float = 1.0
    running: bool = False
    begun: bool = True
    problem: Problem | None = None
    run: Run | None = None
    suited_epochs: int = 1

    @property
    def formed(self) -> bool:
        """Whether the vectors have begun to mean something; before, a word's neighbors are next to random."""
        epochs = self.run.config.epochs if self.run else 1
        return self.share * epochs >= FORMED * min(epochs, self.suited_epochs)

    def latest(self) -> Embeddings | None:
        """Return the vectors as they are by now."""
        return self.run.progress.embeddings if self.run else self.embeddings


@dataclass(frozen=True, eq=False)
class Uploaded:
    """The vectors of a file.

    Attributes
    ----------
    name : str
    whole, embeddings : Embeddings
        All that were read, and those of them that are asked: the first words alone, if so chosen.
    first : int
        So many words of the file were to be read; `ALL` of them, or the first.
    """

    name: str
    whole: Embeddings
    embeddings: Embeddings
    first: int = ALL

    @property
    def lacks(self) -> bool:
        """Whether more words are to be asked than have been read, and the file may have them."""
        wanted = current().chosen["vectors_first"]
        return self.first == len(self.whole) and (wanted == ALL or wanted > self.first)


class SharedTraining:
    """The training of one sample corpus, shared by the sessions that use its vectors; it runs while any does."""

    def __init__(self, corpus: Corpus, config: TrainingConfig) -> None:
        self.run = engine().run(corpus, config)
        self._watchers: dict[object, float] = {}
        self._lock = threading.Lock()

    def watch(self, watcher: object) -> None:
        """Register a watcher, and train if the vectors are not there."""
        progress = self.run.progress
        stopped = progress.problem and not progress.problem.code.startswith("worker_lost")
        if progress.finished or stopped:
            return
        with self._lock:
            self._watchers[watcher] = time.monotonic()
        self.run.touch()
        self.run.start()

    def leave(self, watcher: object, wait: bool = True) -> None:
        """Remove a watcher; the training stops if it was the last one.

        Without `wait`, soon after that.
        """
        with self._lock:
            recent = time.monotonic() - STILL_THERE_SECONDS
            others = {
                other: seen for other, seen in self._watchers.items() if other != watcher and seen > recent
            }
            self._watchers = others
        if not others:
            (self.run.pause if wait else self.run.close)()


@st.cache_resource(show_spinner=False)
def shared_training(sample_id: str) -> SharedTraining:
    """Return the training of a sample corpus, the same one for all sessions."""
    settings = recommended(samples()[sample_id])
    return SharedTraining(session.load_corpus(sample_id), configured(settings))


@dataclass(eq=False)
class Chosen:
    """What the session remembers of the vectors that it asks.

    Attributes
    ----------
    id : str or None
        What was chosen, if anything was.
    stopped : str or None
        The sample corpus whose training this session stopped.
    loading : Reading or None
        The file that is being read, or whose reading failed.
    uploaded : Uploaded or None
        The file that was read last.
    uploads : int
        How many have been read.
    """

    id: str | None = None
    stopped: str | None = None
    loading: Reading | None = None
    uploaded: Uploaded | None = None
    uploads: int = 0
    watcher: object = field(default_factory=object)


def kept() -> Chosen:
    """Return what the session remembers here; at first what its link chose, and a file as soon as it has been read."""
    mine = current().part(Chosen)
    mine.id = current().linked.pop("model", mine.id)
    if (reading := mine.loading) and not reading.running and reading.result:
        let_go("loading")  # which holds the vectors, too
        mine.uploaded = reading.result
        mine.id, mine.loading, mine.uploads = FILE, None, mine.uploads + 1
    return mine


def chosen() -> str:
    """Return the id of the vectors that are asked: without a choice the run if it has begun, or else its corpus's."""
    if choice := kept().id:
        return choice
    run = current().run
    begun = run is not None and run.progress.step > 0
    return RUN if begun or isinstance(session.source(), OwnText) else current().chosen["corpus"]


def choose(id: str) -> None:
    """Choose the vectors to ask."""
    mine = kept()
    mine.id, mine.stopped = id, None


def present() -> Model:
    """Return the chosen vectors; a sample corpus's training begins or goes on, unless this session stopped it."""
    id = chosen()
    if id == FILE:
        file = kept().uploaded
        return Model(FILE, file.embeddings if file else None)
    if id == RUN:
        run = current().run
        return _of_run(RUN, run, session.run_source()) if run else Model(RUN, problem=session.problem())
    shared = shared_training(id)
    if kept().stopped != id:
        watcher = kept().watcher
        if not holds(f"sample {id}"):
            hold(f"sample {id}", lambda: shared.leave(watcher, wait=False))
        shared.watch(watcher)
    return _of_run(id, shared.run, samples()[id])


def _of_run(id: str, run: Run, source: Source) -> Model:
    progress = run.progress
    done = progress.last.epoch - 1 if progress.last else 0
    share = 1.0 if progress.finished else done / run.config.epochs
    suited = recommended(source)["epochs"]
    return Model(
        id, progress.embeddings, share, run.running, progress.step > 0, progress.problem, run, suited
    )


def stop() -> None:
    """Stop the training of the chosen vectors, for this session; what is there can be asked."""
    if (id := chosen()) == RUN:
        session.pause()
    elif id in samples():
        kept().stopped = id
        shared_training(id).leave(kept().watcher)


def go_on() -> None:
    """Train the chosen vectors on."""
    if chosen() == RUN:
        session.play()
    kept().stopped = None


def load(name: str, data: bytes) -> None:
    """Begin to read a file of vectors in the background; one that is under way is given up."""
    first = current().chosen["vectors_first"]
    errors = "skip" if current().chosen["vectors_skip"] else "refuse"

    def work(progress: ReportProgress, _download: ReportProgress) -> Uploaded:
        found = uploaded_vectors.read(data, name, progress, first or None, errors)
        return Uploaded(name, found, found, first)

    _begin(name, work)


def ask_first() -> None:
    """Ask the first words alone of the file that has been read, as many as are chosen."""
    first, file = current().chosen["vectors_first"], kept().uploaded
    if file is None:
        return
    fewer = first != ALL and first < len(file.whole)

    def work(_progress: ReportProgress, _download: ReportProgress) -> Uploaded:
        asked = uploaded_vectors.first(file.whole, first, file.name) if fewer else file.whole
        return replace(file, embeddings=asked)

    _begin(file.name, work)


def _begin(name: str, work: Callable[[ReportProgress, ReportProgress], Uploaded]) -> None:
    def prepare(found: Uploaded) -> None:
        uploaded_vectors.prepare(found.embeddings)

    let_go("loading")
    reading = kept().loading = Reading(dict.fromkeys(LANGUAGES, name), work, prepare)
    hold("loading", reading.cancel)


def forget_loading() -> None:
    """Remove a file that could not be read, with its message; cancel one that is being read."""
    let_go("loading")
    kept().loading = None
