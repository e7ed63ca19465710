"""The sample corpora are what their scripts make, what their manifests say, and teach what they promise."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from app.samples import FOLDER, GROUPS, samples
from app.settings import DEFAULTS
from tests.sample_training import train
from w2v_core import Corpus

every_sample = pytest.mark.parametrize("sample", samples().values(), ids=samples())
LARGE = (
    "world_facts_en",
    "world_facts_zh",
    "make_world_facts.py",
)  # they alone take three quarters of a minute


def long_if_large(names, values=None):
    """Return the names, or a value each, as parameters; the large ones are for `make test-long`."""
    marks = {name: [pytest.mark.long] if name in LARGE else [] for name in names}
    return [pytest.param((values or {}).get(name, name), id=name, marks=marks[name]) for name in names]


@pytest.mark.parametrize("script", long_if_large(sorted(path.name for path in FOLDER.glob("make_*.py"))))
def test_scripts_make_the_files_byte_for_byte(script, tmp_path):
    copy = tmp_path / "sample_corpora"
    shutil.copytree(FOLDER, copy)
    for path in copy.iterdir():
        os.utime(path, (0, 0))  # whatever is written will be newer
    subprocess.run([sys.executable, "-B", str(copy / script)], check=True)
    made = [path for path in copy.iterdir() if path.is_file() and path.stat().st_mtime > 0]
    assert made
    for path in made:
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name


@every_sample
def test_manifests_tell_the_truth(sample):
    corpus = Corpus.from_file(sample.path, min_count=1)
    known = set(corpus.vocabulary.words)
    assert sample.path.with_suffix(".json").stem == sample.id
    assert sample.group in GROUPS
    assert sample.language in ("en", "zh", "mixed")
    assert sample.licence == "CC0-1.0"
    assert len(corpus) == sample.words
    assert len(known) == sample.vocabulary
    assert len(corpus.starts) - 1 == sample.sentences

    named = [word for category in sample.categories for word in category.words]
    assert len(named) == len(set(named))
    assert set(named) <= known
    asked = [question for section in sample.analogies for question in section.questions]
    assert {word for question in asked for word in question} <= known
    assert all(len(set(question)) == len(question) == 4 for question in asked)
    for pair in sample.word_pairs:
        assert {pair.a, pair.b} <= known
        assert pair.a != pair.b
        assert 0 <= pair.human <= 10

    titles = [part.title for part in (*sample.categories, *sample.analogies)]
    for text in (sample.title, sample.description, sample.look_for, *titles):
        assert set(text) == {"en", "zh"}
        assert all(text.values())
        assert not re.search("(?i)olour|eighbour|arbour", text["en"])  # spelled as the app is


@pytest.mark.parametrize("sample", long_if_large(samples(), samples()))
def test_the_recommended_settings_reach_the_scores(sample):
    assert set(sample.settings) <= set(DEFAULTS)
    assert sample.scores
    found = sample.score(train(sample).snapshot())
    for name, bound in sample.scores.items():
        score = found[name.removesuffix("_below")]
        assert score < bound if name.endswith("_below") else score >= bound, (name, score)


@pytest.mark.parametrize(
    ("id", "question", "answer"),
    [
        ("royal_court_en", ("man", "king", "woman"), "queen"),
        ("royal_court_zh", ("男人", "国王", "女人"), "王后"),
    ],
)
@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.long) for n in (2, 3))])
def test_king_minus_man_plus_woman_is_queen(id, question, answer, seed):
    [(best, _)] = train(samples()[id], seed=seed).snapshot().analogy(*question, 1)
    assert best == answer
