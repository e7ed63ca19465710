"""Every shipped lesson, walked through from its first step to its end, in both languages."""

import re

import pytest

from app.background import cost_run
from app.session.course import LESSONS
from app.text import LANGUAGES
from tests.app.lessons.walking import Student, walk, walk_on

SHORT = ("softmax", "notes_loss", "negative_sampling")
SHIPPED = [re.sub(r"^\d+_", "", path.stem) for path in sorted(LESSONS.glob("*.toml"))]


@pytest.fixture(autouse=True)
def nothing_is_measured(monkeypatch):
    """Measurements are of the server, for all its sessions."""
    monkeypatch.setattr(cost_run, "_latest", {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "lesson", [pytest.param(id, marks=[] if id in SHORT else [pytest.mark.long]) for id in SHIPPED]
)
def test_a_student_reaches_the_end(lesson, language):
    walk(lesson, language)


def test_the_button_at_a_lessons_end_leads_to_one_that_is_as_if_begun_in_the_list():
    student = Student("two_tables", "zh")
    student.now.unlocked = True
    student.draw()
    while not student.over:
        student.press("lesson_next")
    student.session.run.step(500)  # the settings of the lesson that follows
    student.now.unlocked = False
    student.press("lesson_following")
    walk_on(student)
    assert student.now.finished == {"two_tables", "softmax"}


@pytest.mark.long
def test_all_lessons_are_walked_one_after_the_other_by_the_buttons_at_their_ends():
    student = walk("two_tables", "en")
    for lesson in SHIPPED[1:]:
        student.press("lesson_following")
        assert student.now.lesson.id == lesson
        walk_on(student)
    assert student.now.finished == set(SHIPPED)
