"""The stories show what small real prose gives and what it does not, as their `look_for` says."""

from collections import Counter

import pytest

from app.samples import samples
from tests.sample_training import train

WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


@pytest.mark.parametrize(("language", "words"), [("en", 20_000), ("zh", 12_000)])
def test_the_prose_is_long_enough_and_no_sentence_is_told_twice(language, words):
    sample = samples()[f"stories_{language}"]
    assert sample.words >= words
    lines = sample.path.read_text(encoding="utf-8").splitlines()
    assert [line for line, count in Counter(filter(None, lines)).items() if count > 1] == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_near_tuesday_are_other_weekdays(seed):
    embeddings = train(samples()["stories_en"], seed=seed).snapshot()
    near = {word for word, _ in embeddings.neighbors("tuesday", 4)}
    assert len(near & WEEKDAYS) >= 3


@pytest.mark.long
@LANGUAGES
def test_training_on_learns_the_text_by_heart(language):
    sample = samples()[f"stories_{language}"]
    recommended = sample.score(train(sample).snapshot())["purity"]
    assert sample.score(train(sample, epochs=80).snapshot())["purity"] < recommended - 0.04
