"""Place and answers of a lesson: what a student does with them, what a tab keeps, and what is damaged."""

import json

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.lesson import Guess
from app.pages import FACTS
from app.screens.compare.comparison import Compared
from app.session import answering, course, course_kept
from app.session.answering import TRIES
from app.session.course import Answer, Course
from app.session.record import Session
from tests.app.choices import widget
from tests.app.lessons.walking import Student
from tests.app.visits import session_of, visit, visitor

SMALL = """minutes = 5
play_on = { label = { en = "On", zh = "继续" }, page = "train" }
[title]
en = "My lesson"
zh = "我的课"
[question]
en = "Q"
zh = "问"
[remember]
en = "R"
zh = "记"
[[steps]]
title = { en = "T", zh = "题" }
line = { en = "L", zh = "行" }
say = { en = "S", zh = "说" }
page = "train"
[steps.ask]
kind = "number"
question = { en = "1 + 1?", zh = "1 + 1？" }
why = { en = "W", zh = "因" }
answer = "2"
"""


def kept_by(student):
    """Return what the browser's tab is told to keep."""
    sent = [json.loads(each.proto.json or "null") for each in student.at.get("bidi_component")]
    return next(data["course"] for data in sent if isinstance(data, dict) and "course" in data)


@pytest.fixture
def session(monkeypatch):
    """Return a way to a session outside of any page."""

    def begin():
        now = Session()
        monkeypatch.setattr(streamlit, "session_state", {"session": now, "language": "en"})
        return now.part(Course)

    return begin


def restored(session, text):
    now = session()
    course_kept.restore(text, FACTS)
    return now


def remembered(now):
    """Return what of a course outlasts a reload."""
    lesson = now.lesson.id if now.lesson else None
    return lesson, now.step, now.answers, now.done, now.finished, now.unlocked


@pytest.fixture(scope="module")
def student():
    """Somebody in the second step of the softmax: one question answered, one answered wrong, two stages opened."""
    found = Student("softmax", "en")
    found.type("21")
    found.do()
    found.press("lesson_next")
    found.type("0.5")
    found.do()
    return found


def test_what_was_written_is_restored(student, session):
    now = restored(session, kept_by(student))
    assert remembered(now) == remembered(student.now)
    assert now.step == 1
    assert now.answers["softmax", 0] == Answer("21", right=True, judged=True)
    assert now.answers["softmax", 1].tries == 1
    assert now.done == {"softmax": {0, 1}}


def test_what_was_restored_is_written_as_it_was(student, session):
    text = kept_by(student)
    restored(session, text)
    assert json.loads(course_kept.written()) == json.loads(text)


def test_a_lesson_of_ones_own_is_kept_with_its_text(session):
    now = session()
    lesson = course.read_lesson(SMALL, course.OWN, course.schema(FACTS))
    now.own = lesson
    course.begin(lesson)
    answering.answer("2", course.here())
    again = restored(session, course_kept.written())
    assert again.own == lesson
    assert (again.lesson.id, again.answers["own", 0].right) == ("own", True)


def test_nothing_is_written_of_nothing(session):
    session()
    assert course_kept.written() == ""


def test_the_place_of_a_lesson_that_is_open_already_stays(student, session):
    now = session()
    text = kept_by(student)
    course.begin(course.lessons(FACTS)["pmi"], 2)
    course_kept.restore(text, FACTS)
    assert (now.lesson.id, now.step) == ("pmi", 2)
    assert ("softmax", 0) in now.answers


GOOD = ["softmax", 0, {"value": "21", "right": True, "tries": 0, "given_up": False}]


def kept(**changed):
    whole = {
        "lesson": "softmax", "step": 1, "answers": [GOOD], "done": {"softmax": [0]}, "finished": ["pmi"],
        "unlocked": False, "own": None,
    }  # fmt: skip
    return json.dumps(whole | changed)


def test_the_kept_text_of_these_tests_is_taken_over(session):
    now = restored(session, kept())
    assert (now.lesson.id, now.step, now.answers) == (
        "softmax",
        1,
        {("softmax", 0): Answer("21", right=True, judged=True)},
    )
    assert (now.done, now.finished) == ({"softmax": {0}}, {"pmi"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "3",
        '"softmax"',
        "{}",
        "[" * 100_000,
        kept()[:-1],
        kept() * 2,
        "9" * 5000,
        "\ud800",
    ],
)
def test_what_is_none_of_it_restores_nothing(session, text):
    now = restored(session, text)
    assert remembered(now) == (None, 0, {}, {}, set(), False)


