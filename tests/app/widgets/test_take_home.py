"""What a student takes home from any page, without a browser."""

import nbformat
import pytest

from app.own_text import OwnText
from app.session.course import Answer, Course
from app.session.taking_home import OWN_NAME, Home
from app.text import LANGUAGES
from app.text.literal import literal
from app.widgets import take_home
from tests.app.choices import widget
from tests.app.visits import session_of, visit, visitor
from w2v_core.command_line import main
from w2v_core.handin import read

HOSTILE = "<img src=x onerror=alert(1)> `` $x$ :W2V \u202e"


@pytest.fixture
def taken(monkeypatch):
    """Return the last of what pages offer to take home."""
    offered = []
    gather = take_home.home

    def home(facts):
        offered.append(gather(facts))
        return offered[-1]

    monkeypatch.setattr(take_home, "home", home)
    return lambda: offered[-1]


def open_page(language="en", page="train", **link):
    at = visit(visitor(language, **({"corpus": "tiny_en"} | link)), page)
    assert not at.exception
    return at


def course_of(at):
    """Return what a session remembers of its lessons."""
    return session_of(at).part(Course)


def markdown(content):
    book = nbformat.reads(content.decode(), as_version=4)
    return "\n".join(cell.source for cell in book.cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["train", "corpus", "step", "lookup"])
def test_every_page_offers_both_files(page, language):
    at = open_page(language, page)
    labels = [button.label for button in at.get("download_button")]
    for label in LANGUAGES[language].saving.home.values():
        assert labels.count(label) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_handed_in_is_right_after_rates_were_changed_and_pairs_taken_back(
    taken, language, tmp_path, capsys
):
    at = open_page(language)
    for rate in (None, 0.5, 0.01):
        if rate:
            widget(at, "learning_rate").set_value(rate).run()
        at.button(key="step").click().run()
    visit(at, "step")
    at.button(key="apply").click().run()
    at.button(key="apply_many").click().run()
    assert read(taken().hand_in().decode(), "x").applied == 2
    file = tmp_path / "a.txt"
    file.write_bytes(taken().hand_in())
    assert main(["check", str(file)]) == 1
    assert (
        "cannot be recomputed: single pairs were applied to its vectors (2 times" in capsys.readouterr().err
    )
    at.button(key="undo").click().run()
    at.button(key="undo").click().run()
    visit(at, "train")
    at.button(key="step").click().run()
    content = taken().hand_in()
    code = read(content.decode(), "x")
    assert (code.corpus, code.steps, code.applied) == ("tiny_en", 4, 0)
    assert code.rates == [(1, 0.5), (2, 0.01)]
    assert [step for step, _ in code.losses] == [1, 2, 4]
    assert code.answers is None
    first = content.decode().splitlines()[0]
    assert "tiny_en" in first
    assert "w2v check" in first
    file.write_bytes(content)
    assert main(["check", str(file)]) == 0
    assert "Right: 3 losses of 4 steps" in capsys.readouterr().out


def test_files_are_of_the_run_as_it_is_when_they_are_asked_for(taken):
    at = open_page()
    home = taken()
    session_of(at).run.step(3)
    assert read(home.hand_in().decode(), "x").steps == 3
    assert b"STEPS = 3" in home.notebook()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lessons_answers_are_in_both_files(taken, language):
    at = open_page(language, lesson="softmax", corpus="tiny_en" if language == "en" else "tiny_zh")
    lesson, answers = course_of(at).lesson, course_of(at).answers
    asks = [(number, step.ask) for number, step in enumerate(lesson.steps) if step.ask]
    values = {"number": HOSTILE, "choice": 1, "order": [1, 0]}
    for number, ask in asks:
        answers[lesson.id, number] = Answer(values[ask.kind], right=number % 2 == 0, tries=2, judged=True)
    at.run()
    assert not at.exception
    content = taken().hand_in().decode()
    code = read(content, "x")
    assert lesson.title[language] in content
    assert (code.answers.lesson, code.answers.title) == ("softmax", lesson.title[language])
    assert [given[0] for given in code.answers.given] == [number + 1 for number, _ in asks]
    for (number, ask), (_, answer, state, tries) in zip(asks, code.answers.given, strict=True):
        said = {"number": HOSTILE.replace("\u202e", "�"), "choice": "B", "order": "B < A"}[ask.kind]
        assert (answer, tries) == (said, 2)
        assert state == ("guess" if ask.predict else "right" if number % 2 == 0 else "wrong")
    text = markdown(taken().notebook())
    words = LANGUAGES[language].notebook
    assert words.lesson.format(title=lesson.title[language]) in text
    assert "<img" in text
    assert "<img" not in text.replace(literal(HOSTILE), "")  # a code span
    assert "[[" not in text


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"right": True, "judged": True}, "right"),
        ({"judged": True, "tries": 1}, "wrong"),
        ({"judged": True, "given_up": True}, "shown"),
        ({}, "open"),
    ],
)
def test_what_has_become_of_an_answer_is_said(taken, given, state):
    at = open_page(lesson="softmax")
    lesson = course_of(at).lesson
    number = next(n for n, step in enumerate(lesson.steps) if step.ask and not step.ask.predict)
    course_of(at).answers[lesson.id, number] = Answer(
        "1" if lesson.steps[number].ask.kind == "number" else 0, **given
    )
    at.run()
    [(_, _, found, _)] = read(taken().hand_in().decode(), "x").answers.given
    assert found == state
    assert LANGUAGES["en"].notebook.states[state] in markdown(taken().notebook())


def test_live_numbers_of_another_run_stand_as_their_formulas(taken):
    at = open_page(lesson="notes_loss")
    negatives = session_of(at).run_settings["negatives"]
    assert f"K = {negatives} negatives" in markdown(taken().notebook())
    session_of(at).run.step()
    session_of(at).run_settings["objective"] = "softmax"
    at.run()
    text = markdown(taken().notebook())
    assert "K = `K` negatives" in text
    assert "[[" not in text


def test_the_end_of_a_lesson_offers_both_in_a_line():
    at = open_page(lesson="softmax")
    keys = [button.proto.id for button in at.get("download_button")]
    assert not any("lesson_home" in key for key in keys)
    course_of(at).step = len(course_of(at).lesson.steps)
    at.run()
    assert not at.exception
    keys = [button.proto.id for button in at.get("download_button")]
    assert sum("lesson_home-" in key for key in keys) == 2
    assert LANGUAGES["en"].lessons_page.take_home in [caption.value for caption in at.caption]


def test_a_text_of_ones_own_keeps_its_name_to_itself(taken):
    at = open_page()
    home, title = taken(), {"en": "anna_miller.txt", "zh": "anna_miller.txt"}
    own = OwnText("own-7", title, title, title, home.run.corpus, (), {}, "en")
    home = Home(home.run, own, "", None, "en")
    content = home.hand_in().decode()
    assert read(content, "x").corpus == OWN_NAME
    assert "anna" not in content
    assert home.name == "own-7"
    assert not at.exception
