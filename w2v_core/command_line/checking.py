"""The command that checks hand-in codes: `check`."""

from __future__ import annotations

import argparse
import dataclasses
import re
from pathlib import Path

import numpy as np

from .. import handin
from ..corpus.corpus import Corpus
from ..handin import Comparison, HandIn
from ..handin.code import LONGEST_TEXT
from ..problems import Problem
from ..training.config import TrainingConfig
from . import progress, streams
from .streams import row, say
from .training import read_corpus

BESIDE = Path(__file__).parents[2]  # in the checkout, and where the app is installed
SAMPLES = BESIDE / "sample_corpora", BESIDE / "word2vec_lab" / "sample_corpora"
MOST_SHOWN = 5
HONESTY = "It finds mistakes, not cheats: whoever has this program can make a code."
ABOUT = (
    "Check hand-in codes: train each run again and compare its losses. "
    f"A loss may be {handin.recomputed.LEAST:g} of itself apart, for machines round differently, or "
    f"{handin.recomputed.MARGIN:g} times what a change of rounding makes here; where that is more than "
    f"{handin.recomputed.MOST:.0%}, it is not compared. {HONESTY}"
)


def check(options: argparse.Namespace) -> int:
    """Check the codes one after the other, all of each file."""
    checked: list[bool] = []
    for name in options.file:
        try:
            text = _text(name)
            bodies = handin.bodies(text) or [""]
            labels = [f"{name} {number}/{len(bodies)}" for number in range(1, len(bodies) + 1)]
            for label, body in zip(labels if len(bodies) > 1 else [name], bodies, strict=True):
                checked.append(_tried(label, body, options, alone=len(options.file) == len(bodies) == 1))
            if len(text) > LONGEST_TEXT:
                raise Problem(
                    "hand_in_long",
                    f"{name}: only its first {LONGEST_TEXT:,} letters were read; divide it into smaller files.",
                )
        except (Problem, OSError) as problem:
            if len(options.file) == 1:
                raise
            checked.append(False)
            row(name, str(problem))
    if len(checked) > 1:
        say(f"note: {sum(checked)} of {len(checked)} codes are right.")
    say(f"note: {HONESTY}")
    return 0 if all(checked) else 1


def _tried(name: str, body: str, options: argparse.Namespace, alone: bool) -> bool:
    """Check a code, and say what is wrong with it where it cannot be; raise that if it is the only one."""
    try:
        return _checked(name, body, options)
    except (Problem, OSError) as problem:
        if alone:
            raise
        row(name, str(problem))
        return False


def _checked(name: str, body: str, options: argparse.Namespace) -> bool:
    """Check a code, and say what has come of it."""
    hand_in = handin.read_body(body, name)
    row(name, _about(hand_in))
    if answers := hand_in.answers:
        given = (
            f"step {step}: {answer} ({_state(state, tries)})" for step, answer, state, tries in answers.given
        )
        row(name, f"lesson {answers.lesson} ({answers.title})", *given)
    if not hand_in.steps:
        row(name, "No step was made: there is nothing to compare.")
        return True
    with progress.steps_of("checking", hand_in.steps) as show:
        found = handin.check(hand_in, _corpus(hand_in, options), lambda trainer, record: show(record.step))
    wrong = [each for each in found.losses if not each.right]
    for each in wrong[:MOST_SHOWN]:
        row(name, _difference(each))
    if wrong:
        row(
            name,
            f"Wrong: {len(wrong)} of {_losses(len(found.losses))} differ, from step {wrong[0].step:,} on.",
        )
        if hand_in.numpy != np.__version__:
            say(
                f"note: the code was made with NumPy {hand_in.numpy or '?'}, this is {np.__version__}; "
                "what they draw can differ."
            )
    elif found.compared:
        apart = max(each.apart for each in found.losses if each.compared)
        row(
            name,
            f"Right: {_losses(found.compared)} of {hand_in.steps:,} steps come out the same (within {apart:.0e}).",
        )
    left_out = [each for each in found.losses if not each.compared]
    if left_out:
        row(
            name,
            f"{_losses(len(left_out))} not compared: from step {left_out[0].step:,} on rounding alone changes the loss "
            f"of this run by more than {handin.recomputed.MOST:.0%}.",
        )
    return not wrong


def _text(name: str) -> str:
    """Return the text of a file, or of stdin."""
    if name == "-":
        data = streams.binary_input().read(4 * LONGEST_TEXT + 4)
    else:
        with open(name, "rb") as file:
            data = file.read(4 * LONGEST_TEXT + 4)
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="replace")


def _corpus(hand_in: HandIn, options: argparse.Namespace) -> Corpus:
    """Return the text that is given, or else the sample of the code's name."""
    if options.corpus:
        return read_corpus(options)
    named = [each / f"{hand_in.corpus}.txt" for each in SAMPLES if re.fullmatch("[a-z0-9_]+", hand_in.corpus)]
    path = next((each for each in named if each.is_file()), None)
    if path is None:
        raise Problem(
            "hand_in_no_text",
            f"The run's text, {hand_in.corpus}, is not beside this program; name its file: --corpus FILE.",
            name=hand_in.corpus,
        )
    return Corpus.from_file(path, min_count=1)


def _about(hand_in: HandIn) -> str:
    """Return what the run was: its text, its steps, and the settings that are not the defaults."""
    config = hand_in.config
    settings = (
        f"{each.name} {getattr(config, each.name)}"
        for each in dataclasses.fields(TrainingConfig)
        if getattr(config, each.name) != each.default or each.name in ("objective", "seed")
    )
    rates = (f"learning_rate {rate:g} after step {step:,}" for step, rate in hand_in.rates)
    return "; ".join((hand_in.corpus, f"{hand_in.steps:,} steps", ", ".join(settings), *rates))


def _state(state: str, tries: int) -> str:
    return f"{state}, {tries} wrong before" if state == "right" and tries else state


def _losses(number: int) -> str:
    return f"{number} loss" if number == 1 else f"{number} losses"


def _difference(each: Comparison) -> str:
    if each.found is None:
        return (
            f"Step {each.step:,}: the code has a loss of {each.said:.7g}; trained again, the run ends before."
        )
    return (
        f"Step {each.step:,}: the code has a loss of {each.said:.7g}; trained again it is {each.found:.7g}, "
        f"and may differ by {each.tolerance:.0e}."
    )