def answered(place, value):
    """Return the good answer with something else at a place."""
    changed = [GOOD[0], GOOD[1], dict(GOOD[2])]
    if isinstance(place, int):
        changed[place] = value
    else:
        changed[2][place] = value
    return changed


NO_ANSWERS = [
    [], None, 3, "softmax", {}, GOOD[:2], [*GOOD, 1],
    answered(0, "nothing"), answered(0, 3), answered(0, []), answered(1, 99), answered(1, -1), answered(1, "0"),
    answered(1, 0.0), answered(1, float("inf")), answered(2, None), answered(2, {}),
    answered("value", 21), answered("value", None), answered("right", 1),
    answered("tries", "2"), answered("tries", float("inf")), answered("given_up", 0),
]  # fmt: skip


@pytest.mark.parametrize("damaged", NO_ANSWERS, ids=str)
def test_an_answer_that_can_be_none_is_left_out_and_the_others_stay(session, damaged):
    now = restored(session, kept(answers=[damaged, GOOD]))
    assert now.answers == {("softmax", 0): Answer("21", right=True, judged=True)}
    assert now.lesson.id == "softmax"


@pytest.mark.parametrize(
    ("value", "step"), [(7, 4), (-1, 4), ("1", 4), (True, 4), (None, 4), ([0], 4)]
)  # of a choice
def test_no_option_is_no_answer(session, value, step):
    assert course.lessons(FACTS)["softmax"].steps[step].ask.kind == "choice"
    now = restored(session, kept(answers=[["softmax", step, GOOD[2] | {"value": value}]]))
    assert now.answers == {}


@pytest.mark.parametrize("value", [[0, 0, 1], [0, 1], "012", [0, 1, 3], [0, 1, "2"], [0.0, 1.0, 2.0], None])
def test_no_order_is_no_answer(session, value):
    assert course.lessons(FACTS)["noise"].steps[3].ask.kind == "order"
    now = restored(session, kept(answers=[["noise", 3, GOOD[2] | {"value": value}]]))
    assert now.answers == {}
    assert restored(session, kept(answers=[["noise", 3, GOOD[2] | {"value": [2, 0, 1]}]])).answers


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"lesson": "nothing"}, None),
        ({"lesson": ["softmax"]}, None),
        ({"lesson": None}, None),
        ({"lesson": "own"}, None),
        ({"step": "1"}, None),
        ({"step": float("inf")}, None),
        ({"step": -5}, 0),
        ({"step": 10**30}, 7),
        ({"own": "no lesson"}, 1),
        ({"own": 3}, 1),
        ({"own": [1]}, 1),
        ({"done": [0]}, 1),
        ({"done": {"softmax": 0, "nothing": [0]}}, 1),
        ({"done": {"softmax": ["0", 99, -1, 0.5, None]}}, 1),
        ({"finished": None}, 1),
        ({"finished": [3, [], "nothing"]}, 1),
        ({"unlocked": "yes"}, 1),
    ],
)
def test_each_part_is_taken_over_for_itself(session, changed, place):
    now = restored(session, kept(**changed))
    assert (now.step if now.lesson else None) == place
    assert now.answers == {("softmax", 0): Answer("21", right=True, judged=True)}
    assert now.unlocked is False
    assert all(step == 0 for steps in now.done.values() for step in steps)
    assert now.finished <= {"pmi"}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["softmax", "noise", "own", "21"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*json.loads(kept()), *GOOD[2], "softmax"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.one_of(st.text(max_size=50), JSON.map(json.dumps), st.dictionaries(
    st.sampled_from([*json.loads(kept())]), JSON).map(lambda changed: kept(**changed))))  # fmt: skip
def test_no_text_that_a_tab_may_give_does_anything_else(text):
    now = Session()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(streamlit, "session_state", {"session": now, "language": "en"})
        course_kept.restore(text, FACTS)
        course_kept.written()
        found = now.part(Course)
        assert found.lesson is None or 0 <= found.step <= len(found.lesson.steps)


# What a student does.


