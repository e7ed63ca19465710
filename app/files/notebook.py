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
from .hand_in import LessonAnswers, plain

LONGEST_TEXT = 200_000  # bytes of a text that stands in a cell
OWN_FILE = "my_text.txt"
PACKAGES = ("numpy", "scipy", "matplotlib")

VERSIONS = """\
# pip install {pins}
# pip install ./w2v_core   ({where}: w2v_core {core})
from importlib.metadata import version

import w2v_core

VERSIONS = {versions}
for name, known in VERSIONS.items():
    here = w2v_core.__version__ if name == "w2v_core" else version(name)
    if here != known:
        print(name, here, {differs!r}, known)
"""
FROM_SAMPLES = """\
from pathlib import Path

from w2v_core import Corpus

FOLDERS = [Path.cwd(), *Path.cwd().parents, Path(w2v_core.__file__).parents[1] / "word2vec_lab"]
PLACES = [folder / "sample_corpora" / {name!r} for folder in FOLDERS] + [Path({name!r})]
found = next((place for place in PLACES if place.is_file()), None)
"""
FROM_FILE = """\
if found is None:
    raise FileNotFoundError({sentence!r})
corpus = Corpus.from_file(found, min_count=1)
"""
FROM_OWN_FILE = """\
from pathlib import Path

from w2v_core import Corpus

if not Path({name!r}).is_file():
    raise FileNotFoundError({sentence!r})
lines = Path({name!r}).read_text(encoding="utf-8").splitlines()
corpus = Corpus.from_sentences(line.split() for line in lines)
"""
KNOWN = """\
if corpus.fingerprint != {fingerprint!r}:
    print({sentence!r})
print(len(corpus), len(corpus.vocabulary))
"""
TRAINING = """\
from w2v_core import Problem, Trainer

STEPS = {steps}
RATES = {rates}

trainer = Trainer(corpus, config)
losses = []
try:
    while trainer.steps < STEPS and not trainer.finished:
        if trainer.steps in RATES:
            trainer.learning_rate = RATES[trainer.steps]
        losses.append(trainer.step().loss)
except Problem as problem:  # the loss has left the finite numbers
    print(problem)
embeddings = trainer.snapshot()
print(len(losses))
"""
CURVE = """\
try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None

if plt and losses:
{fonts}    plt.plot(range(1, len(losses) + 1), losses, linewidth=0.8)
    plt.axhline(trainer.objective.start_value, color="gray", linestyle=":")
    plt.xlabel({steps!r})
    plt.ylabel({loss!r})
    plt.show()
else:
    for start in range(0, len(losses), max(1, len(losses) // 20)):
        print(start + 1, round(losses[start], 4))
"""
# matplotlib's own has no Chinese.
CHINESE_FONTS = """\
    names = ["Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "SimHei"]
    plt.rcParams["font.sans-serif"] = [*names, *plt.rcParams["font.sans-serif"]]
"""
AGREEMENT = """\
LOSSES = {losses}
print({heads})
for step, loss in LOSSES.items():
    print(step, f"{{loss:.6g}}", f"{{losses[step - 1]:.6g}}" if step <= len(losses) else "-", sep="\\t")
"""
NEIGHBORS = """\
WORDS = {words}
for word in WORDS:
    print(word, *(f"{{near}} {{cosine:.3f}}" for near, cosine in embeddings.neighbors(word, k=8)), sep="\\t")
"""


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
    cells.run(TRAINING.format(steps=taken.steps, rates=dict(taken.log.rates)))
    cells.say(words.curve)
    fonts = CHINESE_FONTS if taken.language == "zh" else ""
    cells.run(CURVE.format(steps=words.steps_axis, loss=words.loss_axis, fonts=fonts))
    if taken.log.losses:
        cells.say(words.agreement)
        heads = ", ".join(map(repr, (words.column_step, words.column_app, words.column_here)))
        losses = {step: float(f"{loss:.9g}") for step, loss in taken.log.losses}
        cells.run(AGREEMENT.format(losses=_pretty(losses), heads=f'{heads}, sep="\\t"'))
    cells.say(words.neighbors)
    cells.run(NEIGHBORS.format(words=_pretty(list(taken.words))))
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
    return VERSIONS.format(
        pins=pins, where=words.install, core=__version__, versions=versions, differs=words.other_version
    )


def _text(cells: _Cells, taken: Taken, words: Words) -> None:
    """Add the cells that read the text: where it is found, or from the notebook itself where it is short."""
    if isinstance(taken.source, OwnText):
        lines = _lines(taken.corpus)
        if lines is None:
            file = f"`{OWN_FILE}`"
            cells.say(f"{words.text}\n\n{words.text_own_beside.format(file=file)}")
            code = FROM_OWN_FILE.format(name=OWN_FILE, sentence=words.text_own_beside.format(file=OWN_FILE))
        else:
            cells.say(f"{words.text}\n\n{words.text_inside}")
            code = (
                f"from w2v_core import Corpus\n\nSENTENCES = {_list(lines)}\n"
                'corpus = Corpus.from_sentences(line.split(" ") for line in SENTENCES)\n'
            )
    else:
        code = _sample_text(cells, taken.source.path, words)
    cells.run(code + KNOWN.format(fingerprint=taken.corpus.fingerprint, sentence=words.other_text))


def _sample_text(cells: _Cells, path: Path, words: Words) -> str:
    """Return the code that reads a sample, and say where from."""
    short = path.stat().st_size <= LONGEST_TEXT
    beside = words.text_beside
    more = words.text_or_inside if short else beside.format(file=f"`{path.name}`")
    cells.say("\n\n".join((words.text, words.text_of_sample, more)))
    code = FROM_SAMPLES.format(name=path.name)
    if not short:
        return code + FROM_FILE.format(sentence=beside.format(file=path.name))
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
