"""Formulas: values by hand, what is none, and that no text does anything else."""

import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.lessons.formula import LONGEST, Formula, Unknown

FACTS = {
    "V": lambda: 21,
    "nothing": lambda: math.nan,
    "dot": lambda center, context: {"cats": 1.5, "猫": 1.5}[center] if context != "none" else 1 / 0,
    "w": lambda word, place: place,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 ^ 3", 8),
        ("2 ^ 3 ^ 2", 512),
        ("-2 ^ 2", -4),
        ("1 / 8", 0.125),
        ("-0.5", -0.5),
        (".5", 0.5),
        ("1e-3", 0.001),
        ("ln(21)", 3.044522437723423),
        ("log(21)", 3.044522437723423),
        ("log10(1000)", 3),
        ("log2(8)", 3),
        ("exp(1)", math.e),
        ("e", math.e),
        ("sqrt(2)", 1.4142135623730951),
        ("abs(-3)", 3),
        ("sigmoid(0)", 0.5),
        ("sigmoid(-1000)", 0),
        ("sigmoid(ln(3))", 0.75),
        ("softplus(0)", 0.6931471805599453),
        ("softplus(1000)", 1000),
        ("softplus(-1000)", 0),
        ("min(3, 1, 2)", 1),
        ("max(3, 1, 2)", 3),
        ("round(2.71828)", 3),
        ("round(2.71828, 2)", 2.72),
        ("1 < 2", 1),
        ("1 < 2 < 2", 0),
        ("1 < 2 <= 2", 1),
        ("3 == 3 and not 1 != 1", 1),
        ("false or true", 1),
        ("not V > 20", 0),
        ("V", 21),
        ("2 * V", 42),
        ("dot('cats', 'fish') + 1", 2.5),
        ('dot("猫", "鱼")', 1.5),
        ("w('cats', 1 + 2)", 3),
        ("3 × 4 − 1", 11),
        ("6 ÷ 4", 1.5),
        ("３．５ ＋ １", 4.5),
        ("ｌｎ（２１）", 3.044522437723423),
        ("½", 0.5),
        ("log₂(8)", 3),
    ],
)
def test_a_formula_has_the_value_that_is_worked_out_by_hand(text, value):
    assert Formula(text, FACTS).value() == pytest.approx(value, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "syntax"),
        ("   ", "syntax"),
        ("1 +", "syntax"),
        ("1 2", "syntax"),
        ("1; 2", "syntax"),
        ("x := 2", "syntax"),
        ("(x := 2)", "syntax"),
        ("1 if V else 2", "syntax"),
        ("[1][0]", "syntax"),
        ("{1}", "syntax"),
        ("(1, 2)", "syntax"),
        ("lambda: 1", "syntax"),
        ("1 // 2", "syntax"),
        ("5 % 3", "syntax"),
        ("1 << 40", "syntax"),
        ("1 in V", "syntax"),
        ("1 is 1", "syntax"),
        ("~1", "syntax"),
        ("1j", "syntax"),
        ("None", "syntax"),
        ("True", "syntax"),
        ("...", "syntax"),
        ("b'a'", "syntax"),
        ("f'{V}'", "syntax"),
        ("V.real", "syntax"),
        ("(1).__class__", "syntax"),
        ("V.__globals__", "syntax"),
        ("dot.__globals__('a', 'b')", "syntax"),
        ("'a'.join('b')", "syntax"),
        ("V()()", "syntax"),
        ("dot('cats', context='fish')", "syntax"),
        ("min(*V)", "syntax"),
        ("'1'", "syntax"),
        ("'1' + 1", "syntax"),
        ("'a' * 9", "syntax"),
        ("ln('2')", "syntax"),
        ("min('1', '2')", "syntax"),
        ("w('a' + 'b', 1)", "syntax"),
        ("not 'a'", "syntax"),
        ("x", "x"),
        ("eval('1')", "eval"),
        ("__import__('os')", "__import__"),
        ("open('/etc/passwd')", "open"),
        ("ln", "ln"),
        ("ln()", "ln"),
        ("dot", "dot"),
        ("dot('cats')", "dot"),
        ("dot('a', 'b', 'c')", "dot"),
        ("V(1)", "V"),
        ("1" + "+1" * (LONGEST // 2), "syntax"),
        ("ﷺ" * (LONGEST // 2), "syntax"),  # eighteen characters each when written plainly
        ("(" * 200 + "1" + ")" * 90, "syntax"),
        ("\0", "syntax"),
        ("\ud800", "syntax"),
    ],
)
def test_what_is_no_formula_is_refused_when_it_is_read(text, why):
    with pytest.raises(ValueError, match=re.escape(why)) as refused:
        Formula(text, FACTS)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    "text",
    [
        "1 / 0",
        "0 ^ -1",
        "(-8) ^ 0.5",
        "9 ^ 9 ^ 9 ^ 9",
        "V ^ V ^ V ^ V",
        "((1 < 2) + (1 < 2) + (1 < 2)) ^ ((1 < 2) + (1 < 2) + (1 < 2)) ^ ((1 < 2) + (1 < 2) + (1 < 2)) ^ 9",
        "1e308 * 10",
        "1e308 * 10 - 1e308 * 10",
        "exp(1000)",
        "ln(0)",
        "ln(-1)",
        "sqrt(-1)",
        "ln(1, 2, 3)",
        "round(1, 1e999)",
        "nothing",
        "9" * 250 + " ^ 2",
        "dot('cats', 'none')",
    ],
)
def test_what_has_no_value_is_unknown(text):
    with pytest.raises(Unknown):
        Formula(text, FACTS).value()
    assert not Formula(text, FACTS).holds()


def test_as_many_signs_as_find_room_are_no_trouble():
    assert Formula("-" * (LONGEST - 1) + "1").value() == -1
    assert Formula("1" + "+1" * (LONGEST // 2 - 1)).value() == LONGEST // 2


PIECES = [
    "1", "0.5", "e", "V", "dot", "ln", "w", "(", ")", ",", "'a'", "+", "-", "*", "/", "^", "<", "==", "not", "and",
    "or", "if", "else", "lambda", ":", ".", "__class__", "[", "]", "{", "}", "\\",
]  # fmt: skip
MIXED = st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=25).map("".join)


@given(st.one_of(st.text(max_size=LONGEST), MIXED))
@example("w('cats', ln)")
@example("dot(1, 2)")
@example("max")
@example("'\\d'")
@example("0x_")
@example("1or 2")
def test_no_text_does_anything_but_have_a_value_or_none(text):
    facts = {**FACTS, "dot": lambda center, context: float(len(str(center)))}
    try:
        value = Formula(text, facts).value()
    except (ValueError, Unknown):
        return
    assert type(value) is float
    assert math.isfinite(value)
