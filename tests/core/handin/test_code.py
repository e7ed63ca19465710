"""A hand-in code survives mail and messengers, and damage is named."""

import contextlib
import dataclasses
import json
import zlib
from base64 import b32encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core import Problem, TrainingConfig
from w2v_core.handin import BEGIN, END, Answers, HandIn, code, read, write

HOSTILE = "<script>alert(1)</script> `$x$` :W2V 北京 \u202e \n W2V1:"
CODE = HandIn(
    corpus="royal_court_en",
    fingerprint="0123456789abcdef" * 4,
    config=TrainingConfig(objective="softmax", dim=20, learning_rate=0.1, max_row_update=None, seed=7),
    steps=120,
    rates=[(0, 0.5), (40, 0.01)],
    losses=[(1, 5.39362755), (2, 5.25), (50, -1234.5), (120, 4.0)],
    answers=Answers("softmax", HOSTILE, [(1, "ln(21)", "right", 0), (3, HOSTILE, "wrong", 2)]),
    numpy="2.4.6",
)


def test_what_is_written_is_read():
    assert read(write(CODE), "x") == CODE
    bare = HandIn(corpus="a", fingerprint="0" * 64, config=TrainingConfig(), steps=0)
    assert read(write(bare), "x") == bare


def test_lines_are_short_plain_letters():
    first, *lines, last = write(CODE).splitlines()
    assert (first, last) == (BEGIN, END)
    assert {len(line) for line in lines[:-1]} == {64}
    assert set("".join(lines)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


@pytest.mark.parametrize(
    "sent",
    [
        lambda text: f"Dear teacher,\n\n{text}\nbye",
        lambda text: text.lower(),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", " "),
        lambda text: text.replace("\n", "\n> > "),
        lambda text: text.replace("\n", "=\n"),
        lambda text: text.replace("A", "A\u200b"),
        lambda text: text.replace("A", "A\u00ad\n"),
        lambda text: text.replace("A", "Ａ").replace(":", "："),
        lambda text: f"```\n{text}```",
        lambda text: f"a code begins with {BEGIN} and ends with {END}\n{text}",
        lambda text: f"{text[:200]}\n\nThat was cut off; once more:\n\n{text}",
    ],
)
def test_mail_and_messengers_do_it_no_harm(sent):
    assert read(sent(write(CODE)), "x") == CODE


def problem(text):
    with pytest.raises(Problem) as found:
        read(text, "a.txt")
    assert str(found.value).startswith("a.txt: ")
    return found.value


@pytest.mark.parametrize("line", [1, 2, 5])
@pytest.mark.parametrize("damage", ["letter", "lost", "swapped", "strange", "shorter"])
def test_the_damaged_line_is_named(line, damage):
    lines = write(CODE).splitlines()
    letters = lines[line]
    if damage == "letter":
        lines[line] = ("B" if letters[0] == "A" else "A") + letters[1:]
    elif damage == "lost":
        del lines[line]
    elif damage == "swapped":
        lines[line], lines[line + 1] = lines[line + 1], letters
    elif damage == "strange":
        lines[line] = letters[:9] + "1" + letters[10:]
    else:
        lines[line] = letters[:-3]
    found = problem("\n".join(lines))
    assert (found.code, found.details["line"]) == ("hand_in_line", line)


def test_what_is_cut_off_or_no_code_is_said():
    text = write(CODE)
    assert problem(text.removesuffix(f"{END}\n")).code == "hand_in_cut"
    assert problem(text[: len(text) // 2]).code == "hand_in_cut"
    assert problem("Dear teacher, see below.").code == "hand_in_none"
    assert problem("").code == "hand_in_none"
    assert problem(f"{BEGIN}{END}").code == "hand_in_damaged"


def packed(content):
    """Return a code whose checksums are right, whatever is in it."""
    letters = b32encode(content).decode().rstrip("=")
    parts = [letters[i : i + code.LETTERS] for i in range(0, len(letters), code.LETTERS)]
    return "\n".join([BEGIN, *(part + code._sum(n, part) for n, part in enumerate(parts, 1)), END])


def facts(**changes):
    values = dataclasses.asdict(CODE) | changes
    return packed(zlib.compress(json.dumps(values).encode()))


@pytest.mark.parametrize(
    "text",
    [
        packed(b"no zlib"),
        packed(zlib.compress(b"[" * 100_000)),
        packed(zlib.compress(b"{}")),
        packed(zlib.compress(b" " * (code.MOST_BYTES + 9) + b"{}")),
        packed(zlib.compress(b"1" * 9000)),
        packed(zlib.compress(b"{}")[:-2]),
        facts(steps=-1),
        facts(steps=True),
        facts(losses=[(1, float("nan"))]),
        facts(losses=[(2, 1.0), (1, 1.0), (120, 1.0)]),
        facts(losses=[(1, 1.0)]),
        facts(losses=[]),
        facts(losses=[(n, 1.0) for n in range(1, 121)]),
        facts(rates=[(1, -0.1)]),
        facts(rates=[(121, 0.1)]),
        facts(config={"dim": -1}),
        facts(config={"dim": 10**9}),
        facts(config={"colour": "red"}),
        facts(config={"objective": "guessing"}),
        facts(fingerprint="../../etc/passwd"),
        facts(answers={"lesson": "a", "title": "b", "given": [(0, "x", "right", 0)]}),
        facts(answers={"lesson": "a", "title": "b", "given": [(1, "x", "brilliant", 0)]}),
        facts(more=1),
    ],
)
def test_what_no_run_is_made_of_is_refused(text):
    assert problem(text).code == "hand_in_damaged"


def test_the_form_that_is_refused_is_taken_when_it_is_right():
    assert read(facts(), "x") == CODE


@given(st.text(max_size=300), st.integers(0, 2000), st.integers(0, 2000))
def test_no_text_does_anything_but_be_read_or_refused(text, start, end):
    content = write(CODE)
    for tried in (text, BEGIN + text, BEGIN + text + END, content[:start] + text + content[end:]):
        with contextlib.suppress(Problem):
            assert read(tried, "x") == CODE
