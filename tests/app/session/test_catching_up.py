"""A step that stands on what an earlier one trains, opened without it: it asks for that first, and then is as ever."""

import time

import pytest

from app.lessons.lesson import told
from app.pages import FACTS, played
from app.screens.cost import costs
from app.session import catching_up, course
from app.session.course import Course
from app.text import LANGUAGES
from tests.app.lessons.walking import within
from tests.app.visits import session_of, visit, visitor

# Of each lesson, the steps that stand on the training of another (both from 1): what their texts and pages show of it.
STAND_ON = {
    "two_tables": {5: 4, 6: 4, 8: 7},
    "softmax": {6: 5, 7: 5},
    "gradient": dict.fromkeys(range(2, 9), 1),
    "denominator": dict.fromkeys(range(4, 8), 3),
    "notes_loss": {6: 5},
    "negative_sampling": {5: 4},
    "noise": {},
    "pmi": {},
    "comparing": dict.fromkeys(range(3, 8), 2),
    "vectors": dict.fromkeys(range(2, 9), 1),
    "tree": {5: 4, 6: 4},
    "break_it": {2: 1, 4: 3},
}


def opened(step, lesson="softmax", language="en"):
    """Return a session whose link has led to a step, from 1, and what it remembers."""
    at = visitor(language, lesson=lesson, step=step)
    at.query_params["language"] = language
    visit(at, "train")
    session = session_of(at)
    visit(at, session.part(Course).lesson.steps[step - 1].page)
    assert not at.exception
    return at, session


def said(at):
    return "\n".join(each.value for each in at.sidebar.markdown)


def keys(at):
    return [each.key for each in at.button]


@pytest.mark.parametrize("lesson", STAND_ON)
def test_of_an_untrained_run_just_these_steps_wait_for_the_training_of_another(lesson, monkeypatch):
    monkeypatch.setattr(costs, "run", lambda: None)
    at = visit(visitor("en"), "train")
    session = session_of(at)
    found = {}

    def look():
        shown = course.lessons(FACTS)[lesson]
        for step in range(len(shown.steps)):
            course.begin(shown, step)
            if (before := catching_up.awaited(played)) is not None:
                found[step + 1] = before + 1

    within(session, "en", look)
    assert found == STAND_ON[lesson]


