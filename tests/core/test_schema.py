"""A form holds for the values that it names, and for no others."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from w2v_core import schema as form


@dataclass
class Thing:
    name: str
    size: int
    share: float | None = None


EVERYTHING = [
    None,
    True,
    False,
    0,
    1,
    -1,
    2**70,
    0.5,
    float("nan"),
    float("inf"),
    "a",
    "\ud800",
    "a" * 5000,
    [],
    [1],
    {},
]


@pytest.mark.parametrize(
    ("holds", "values"),
    [
        (form.whole(), [0, 1]),
        (form.whole(1), [1]),
        (form.whole(-1, 0), [0, -1]),
        (form.number(), [0, 1, -1, 0.5]),
        (form.number(0.2, 0.7), [0.5]),
        (form.truth, [True, False]),
        (form.text(), ["a"]),
        (form.text(5000), ["a", "a" * 5000]),
        (form.one_of(("a", 0)), [0, "a"]),
        (form.optional(form.whole()), [None, 0, 1]),
        (form.list_of(form.whole(), 1), [[], [1]]),
        (form.list_of(form.whole(), 0), [[]]),
        (form.row(), [[]]),
        (form.row(form.whole()), [[1]]),
        (form.record({}), [{}]),
        (form.record({"a": form.whole()}), []),
        (form.record({"a": form.whole()}, may_lack=["a"]), [{}]),
    ],
)
def test_a_form_holds_for_nothing_else(holds, values):
    assert [repr(value) for value in EVERYTHING if holds(value)] == [repr(value) for value in values]


def test_records_have_their_names_and_no_others():
    holds = form.record({"a": form.whole(), "b": form.text()}, may_lack=["b"])
    assert holds({"a": 1, "b": "x"})
    assert holds({"a": 1})
    for value in ({"b": "x"}, {"a": 1, "c": 2}, {"a": "1"}, {"a": 1, "b": None}):
        assert not holds(value)


def test_a_dataclass_says_what_its_fields_are():
    holds = form.fields_of(Thing)
    assert holds({"name": "a", "size": 1})
    assert holds({"name": "a", "size": 1, "share": 0.5})
    for change in ({"size": True}, {"size": "1"}, {"name": None}, {"share": "x"}, {"more": 1}):
        assert not holds({"name": "a", "size": 1} | change)
    assert not holds({"name": "a"})
    assert form.fields_of(Thing, size=form.text())({"name": "a", "size": "large"})
