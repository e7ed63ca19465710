"""A hand-in code: a run's settings and losses, and the answers given to a lesson, as letters that survive any mail.

    JSON -> zlib -> base32, in lines of 60 letters and 4 of a checksum, between `BEGIN` and `END`

Base32 has no letter whose case matters. Blanks, new line breaks, marks of quoting and what stands before and after do
not matter either; the checksum of each line holds its number, so that a line that is damaged, lost or moved is named.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import re
import textwrap
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .. import schema as form
from ..problems import Problem
from ..training.config import TrainingConfig

BEGIN, END = "W2V1:", ":W2V"
LETTERS, CHECK_LETTERS = 60, 4  # of a line: bytes of whole letters
LONGEST_TEXT = 1 << 20  # characters of a file that holds codes: some hundreds
MOST_BYTES = 1 << 20  # unpacked
MOST_LOSSES, MOST_RATES, MOST_ANSWERS = 100, 200, 100
LONGEST_ANSWER = 200  # characters

_PASSED_OVER = re.compile(r"[\s>|=*_\u200b-\u200f\u2060\ufeff\u00ad]+")  # what mail and messengers put in
_STRANGE = re.compile("[^A-Z2-7]")
STATES = ("right", "wrong", "open", "shown", "guess")  # open: not judged, the truth was not known


@dataclass(frozen=True)
class Answers:
    """What was answered in a lesson.

    Attributes
    ----------
    lesson : str
        Its id.
    title : str
    given : list of (step, answer, state, tries)
        The step from 1; the answer as it was typed, letters of options (B) or of things in order (C < A < B); one of
        `STATES`; and how often it was wrong.
    """

    lesson: str
    title: str
    given: list[tuple[int, str, str, int]]


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """What a code says.

    Attributes
    ----------
    corpus, fingerprint : str
        The text's name, and `Corpus.fingerprint`.
    config : TrainingConfig
        As the run began.
    steps : int
        Made so far.
    rates : list of (int, float)
        After how many steps the starting learning rate was set to what.
    losses : list of (int, float)
        Some steps, the last among them, and the loss of each, as `StepRecord` has it.
    applied : int
        Trainings on a single pair that have not been taken back.
    exploded : int
        How often the loss left the finite numbers and training went on.
    complete : bool
        Whether the run was recorded from its first step.
    answers : Answers, optional
    numpy : str
        The version of NumPy.
    """

    corpus: str
    fingerprint: str
    config: TrainingConfig
    steps: int
    rates: list[tuple[int, float]] = field(default_factory=list)
    losses: list[tuple[int, float]] = field(default_factory=list)
    applied: int = 0
    exploded: int = 0
    complete: bool = True
    answers: Answers | None = None
    numpy: str = ""


_ANSWER = form.row(form.whole(1), form.text(LONGEST_ANSWER), form.one_of(STATES), form.whole())
_FORM = form.record(
    {
        "corpus": form.text(100),
        "fingerprint": lambda value: (
            isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None
        ),
        "config": form.fields_of(TrainingConfig),
        "steps": form.whole(),
        "rates": form.list_of(form.row(form.whole(), form.number()), MOST_RATES),
        "losses": form.list_of(form.row(form.whole(1), form.number()), MOST_LOSSES),
        "applied": form.whole(),
        "exploded": form.whole(),
        "complete": form.truth,
        "answers": form.optional(
            form.record(
                {
                    "lesson": form.text(100),
                    "title": form.text(LONGEST_ANSWER),
                    "given": form.list_of(_ANSWER, MOST_ANSWERS),
                }
            )
        ),
        "numpy": form.text(40),
    }
)


def write(hand_in: HandIn) -> str:
    """Return the code, begin and end included, in lines."""
    config = hand_in.config
    facts: dict[str, Any] = {each.name: getattr(hand_in, each.name) for each in dataclasses.fields(hand_in)}
    facts["config"] = {
        each.name: getattr(config, each.name)
        for each in dataclasses.fields(config)
        if getattr(config, each.name) != each.default
    }
    facts["losses"] = [(step, float(f"{loss:.9g}")) for step, loss in hand_in.losses]
    facts["answers"] = hand_in.answers and dataclasses.asdict(hand_in.answers)
    packed = zlib.compress(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    letters = base64.b32encode(packed).decode().rstrip("=")
    lines = [f"{part}{_sum(number, part)}" for number, part in enumerate(textwrap.wrap(letters, LETTERS), 1)]
    return "\n".join((BEGIN, *lines, END)) + "\n"


def read(text: str, name: str) -> HandIn:
    """Return what the first whole code in a text says.

    Parameters
    ----------
    text : str
        Whatever else stands before and after it.
    name : str
        For messages.

    Raises
    ------
    Problem
        ``hand_in_none``: there is no code; ``hand_in_cut``: its end is missing; ``hand_in_line``: a line is damaged;
        ``hand_in_damaged``.
    """
    problem = None
    for body in bodies(text) or [""]:
        try:
            return read_body(body, name)
        except Problem as found:
            problem = found
    assert problem is not None, "one at least was tried"
    raise problem


def bodies(text: str) -> list[str]:
    """Return what follows each `BEGIN` in a text, up to the next one, for `read_body`.

    Where the text only mentions how a code begins and ends, that is none, unless there is nothing else.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).upper()
    found = text.split(BEGIN)[1:]
    return [body for body in found if not _is_mention(body)] or found


