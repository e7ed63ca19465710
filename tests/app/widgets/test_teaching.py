"""For teachers, without a browser: a lesson of one's own, the file of one, a link for students."""

import pytest

from app.pages import FACTS
from app.session.course import LESSONS, OWN, Course, lessons
from app.settings import HIDEABLE, PARTS
from app.text import LANGUAGES
from tests.app.visits import session_of, visit, visitor

SHIPPED = (LESSONS / "06_negative_sampling.toml").read_text(encoding="utf-8")


def open_page(language="en", page="train", **link):
    at = visit(visitor(language, **{"corpus": "tiny_en", **link}), page)
    assert not at.exception
    return at


def course_of(at):
    return session_of(at).part(Course)


def give(at, content, name="mine.toml"):
    """Give the menu a lesson to open."""
    key = f"open-lesson-{course_of(at).own_opened}"
    content = content.encode() if isinstance(content, str) else content
    at.file_uploader(key=key).set_value((name, content, "application/toml")).run()
    assert not at.exception


def said(at):
    return [each.value for each in at.markdown]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_of_ones_own_runs_at_once(language):
    at = open_page(language)
    give(at, SHIPPED.replace("Yes or no instead of V words", "Mine").replace("用是非题代替全词表", "我的课"))
    now = course_of(at)
    assert (now.lesson.id, now.step, now.own) == (OWN, 0, now.lesson)
    assert session_of(at).page == "inside"
    assert any({"en": "Mine", "zh": "我的课"}[language] in each for each in said(at))
    assert not at.error


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_is_said_with_its_line_and_all_stays(language):
    at = open_page(language)
    run = session_of(at).run
    give(at, SHIPPED.replace('page = "compare"', 'page = "<b>**x**</b>"'))
    [error] = at.error
    assert "17" in error.value
    assert "`<b>**x**</b>`" in error.value
    assert course_of(at).lesson is None
    assert session_of(at).run is run
    give(at, SHIPPED)
    assert not at.error
    assert course_of(at).lesson.id == OWN


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty_file"), (b"\0\1", "not_text"), ("标题".encode("gbk"), "not_utf8")]
)
def test_a_file_that_is_no_text_gets_one_sentence(content, code, language):
    at = open_page(language)
    give(at, content, "**a**.toml")
    [error] = at.error
    text = LANGUAGES[language]
    sentence = {**text.problems, **text.bring.problems}[code]
    assert error.value == sentence.format(name="`**a**.toml`")


def test_markup_in_a_lesson_is_markdown_and_never_html():
    at = open_page()
    hostile = "<script>alert(1)</script> [more](https://a.example) **bold**"
    give(at, SHIPPED.replace("A question of its own", hostile))
    [title] = [each for each in at.markdown if "alert(1)" in each.value]
    assert title.value.endswith(hostile)
    assert not title.allow_html


def test_answers_to_the_lesson_before_are_forgotten():
    at = open_page()
    give(at, SHIPPED)
    [field] = [each for each in at.text_input if each.label == LANGUAGES["en"].lessons_page.your_number]
    field.set_value("21").run()
    now = course_of(at)
    assert now.answers[OWN, 0].value == "21"
    now.done[OWN] = {0}
    now.finished.add(OWN)
    give(at, SHIPPED)
    assert (now.answers, now.finished, now.done.get(OWN, set())) == ({}, set(), set())
    [field] = [each for each in at.text_input if each.label == field.label]
    assert not field.value


def test_the_file_of_a_lesson_can_be_saved():
    words = LANGUAGES["en"].teaching
    labels = [button.label for button in open_page().get("download_button")]
    assert words.save_lesson not in labels
    at = open_page(lesson="negative_sampling")
    assert words.save_lesson in [button.label for button in at.get("download_button")]
    assert course_of(at).lesson.source == SHIPPED


def maker(at):
    at.button(key="make_link").click().run()
    assert not at.exception
    return at


def link_of(at):
    return at.code[0].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_ticking_makes_a_link(language):
    at = maker(open_page(language))
    words = LANGUAGES[language].teaching
    box = at.selectbox(key="link_lesson")
    assert box.value == ""
    assert len(box.options) == len(lessons(FACTS)) + 1
    assert "corpus=tiny_en" in link_of(at)
    box.set_value("softmax").run()
    at.selectbox(key="link_step_softmax").set_value(2).run()
    at.checkbox(key="link_lecture").check().run()
    at.selectbox(key="link_language").set_value("zh").run()
    at.checkbox(key="link_hide_pages").check().run()
    at.multiselect(key="link_hide_single").set_value(["seed", "dim"]).run()
    assert link_of(at).partition("?")[2] == "lesson=softmax&step=2&lecture=on&hide=pages,seed,dim&language=zh"
    at.checkbox(key="link_embed").check().run()
    assert link_of(at).endswith("&embed=true")
    assert at.code[1].value.startswith("<iframe ")
    assert not at.exception
    assert words.no_qr not in [each.value for each in at.caption]


def test_what_can_be_hidden_is_called_as_the_interface_calls_it():
    at = maker(open_page("zh"))
    text = LANGUAGES["zh"]
    assert [at.checkbox(key=f"link_hide_{name}").label for name in PARTS] == list(
        text.teaching.parts.values()
    )
    assert at.checkbox(key="link_hide_play").label == text.play
    single = at.multiselect(key="link_hide_single").options
    assert {text.settings.corpus, text.settings.dim, text.settings.bounded} <= set(single)
    assert len(single) == len(set(single) & set(text.settings.values()))
    at.checkbox(key="link_hide_settings").check().run()
    assert not at.multiselect
    assert set(LANGUAGES["en"].teaching.parts) == set(PARTS) < set(HIDEABLE)


def test_the_lesson_that_is_open_is_suggested_at_its_step():
    at = maker(open_page(lesson="softmax", step=3))
    assert link_of(at).partition("?")[2] == "lesson=softmax&step=3"


def test_a_link_made_is_the_link_read():
    at = maker(open_page(lesson="noise", step=2))
    at.checkbox(key="link_hide_files").check().run()
    query = dict(part.split("=") for part in link_of(at).partition("?")[2].split("&"))
    student = visit(visitor(**query), "train")
    now = course_of(student)
    assert (now.lesson.id, now.step, session_of(student).hidden) == ("noise", 1, {"files"})
