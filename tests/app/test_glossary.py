"""Every term has a name, a sentence and a lesson in both languages, and stands on a page that links to the lesson."""

import ast
import re
from pathlib import Path

import pytest

from app.settings import LIMITS, TRAINING
from app.text import EN, LANGUAGES, Words
from app.text.glossary import (
    COLUMNS,
    LESSONS,
    SETTINGS,
    START_VALUES,
    explained,
    hover_text,
    lesson_link,
    setting_help,
    with_lesson,
)
from tests.app.visits import visit, visitor
from w2v_core.training.config import OBJECTIVES
from w2v_core.vectors.space import METRICS

APP = Path(__file__).parents[2] / "app"
LESSON_IDS = (
    "two_tables softmax gradient denominator notes_loss negative_sampling noise pmi comparing vectors tree"
    " break_it"
)
TERMS = {term: lesson for lesson, terms in EN.glossary.items() for term in terms}
LINK = re.compile(r"\[(?:Lesson |第 )(\d+)(?: 课)?\]\(\./\?lesson=(\w+)\)")


@pytest.fixture(params=LANGUAGES.values(), ids=LANGUAGES)
def text(request):
    return request.param


def links(said):
    """Return the (number, lesson) of all links in a Markdown text."""
    return [(int(number), lesson) for number, lesson in LINK.findall(said)]


def test_terms_stand_under_lessons_that_there_are(text):
    assert LESSON_IDS.split() == list(LESSONS) == list(text.glossary)
    assert len(TERMS) == sum(len(terms) for terms in text.glossary.values()), "a term has one lesson"
    for terms in text.glossary.values():
        for term in terms.values():
            assert isinstance(term, Words)
            assert set(term) == {"name", "sentence"}
            assert term.sentence.rstrip("\n")[-1] in ".。"
            assert len(re.findall(r"[.?] [A-Z]|[。？](?!$)", term.sentence)) == 0, "more than one sentence"


def test_every_term_is_explained_somewhere_in_the_app():
    used = set(START_VALUES.values()) | set(METRICS)
    for path in APP.rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        if "glossary" in code and path.parent.name != "text":
            used |= {
                node.value
                for node in ast.walk(ast.parse(code))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    assert TERMS.keys() - used == set()
    assert START_VALUES.keys() == set(OBJECTIVES)


def test_a_term_is_its_sentence_and_a_link_to_its_lesson(text):
    for term, lesson in TERMS.items():
        said = explained(text, term)
        assert said.startswith(text.glossary[lesson][term].sentence)
        assert links(said) == [(LESSONS.index(lesson) + 1, lesson)]


def test_several_terms_have_a_paragraph_each(text):
    first, second = explained(text, "floor", "sigma").split("\n\n")
    assert first == f"**{text.glossary.comparing.floor.name}**: {explained(text, 'floor')}"
    assert links(second) == [(6, "negative_sampling")]


def test_the_help_of_a_setting_leads_to_its_lessons(text):
    assert SETTINGS.keys() <= {*text.settings_help}
    assert {*text.settings_help} - SETTINGS.keys() == {"seed"}
    for name, lessons in SETTINGS.items():
        said = setting_help(text, name)
        assert said.startswith(text.settings_help[name])
        assert [lesson for _, lesson in links(said)] == list(lessons)
    assert setting_help(text, "seed") == text.settings_help.seed
    assert SETTINGS.keys() - {"objective"} <= {*LIMITS, *TRAINING}


def test_links_are_written_in_the_language():
    assert lesson_link(LANGUAGES["zh"], "negative_sampling") == "[第 6 课](./?lesson=negative_sampling)"
    assert with_lesson(EN, "A.", "tree") == "A. [Lesson 11](./?lesson=tree)"


def test_hover_text_has_short_lines_and_says_all(text):
    for term, lesson in TERMS.items():
        *lines, last = hover_text(text, term).split("<br>")
        assert text.lesson.format(number=LESSONS.index(lesson) + 1) in last
        said = text.glossary[lesson][term].sentence
        assert "".join(lines).replace(" ", "") == said.replace("<", "&lt;").replace(" ", "")
        # A closing mark may hang over.
        assert all(len(line) + len(re.findall("[\u2e80-\uffef]", line)) <= COLUMNS + 2 for line in lines)


def helps(element):
    """Return the helps of an element and all within it."""
    found = [getattr(element.proto, "help", "")] if hasattr(element, "proto") else []
    for child in getattr(element, "children", {}).values():
        found += helps(child)
    return found


STANDING = {  # what the pages explain, each in its usual state
    "train": "context input_vector score variance_share cosine epoch batch learning_rate running_average "
    "first_batch nat start_negative_sampling",
    "corpus": "window context subsampling noise_power noise_word",
    "explore": "variance_share kept_neighbors trustworthiness running_average first_batch epoch",
    "step": "input_vector output_vector",
    "compare": "running_average nat reciprocal_rank start_value floor rows_of_u relative",
    "cost": "score code_length negatives shared_pool",
    "pmi": "score pmi shifted_pmi noise_power",
    "lookup": "cosine dot euclidean",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", STANDING)
def test_pages_explain_what_stands_on_them(page, language):
    at = visit(visitor(language, corpus="tiny_en"), page)
    assert not at.exception
    said = "\n".join(filter(None, helps(at._tree)))
    for term in STANDING[page].split():
        assert explained(LANGUAGES[language], term) in said, term
