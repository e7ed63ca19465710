"""A saved run on its way in: looked at at once, read and built in the background, and then the session's own.

Whatever is refused, or given up, leaves everything as it was. Nothing here draws.
"""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from w2v_core import Problem
from w2v_core.sources import ReportProgress

from ..background.reading import Reading
from ..background.run import Run
from ..files.run_file import SavedRun
from ..own_text import OwnText, suited_settings
from ..samples import samples
from ..text import LANGUAGES
from . import session, texts
from .cleanup import hold, let_go
from .record import current


def begin(file: BinaryIO, name: str) -> None:
    """Begin to open a file, in place of one that is being opened; `problem` says why it cannot be."""
    forget()
    try:
        saved = SavedRun(file)
        source = None if saved.title else samples().get(saved.settings["corpus"])
        if not saved.title and source is None:
            raise Problem("checkpoint_unknown_corpus", f"{name} is of a corpus that is not here.", name=name)
    except Problem as problem:
        current().opening_problem = problem
        return
    corpus = session.corpus_of(source) if source else None
    categories = [category.words for category in source.categories] if source else []
    size = file.seek(0, io.SEEK_END)

    def work(progress: ReportProgress, _download: ReportProgress) -> tuple[SavedRun, Run]:
        done = 0

        def told(n: int) -> None:
            nonlocal done
            done += n
            progress(done, size)

        told(0)
        return saved, saved.load(corpus, categories, told)

    reading = current().opening = Reading(dict.fromkeys(LANGUAGES, name), work)
    hold("opening", reading.cancel)


def forget() -> None:
    """Cancel a file that is being opened, and remove the message about the last one."""
    let_go("opening")
    current().opening = current().opening_problem = None


def under_way() -> bool:
    """Tell whether a file is being opened, or has been since the page began to be drawn."""
    found = current().opening
    return found is not None and (found.running or found.result is not None)


def problem() -> Problem | None:
    """Return why the file that was to be opened last could not be."""
    found = current().opening
    return current().opening_problem or (found.problem if found and not found.running else None)


def take() -> bool:
    """Make a run that has been read the session's; return whether there was one."""
    found = current().opening
    if found is None or found.running or found.result is None:
        return False
    saved, run = found.result
    settings: dict[str, Any] = saved.settings
    if saved.title:
        own = _own_text(saved, run)
        texts.add(own)
        settings = settings | {"corpus": own.id}
    session.open_run(run, settings)
    forget()  # it holds the run, too
    return True


def _own_text(saved: SavedRun, run: Run) -> OwnText:
    strings = {id: (text.saving, text.bring) for id, text in LANGUAGES.items()}
    assert saved.title is not None, "a run of a text of one's own has its title"
    return OwnText(
        id=texts.new_text_id(),
        title={id: texts.new_title(saved.title[id], id) for id in LANGUAGES},
        description={id: words.own_about for id, (words, _) in strings.items()},
        look_for={id: words.look_for for id, (_, words) in strings.items()},
        corpus=run.corpus,
        notices=(),
        settings=suited_settings(run.corpus),
        language=saved.language,
    )
