"""Reading a lesson: each kind of damage gets one sentence with its line, in both languages."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lessons.lesson import Lesson
from app.lessons.reader import LARGEST, LONGEST_LINE, LONGEST_TITLE, MOST_STEPS, read_lesson
from app.pages import FACTS
from app.session.course import LESSONS, schema
from app.text import LANGUAGES
from w2v_core import Problem

SCHEMA = schema(FACTS)
SHIPPED = sorted(LESSONS.glob("*.toml"))
SMALL = """minutes = 5
[title]
en = "A title"
zh = "标题"
[question]
en = "A question"
zh = "问题"
[remember]
en = "Remember"
zh = "记住"
[play_on]
label = { en = "On", zh = "继续" }
page = "train"
show = { objective = "softmax" }

[[steps]]
title = { en = "Read", zh = "读" }
line = { en = "Line", zh = "一行" }
say = { en = "V is [[V]].", zh = "V 是 [[V]]。" }
page = "train"
point = "play"
settings = ["objective"]
show = { corpus = { en = "tiny_en", zh = "tiny_zh" }, dim = 3, bounded = "on" }
do = { en = "Do.", zh = "做。" }
check = "step >= 1"
play = true

[[steps]]
title = { en = "Ask", zh = "问" }
line = { en = "Line", zh = "一行" }
say = { en = "Text", zh = "文字" }
page = "inside"
point = "formula"
[steps.ask]
kind = "number"
question = { en = "How many?", zh = "多少？" }
why = { en = "So.", zh = "因此。" }
answer = { en = "count('cats')", zh = "count('猫')" }
within = 0.05
[[steps.ask.slips]]
value = "1"
say = { en = "Slip 1", zh = "错误 1" }
[[steps.ask.slips]]
value = "2"
say = { en = "Slip 2", zh = "错误 2" }

[[steps]]
title = { en = "Choose", zh = "选" }
line = { en = "Line", zh = "一行" }
say = { en = "Text", zh = "文字" }
page = "train"
do = { en = "Do.", zh = "做。" }
check = "finished"
[steps.ask]
kind = "choice"
predict = true
question = { en = "Which?", zh = "哪个？" }
why = { en = "So.", zh = "因此。" }
[[steps.ask.options]]
text = { en = "A", zh = "甲" }
say = { en = "No", zh = "不对" }
ghost = [1.0, 0.5]
[[steps.ask.options]]
text = { en = "B", zh = "乙" }
right = true
say = { en = "Yes", zh = "对" }

