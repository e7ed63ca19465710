"""The notebook of a run does the run once more, whatever its words and answers hold."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from app.background.live import LiveTraining
from app.files import notebook as module
from app.files.hand_in import LessonAnswers, Question, plain
from app.files.notebook import OWN_FILE, Taken, notebook
from app.own_text import OwnText
from app.samples import samples
from app.session.session import load_corpus
from app.settings import DEFAULTS, configured, recommended
from app.text import LANGUAGES
from w2v_core import Corpus
from w2v_core.sources import TextOptions, read_pasted

ROOT = Path(__file__).parents[3]
HOSTILE = "`</code><script>alert(1)</script>\n# $x$ ''' \"\"\" \\ {steps} ![](http://a.b/c.png)"
# What words can be when a text is split at blanks only, or a run is opened from a file.
WORDS = ["'''", '"""', "\\", "{x}", "__import__('os').system('false')", "<b>", "\u202e", "北京", "#", "\t"]
PROSE = "\n".join(f"w{i % 9} w{i % 7} 北京 {i % 5} w{i % 4}." for i in range(200))
LESSON = LessonAnswers(
    "softmax",
    HOSTILE,
    [
        Question(1, "One", "What is $\\ln 2 <x$? <img src=x onerror=alert(1)>", "0.69", "`0.69`", "right", 1),
        Question(2, "Two", "And then?"),
        Question(3, "Three", "Which?", "B", "B: the second", "guess"),
    ],
)


def own(corpus):
    """Return a user's text of some words."""
    title = {"en": HOSTILE, "zh": "我的"}
    return OwnText("own-1", title, title, title, corpus, (), {}, "en")


