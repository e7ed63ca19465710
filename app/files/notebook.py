"""A run as a notebook: its text, its settings, its training, and what was answered in its lesson, to be run again.

Whatever a text or a student says is data: in code it stands as a literal, in Markdown in a code span.
"""

from __future__ import annotations

import dataclasses
import pprint
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import nbformat

from w2v_core import Corpus, TrainingConfig, __version__

from ..background.run_log import RunLog
from ..formatting import Count
from ..own_text import OwnText, Source
from ..text import Words
from ..text.literal import literal
from . import notebook_code as templates
from .hand_in import LessonAnswers, plain

LONGEST_TEXT = 200_000  # bytes of a text that stands in a cell
OWN_FILE = "my_text.txt"
PACKAGES = ("numpy", "scipy", "matplotlib")


@dataclass(frozen=True, eq=False)
class Taken:
    """What a notebook is made of: a run, its text, the answers to a lesson.

    Attributes
    ----------
    source : Source
    corpus : Corpus
    config : TrainingConfig
        As the run began.
    steps : int
    log : RunLog
    words : sequence of str
        Whose neighbors are listed.
    lesson : LessonAnswers or None
    language : str
    loss : str
        What the loss is called.
    """

    source: Source
    corpus: Corpus
    config: TrainingConfig
    steps: int
    log: RunLog
    words: Sequence[str]
    lesson: LessonAnswers | None
    language: str
    loss: str


def notebook(taken: Taken, words: Words) -> bytes:
    """Return the notebook of a run as a file."""
    cells = _Cells()
    title = literal(taken.source.title[taken.language])
    steps = Count(f"{taken.steps:,}")
    cells.say(f"# {words.title.format(loss=taken.loss, corpus=title)}\n\n{words.about.format(steps=steps)}")
    cells.say(words.versions)
    cells.run(_versions(words))
    _text(cells, taken, words)
    cells.say(f"{words.settings}\n\n{words.settings_note}")
    cells.run(_settings(taken.config))
    cells.say("\n\n".join((words.training, words.training_note, *_touched(taken.log, words))))
    cells.run(templates.TRAINING.format(steps=taken.steps, rates=dict(taken.log.rates)))
    cells.say(words.curve)
    fonts = templates.CHINESE_FONTS if taken.language == "zh" else ""
    cells.run(templates.CURVE.format(steps=words.steps_axis, loss=words.loss_axis, fonts=fonts))
    if taken.log.losses:
        cells.say(words.agreement)
        heads = ", ".join(map(repr, (words.column_step, words.column_app, words.column_here)))
        losses = {step: float(f"{loss:.9g}") for step, loss in taken.log.losses}
        cells.run(templates.AGREEMENT.format(losses=_pretty(losses), heads=f'{heads}, sep="\\t"'))
    cells.say(words.neighbors)
    cells.run(templates.NEIGHBORS.format(words=_pretty(list(taken.words))))
    if taken.lesson:
        _lesson(cells, taken.lesson, words)
    return cells.file()


class _Cells:
    """Cells, one below the other."""

    def __init__(self) -> None:
        self._cells: list[Any] = []

    def say(self, markdown: str) -> None:
        self._cells.append(nbformat.v4.new_markdown_cell(markdown, id=self._id))

    def run(self, code: str) -> None:
        self._cells.append(nbformat.v4.new_code_cell(code.rstrip("\n"), id=self._id))

    @property
    def _id(self) -> str:
        return f"cell-{len(self._cells) + 1}"

    def file(self) -> bytes:
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
        whole = nbformat.v4.new_notebook(cells=self._cells, metadata=metadata)
        nbformat.validate(whole)
        content: str = nbformat.writes(whole)
        return content.encode()


def _versions(words: Words) -> str:
    known = {}
    for name in PACKAGES:
        try:
            known[name] = version(name)
        except PackageNotFoundError:  # no part of the app
            known[name] = ""
    pins = " ".join(f'"{name}=={found}"' if found else name for name, found in known.items())
    versions = {"w2v_core": __version__, **{name: found for name, found in known.items() if found}}
    return templates.VERSIONS.format(
        pins=pins, where=words.install, core=__version__, versions=versions, differs=words.other_version
    )