[[steps]]
title = { en = "Order", zh = "排" }
line = { en = "Line", zh = "一行" }
say = { en = "Text", zh = "文字" }
page = "compare"
do = { en = "Do.", zh = "做。" }
check = "runs_finished"
[steps.ask]
kind = "order"
predict = true
question = { en = "Order?", zh = "次序？" }
why = { en = "So.", zh = "因此。" }
items = [{ text = { en = "A", zh = "甲" }, value = "run_loss(1)" }, { text = { en = "B", zh = "乙" }, value = "2" }]
"""


def refused(text):
    with pytest.raises(Problem) as problem:
        read_lesson(text, "small", SCHEMA)
    return problem.value


def said(problem):
    """Return the sentence in each language."""
    sentences = {language: text.problem(problem) for language, text in LANGUAGES.items()}
    for sentence in sentences.values():
        assert not re.search(r"\{\w*\}", sentence), "every place is filled"
        assert sentence[-1] in ".。"
        assert "\n" not in sentence
    assert sentences["en"] != sentences["zh"]
    return sentences


def test_the_small_lesson_is_read_as_it_stands():
    lesson = read_lesson(SMALL, "small", SCHEMA)
    assert (lesson.id, lesson.minutes, lesson.title) == ("small", 5, {"en": "A title", "zh": "标题"})
    assert lesson.source == SMALL
    read, ask, choose, order = lesson.steps
    assert (read.page, read.point, read.settings, read.play) == ("train", "play", ("objective",), "run")
    assert read.show == {
        "corpus": {"en": "tiny_en", "zh": "tiny_zh"},
        "dim": {"en": "3", "zh": "3"},
        "bounded": {"en": "on", "zh": "on"},
    }
    assert read.check["zh"].text == "step >= 1"
    assert (ask.ask.kind, ask.ask.within, ask.check, ask.do) == ("number", 0.05, None, None)
    assert ask.ask.answer["zh"].text == "count('猫')"
    assert [slip.say["en"] for slip in ask.ask.slips] == ["Slip 1", "Slip 2"]
    assert [option.right["en"].text for option in choose.ask.options] == ["false", "true"]
    assert choose.ask.options[0].ghost == (1.0, 0.5)
    assert [item.value["en"].text for item in order.ask.items] == ["run_loss(1)", "2"]
    assert lesson.shown_at(3, "zh") == {"corpus": "tiny_zh", "dim": "3", "bounded": "on"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_lesson_is_one(path):
    lesson = read_lesson(path.read_text(encoding="utf-8"), path.stem, SCHEMA)
    assert 5 <= lesson.minutes <= 10
    asked = [step for step in lesson.steps if step.ask]
    assert len(asked) >= 2
    assert any(step.check for step in lesson.steps)
    for step in lesson.steps:
        assert len(step.line["en"]) <= 90
        assert len(step.line["zh"]) <= 45


# Each damage: what is replaced (the nth time that it stands there), by what, the line's piece, code, and what is named.
DAMAGES = [
    ("minutes = 5\n", "", 1, "lesson_missing", "minutes"),
    ("minutes = 5", "minutes = 0", 1, "lesson_number", "minutes"),
    ("minutes = 5", 'minutes = "5"', 1, "lesson_number", "minutes"),
    ("minutes = 5", "minutes = true", 1, "lesson_number", "minutes"),
    ("minutes = 5", "minutes = nan", 1, "lesson_number", "minutes"),
    ("minutes = 5", "minutes = 5\nhours = 1", 2, "lesson_unknown", "hours"),
    ('zh = "标题"\n', "", 2, "lesson_words", "title"),
    ('zh = "标题"', 'zh = ""', 2, "lesson_words", "title"),
    ('zh = "标题"', "zh = 3", 2, "lesson_words", "title"),
    ('zh = "标题"', 'zh = "标题"\nfr = "titre"', 2, "lesson_words", "title"),
    ('label = { en = "On", zh = "继续" }\n', "", 11, "lesson_missing", "label"),
    ('page = "train"\nshow', 'page = "trian"\nshow', 13, "lesson_option", "trian"),
    ('objective = "softmax"', 'objective = "softmx"', 14, "lesson_setting", "softmx"),
    ('objective = "softmax"', 'objectiv = "softmax"', 14, "lesson_option", "objectiv"),
    ('objective = "softmax"', 'lesson = "softmax"', 14, "lesson_option", "lesson"),
    ('objective = "softmax"', "objective = {}", 14, "lesson_words", "objective"),
    ("dim = 3", "dim = 4.5", 23, "lesson_setting", "4.5"),
    ("dim = 3", "dim = [3]", 23, "lesson_setting", "[3]"),
    ("dim = 3", "dim = 1e400", 23, "lesson_setting", "inf"),
    ("dim = 3", "dim = nan", 23, "lesson_setting", "nan"),
    ('point = "play"', 'point = "formula"', 21, "lesson_option", "formula"),
    ('point = "play"', "point = 1", 21, "lesson_option", "1"),
    ('settings = ["objective"]', 'settings = "objective"', 22, "lesson_list", "settings"),
    ('settings = ["objective"]', 'settings = ["objectiv"]', 22, "lesson_option", "objectiv"),
    ('settings = ["objective"]', "settings = [[1]]", 22, "lesson_option", "[1]"),
    ("play = true", "play = 1", 26, "lesson_option", "1"),
    ("play = true", 'play = "on"', 26, "lesson_option", "on"),
    ('check = "step >= 1"', 'check = "step >="', 25, "lesson_formula", "step >="),
    ('check = "step >= 1"', "check = [1]", 25, "lesson_formula", "[1]"),
    ('check = "step >= 1"', 'check = "steps >= 1"', 25, "lesson_fact", "steps"),
    ('check = "step >= 1"', 'check = "step(1) >= 1"', 25, "lesson_fact", "step"),
    ('check = "step >= 1"', 'check = { en = "1" }', 25, "lesson_words", "check"),
    ('do = { en = "Do.", zh = "做。" }\ncheck = "step', 'check = "step', 16, "lesson_missing", "do"),
    ('check = "step >= 1"\n', "", 24, "lesson_do", "do"),
    ("V is [[V]].", "V is [[Vs]].", 19, "lesson_fact", "Vs"),
    ("V 是 [[V]]。", "V 是 [[V +]]。", 19, "lesson_formula", "V +"),
    ("V is [[V]].", "![x](http://example.org/x.png)", 19, "lesson_image", "say"),
    ('kind = "number"', 'kind = "text"', 35, "lesson_option", "text"),
    ('kind = "number"\n', "", 34, "lesson_missing", "kind"),
    ("answer = {", "#", 34, "lesson_missing", "answer"),
    ("within = 0.05", "within = 2", 39, "lesson_number", "within"),
    ("within = 0.05", "withn = 0.05", 39, "lesson_unknown", "withn"),
    ("within = 0.05", 'mark = "end"', 39, "lesson_option", "end"),
    ('value = "2"', 'value = "2 *"', 44, "lesson_formula", "2 *"),
    ('zh = "错误 2"', 'zn = "错误 2"', 45, "lesson_words", "say"),
    ('value = "1"\n', "", 40, "lesson_missing", "value"),
    ("[[steps.ask.slips]]\nvalue", "[steps.ask.slips]\nvalue", 43, "lesson_syntax", ""),
    ("ghost = [1.0, 0.5]", "ghost = 1", 62, "lesson_list", "ghost"),
    ("ghost = [1.0, 0.5]", 'ghost = ["1"]', 62, "lesson_list", "ghost"),
    ("ghost = [1.0, 0.5]", "ghost = [true]", 62, "lesson_list", "ghost"),
    ("ghost = [1.0, 0.5]", "ghost = [1.0, inf]", 62, "lesson_list", "ghost"),
    ("ghost = [1.0, 0.5]", "ghost = [1" + "0" * 400 + "]", 62, "lesson_list", "ghost"),
    ("right = true", "right = false", 59, "lesson_right", "right"),
    ('zh = "不对" }', 'zh = "不对" }\nright = true', 59, "lesson_right", "right"),
    ("right = true", 'right = "loss <"', 65, "lesson_formula", "loss <"),
    ("predict = true\nquestion = { en = \"Order", "question = { en = \"Order", 76, "lesson_order", "predict"),
    ('check = "finished"\n', "", 52, "lesson_do", "do"),
    ("items = [", "items = [] #", 80, "lesson_count", "items"),
    ("items = [", "items = [1, 2] #", 80, "lesson_table", "items"),
    ("items = [", "things = [", 75, "lesson_count", "items"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "code", "named"), DAMAGES)
def test_each_damage_gets_one_sentence_with_its_line(old, new, line, code, named):
    assert old in SMALL
    problem = refused(SMALL.replace(old, new, 1))
    assert (problem.code, problem.details["line"]) == (code, line)
    sentences = said(problem)
    assert sentences["en"].startswith(f"Line {line}: ")
    assert sentences["zh"].startswith(f"第 {line} 行：")
    plain = [text.problem(problem, show=str) for text in LANGUAGES.values()]
    assert all(named in sentence for sentence in plain)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (SMALL.replace("[question]", "[question"), 5),
        (SMALL.replace('en = "A question"', 'en = "A question'), 6),
        (SMALL.replace('en = "A question"', "en = A question"), 6),
        (SMALL.replace('zh = "问题"', 'zh = "问题"\nzh = "题"'), 8),
        (SMALL.replace("minutes = 5", "minutes = 5\x00"), 1),
        (SMALL + "x = " + "[" * 5000, None),
        (SMALL + "x = " + "{a=" * 5000, None),
        (SMALL + 'x = """\n', None),
        ("{}", 1),
        ("<html>", 1),
        ("\ufeff\ufeff" + SMALL, 1),
    ],
)
def test_what_is_no_toml_is_said_with_its_line(text, line):
    problem = refused(text)
    assert problem.code == "lesson_syntax"
    assert problem.details["line"] == (line or len(text.splitlines()))
    said(problem)


