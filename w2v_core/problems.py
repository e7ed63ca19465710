"""Errors that a person can mend, in a form that can be said in any language.

Each carries a stable `code` and the numbers or words that belong in the sentence (`details`), besides an
English message. A page looks the code up in the user's language; a script simply sees the message.
"""

from __future__ import annotations

import copyreg
from dataclasses import dataclass, field
from typing import Any

from . import limits


class Problem(ValueError):
    """Bad text, settings that cannot work, or a run that diverged.

    Parameters
    ----------
    code : str
        Stable, language-free name of the problem.
    message : str
        The English sentence.
    **details
        What a translation of the sentence needs: numbers, words, names of settings.
    """

    def __init__(self, code: str, message: str, **details: object) -> None:
        super().__init__(message)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self) -> tuple[Any, ...]:  # by default it would be made anew from the message alone
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


@dataclass(eq=False)
class Faults:
    """Problems that were passed over because the rest can be used without what they are about.

    Attributes
    ----------
    count : int
    first : list of Problem
        The first few.
    """

    count: int = 0
    first: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Count one more."""
        self.count += 1
        if len(self.first) < limits.MOST_NOTICES:
            self.first.append(problem)

    def __str__(self) -> str:
        return f"{counted(self.count, 'fault')} passed over. The first: {self.first[0]}" if self.first else ""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 pair", "1,200 pairs"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def presentable(value: object) -> object:
    """Return a value as a sentence can hold it: a number of thousands of digits is not even printed by Python."""
    try:
        text = repr(value)
    except ValueError:
        return "a number of thousands of digits"
    return value if len(text) <= limits.LONGEST_SHOWN else text[: limits.LONGEST_SHOWN] + "…"


class UnknownWord(Problem, KeyError):
    """A word that is not in the vocabulary; the message names close spellings."""

    def __init__(self, word: str, close: list[str]) -> None:
        hint = f"; did you mean {', '.join(close)}?" if close else "."
        message = f"{word!r} is not in the vocabulary{hint}"
        super().__init__("unknown_word", message, word=word, close=", ".join(close))


class Diverged(Problem):
    """The loss left the finite numbers: the learning rate is too high."""

    def __init__(self, step: int, learning_rate: float, has_floor: bool = True) -> None:
        if not has_floor:
            super().__init__(
                "diverged_unbounded",
                f"The loss ran to minus infinity after step {step}: it has no lower bound.",
                step=step,
            )
            return
        super().__init__(
            "diverged",
            f"Training diverged at step {step}: a learning rate of {learning_rate:g} is too high "
            "for this batch. The last finite state is kept; lower the rate to go on.",
            step=step,
            learning_rate=learning_rate,
        )
