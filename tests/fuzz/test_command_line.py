"""Command lines of any arguments: status 0, 1 or 2, and one sentence where it is not 0."""

import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.valid_files import ENGLISH, MARKDOWN, TABLE, all_files
from w2v_core.command_line import main

pytestmark = pytest.mark.long

FILES = ("corpus.txt", "corpus.md", "table.csv", "vectors.txt", "vectors.npz", "checkpoint.npz", "pairs.tsv",
         "none.txt", ".", "-", "")  # fmt: skip
OUTPUTS = ("out.txt", "out.bin", "out.npz", "out.glove", "out.tsv", "out", "out.txt.gz", ".", "no/out.txt",
           "corpus.txt/x.txt", "\n.txt")  # fmt: skip
SIZES = ("1", "2", "5", "0", "-1", "1000000000", "1000000000000", "9" * 5000, "nan", "1.5", "x", "", "٣")
RATES = ("0.05", "0", "-1", "nan", "inf", "1e308", "x", "9" * 5000, "none")
SIZING = ("--dim", "--window", "--negatives", "--noise-pool", "--batch-tokens", "--seed", "--min-count")
RATING = ("--learning-rate", "--min-learning-rate", "--max-row-update", "--subsample", "--noise-power")
CHOOSING = ("--objective", "--architecture", "--noise", "--optimizer", "--schedule", "--initial-vectors")
READING = ("--encoding", "--segmentation", "--numbers", "--punctuation", "--header", "--language")
VALUES = {  # of each option, those that are tried
    **dict.fromkeys(SIZING, SIZES),
    **dict.fromkeys(RATING, RATES),
    **dict.fromkeys(CHOOSING, ("softmax", "hierarchical_softmax", "cbow", "shared", "zero", "x", "")),
    **dict.fromkeys(READING, ("utf-8", "utf-16", "segment", "replace", "keep", "yes", "zh", "x")),
    "--epochs": ("1", "2", "0", "-1", "nan", "x"),
    "--processes": ("1", "0", "-1", "x", "9" * 5000),
    "--column": (*SIZES, "text", "no such"),
    **dict.fromkeys(("--output", "-o", "--checkpoint"), OUTPUTS),
}
PAIRS = [(option, value) for option, values in VALUES.items() for value in values]
SWITCHES = [("--keep-case",), ("--drop-stop-words",), ("--fixed-window",), ("--drop-hits",), ("--help",)]
TRAINING = st.sampled_from([*PAIRS, *SWITCHES])
ASKING = st.one_of(
    st.tuples(st.just("-k"), st.sampled_from(SIZES)),
    st.tuples(
        st.sampled_from(["--metric", "--method"]),
        st.sampled_from(["cosine", "dot", "euclidean", "3cosmul", "x"]),
    ),
    st.tuples(st.sampled_from(["--pairs", "--analogies"]), st.sampled_from(FILES)),
    st.sampled_from([("--include-query",), ("--help",)]),
)
ASKED = st.one_of(
    st.sampled_from(["king", "queen", "castle", "kign", "\x1b[2J", "-", "", "--"]), st.text(max_size=5)
)


def _line(command: str, *parts: list) -> list[str]:
    flat = [
        word for part in parts for each in part for word in (each if isinstance(each, tuple) else (each,))
    ]
    return [command, *flat]


def few(strategy: st.SearchStrategy, least: int = 0, most: int = 4) -> st.SearchStrategy:
    """Return lists of a few."""
    return st.lists(strategy, min_size=least, max_size=most)


COMMAND_LINES = st.one_of(
    st.builds(
        _line,
        st.just("train"),
        few(st.sampled_from(["corpus.txt", "corpus.md", "table.csv"]), 1, 1),
        few(TRAINING),
    ),
    st.builds(_line, st.just("train"), few(st.sampled_from(FILES), 0, 2), few(TRAINING)),
    st.builds(_line, st.just("resume"), few(st.sampled_from(FILES), 0, 2), few(TRAINING)),
    st.builds(_line, st.just("neighbors"), st.just(["vectors.txt"]), few(ASKED, 1), few(ASKING, 0, 2)),
    st.builds(
        _line,
        st.sampled_from(["neighbors", "analogy", "evaluate"]),
        few(st.sampled_from(FILES), 0, 1),
        few(ASKED),
        few(ASKING),
    ),
    st.builds(
        _line,
        st.just("convert"),
        few(st.sampled_from(FILES), 1, 1),
        few(st.sampled_from(OUTPUTS), 1, 1),
        few(TRAINING, 0, 1),
    ),
    st.lists(st.one_of(ASKED, st.sampled_from(FILES)), max_size=4),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("command-lines")
    files = all_files()
    for name, data in {
        "corpus.txt": ENGLISH.encode() * 10,
        "corpus.md": MARKDOWN.encode(),
        "table.csv": TABLE.encode(),
        "vectors.txt": files["vectors a.txt"].data,
        "vectors.npz": files["vectors a.npz"].data,
        "checkpoint.npz": files["checkpoint.npz"].data,
        "pairs.tsv": files["pairs.tsv"].data,
    }.items():
        (folder / name).write_bytes(data)
    return folder


def check(arguments, folder):
    """Run a command line in the folder, see how it ends, and take away what it wrote."""
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        errors = io.StringIO()
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"king queen king queen")))
        patch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
        patch.setattr(sys, "stderr", errors)
        try:
            status = main(arguments)
        except SystemExit as end:
            status = end.code or 0
    said = errors.getvalue()
    assert status in (0, 1, 2)
    assert "Traceback" not in said
    assert not status or said.strip()
    if status == 1:
        assert said.splitlines()[-1].startswith("w2v_core: ")
    left = {path: path.read_bytes() for path in folder.iterdir() if path in kept}
    assert left == kept  # no input was written over: every output has a name of its own
    for path in folder.iterdir():
        if path not in kept:
            path.unlink()


@pytest.mark.parametrize("command", ["train", "resume"])
@pytest.mark.parametrize("option", VALUES)
def test_each_option_with_each_value(command, option, folder):
    files = {"train": ["corpus.txt"], "resume": ["checkpoint.npz", "corpus.txt"]}[command]
    for value in VALUES[option]:
        check([command, *files, option, value], folder)


@settings(settings.get_profile("fuzz"), max_examples=2_000)
@given(arguments=COMMAND_LINES)
def test_any_arguments(arguments, folder):
    check(arguments, folder)