def test_every_lesson_is_in_the_table_above():
    at = visit(visitor("en"), "train")
    assert set(STAND_ON) == set(within(session_of(at), "en", lambda: course.lessons(FACTS)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_step_opened_by_its_link_trains_what_it_stands_on_and_is_then_as_if_one_had_come_to_it(language):
    at, session = opened(6, language=language)
    words, now = LANGUAGES[language].lessons_page, session.part(Course)
    step = now.lesson.steps[5]
    assert words.builds_on.format(step=5) in said(at)
    assert at.button(key="lesson_catch_up").label == words.catch_up.format(step=5)
    assert at.button(key="lesson_next").disabled
    assert not [each for each in at.text_input if each.key.startswith("lesson_typed")]
    as_told = lambda: within(session, language, lambda: told(step.say[language], FACTS))  # noqa: E731
    assert as_told() not in said(at)

    session.chosen["epochs"] = 3  # another's settings, in which it would not be as the lesson has it
    at.button(key="lesson_catch_up").click().run()
    until = time.monotonic() + 120
    while session.run.running:
        assert time.monotonic() < until
        time.sleep(0.02)
    at.run()
    assert not at.exception
    assert (session.run.progress.finished, session.run.config.epochs) == (True, 200)
    assert "lesson_catch_up" not in keys(at)
    assert as_told() in said(at)
    probability = within(session, language, lambda: step.ask.answer[language].value())
    assert probability == pytest.approx(1 / 6, rel=0.5)  # as the text has it; untrained 1/21
    typed = next(each for each in at.text_input if each.key.startswith("lesson_typed"))
    typed.set_value(repr(probability)).run()
    assert now.answers["softmax", 5].right


def test_while_it_trains_the_step_says_how_far_it_is():
    at, session = opened(6)
    session.run.set_speed("slow")
    at.button(key="lesson_catch_up").click().run()
    try:
        assert session.run.running
        assert "lesson_catch_up" not in keys(at)
        assert LANGUAGES["en"].lessons_page.catching_up in [each.text for each in at.get("progress")]
    finally:
        session.run.pause()
    at.run()
    assert "lesson_catch_up" in keys(at)  # to go on


def test_a_teacher_can_pass_a_step_that_waits():
    at, session = opened(6)
    at.toggle(key="lesson_unlock").set_value(True).run()
    at.button(key="lesson_next").click().run()
    assert session.part(Course).step == 6


def test_in_a_lecture_the_next_key_trains_first():
    at = visit(visitor("en", lesson="softmax", step=6, lecture="on"), "inside")
    session = session_of(at)
    assert "lecture_catch_up" in keys(at)
    at.button(key="lecture_next").click().run()
    assert not at.exception
    assert session.run.running or session.run.progress.finished
    assert (session.part(Course).step, session.part(Course).revealed) == (5, False)
    session.run.pause()


def test_a_run_that_was_trained_as_far_as_its_step_asked_is_enough():
    _, session = opened(6)
    now = session.part(Course)
    waits = lambda: within(session, "en", lambda: catching_up.awaited(played))  # noqa: E731
    session.run.step(5)
    assert waits() == 4
    now.done["softmax"] = {4}
    assert waits() is None


def in_chinese(step, lesson, train):
    """Return a session at a step, from 1, that has trained in English and then chosen Chinese."""
    at, session = opened(step, lesson)
    train(session)
    at.run()
    at.segmented_control(key="language").set_value("zh").run()
    assert not at.exception
    return at, session


def finished(session):
    until = time.monotonic() + 120
    while session.run.running:
        assert time.monotonic() < until
        time.sleep(0.02)
    return session.run.progress.finished


@pytest.mark.parametrize(
    ("step", "lesson", "steps"), [(4, "negative_sampling", 7200), (5, "softmax", 7200), (6, "softmax", 7200)]
)
def test_a_step_trained_in_the_other_language_offers_its_run_in_this_one(step, lesson, steps):
    def train(session):
        while not session.run.progress.finished:
            session.run.step(500)

    at, session = in_chinese(step, lesson, train)
    words = LANGUAGES["zh"].lessons_page
    assert words.other_language in said(at)
    assert session.run_settings["corpus"] == "tiny_en"
    at.button(key="lesson_catch_up").click().run()
    assert not at.exception
    assert (finished(session), session.run.progress.step) == (True, steps)
    at.run()
    assert words.other_language not in said(at)
    assert "lesson_catch_up" not in keys(at)
    assert "…" not in said(at)
    assert session.run_settings["corpus"] == "tiny_zh"


def test_a_step_that_trains_on_one_batch_does_so_in_this_language():
    at, session = in_chinese(4, "softmax", lambda session: session.run.step())
    at.button(key="lesson_catch_up").click().run()
    assert (session.run_settings["corpus"], session.run.progress.step) == ("tiny_zh", 1)


def test_chosen_back_the_former_language_has_its_run():
    at, session = in_chinese(5, "softmax", lambda session: session.run.step(9))
    run = session.run
    at.segmented_control(key="language").set_value("en").run()
    assert (session.run, "lesson_catch_up" in keys(at)) == (run, False)


def test_on_another_page_the_language_changes_the_text_and_not_the_page():
    at, session = opened(1)
    visit(at, "pmi")
    at.segmented_control(key="language").set_value("zh").run()
    assert not at.exception
    assert (session.chosen["corpus"], session.run.config.dim, session.page) == ("tiny_zh", 10, "pmi")


def test_in_a_lecture_the_next_key_runs_the_step_in_this_language():
    at, session = in_chinese(5, "softmax", lambda session: session.run.step(9))
    session.part(Course).lecture = True
    at.run()
    at.button(key="lecture_next").click().run()
    assert not at.exception
    assert session.run_settings["corpus"] == "tiny_zh"
    assert session.run.running or session.run.progress.finished
    assert session.part(Course).step == 4
    session.run.pause()