def test_the_place_and_the_answers_stay_when_the_language_changes():
    at = Student("softmax", "en")
    at.type("1")  # a slip that is told apart
    said = at.told(at.step.ask.slips[1].say)
    assert said in at.said()
    at.do()
    at.at.segmented_control(key="language").set_value("zh")
    at.language = "zh"
    at.draw()
    assert (at.now.lesson.id, at.now.step) == ("softmax", 0)
    assert at.told(at.step.ask.slips[1].say) in at.said()
    assert said not in at.said()
    assert at.asked("text_input", "typed").value == "1"
    assert at.now.answers["softmax", 0].tries == 1
    assert at.now.done == {"softmax": {0}}
    assert at.session.run.corpus.vocabulary.own("猫"), (
        "nothing was trained, so the text is that of the language"
    )


def test_the_place_and_the_answers_stay_when_the_page_changes():
    at = Student("softmax", "en")
    at.type("21")
    for page in ("compare", "cost", "explore", "lookup", "pmi", "corpus", "train"):
        visit(at.at, page)
        assert not at.at.exception
        assert at.told(at.step.ask.why) in at.said()
        assert at.stands() == "21"
        assert at.words.to_page.format(page=at.text.step_page.title) in [b.label for b in at.at.button]
    at.at.button(key="lesson_to_page").click()
    at.draw()
    assert at.session.page == "inside"


def test_the_same_answer_twice_is_one_try_and_the_truth_may_be_seen_after_some():
    at = Student("softmax", "en")
    keys = [each.key for each in at.at.button]
    assert "lesson_give_up" not in keys
    at.type("5")
    at.press("lesson_answer")
    assert at.now.answers["softmax", 0].tries == 1
    for number in range(TRIES - 1):
        assert "lesson_give_up" not in [each.key for each in at.at.button]
        at.type(f"{number + 6}")
    at.press("lesson_give_up")
    assert at.words.the_answer.format(answer="21", why=at.told(at.step.ask.why)) in at.said()
    assert at.stands() == str(TRIES + 4)
    assert not at.next_is_open()
    at.do()
    assert at.next_is_open()


def test_an_empty_answer_is_none():
    at = Student("softmax", "en")
    at.type("   ")
    assert at.now.answers == {}


def test_the_teachers_switch_opens_every_step():
    at = Student("softmax", "en")
    at.at.toggle(key="lesson_unlock").set_value(True)
    at.draw()
    for place in range(len(at.now.lesson.steps)):
        assert at.now.step == place
        at.press("lesson_next")
    assert at.over
    assert at.now.finished == {"softmax"}


def test_a_paused_lesson_shows_all_settings_and_goes_on():
    at = Student("noise", "en")
    assert "lesson" in at.parts()
    settings = {"dim", "learning_rate"}
    assert not settings & at.parts()
    at.press("lesson_pause")
    assert settings <= at.parts()
    assert "lesson_next" not in at.parts()
    at.press("lesson_go_on")
    assert "lesson_next" in at.parts()


def test_a_lesson_that_was_left_goes_on_where_it_was():
    at = Student("softmax", "en")
    at.type("21")
    at.do()
    at.press("lesson_next")
    at.type("1/21")
    at.at.button(key="lesson_leave").click().run()
    assert not at.at.exception
    assert at.now.lesson is None
    visit(at.at, "lessons")
    start = at.at.button(key="lesson_start_softmax")
    assert start.label == at.words.resume
    start.click()
    at.draw()
    assert (at.now.step, at.now.answers["softmax", 1].right) == (1, True)


def test_a_run_goes_on_where_nothing_differs_and_begins_anew_where_something_does():
    at = Student("two_tables", "en")
    at.at.toggle(key="lesson_unlock").set_value(True)
    at.draw()
    runs = []
    for _ in at.now.lesson.steps:
        runs.append(at.session.run)
        at.press("lesson_next")
    assert runs[0] is runs[1] is runs[2]
    assert runs[3] is not runs[2]  # of more epochs
    assert runs[3] is runs[4] is runs[5]
    assert runs[6] is not runs[5]  # of more dimensions
    assert runs[6].config.dim == 10


@pytest.mark.parametrize(("language", "corpus"), [("en", "tiny_en"), ("zh", "tiny_zh")])
def test_a_link_opens_a_lesson_at_its_step(language, corpus):
    at = visitor(language, lesson="gradient", step=5)
    at.query_params["language"] = language
    visit(at, "step")
    assert not at.exception
    now = session_of(at)
    assert (now.part(Course).lesson.id, now.part(Course).step, now.page) == ("gradient", 4, "inside")
    assert (now.chosen["corpus"], now.run.config.dim, now.run.config.epochs) == (corpus, 3, 30)


