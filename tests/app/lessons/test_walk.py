"""Every shipped lesson, walked through from its first step to its end, in both languages."""

import re

import pytest

from app.background import cost_run
from app.session.course import LESSONS
from app.text import LANGUAGES
from tests.app.lessons.walking import walk

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
