"""The worlds of facts: large, varied, and with frames and tables that agree."""

from collections import Counter

import pytest
from text_frames import Frame, read_frames, read_table, words_of

from app.samples import FOLDER, samples

both = pytest.mark.parametrize("language", ["en", "zh"])


def frames(language: str) -> dict[str, list[Frame]]:
    """Return the frames of a language by topic."""
    files = (FOLDER / "frames" / language).glob("*.txt")
    return {path.stem: read_frames(path) for path in files if path.stem != "openers"}


@both
def test_they_are_large_and_varied(language):
    sample = samples()[f"world_facts_{language}"]
    assert sample.words >= {"en": 300_000, "zh": 150_000}[language]
    assert sum(map(len, frames(language).values())) >= 200
    assert sum(len(section.questions) for section in sample.analogies) >= 1000
    assert all(20 <= len(section.questions) <= 150 for section in sample.analogies)
    assert len(sample.word_pairs) == 200
    lines = sample.path.read_text(encoding="utf-8").splitlines()
    assert len(set(lines)) == len(lines)


@both
def test_no_frame_is_written_twice_and_each_suits_some_row(language):
    for topic, found in frames(language).items():
        assert len(set(found)) == len(found), topic
        if topic != "shared":
            rows = read_table(FOLDER / "tables" / language / f"{topic}.tsv")
            assert all(any(frame.suits(row) for row in rows) for frame in found), topic


@both
def test_a_word_occurs_often_enough_to_be_asked_about(language):
    sample = samples()[f"world_facts_{language}"]
    asked = {word for section in sample.analogies for question in section.questions for word in question}
    asked |= set(sample.category_of)
    counts = Counter(words_of(sample.path.read_text(encoding="utf-8")))
    assert min(counts[word] for word in asked) >= 30