def test_a_link_to_no_lesson_is_refused_and_one_beyond_the_end_leads_to_its_start():
    at = visit(visitor(lesson="nothing"), "train")
    assert session_of(at).part(Course).lesson is None
    assert any("lesson=nothing" in toast.value for toast in at.toast)
    at = visit(visitor(lesson="softmax", step=99), "train")
    assert not at.exception
    assert session_of(at).part(Course).step == 0


def test_guesses_are_drawn_as_they_are_made():
    at = Student("notes_loss", "en")
    guess = lambda: at.within(lambda: answering.guess(FACTS))  # noqa: E731
    at.at.toggle(key="lesson_unlock").set_value(True)
    at.draw()
    assert guess() is None
    for _ in range(4):
        at.press("lesson_next")
    assert guess() is None
    at.pick(1)
    assert guess() == Guess("curve", (1.0, 0.3, 0.0, 0.0, 0.0))
    at.pick(2)
    assert guess() == Guess("curve", (1.0, -1.0, -5.0, -12.0, -20.0))


def test_a_guess_of_the_start_is_a_mark_and_one_of_an_order_is_its_words():
    at = Student("softmax", "en")
    at.at.toggle(key="lesson_unlock").set_value(True)
    at.draw()
    for _ in range(3):
        at.press("lesson_next")
    assert at.within(lambda: answering.guess(FACTS)) == Guess("start")
    at.type("ln(21)")
    assert at.within(lambda: answering.guess(FACTS)).values == pytest.approx((3.0445,), abs=1e-4)
    at.type("no number")
    assert at.within(lambda: answering.guess(FACTS)) in (None, Guess("start"))


def test_a_guessed_order_is_drawn_without_the_marks_of_markdown_and_has_no_way_to_choose_all_at_once():
    at = Student("noise", "en")
    at.at.toggle(key="lesson_unlock").set_value(True)
    at.draw()
    for _ in range(3):
        at.press("lesson_next")
    assert at.asked("multiselect", "ordered").proto.select_all == 0
    at.arrange([2, 0, 1])
    assert at.within(lambda: answering.guess(FACTS)) == Guess(
        "order", names=("Power 0", "Power 0.75", "Power 1")
    )
    marked = course.lessons(FACTS)["noise"].source.replace('"Power 0"', '"*Power* $[[1 - 1]]$"')
    at.now.lesson = course.read_lesson(marked, course.OWN, course.schema(FACTS))
    at.draw()
    at.arrange([2, 0, 1])
    assert at.within(lambda: answering.guess(FACTS)).names[0] == "Power 0"


def test_an_answer_whose_truth_is_unknown_is_judged_as_soon_as_it_is_known():
    at = Student("softmax", "en")
    text = SMALL.replace('answer = "2"', 'answer = "2 * step / step"')
    at.now.lesson = course.read_lesson(text, course.OWN, course.schema(FACTS))
    at.draw()
    at.type("2")
    assert at.words.truth_unknown in at.said()
    assert at.now.answers["own", 0] == Answer("2")
    assert not at.next_is_open()
    at.press("step")
    assert at.words.truth_unknown not in at.said()
    assert at.now.answers["own", 0] == Answer("2", right=True, judged=True)
    assert at.stands() == "2"
    assert at.next_is_open()


def test_a_run_whose_place_a_lesson_takes_waits_and_is_brought_back():
    at = visit(visitor("en", corpus="royal_court_en"), "lessons")
    session = session_of(at)
    session.run.step(3)
    at.run()
    mine = session.run
    at.button(key="lesson_start_softmax").click().run()
    assert session.run is not mine
    assert session.part(Course).former[0] is mine
    at = visit(at, "lessons")
    at.button(key="lesson_former").click().run()
    assert not at.exception
    assert session.run is mine
    assert session.chosen["corpus"] == "royal_court_en"
    assert session.part(Course).lesson is None


def test_a_step_trains_at_its_own_rate():
    at = visit(visitor("en", lesson="softmax", step=4), "train")
    session = session_of(at)
    rate = session.run.learning_rate
    session.run.step(2)
    session.run.set_learning_rate(5.0)
    session.chosen["learning_rate"] = 5.0
    at.run()
    at.button(key="lesson_back").click().run()
    at = visit(at, "inside")
    assert session.run.learning_rate == session.chosen["learning_rate"] == rate
    assert session.run.progress.step == 0