def test_a_number_of_thousands_of_digits_is_refused():
    problem = refused(SMALL.replace("minutes = 5", "minutes = " + "9" * 5000))
    assert problem.details["line"] >= 1
    said(problem)


@pytest.mark.parametrize(
    "command",
    [
        r"\rule{9999em}{9999em}",
        r"\kern9999em",
        r"\hspace{9em}",
        r"\raisebox{9em}{x}",
        r"a\\[9999em]b",
        r"\above9em",
        r"\genfrac{}{}{9em}{}{a}{b}",
        r"\def\a{\a}",
        r"\let\b=\a",
        r"\newcommand{\r}{}",
    ],
)
def test_what_sets_lengths_in_a_formula_is_refused(command):
    problem = refused(SMALL.replace('"V is [[V]]."', f"'$x{command}$'"))
    assert (problem.code, problem.details["line"]) == ("lesson_sized", 19)
    said(problem)


def test_formulas_as_they_are_written_are_taken():
    formula = r"$\left(\frac{a}{b}\right)\quad\text{rules}\\ [[V]]\letters$"
    lesson = read_lesson(SMALL.replace('"V is [[V]]."', f"'{formula}'"), "small", SCHEMA)
    assert lesson.steps[0].say["en"] == formula


@pytest.mark.parametrize(
    ("text", "most"), [("A title", LONGEST_TITLE), ("Line", LONGEST_LINE), ("On", LONGEST_TITLE)]
)
def test_titles_and_lines_are_not_too_long(text, most):
    read_lesson(SMALL.replace(f'"{text}"', f'"{"x" * most}"'), "small", SCHEMA)
    problem = refused(SMALL.replace(f'"{text}"', f'"{"x" * (most + 1)}"', 1))
    assert problem.code == "lesson_words_long"
    assert all(str(most) in sentence for sentence in said(problem).values())


