"""Files that somebody gives as a lesson: each is read, or gets one sentence; none takes long."""

import codecs
import time

import pytest

from app.lessons import reader
from app.lessons.given import MOST_BYTES, decoded
from app.lessons.lesson import LIVE
from app.lessons.reader import read_lesson
from app.pages import FACTS
from app.session.course import LESSONS, OWN, schema
from app.text import LANGUAGES
from w2v_core import Problem

SHIPPED = (LESSONS / "06_negative_sampling.toml").read_text(encoding="utf-8")
MOST = reader.LARGEST - 1000
SECONDS = 3


def read(text):
    return read_lesson(text, OWN, schema(FACTS))


@pytest.mark.parametrize(
    "content", [SHIPPED.encode(), codecs.BOM_UTF8 + SHIPPED.replace("\n", "\r\n").encode()]
)
def test_utf8_is_read_with_a_mark_or_without(content):
    lesson = read(decoded(content, "mine.toml"))
    assert lesson.title["zh"] == "用是非题代替全词表"
    assert len(lesson.steps) == len(read(SHIPPED).steps)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (codecs.BOM_UTF8 + b" \n", "empty_file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text"),
        (SHIPPED.encode("utf-16"), "not_utf8"),
        (SHIPPED.encode("utf-16-be") + b"\0", "not_text"),
        (codecs.BOM_UTF32_BE + SHIPPED.encode("utf-32-be"), "not_utf8"),
        ("标题".encode("gb18030"), "not_utf8"),
        (b"a" * (MOST_BYTES + 1), "lesson_large"),
    ],
)
@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_what_is_no_text_of_a_lesson_gets_one_sentence(content, code, text):
    with pytest.raises(Problem) as raised:
        decoded(content, "**a**.toml")
    assert raised.value.code == code
    sentences = {**text.problems, **text.bring.problems, **text.lessons_page.problems}
    assert text.problem(raised.value) == sentences[code].format(name="`**a**.toml`", most=reader.LARGEST)


HOSTILE = {
    "brackets": 'minutes = 1\n[title]\nen = "' + "[" * MOST + '"\nzh = "a"',
    "live numbers that never end": 'minutes = 1\n[title]\nen = "' + "[[a " * (MOST // 4) + '"\nzh = "a"',
    "blanks in a list": 'x = [\n[ "a"' + " " * MOST + ", 1]]\n",
    "a deep header": "[" + ".".join("a" * (MOST // 2)) + "]\n",
    "a deep key": ".".join("a" * (MOST // 2)) + " = 1",
    "a deep key in quotes": ".".join(['"é ."'] * (MOST // 6)) + " = 1",
    "a deep key with blanks": " . ".join("a" * (MOST // 4)) + " = 1",
    "escapes": '"\\' * (MOST // 2),
    "digits": "minutes = " + "9" * MOST,
    "a bad date": "minutes = 2026-99-99",
    "deep lists": "x = " + "[" * MOST,
    "deep tables": "x = " + "{a=" * (MOST // 3),
    "many headers": "".join(f"[a{i}]\n" for i in range(MOST // 9)),
    "many steps": "[[steps]]\n" * (MOST // 10),
    "a surrogate": 'a = "\\ud800"',
    "nan": "minutes = nan",
    "infinity": "minutes = inf",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_no_time(name):
    began = time.process_time()
    with pytest.raises(Problem) as raised:
        read(HOSTILE[name])
    assert time.process_time() - began < SECONDS
    for text in LANGUAGES.values():
        assert str(raised.value.details["line"]) in text.problem(raised.value)


def test_the_line_of_a_long_number_is_named():
    with pytest.raises(Problem) as raised:
        read("# one\n# two\nminutes = " + "9" * 5000 + "\n# four")
    assert (raised.value.code, raised.value.details["line"]) == ("lesson_long", 3)


def test_prose_with_full_stops_is_no_long_key():
    assert read(SHIPPED.replace("Yes or no instead of V words", "1. 2. 3. 4. 5. 6. 7. 8. Go. It is so."))


def test_a_formula_in_brackets_is_live_and_other_brackets_are_text():
    lesson = read(SHIPPED.replace("Yes or no instead of V words", "[a](b) [[V]] [ [x] ]"))
    assert LIVE.findall(lesson.title["en"]) == ["V"]
