"""docs/teaching.md and its Chinese counterpart: the example is a lesson, links lead somewhere, tables are complete."""

import inspect
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.lessons.points import POINTS
from app.lessons.reader import read_lesson
from app.pages import FACTS, PAGES
from app.session import link
from app.session.course import OWN, Course, lessons, schema
from app.settings import HIDEABLE, PARTS, TRANSPORT
from app.text import LANGUAGES
from tests.app.visits import session_of, visit, visitor

DOCS = Path(__file__).parents[2] / "docs"
PAGE = {language: DOCS / name for language, name in (("en", "teaching.md"), ("zh", "teaching_zh.md"))}
BOTH = {language: path.read_text(encoding="utf-8") for language, path in PAGE.items()}
texts = pytest.mark.parametrize("text", BOTH.values(), ids=BOTH)


def example(text):
    [found] = re.findall(r"```toml\n(.+?)```", text, re.S)
    return found


def links(text):
    return [each for each in re.findall(r"`(/[^`]*)`", text) if "*" not in each]


@texts
def test_the_example_is_a_lesson(text):
    lesson = read_lesson(example(text), OWN, schema(FACTS))
    assert len(lesson.steps) == 2
    assert example(text) == example(BOTH["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_runs(language):
    at = visit(visitor(language), "train")
    at.file_uploader(key="open-lesson-0").set_value(
        ("a.toml", example(BOTH[language]).encode(), "text/plain")
    ).run()
    [field] = at.text_input
    field.set_value("6*ln(2)").run()
    at.button(key="step").click().run()
    now = session_of(at).part(Course)
    at.button(key="lesson_next").click().run()
    assert not at.exception
    assert now.step == 1
    assert any("狗" in each.value or "Dogs" in each.value for each in at.markdown)
    assert not any("…" in each.value for each in at.markdown if "Dogs" in each.value or "“狗”" in each.value)


@texts
def test_facts_are_all_there_with_what_they_are_asked_for(text):
    lines = [line for line in text.split("\n## ")[-3].splitlines() if line.startswith("| `")]
    named = [
        each
        for line in lines
        for each in re.findall(r"`([a-z_]+\b(?:\([^`]*\))?|[VKd])`", line.split(" | ")[0])
    ]
    asked = {each.partition("(")[0]: each.count(",") + ("(" in each) for each in named}
    facts = {name: len(inspect.signature(fact).parameters) for name, fact in FACTS.items()}
    assert {name: n for name, n in asked.items() if name not in PAGES or name in facts} == facts


@texts
def test_parts_to_point_to_are_all_there(text):
    for page, parts in POINTS.items():
        assert f"| `{page}` | {' '.join(f'`{part}`' for part in parts)} |" in text


@texts
def test_every_link_leads_somewhere(text):
    found, course = links(text), lessons(FACTS)
    assert len(found) > 30
    for each in found:
        parts = urlsplit(each)
        assert parts.path.strip("/") in {"", *PAGES}, each
        values, refused = link.read(dict(parse_qsl(parts.query)))
        assert refused == [], each
        if id := values.get("lesson"):
            assert values.get("step", 1) <= len(course[id].steps), each
        assert set(filter(None, values.get("hide", "").split(","))) <= set(HIDEABLE), each


@texts
def test_all_lessons_are_listed_in_their_order(text):
    listed = re.findall(r"^\| (\d+) \| .* \| `/\?lesson=(\w+)` \|$", text, re.M)
    assert listed == [(str(number), id) for number, id in enumerate(lessons(FACTS), 1)]
    minutes = [lesson.minutes for lesson in lessons(FACTS).values()]
    assert (min(minutes), max(minutes)) == (7, 10)


@texts
def test_what_can_be_hidden_is_named(text):
    assert all(f"`{name}`" in text for name in (*PARTS, *TRANSPORT))


def test_both_pages_have_the_same_links():
    assert links(BOTH["en"]) == links(BOTH["zh"])
