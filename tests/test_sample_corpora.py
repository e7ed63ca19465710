"""The sample corpora are what their scripts make, and what their manifests say."""

import shutil
import subprocess
import sys

import pytest

from app.samples import FOLDER, samples
from w2v_core import Corpus


@pytest.mark.parametrize("script", ["make_royal_court.py", "make_world_facts.py"])
def test_scripts_make_the_files_byte_for_byte(script, tmp_path):
    copy = tmp_path / "sample_corpora"
    shutil.copytree(FOLDER, copy)
    for made in copy.glob("*_*.json"):
        made.with_suffix(".txt").unlink()
    subprocess.run([sys.executable, str(copy / script)], check=True)
    made = list(copy.glob("*.txt"))
    assert made
    for path in made:
        assert path.read_bytes() == (FOLDER / path.name).read_bytes()
        manifest = path.with_suffix(".json")
        assert manifest.read_bytes() == (FOLDER / manifest.name).read_bytes()


@pytest.mark.parametrize("sample", samples().values(), ids=samples())
def test_manifests_tell_the_truth(sample):
    corpus = Corpus.from_file(sample.path, min_count=1)
    assert len(corpus) == sample.words
    assert len(sample.path.read_text(encoding="utf-8").splitlines()) == sample.sentences
    named = [word for category in sample.categories for word in category.words]
    assert len(named) == len(set(named))
    assert set(named) <= set(corpus.vocabulary.words)
    assert {word for question in sample.analogies for word in question} <= set(corpus.vocabulary.words)
    for text in (sample.title, sample.description, sample.look_for, *(c.title for c in sample.categories)):
        assert set(text) == {"en", "zh"}
    assert sample.licence == "CC0-1.0"
