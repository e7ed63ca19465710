"""`w2v check`, as a teacher types it."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from w2v_core import Corpus, Trainer, TrainingConfig
from w2v_core.command_line import main
from w2v_core.handin import Answers, HandIn, write
from w2v_core.handin.code import LONGEST_TEXT

ROOT = Path(__file__).parents[2]
SAMPLE = "royal_court_en"
HOSTILE = "\x1b[2J<b>\n北京"


def code(text, **changes):
    """Return the code of a run of 20 steps, with something changed."""
    config = TrainingConfig(objective="softmax", dim=12, batch_tokens=16, seed=3)
    losses = [(record.step, record.loss) for record in Trainer(text, config).run(20)]
    facts = {
        "corpus": SAMPLE,
        "fingerprint": text.fingerprint,
        "config": config,
        "steps": len(losses),
        "losses": losses,
    }
    return write(dataclasses.replace(HandIn(**facts, numpy=np.__version__), **changes))


@pytest.fixture(scope="module")
def sample():
    return Corpus.from_file(ROOT / "sample_corpora" / f"{SAMPLE}.txt", min_count=1)


@pytest.fixture
def file(tmp_path, sample):
    def written(text=None, name="a.txt", **changes):
        path = tmp_path / name
        path.write_text(code(sample, **changes) if text is None else text, encoding="utf-8")
        return str(path)

    return written


def said(capsys, *arguments):
    """Return the exit status, and what was said."""
    status = main(["check", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_right_code_is_right_and_its_run_and_answers_are_told(file, capsys):
    answers = Answers("softmax", HOSTILE, [(2, "ln(21)", "right", 1), (4, HOSTILE, "wrong", 2)])
    status, out, err = said(capsys, file(answers=answers))
    assert status == 0
    assert "Right: 20 losses of 20 steps come out the same" in out
    assert (
        "royal_court_en; 20 steps; objective softmax, dim 12, learning_rate 0.025, batch_tokens 16, seed 3"
        in out
    )
    assert "step 2: ln(21) (right, 1 wrong before)\tstep 4: ␛[2J<b>␊北京 (wrong)" in out
    assert "\x1b" not in out
    assert "finds mistakes, not cheats" in err


def test_the_loss_that_differs_is_named(file, capsys, sample):
    config = TrainingConfig(objective="softmax", dim=12, batch_tokens=16, seed=3)
    losses = [(record.step, record.loss) for record in Trainer(sample, config).run(20)]
    losses[6] = (7, losses[6][1] + 0.01)
    status, out, _ = said(capsys, file(losses=losses))
    assert status == 1
    [line] = [line for line in out.splitlines() if "\tStep " in line]
    assert (
        f"Step 7: the code has a loss of {losses[6][1]:.7g}; trained again it is {losses[6][1] - 0.01:.7g}"
        in line
    )
    assert "Wrong: 1 of 20 losses differ, from step 7 on." in out


def test_another_seed_or_step_is_wrong(file, capsys):
    status, out, err = said(
        capsys, file(config=TrainingConfig(objective="softmax", dim=12, batch_tokens=16), numpy="1.0")
    )
    assert status == 1
    assert "Wrong: " in out
    assert out.count("\tStep ") == 5  # and no more
    assert "made with NumPy 1.0" in err
    status, out, _ = said(capsys, file(steps=10**6, losses=[(10**6, 1.0)], config=TrainingConfig(epochs=1)))
    assert status == 1
    assert "Step 1,000,000: the code has a loss of 1; trained again, the run ends before." in out


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "Dear teacher"}, "there is no hand-in code in it"),
        ({"applied": 3}, "cannot be recomputed: single pairs were applied to its vectors (3 times"),
        ({"exploded": 1}, "cannot be recomputed: its loss left the finite numbers"),
        ({"fingerprint": "0" * 64}, "made on another text"),
        ({"corpus": "../../etc/passwd"}, "name its file: --corpus FILE"),
        ({"corpus": "own"}, "name its file: --corpus FILE"),
    ],
    ids=str,
)
def test_what_cannot_be_checked_is_one_sentence(file, capsys, changes, sentence):
    status, _, err = said(capsys, file(**changes))
    assert status == 1
    [line] = [line for line in err.splitlines() if line.startswith("w2v_core: ")]
    assert sentence in line


def test_a_class_is_checked_in_one_go_whatever_is_among_it(file, capsys, sample):
    damaged = code(sample).splitlines()
    damaged[2] = damaged[2][::-1]
    files = [file(name="1.txt"), file("\n".join(damaged), name="2.txt"), file(name="3.txt")]
    status, out, err = said(capsys, *files)
    assert status == 1
    assert out.count("Right: ") == 2
    assert f"{files[1]}\t{files[1]}: line 2 of the code is damaged" in out
    assert err.count("not cheats") == 1


def test_every_code_of_a_file_is_checked_and_numbered(file, capsys, sample):
    good, damaged = code(sample), code(sample).splitlines()
    damaged[2] = damaged[2][::-1]
    both = file(f"Ann:\n{good}\nBob:\n" + "\n".join(damaged) + f"\nCyd, cut off:\n{good[:200]}\nDan:\n{good}")
    status, out, err = said(capsys, both)
    assert status == 1
    lines = out.splitlines()
    for number, sentence in enumerate(
        ["Right: ", "line 2 of the code is damaged", "is cut off", "Right: "], 1
    ):
        of_code = [line for line in lines if line.startswith(f"{both} {number}/4\t")]
        assert sentence in of_code[-1]
    assert "2 of 4 codes are right" in err
    assert said(capsys, file(good * 3))[0] == 0


def test_a_file_that_is_not_read_to_its_end_is_not_right(file, capsys, sample):
    status, out, err = said(capsys, file(code(sample) + "x" * LONGEST_TEXT))
    assert (status, "Right: " in out) == (1, True)
    assert "only its first 1,048,576 letters were read" in err


def test_no_step_is_nothing_to_compare(file, capsys):
    status, out, _ = said(capsys, file(steps=0, losses=[]))
    assert status == 0
    assert "No step was made" in out


def test_a_text_of_ones_own_is_named_and_read_as_it_was(tmp_path, capsys):
    text, path = tmp_path / "text.txt", tmp_path / "code.txt"
    text.write_text("The King and the Queen\n" * 400 + "one rare word\n", encoding="utf-8")
    path.write_text(code(Corpus.from_text(text.read_text(encoding="utf-8")), corpus="own"), encoding="utf-16")
    assert said(capsys, str(path), "--corpus", str(text))[0] == 0
    status, _, err = said(capsys, str(path), "--corpus", str(text), "--min-count", "2")
    assert status == 1
    assert "or it was read otherwise" in err


def test_a_code_comes_through_a_pipe_too(sample):
    command = [sys.executable, "-m", "w2v_core", "check", "-"]
    done = subprocess.run(command, input=code(sample).encode(), capture_output=True, cwd=ROOT)
    assert (done.returncode, b"Right: " in done.stdout) == (0, True), done.stderr


def test_the_help_says_what_it_is_worth_and_how_far_losses_may_be_apart(capsys):
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    said_ = " ".join(capsys.readouterr().out.split())
    assert "It finds mistakes, not cheats" in said_
    assert "2e-06 of itself apart" in said_
