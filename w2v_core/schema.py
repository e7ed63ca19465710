"""What data from a JSON text may look like: a form is a function that tells whether a value has it.

A truth value is no number here, a number is finite, and a text is one that can be written. So what fits its form can
be used without a second thought.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Collection, Mapping

Form = Callable[[object], bool]

LARGEST_WHOLE = 2**63 - 1
LONGEST_TEXT = 1000


def whole(low: int = 0, high: int = LARGEST_WHOLE) -> Form:
    """A whole number from `low` to `high`."""
    return lambda value: type(value) is int and low <= value <= high


def number(low: float = -math.inf, high: float = math.inf) -> Form:
    """A finite number from `low` to `high`."""

    def holds(value: object) -> bool:
        if type(value) is int:
            return abs(value) <= LARGEST_WHOLE and low <= value <= high
        return isinstance(value, float) and math.isfinite(value) and low <= value <= high

    return holds


def truth(value: object) -> bool:
    """Tell whether a value is true or false."""
    return isinstance(value, bool)


def text(longest: int = LONGEST_TEXT) -> Form:
    """A text of at most so many characters, which UTF-8 can write (half a surrogate pair it cannot)."""

    def holds(value: object) -> bool:
        if not isinstance(value, str) or len(value) > longest:
            return False
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
        return True

    return holds


def one_of(choices: Collection[object]) -> Form:
    """One of some texts or numbers."""
    return lambda value: isinstance(value, (str, int, float)) and not truth(value) and value in choices


def optional(form: Form) -> Form:
    """A value of some form, or none."""
    return lambda value: value is None or form(value)


def row(*forms: Form) -> Form:
    """A list of exactly such values."""

    def holds(value: object) -> bool:
        return (
            isinstance(value, list)
            and len(value) == len(forms)
            and all(form(item) for form, item in zip(forms, value, strict=True))
        )

    return holds


def list_of(form: Form, most: int) -> Form:
    """A list of at most so many values of one form."""
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(form, value))


def record(forms: Mapping[str, Form], may_lack: Collection[str] = ()) -> Form:
    """Values by name: these names and no others, but for some that may be missing."""

    def holds(value: object) -> bool:
        return (
            isinstance(value, dict)
            and value.keys() <= forms.keys()
            and forms.keys() - value.keys() <= set(may_lack)
            and all(forms[name](item) for name, item in value.items())
        )

    return holds


_OF_TYPES: Mapping[str, Form] = {
    "int": whole(),
    "int | None": optional(whole()),
    "float": number(),
    "float | None": optional(number()),
    "bool": truth,
    "str": text(),
}


def fields_of(kind: type, **forms: Form) -> Form:
    """The fields of a dataclass, as their types ask for or as is said here; those with a default may be missing."""
    fields = dataclasses.fields(kind)
    return record(
        {field.name: forms.get(field.name) or _OF_TYPES[str(field.type)] for field in fields},
        may_lack=[field.name for field in fields if field.default is not dataclasses.MISSING],
    )