def taken(source, steps, language="en", lesson=None, rate=None, **changes):
    """Return what a notebook is made of, of a run of so many steps; its rate is changed half-way."""
    corpus = source.corpus if isinstance(source, OwnText) else load_corpus(source.id)
    values = recommended(source) | {"dim": 8} | changes
    run = LiveTraining(corpus, configured({name: values[name] for name in DEFAULTS}))
    run.step(steps // 2)
    if rate:
        run.set_learning_rate(rate)
    run.step(steps - steps // 2)
    words = list(corpus.vocabulary.words[:3])
    return Taken(
        source, corpus, run.config, run.progress.step, run.made(), words, lesson, language, "softmax"
    )


def made(*arguments, **options):
    """Return a notebook and what it was made of."""
    what = taken(*arguments, **options)
    content = notebook(what, LANGUAGES[what.language].notebook)
    book = nbformat.reads(content.decode(), as_version=4)
    nbformat.validate(book)
    return book, what


def run(book, folder, **environment):
    """Run the code cells from top to bottom in a fresh process, as a notebook's kernel does; return what they print."""
    code = "\n\n".join(cell.source for cell in book.cells if cell.cell_type == "code")
    (folder / "cells.py").write_text(code, encoding="utf-8")
    path = os.pathsep.join([*environment.pop("first", []), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **environment}
    command = [sys.executable, "-W", "error", "cells.py"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def agreed(printed):
    """Return the steps at which the app's losses and the notebook's were compared; they agree."""
    rows = [line.split("\t") for line in printed.splitlines() if re.fullmatch(r"\d+\t\S+\t\S+", line)]
    assert rows
    for _, app, here in rows:
        assert float(here) == pytest.approx(float(app), rel=1e-5)
    return [int(step) for step, *_ in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_runs_from_top_to_bottom_and_comes_to_the_same_losses(language, tmp_path):
    source = samples()[f"royal_court_{language}"]
    book, what = made(source, 31, language, LESSON, rate=0.01, objective="softmax")
    assert what.log.rates == [(15, 0.01)]
    status, printed, errors = run(book, tmp_path)
    assert status == 0, errors
    assert agreed(printed) == [1, 2, 5, 10, 20, 31]
    assert [line.split("\t")[0] for line in printed.splitlines()[-3:]] == what.words
    assert LANGUAGES[language].notebook.other_text not in printed


@pytest.mark.parametrize("objective", ["negative_sampling", "hierarchical_softmax", "softmax_with_negatives"])
def test_every_loss_comes_to_the_same_losses(objective, tmp_path):
    book, _ = made(samples()["tiny_en"], 20, objective=objective, bounded=False)
    status, printed, errors = run(book, tmp_path)
    assert status == 0, errors
    assert agreed(printed) == [1, 2, 5, 10, 20]


@pytest.mark.parametrize(
    "id", [pytest.param(id, marks=[pytest.mark.long] if id == "world_facts_zh" else []) for id in samples()]
)
def test_a_short_sample_is_in_it_and_a_long_one_is_looked_for(id, tmp_path):
    source = samples()[id]
    book, what = made(source, 0)
    [cell] = [cell.source for cell in book.cells if "fingerprint" in cell.source]
    short = source.path.stat().st_size <= module.LONGEST_TEXT
    assert ("TEXT = [" in cell) == short
    assert len(cell) < 1.3 * module.LONGEST_TEXT
    if short:
        [text] = re.findall(r"^TEXT = (\[.*?^\])$", cell, re.S | re.M)
        assert Corpus.from_text("\n".join(eval(text))).fingerprint == what.corpus.fingerprint
        return
    status, _, errors = run(book, tmp_path)
    assert status == 1
    assert errors.splitlines()[-1].endswith(f"put the file {id}.txt beside this notebook.")
    inside = tmp_path / "sample_corpora"
    inside.mkdir()
    (inside / f"{id}.txt").write_bytes(source.path.read_bytes())
    below = tmp_path / "below"
    below.mkdir()
    status, printed, errors = run(book, below)
    assert status == 0, errors
    assert f"{len(what.corpus)} {len(what.corpus.vocabulary)}" in printed


def test_a_text_that_is_another_one_is_told(tmp_path):
    book, _ = made(samples()["tiny_en"], 3)
    (tmp_path / "tiny_en.txt").write_text("A king and a queen.\nA cat and a dog.", encoding="utf-8")
    status, printed, _ = run(book, tmp_path)
    assert LANGUAGES["en"].notebook.other_text in printed
    assert status == 1  # whose words are not there


def test_hostile_words_are_data(tmp_path):
    sentences = [[WORDS[(i * j) % len(WORDS)] for j in range(1, 6)] for i in range(60)]
    book, _ = made(own(Corpus.from_sentences(sentences)), 9, subsample=0.0, window=2)
    assert "SENTENCES = [" in book.cells[4].source
    assert HOSTILE not in book.cells[0].source  # a title of several lines is one in a code span
    status, printed, errors = run(book, tmp_path)
    assert status == 0, errors
    assert LANGUAGES["en"].notebook.other_text not in printed
    assert agreed(printed) == [1, 2, 5, 9]
    assert "\u202e" not in "".join(cell.source for cell in book.cells)


def test_a_text_of_ones_own_is_in_it_as_it_was_read(tmp_path):
    source = own(read_pasted(PROSE, TextOptions(min_count=3)).corpus)
    status, printed, errors = run(made(source, 5, window=2)[0], tmp_path)
    assert status == 0, errors
    assert LANGUAGES["en"].notebook.other_text not in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_text_of_ones_own_is_asked_for(language, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LONGEST_TEXT", 1000)
    source = own(read_pasted(PROSE, TextOptions(min_count=1)).corpus)
    book, what = made(source, 4, language, window=2)
    assert "w8" not in "".join(cell.source for cell in book.cells[:5])
    status, _, errors = run(book, tmp_path)
    assert status == 1
    sentence = LANGUAGES[language].notebook.text_own_beside.format(file=OWN_FILE)
    assert errors.splitlines()[-1] == f"FileNotFoundError: {sentence}"
    lines = (" ".join(what.corpus.sentence(n)) for n in range(len(what.corpus.starts) - 1))
    (tmp_path / OWN_FILE).write_text("\n".join(lines), encoding="utf-8")
    status, printed, errors = run(book, tmp_path)
    assert status == 0, errors
    assert agreed(printed) == [1, 2, 4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_stands_in_it_as_markdown_without_html(language):
    book, _ = made(samples()["tiny_en"], 2, language, LESSON)
    words = LANGUAGES[language].notebook
    said = [cell.source for cell in book.cells if cell.cell_type == "markdown"][-4:]
    assert said[1].endswith(words.answer.format(answer="`0.69`", state=words.states["right"]))
    assert said[2].endswith(words.unanswered)
    assert said[3].endswith(words.answer.format(answer="B: the second", state=words.states["guess"]))
    for source in said:
        assert not re.search("<[a-zA-Z/!?]", source)
    assert all(not cell.get("outputs") for cell in book.cells)


def test_plain_markdown_keeps_all_but_tags():
    assert plain("a < b <c> </c> <!-- d --> <3 $p<q$") == "a < b < c> < /c> < !-- d --> <3 $p< q$"


def test_the_picture_is_drawn_where_there_is_what_draws_it(tmp_path):
    package = tmp_path / "stub" / "matplotlib"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    functions = "\n".join(
        f"def {name}(*values, **options): print('drawn', {name!r})"
        for name in ("plot", "axhline", "xlabel", "ylabel", "show")
    )
    (package / "pyplot.py").write_text(f"rcParams = {{'font.sans-serif': []}}\n{functions}")
    book, _ = made(samples()["tiny_zh"], 20, "zh")
    status, printed, errors = run(book, tmp_path, first=[str(tmp_path / "stub")])
    assert status == 0, errors
    drawn = [line for line in printed.splitlines() if line.startswith("drawn")]
    assert drawn == [f"drawn {name}" for name in ("plot", "axhline", "xlabel", "ylabel", "show")]


@pytest.mark.parametrize("steps", [0, 7])
def test_an_untouched_run_says_nothing_of_touching(steps, tmp_path):
    book, what = made(samples()["tiny_en"], steps)
    words = LANGUAGES["en"].notebook
    whys = (words.why_applied, words.why_exploded, words.why_opened)
    whole = "\n".join(cell.source for cell in book.cells)
    assert not any(why in whole for why in whys)
    for change, why in zip(({"applied": 1}, {"exploded": 1}, {"complete": False}), whys, strict=True):
        for name, value in change.items():
            setattr(what.log, name, value)
        assert why in notebook(what, words).decode()
    if not steps:
        assert run(book, tmp_path)[0] == 0


def test_versions_are_pinned_and_the_same_run_gives_the_same_file():
    what = taken(samples()["tiny_en"], 3)
    words = LANGUAGES["en"].notebook
    content = notebook(what, words)
    assert content == notebook(what, words)
    first = next(cell["source"] for cell in json.loads(content)["cells"] if cell["cell_type"] == "code")
    assert re.match(r'# pip install "numpy==[\d.]+" "scipy==[\d.]+" ', "".join(first))