def _is_mention(body: str) -> bool:
    letters, end, _ = body.partition(END)
    return bool(end) and len(_PASSED_OVER.sub("", letters)) < LETTERS  # every code is longer


def read_body(body: str, name: str) -> HandIn:
    """Return what a code says, one of `bodies`; raise as `read` does."""
    if not body:
        raise Problem(
            "hand_in_none", f"{name}: there is no hand-in code in it, which begins with {BEGIN}", name=name
        )
    try:
        return _made(_facts(_packed(body, name)))
    except Problem as found:
        raise found if found.code.startswith("hand_in") else _damaged(name) from None
    except (zlib.error, ValueError, RecursionError):
        raise _damaged(name) from None


def _damaged(name: str) -> Problem:
    return Problem("hand_in_damaged", f"{name}: the code holds what no run is; it is damaged.", name=name)


def _facts(packed: bytes) -> dict[str, Any]:
    """Return the facts of a code; raise `ValueError` where they do not have the form of facts."""
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(packed, MOST_BYTES)
    if not unpacking.eof:
        raise ValueError("longer than any")
    facts: dict[str, Any] = json.loads(content, parse_constant=_no_number)
    if not _FORM(facts):
        raise ValueError("not of this form")
    return facts


def _packed(text: str, name: str) -> bytes:
    """Return the bytes that the letters up to the end stand for."""
    body, end, _ = text.partition(END)
    letters, packed = _PASSED_OVER.sub("", body), ""
    whole = LETTERS + CHECK_LETTERS
    for number, start in enumerate(range(0, len(letters), whole), 1):
        line = letters[start : start + whole]
        part, check = line[:-CHECK_LETTERS], line[-CHECK_LETTERS:]
        if not end and len(line) < whole:
            break
        if _STRANGE.search(line) or check != _sum(number, part):
            raise Problem(
                "hand_in_line",
                f"{name}: line {number} of the code is damaged, or a line before it is missing. Copy it once more.",
                name=name,
                line=number,
            )
        packed += part
    if not end:
        raise Problem("hand_in_cut", f"{name}: the code is cut off; its last line is {END}", name=name)
    try:
        return base64.b32decode(packed + "=" * (-len(packed) % 8))
    except ValueError:
        return b""


def _sum(number: int, part: str) -> str:
    """Return the checksum of a line."""
    return base64.b32encode(zlib.crc32(f"{number}:{part}".encode()).to_bytes(4))[:CHECK_LETTERS].decode()


def _made(facts: Mapping[str, Any]) -> HandIn:
    """Return what facts of the right form say; raise `ValueError` where they do not go together."""
    steps, losses, rates = facts["steps"], facts["losses"], facts["rates"]
    config = TrainingConfig(**facts["config"])
    for numbers, last in ((losses, steps), (rates, steps)):
        at = [step for step, _ in numbers]
        if at != sorted(set(at)) or (at and at[-1] > last):
            raise ValueError("in no order")
    if bool(losses) != bool(steps) or (losses and losses[-1][0] != steps):
        raise ValueError("without its last loss")
    for _, rate in rates:
        config.replace(learning_rate=rate)
    answers = facts["answers"]
    made = {
        "config": config,
        "losses": [(step, float(loss)) for step, loss in losses],
        "rates": [(step, float(rate)) for step, rate in rates],
        "answers": Answers(answers["lesson"], answers["title"], list(map(tuple, answers["given"])))
        if answers
        else None,
    }
    return HandIn(**{**facts, **made})


def _no_number(constant: str) -> float:
    raise ValueError(constant)  # NaN and infinities are no JSON