def _text(cells: _Cells, taken: Taken, words: Words) -> None:
    """Add the cells that read the text: where it is found, or from the notebook itself where it is short."""
    if isinstance(taken.source, OwnText):
        lines = _lines(taken.corpus)
        if lines is None:
            file = f"`{OWN_FILE}`"
            cells.say(f"{words.text}\n\n{words.text_own_beside.format(file=file)}")
            code = templates.FROM_OWN_FILE.format(
                name=OWN_FILE, sentence=words.text_own_beside.format(file=OWN_FILE)
            )
        else:
            cells.say(f"{words.text}\n\n{words.text_inside}")
            code = (
                f"from w2v_core import Corpus\n\nSENTENCES = {_list(lines)}\n"
                'corpus = Corpus.from_sentences(line.split(" ") for line in SENTENCES)\n'
            )
    else:
        code = _sample_text(cells, taken.source.path, words)
    cells.run(code + templates.KNOWN.format(fingerprint=taken.corpus.fingerprint, sentence=words.other_text))


def _sample_text(cells: _Cells, path: Path, words: Words) -> str:
    """Return the code that reads a sample, and say where from."""
    short = path.stat().st_size <= LONGEST_TEXT
    beside = words.text_beside
    more = words.text_or_inside if short else beside.format(file=f"`{path.name}`")
    cells.say("\n\n".join((words.text, words.text_of_sample, more)))
    code = templates.FROM_SAMPLES.format(name=path.name)
    if not short:
        return code + templates.FROM_FILE.format(sentence=beside.format(file=path.name))
    lines = path.read_text(encoding="utf-8").splitlines()
    return (
        f"{code}\nTEXT = {_list(lines)}\n"
        "if found is None:\n"
        '    corpus = Corpus.from_text("\\n".join(TEXT))\n'
        "else:\n"
        "    corpus = Corpus.from_file(found, min_count=1)\n"
    )


def _lines(corpus: Corpus) -> list[str] | None:
    """Return the sentences of a text, words apart by blanks; None where that is too long, or a word holds a blank."""
    if len(corpus) > LONGEST_TEXT or any(" " in word or not word for word in corpus.vocabulary.words):
        return None
    lines = [" ".join(corpus.sentence(number)) for number in range(len(corpus.starts) - 1)]
    return lines if sum(len(line.encode()) + 1 for line in lines) <= LONGEST_TEXT else None


def _list(lines: Sequence[str]) -> str:
    """Return a list as code, an item a line."""
    return "".join(("[\n", *(f"    {line!r},\n" for line in lines), "]"))


def _pretty(value: object) -> str:
    return pprint.pformat(value, width=100, compact=True, sort_dicts=False)


def _settings(config: TrainingConfig) -> str:
    """Return the code that makes the settings, those that are not the defaults and some that matter most."""
    shown = ("objective", "dim", "window", "negatives", "epochs", "seed")
    values = [
        f"    {each.name}={getattr(config, each.name)!r},\n"
        for each in dataclasses.fields(config)
        if getattr(config, each.name) != each.default or each.name in shown
    ]
    return f"from w2v_core import TrainingConfig\n\nconfig = TrainingConfig(\n{''.join(values)})\n"


def _touched(log: RunLog, words: Words) -> Sequence[str]:
    """Return the sentence on what has made the run's vectors besides its steps, if anything has."""
    reasons: Mapping[str, object] = {
        words.why_applied: log.applied,
        words.why_exploded: log.exploded,
        words.why_opened: not log.complete,
    }
    return [words.touched.format(why=why) for why, holds in reasons.items() if holds]


def _lesson(cells: _Cells, lesson: LessonAnswers, words: Words) -> None:
    """Add the questions of a lesson with their answers."""
    cells.say(words.lesson.format(title=plain(lesson.title)))
    for each in lesson.questions:
        answer = words.unanswered
        if each.answer is not None:
            answer = words.answer.format(answer=each.shown, state=words.states[each.state])
        head = words.step.format(step=each.step, title=plain(each.title))
        cells.say(f"{head}\n\n{plain(each.question)}\n\n{answer}")
