"""Answers judged: numbers as students type them, slips told apart, choices, orders."""

import math

import pytest

from app.lessons.formula import Formula, Unknown
from app.lessons.lesson import Ask, Item, Option, Slip
from app.lessons.verdict import Verdict, judge, near, typed_value

WORDS = {"en": "en", "zh": "zh"}


def formulas(en, zh=None, **facts):
    return {"en": Formula(en, facts), "zh": Formula(zh or en, facts)}


def says(text):
    return {"en": text, "zh": f"{text} zh"}


def number(answer, *slips, within=0.02, **facts):
    return Ask(
        kind="number",
        question=WORDS,
        why=WORDS,
        answer=formulas(answer, **facts),
        within=within,
        slips=tuple(Slip(formulas(value, **facts), says(value)) for value in slips),
    )


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3.04", 3.04),
        (" 3.04 ", 3.04),
        ("+3.04", 3.04),
        ("-3.04", -3.04),
        ("−3.04", -3.04),
        ("3,04", 3.04),
        ("-3,04", -3.04),
        ("−3,04", -3.04),
        ("3，04", 3.04),
        ("3。04", 3.04),
        ("３．０４", 3.04),
        (".5", 0.5),
        ("1e-3", 1e-3),
        ("1/21", 1 / 21),
        ("ln(21)", math.log(21)),
        ("ln（21）", math.log(21)),
        ("2^3", 8),
        ("max(1, 2)", 2),
        ("1,234,567", 1_234_567),
        ("1,234,567.5", 1_234_567.5),
        ("−38,426.5", -38_426.5),
        ("2.31×10⁻⁵", 2.31e-5),
        ("−2×10¹²", -2e12),
        ("1，234，567", 1_234_567),
    ],
)
def test_a_number_is_read_as_students_type_it(typed, value):
    assert typed_value(typed) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    "typed", ["", "?", "three", "1 2", "1,2,3", "1,23,456", "1.2.3", "1,2.3", ",", "V", "1/0", "'1'"]
)
def test_what_is_no_number_is_not_read(typed):
    assert typed_value(typed) is None
    assert judge(number("1"), typed, "en") == Verdict(False, truth="1", readable=False)


@pytest.mark.parametrize(
    ("typed", "true", "right"),
    [
        ("100", 100, True),
        ("102", 100, True),
        ("102.1", 100, False),
        ("98", 100, True),
        ("97.9", 100, False),
        ("-100", 100, False),
        ("0", 0, True),
        ("0.001", 0, False),
        ("20,000", 20_000, True),  # a thousand's comma
        ("20,000", 20, True),  # a decimal comma
        ("20,000", 200, False),
        ("1,000,000", 1_000_000, True),
        ("3,045", math.log(21), True),
        # Rounded as it was typed, with two digits at least.
        ("0.17", 1 / 6, True),
        ("0.16", 1 / 6, False),
        ("0.2", 1 / 6, False),
        ("0.048", 1 / 21, True),
        ("0,048", 1 / 21, True),
        ("0.05", 1 / 21, False),
        (".013", 0.01344, True),
        ("-0.013", -0.01344, True),
        ("−0,013", -0.01344, True),
        ("0.013", -0.01344, False),
        ("13", 13.44, True),
        ("14", 13.44, False),
        ("13.", 13.44, True),
        ("1.3e1", 13.44, False),  # not a plain number: nobody knows how it was rounded
        ("26/2", 13.44, False),
    ],
)
def test_right_is_what_is_near_or_rounds_to_what_was_typed(typed, true, right):
    assert near(typed, true, within=0.02) is right


def test_the_tolerance_is_the_questions_own():
    assert near("110", 100, within=0.1)
    assert not near("111", 100, within=0.1)
    assert near("99.51", 100, within=0.005)
    assert not near("99.4", 100, within=0.005)
    assert not near("100.1", 100, within=0)
    assert near("100", 100, within=0)


def test_slips_are_told_apart_and_the_first_that_fits_is_said():
    ask = number("ln(V)", "log10(V)", "log2(V)", "-ln(V)", "log10(V) + 0.001", V=lambda: 21)
    assert judge(ask, "3.04", "en") == Verdict(True, truth="3.0445")
    assert judge(ask, "ln(21)", "en") == Verdict(True, truth="3.0445")
    assert judge(ask, "1.32", "en").said == "log10(V)"
    assert judge(ask, "1.323", "en").said == "log10(V)"
    assert judge(ask, "4.39", "en").said == "log2(V)"
    assert judge(ask, "4,39", "zh").said == "log2(V) zh"
    assert judge(ask, "-3.04", "en").said == "-ln(V)"
    assert judge(ask, "7", "en") == Verdict(False, truth="3.0445")


def test_a_slip_that_is_as_good_as_right_is_right():
    assert judge(number("100", "101"), "101", "en").right


def test_a_slip_without_a_value_is_passed_over():
    ask = number("1", "1 / zero", "2", zero=lambda: 0.0)
    assert judge(ask, "2", "en").said == "2"


def test_there_is_no_verdict_while_the_truth_is_unknown():
    with pytest.raises(Unknown):
        judge(number("1 / zero", zero=lambda: 0.0), "1", "en")


def test_words_of_each_language_have_their_own_value():
    counts = {"cats": 3.0, "猫": 7.0}
    ask = Ask(
        kind="number",
        question=WORDS,
        why=WORDS,
        answer=formulas("count('cats')", "count('猫')", count=lambda word: counts[word]),
    )
    assert judge(ask, "3", "en").right
    assert not judge(ask, "3", "zh").right
    assert judge(ask, "7", "zh").right


def choice(*right, **facts):
    options = (
        Option(says(f"text {place}"), says(f"say {place}"), formulas(each, **facts))
        for place, each in enumerate(right)
    )
    return Ask(kind="choice", question=WORDS, why=WORDS, options=tuple(options))


def test_a_choice_says_why_of_the_option_that_was_chosen():
    ask = choice("false", "true", "false")
    assert judge(ask, 0, "en") == Verdict(False, "say 0", "text 1")
    assert judge(ask, 1, "zh") == Verdict(True, "say 1 zh", "text 1 zh")


def test_what_is_right_may_depend_on_the_run():
    loss = {"now": 1.0}
    ask = choice("loss < 2", "loss >= 2", loss=lambda: loss["now"])
    assert judge(ask, 0, "en").right
    loss["now"] = 3.0
    assert not judge(ask, 0, "en").right
    assert judge(ask, 1, "en").truth == "text 1"


@pytest.mark.parametrize("answer", [-1, 2, None, "0", [0]])
def test_what_is_no_option_is_not_read(answer):
    assert judge(choice("true", "false"), answer, "en") == Verdict(False, "", "text 0", readable=False)


def test_an_order_is_ascending_by_the_values():
    items = tuple(Item(says(name), formulas(value)) for name, value in (("a", "3"), ("b", "1"), ("c", "2")))
    ask = Ask(kind="order", question=WORDS, why=WORDS, predict=True, items=items)
    assert judge(ask, [1, 2, 0], "en") == Verdict(True, truth="b < c < a")
    assert judge(ask, (1, 2, 0), "zh") == Verdict(True, truth="b zh < c zh < a zh")
    for answer in ([0, 1, 2], [1, 2], [], None, "120"):
        assert judge(ask, answer, "en") == Verdict(False, truth="b < c < a")


@pytest.mark.parametrize("true", ["8.6", "0.086"])
def test_a_percent_sign_is_read(true):
    for typed, right in (("8.6%", True), ("8.6 %", True), ("7.6%", False), ("5%", False)):
        assert judge(number(true), typed, "en").right is right
