"""The worlds of facts: large, varied, and with frames and tables that agree."""

import re
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


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("zh", "车牌.*[黔滇陇]|[黔滇陇] 牌照"),  # plates bear 贵, 云 and 甘
        ("zh", "这 个 (绳子|衬衫|毛巾|车票|列车)|[吵胖].* 正面"),
        ("zh", "公鸡|(蝌蚪|毛虫|鱼苗|幼虫).*(妈妈|学 本领|跑 过来)"),
        ("zh", "(弟弟|男孩|孙子|儿子) (刮 了|唱 男低音|留 着)|(妹妹|女孩|孙女) (戴 上|唱 女高音|梳 着)"),
        ("en", r"(?i)\b(boy|grandson|nephew) (shaved|trimmed|sang bass)|bearded (boy|grandson|nephew)"),
        ("zh", "高铁|马来西亚 政府"),
        ("en", "Porto-Novo.*(government|ministr|embass)|Beninese (government|minister)"),
        ("zh", "(柠檬|山楂) 不 好吃|剥开"),
        ("zh", "听说 (听|说) |， (听到|说 到|说 起|看到)"),  # an opener before what is no statement
        ("en", r"(?i)(that|me,|sure:) (laugh|sing|run|walk|put|who) (at|to|the|a|of)\b|singular, the word"),
    ],
)
def test_no_sentence_says_what_is_false_or_no_sentence(language, wrong):
    lines = samples()[f"world_facts_{language}"].path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(wrong, line)] == []