def unlocked(lesson, steps=0, language="en"):
    """Return a student some steps into a lesson, in which a teacher has opened the way."""
    at = Student(lesson, language)
    at.at.toggle(key="lesson_unlock").set_value(True)
    at.draw()
    for _ in range(steps):
        at.press("lesson_next")
    return at


def toasts(at):
    return [each.value for each in at.at.toast]


def test_from_the_end_of_a_lesson_the_button_leads_to_an_untrained_run_of_the_same_settings():
    at = unlocked("two_tables", 8)
    at.session.run.step(50)
    trained, settings = at.session.run, dict(at.session.run_settings)
    at.press("lesson_following")
    assert (at.now.lesson.id, at.now.step) == ("softmax", 0)
    assert at.session.run_settings == settings
    assert at.session.run is not trained
    assert at.session.run.progress.step == 0
    assert at.within(lambda: FACTS["pair_s"]()) == 0
    assert not toasts(at)  # the run is the lesson's, and nobody's loss
    assert at.now.former is None


def test_a_lesson_begun_once_more_begins_untrained_and_with_nothing_done():
    at = unlocked("gradient", 8)
    at.session.run.step(9)
    at.now.done["gradient"] = {0, 3}
    visit(at.at, "lessons")
    start = at.at.button(key="lesson_start_gradient")
    assert start.label == at.words.again
    start.click()
    at.draw()
    assert (at.now.step, at.session.run.progress.step, at.now.done["gradient"]) == (0, 0, set())


def test_a_comparison_that_a_lesson_begins_with_begins_untrained():
    at = unlocked("break_it", 1)
    at.session.part(Compared).runs.step()
    visit(at.at, "lessons")
    at.now.finished.add("break_it")
    at.now.lesson = None
    at.at.run()
    at.at.button(key="lesson_start_break_it").click()
    at.draw()
    assert at.session.part(Compared).runs.progress.foremost.last is None


def test_back_before_all_training_the_run_is_untrained_and_back_at_the_training_it_stays():
    at = unlocked("softmax", 4)
    at.session.run.step(9)
    at.now.done["softmax"] = {3, 4}
    trained = at.session.run
    at.press("lesson_back")
    assert at.session.run is trained  # where one has trained
    at.press("lesson_back")
    assert at.session.run.progress.step == 0  # of what it says on start values
    assert at.now.done["softmax"] == set()


def test_in_a_lesson_no_run_of_its_own_waits_after_reset_or_a_reload():
    at = unlocked("two_tables", 3)
    at.session.run.step(5)
    at.press("reset")
    at.session.run.step(5)
    at.press("lesson_next")
    at.press("lesson_next")
    at.press("lesson_next")  # of other settings
    assert not toasts(at)
    assert at.now.former is None


@pytest.mark.parametrize("of_lesson", [True, False])
def test_a_tab_keeps_whether_its_run_is_a_lessons(student, session, of_lesson):
    kept_text = json.loads(kept_by(student))
    assert kept_text["run"] is True
    session()
    assert course_kept.restore(json.dumps(kept_text | {"run": of_lesson}), FACTS) is of_lesson


def test_a_run_trained_among_all_settings_is_ones_own_and_waits():
    at = unlocked("negative_sampling", 3)
    at.press("lesson_pause")
    at.session.chosen["window"] = 10
    at.press("reset")
    mine = at.session.run
    mine.step(5)
    at.press("lesson_go_on")
    assert at.now.former[0] is mine
    assert toasts(at) == [at.words.run_waits]
    assert at.session.run.config.window == 2


def test_back_from_all_settings_the_lesson_has_its_own_again():
    at = unlocked("negative_sampling", 3)
    at.session.run.step(5)
    run = at.session.run
    at.press("lesson_pause")
    widget(at.at, "window").set_value(10)
    at.draw()
    assert at.within(course.session.changes) == [("window", 2, 10)]
    at.press("lesson_go_on")
    assert at.within(course.session.changes) == []
    assert (at.session.run, at.session.chosen["window"]) == (run, 2)


def test_back_from_all_settings_what_the_step_lets_one_choose_stays_chosen():
    at = unlocked("noise", 2)
    at.choose("negatives", 1)
    at.press("step")
    run = at.session.run
    at.press("lesson_pause")
    widget(at.at, "negatives").set_value(7)
    at.draw()
    at.press("lesson_go_on")
    assert (at.session.run, at.session.chosen["negatives"]) == (run, 1)
