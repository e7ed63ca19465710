"""Formulas over named facts: what a lesson checks, and what a student may type for a number.

A formula is read as data and never run as code: arithmetic, comparisons, and the functions and facts that are named
here and by the caller. No library does this with so little: those on the package index evaluate Python, and hold back
what is dangerous.
"""

from __future__ import annotations

import ast
import inspect
import math
import operator
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Facts = Mapping[str, Callable[..., float]]
"""Each fact by its name: a function of words and numbers. A name alone stands for a call without any."""

LONGEST = 300  # characters
FUNCTIONS: Facts = {
    "ln": math.log,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "abs": abs,
    "min": min,
    "max": max,
    "round": lambda value, digits=0: round(value, int(digits)),
    "sigmoid": lambda score: 1 / (1 + math.exp(-score)) if score > -700 else 0.0,
    "softplus": lambda score: max(score, 0.0) + math.log1p(math.exp(-abs(score))),
}
CONSTANTS = {"e": math.e, "true": 1.0, "false": 0.0}
_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "⁄": "/"})  # the last one is in ½
_RAISED = re.compile("[⁺⁻]?[⁰¹²³⁴-⁹]+")  # as the pages write powers


class Unknown(Exception):
    """There is no such value now: no run, no pair, a logarithm of zero."""


@dataclass(frozen=True)
class Formula:
    """A formula.

    Attributes
    ----------
    text : str
        As it was written.

    Raises
    ------
    ValueError
        It is none: the message is ``syntax``, or the name that is unknown or is called with too few or too many values.
    """

    text: str
    facts: Facts = field(repr=False, compare=False, default_factory=dict)
    _tree: ast.expr = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_tree", _parsed(self.text))
        _check(self._tree, self.facts)

    def value(self) -> float:
        """Return the value now; raise `Unknown` where there is none."""
        try:
            value = float(_value(self._tree, self.facts))
        except (ArithmeticError, ValueError, TypeError) as error:
            raise Unknown(self.text) from error
        if not math.isfinite(value):
            raise Unknown(self.text)
        return value

    def holds(self) -> bool:
        """Tell whether the formula is true now; what cannot be known is not."""
        try:
            return bool(self.value())
        except Unknown:
            return False


def plainly(text: str) -> str:
    """Return what was typed with plain digits and signs: half as wide, as a keyboard has them; 10⁻⁵ is 10^(-5)."""
    raised = _RAISED.sub(r"^(\g<0>)", text[: LONGEST + 1])
    return unicodedata.normalize("NFKC", raised).translate(_SIGNS).strip()


def _parsed(text: str) -> ast.expr:
    plain = plainly(text).replace("^", "**")
    if len(plain) > LONGEST:
        raise ValueError("syntax")
    try:
        return ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError("syntax") from None


def _check(node: ast.expr, facts: Facts) -> None:
    """Raise `ValueError` where something is not a formula's."""
    match node:
        case ast.Constant(value=value) if type(value) in (int, float):
            return
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            parts = [left, right]
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _OPERATORS:
            parts = [operand]
        case ast.BoolOp(values=parts):
            pass
        case ast.Compare(left=left, ops=signs, comparators=others) if all(
            type(s) in _OPERATORS for s in signs
        ):
            parts = [left, *others]
        case ast.Name(id=name):
            if name not in CONSTANTS:
                _check_call(name, (), facts)
            return
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]):
            _check_call(name, parts, facts)
            if name in facts:  # words are for these alone
                parts = [part for part in parts if not _is_word(part)]
        case _:
            raise ValueError("syntax")
    for part in parts:
        _check(part, facts)


def _is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _check_call(name: str, values: tuple[()] | list[ast.expr], facts: Facts) -> None:
    function = facts.get(name) or FUNCTIONS.get(name)
    if function is None:
        raise ValueError(name)
    if name not in facts:
        if not values:
            raise ValueError(name)
        return
    try:
        inspect.signature(function).bind(*values)
    except TypeError:
        raise ValueError(name) from None


def _value(node: ast.expr, facts: Facts) -> float | str:
    """Return a float, or a word: integers would grow without end, and nothing stops Python in the middle of one."""
    found = _found(node, facts)
    return found if isinstance(found, str) else float(found)


def _found(node: ast.expr, facts: Facts) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.BinOp(left=left, op=sign, right=right):
            return _OPERATORS[type(sign)](_value(left, facts), _value(right, facts))
        case ast.UnaryOp(op=sign, operand=operand):
            return _OPERATORS[type(sign)](_value(operand, facts))
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_value(part, facts) for part in parts)
        case ast.BoolOp(values=parts):
            return any(_value(part, facts) for part in parts)
        case ast.Compare(left=left, ops=signs, comparators=others):
            values = [_value(part, facts) for part in (left, *others)]
            pairs = zip(signs, values, values[1:], strict=False)
            return all(_OPERATORS[type(sign)](a, b) for sign, a, b in pairs)
        case ast.Name(id=name):
            return CONSTANTS[name] if name in CONSTANTS else (facts.get(name) or FUNCTIONS[name])()
        case ast.Call(func=ast.Name(id=name), args=parts):
            return (facts.get(name) or FUNCTIONS[name])(*(_value(part, facts) for part in parts))
    raise ValueError("syntax")