@pytest.mark.parametrize("formula", ["1/0", "ln(0)", "sqrt(-1)", "1e999", "ln(0) + V", "exp(9999)"])
def test_a_formula_of_numbers_alone_has_a_value(formula):
    changed = SMALL.replace("""{ en = "count('cats')", zh = "count('猫')" }""", f'"{formula}"')
    if "V" in formula:  # which is known when it is asked for
        assert read_lesson(changed, "small", SCHEMA)
        return
    problem = refused(changed)
    assert (problem.code, problem.details["line"]) == (
        "lesson_no_value",
        changed[: changed.index("answer =")].count("\n") + 1,
    )
    said(problem)


@pytest.mark.parametrize(
    ("show", "possible"),
    [
        ("negatives = 'five'", "1–50"),
        ("learning_rate = 7", "0.5, 1, 2.5"),
        ("preset = 'nix'", "objectives, negatives"),
        ("runs = 'negatives:1'", "objective:…, negatives:…, learning_rate:…"),
    ],
)
def test_a_setting_that_cannot_be_is_told_what_can(show, possible):
    problem = refused(SMALL.replace("dim = 3", show))
    assert problem.code == "lesson_setting"
    assert all(possible in sentence for sentence in said(problem).values())


def test_an_empty_file_lacks_all():
    assert refused("").code == "lesson_missing"


def test_a_file_of_too_many_characters_is_not_even_parsed():
    problem = refused("?" * (LARGEST + 1))
    assert problem.code == "lesson_large"
    assert str(LARGEST) in said(problem)["zh"].replace(",", "")
    assert isinstance(read_lesson(SMALL + "#" * (LARGEST - len(SMALL)), "small", SCHEMA), Lesson)


def test_a_lesson_has_steps_but_not_too_many():
    start, first = SMALL[: SMALL.index("[[steps]]")], SMALL[SMALL.index("[[steps]]") :].split("\n\n")[0]
    assert refused(start).code == "lesson_count"
    assert len(read_lesson(start + f"{first}\n" * MOST_STEPS, "small", SCHEMA).steps) == MOST_STEPS
    assert refused(start + f"{first}\n" * (MOST_STEPS + 1)).details["line"] == 16


def test_a_problems_words_are_data():
    problem = refused(SMALL.replace('check = "step >= 1"', 'check = "<b>*x*</b>[a](b)"'))
    assert all("`<b>*x*</b>[a](b)`" in sentence for sentence in said(problem).values())


def cut(text, places):
    """Return a text without what stands between each two places."""
    for first, last in places:
        text = text[:first] + text[last:]
    return text


PLACES = st.integers(0, len(SMALL))


@settings(max_examples=150)
@given(st.lists(st.tuples(PLACES, PLACES).map(sorted), min_size=1, max_size=3))
def test_cuts_leave_a_lesson_or_a_problem(places):
    _tried(cut(SMALL, places))


@settings(max_examples=150)
@given(st.sets(st.integers(0, SMALL.count("\n")), min_size=1, max_size=6))
def test_without_some_lines_there_is_a_lesson_or_a_problem(lines):
    _tried("\n".join(line for i, line in enumerate(SMALL.split("\n")) if i not in lines))


@settings(max_examples=60)
@given(st.sampled_from(SHIPPED), st.data())
def test_shipped_lessons_without_some_lines_are_lessons_or_problems(path, data):
    lines = path.read_text(encoding="utf-8").split("\n")
    gone = data.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1, max_size=3))
    _tried("\n".join(line for i, line in enumerate(lines) if i not in gone))


@settings(max_examples=150)
@given(st.integers(0, len(SMALL) - 1), st.text(min_size=1, max_size=3))
def test_other_letters_leave_a_lesson_or_a_problem(at, letters):
    _tried(SMALL[:at] + letters + SMALL[at + len(letters) :])


def _tried(text):
    try:
        lesson = read_lesson(text, "small", SCHEMA)
    except Problem as problem:
        said(problem)
        lines = problem.details["line"], len(text.splitlines())
    else:
        lines = 1, len(lesson.source.splitlines())
    assert 1 <= lines[0] <= max(1, lines[1])
