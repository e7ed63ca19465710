"""Command lines of every kind: each ends with a status and one sentence, whatever is typed."""

import io
import os
import shlex
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

from w2v_core import Corpus, Embeddings, Problem, Trainer, Vocabulary, files, load_vectors, save_vectors
from w2v_core.command_line import main, signals, streams, training
from w2v_core.training import memory

ROOT = Path(__file__).parents[2]
TEXT = "the king and the queen rule the land\nthe man and the woman walk the dog\n" * 30
TRAIN = "--min-count 1 --dim 8 --epochs 3 --negatives 3 --subsample 0"
DIGITS = "9" * 5000
HOSTILE = "\x1b]0;title\x07\x9b31mred\u202eback"
posix = pytest.mark.skipif(os.name == "nt", reason="a shell of Unix")

FINE, REFUSED, MISUSED = 0, 1, 2
LINES = [  # the command, its status, and what the sentence says
    (f"train corpus.txt {TRAIN} -o out.npz", FINE, ""),
    (
        f"train corpus.txt {TRAIN} --window 1000000000 -o out.npz",
        FINE,
        "no window reaches farther than 7 words",
    ),
    (f"train corpus.txt {TRAIN} --batch-tokens 2000000000 -o out.npz", FINE, "the text has no more"),
    (f"train corpus.txt {TRAIN} --batch-tokens 500 --dim 60000 -o out.npz", FINE, "more would take too long"),
    (f"train corpus.txt {TRAIN} --processes 256 -o out.npz", FINE, "the number of processes is"),
    (f"train corpus.txt {TRAIN} --seed 9223372036854775807 -o out.npz", FINE, ""),
    ("train corpus.txt --dim 0", REFUSED, "dim must be a whole number from 1 to 65,536"),
    ("train corpus.txt --dim -5", REFUSED, "dim must be"),
    ("train corpus.txt --dim 1000000000", REFUSED, "dim must be"),
    (f"train corpus.txt --dim {DIGITS}", MISUSED, "no whole number"),
    ("train corpus.txt --dim 1e3", MISUSED, "1e3 is no whole number"),
    ("train corpus.txt --dim ''", MISUSED, "no whole number"),
    (f"train corpus.txt --dim {'9' * 4000}", REFUSED, "dim must be"),
    ("train corpus.txt --rounds 0 --cluster 2", MISUSED, "not between 1 and 1,000"),
    ("train corpus.txt --cluster http://there", MISUSED, "neither a number of workers nor an address"),
    ("sweep corpus.txt", MISUSED, "--over"),
    ("sweep nowhere.txt --over dim=5", REFUSED, "No such file"),
    ("sweep corpus.txt --over dim=5 --seeds 0", MISUSED, "not between 1 and"),
    ("sweep corpus.txt --over dim=5 --pairs nowhere.tsv", REFUSED, "No such file"),
    ("train corpus.txt --window 0", REFUSED, "window must be"),
    ("train corpus.txt --window 10000000000", REFUSED, "window must be"),
    ("train corpus.txt --negatives 0", REFUSED, "negatives must be"),
    (f"train corpus.txt {TRAIN} --negatives 1000", REFUSED, "has only 10 words"),
    ("train corpus.txt --noise-pool 1000000000000", REFUSED, "--noise-pool must be"),
    (f"train corpus.txt {TRAIN} --noise-pool 2000000000", REFUSED, "GB of memory"),
    (f"train corpus.txt {TRAIN} --dim 65536 --noise-pool 9000000", REFUSED, "GB of memory"),
    ("train corpus.txt --noise-power nan", REFUSED, "--noise-power must be"),
    ("train corpus.txt --epochs 0", REFUSED, "epochs must be"),
    ("train corpus.txt --epochs 99999999999", REFUSED, "epochs must be"),
    ("train corpus.txt --seed -1", REFUSED, "seed must be"),
    ("train corpus.txt --seed 18446744073709551616", REFUSED, "seed must be"),
    ("train corpus.txt --batch-tokens 0", REFUSED, "--batch-tokens must be"),
    ("train corpus.txt --learning-rate nan", REFUSED, "--learning-rate must be"),
    ("train corpus.txt --learning-rate inf", REFUSED, "--learning-rate must be"),
    ("train corpus.txt --learning-rate -1", REFUSED, "--learning-rate must be"),
    ("train corpus.txt --learning-rate fast", MISUSED, "fast is not a number"),
    ("train corpus.txt --min-learning-rate 1", REFUSED, "--min-learning-rate must be at most"),
    ("train corpus.txt --max-row-update 0", REFUSED, "--max-row-update must be"),
    ("train corpus.txt --max-row-update some", MISUSED, "some is not a number"),
    ("train corpus.txt --subsample 2", REFUSED, "subsample must be"),
    ("train corpus.txt --min-count 0", MISUSED, "not between 1 and"),
    ("train corpus.txt --min-count -3", MISUSED, "not between 1 and"),
    (f"train corpus.txt --min-count {DIGITS}", MISUSED, "no whole number"),
    ("train corpus.txt --min-count 2000000000", REFUSED, "lower --min-count"),
    ("train corpus.txt --processes 0", MISUSED, "not between 1 and 256"),
    ("train corpus.txt --processes 100000", MISUSED, "not between 1 and 256"),
    ("train corpus.txt --processes two", MISUSED, "two is no whole number"),
    (f"train table.csv --min-count 1 --column {DIGITS}", MISUSED, "more than 200 characters"),
    (f"train table.csv --min-count 1 --column {'9' * 190}", REFUSED, "its columns are"),
    ("train table.csv --min-count 1 --column 0", REFUSED, "its columns are"),
    ("train corpus.txt --objective hinge", MISUSED, "invalid choice"),
    ("train corpus.txt --encoding klingon", REFUSED, "choose one of auto, utf-8,"),
    ("train corpus.txt --encoding Latin-1 --min-count 1 --epochs 1 -o out.txt", FINE, ""),
    ("train nowhere.txt", REFUSED, "nowhere.txt: No such file"),
    ("train folder", REFUSED, "folder"),
    ("train empty.txt", REFUSED, ""),
    ("train corpus.txt -o ./corpus.txt", REFUSED, "is the text itself"),
    ("train corpus.txt --checkpoint ./corpus.txt -o out.txt", REFUSED, "is the text itself"),
    ("train corpus.txt -o vectors.docx", REFUSED, "Which format?"),
    ("train corpus.txt -o nowhere/vectors.txt", REFUSED, "there is no folder"),
    ("train corpus.txt -o folder", REFUSED, "folder is a folder"),
    ("train corpus.txt -o read_only.txt", REFUSED, "read_only.txt cannot be written"),
    ("train corpus.txt -o vectors.tsv", REFUSED, "metadata.tsv is a folder"),
    ("train corpus.txt -o out.txt --checkpoint folder", REFUSED, "folder is a folder"),
    ("train corpus.txt -o out.txt --checkpoint nowhere/run.npz", REFUSED, "there is no folder"),
    ("train corpus.txt -o out.txt --checkpoint /dev/null", REFUSED, "/dev/null"),
    ("resume vectors.txt corpus.txt", REFUSED, "not a saved run"),
    ("resume run.npz corpus.txt --min-count 1 --learning-rate -1", REFUSED, "--learning-rate must be"),
    ("resume run.npz corpus.txt --min-count 1 -o read_only.txt", REFUSED, "read_only.txt cannot be written"),
    ("resume run.npz table.csv --min-count 1", REFUSED, "another corpus"),
    ("resume run.npz corpus.txt --min-count 1 -o out.txt", FINE, ""),
    ("neighbors vectors.txt king", FINE, ""),
    ("neighbors vectors.txt king -k 1000000", FINE, ""),
    ("neighbors vectors.txt king -k 0", MISUSED, "0 is not between 1 and"),
    ("neighbors vectors.txt king -k -5", MISUSED, "-5 is not between 1 and"),
    (f"neighbors vectors.txt king -k {DIGITS}", MISUSED, "no whole number"),
    ("neighbors vectors.txt king --first 5", FINE, ""),
    ("neighbors vectors.txt dog --first 2", REFUSED, "not in the vocabulary"),
    ("neighbors vectors.txt king --first 0", MISUSED, "not between 1 and"),
    ("neighbors faulty.txt king", REFUSED, "line 3"),
    ("neighbors faulty.txt king --skip-errors", FINE, "1 fault passed over. The first: faulty.txt, line 3"),
    ("convert faulty.txt out.bin --skip-errors", FINE, "1 fault passed over"),
    ("neighbors two.zip king", REFUSED, "a.txt, b.txt"),
    ("neighbors two.zip king --member b.txt", FINE, ""),
    ("neighbors two.zip king --member c.txt", REFUSED, "no file 'c.txt'"),
    ("neighbors numbers.tsv king --metadata words.tsv", FINE, ""),
    ("neighbors numbers.tsv 0 --metadata words.tsv --column index", FINE, ""),
    ("neighbors numbers.tsv king --metadata words.tsv --column nix", REFUSED, "its columns are Index, Label"),
    ("evaluate vectors.txt --pairs pairs.csv", FINE, ""),
    ("evaluate vectors.txt --pairs pairs.csv --exact-case", REFUSED, "both words: 0 of 2"),
    ("neighbors vectors.txt kign", REFUSED, "did you mean king"),
    ("neighbors vectors.txt ''", REFUSED, "not in the vocabulary"),
    (f"neighbors vectors.txt '{HOSTILE}'", REFUSED, "not in the vocabulary"),
    (f"neighbors '{HOSTILE}' king", REFUSED, "No such file"),
    (f"fly '{HOSTILE}'", MISUSED, "invalid choice"),
    ("analogy vectors.txt man woman", MISUSED, "required"),
    ("analogy vectors.txt man woman king -k 0", MISUSED, "not between 1 and"),
    ("evaluate vectors.txt", MISUSED, "name a file"),
    ("evaluate vectors.txt --pairs nowhere.tsv", REFUSED, "No such file"),
    ("evaluate vectors.txt --pairs corpus.txt", REFUSED, "line 1"),
    ("convert vectors.txt folder --format npz", REFUSED, "folder is a folder"),
    ("convert vectors.txt /dev/null --format npz", REFUSED, "/dev/null"),
    ("convert vectors.txt read_only.txt", REFUSED, "read_only.txt cannot be written"),
    ("convert nowhere.txt out.txt", REFUSED, "No such file"),
    ("convert vectors.txt out.bin", FINE, ""),
    ("", MISUSED, "required"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a text, a table, vectors and a run."""
    folder = tmp_path_factory.mktemp("lines")
    (folder / "corpus.txt").write_text(TEXT, encoding="utf-8")
    (folder / "table.csv").write_text(
        "id,text\n1,some words of a text\n2,more words of it\n", encoding="utf-8"
    )
    (folder / "empty.txt").touch()
    (folder / "folder").mkdir()
    (folder / "metadata.tsv").mkdir()
    (folder / "faulty.txt").write_bytes(b"3 1\nking 1\n\xff 2\nqueen 3\n")
    with zipfile.ZipFile(folder / "two.zip", "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(name, "king 1\nqueen 2\n")
    (folder / "numbers.tsv").write_text("1\t2\n3\t4\n", encoding="utf-8")
    (folder / "words.tsv").write_text("Index\tLabel\n0\tking\n1\tqueen\n", encoding="utf-8")
    (folder / "pairs.csv").write_text("a,b,score\nKING,queen,3\nMAN,dog,1\n", encoding="utf-8")
    (folder / "read_only.txt").touch()
    (folder / "read_only.txt").chmod(0o444)
    corpus = Corpus.from_text(TEXT, min_count=1)
    words = corpus.vocabulary.words
    save_vectors(
        Embeddings(
            corpus.vocabulary, np.random.default_rng(0).normal(size=(len(words), 4)).astype(np.float32)
        ),
        folder / "vectors.txt",
    )
    Trainer(corpus, training.TrainingConfig(dim=4, negatives=2, subsample=0)).save(folder / "run.npz")
    return folder


@pytest.fixture
def place(made, monkeypatch):
    monkeypatch.chdir(made)
    monkeypatch.setattr(training, "cores", lambda: 1)
    monkeypatch.setattr(memory, "available_bytes", lambda: 4 << 30)
    return made


def status_of(line):
    try:
        return main(shlex.split(line))
    except SystemExit as stopped:
        return stopped.code


@pytest.mark.parametrize(
    ("line", "status", "says"), LINES, ids=lambda value: str(value)[:60].replace("\0", "")
)
def test_every_command_line_ends_with_a_status_and_one_sentence(place, capsys, line, status, says):
    if "/dev/null" in line and os.name == "nt":
        pytest.skip("Windows has other devices")
    assert status_of(line) == status
    said = capsys.readouterr()
    assert says in said.err
    assert "Traceback" not in said.err
    assert max(map(len, said.err.splitlines()), default=0) < 700
    assert not set(said.out + said.err) & set("\x1b\x07\x9b\u202e")
    complaints = [
        line for line in said.err.splitlines() if line.startswith(("w2v_core: ", "python -m w2v_core"))
    ]
    assert len(complaints) == (0 if status == FINE else 1)
    if status != FINE:
        assert said.out == ""
    assert stat.S_IMODE((place / "read_only.txt").stat().st_mode) & 0o222 == 0


def test_words_that_would_move_a_terminal_are_shown(tmp_path, capsys):
    words = ["king", "a\x1b[31mb", "c\x9bd", "e\u202ef", "g\th", "naïve", "क्‍ष"]
    path = tmp_path / "vectors.npz"
    vectors = np.random.default_rng(0).normal(size=(len(words), 3)).astype(np.float32)
    save_vectors(Embeddings(Vocabulary(words, range(7, 0, -1)), vectors), path)
    assert main(["neighbors", str(path), "king", "-k", "9"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert {row[1] for row in rows} == {"a␛[31mb", "c\\x9bd", "e\\u202ef", "g␉h", "naïve", "क्‍ष"}
    assert all(len(row) == 3 for row in rows)
    assert main(["analogy", str(path), "king", "naïve", words[1], "-k", "9"]) == 0
    assert not set(capsys.readouterr().out) & set("\x1b\x9b\u202e")


def test_a_command_to_paste_moves_no_terminal():
    line = streams.quoted(["a b", "it's", "\x1b[0mé"])
    assert line.isprintable()
    assert line == """'a b' 'it'"'"'s' $'\\x1b[0m\\xc3\\xa9'"""


def run(line, folder, shell=""):
    """Run a command as a shell does, with redirections."""
    command = f"{shlex.quote(sys.executable)} -m w2v_core {line} {shell}"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, errors="replace"
    )


@posix
@pytest.mark.parametrize(
    ("line", "shell", "says"),
    [
        ("neighbors vectors.txt king", ">&-", "output is closed"),
        (f"train corpus.txt {TRAIN}", ">&-", "output is closed"),
        (f"train - {TRAIN} -o out.txt", "<&-", "input is closed"),
        ("neighbors vectors.txt -", "<&-", "input is closed"),
        ("neighbors vectors.txt -", "< run.npz", "not UTF-8"),
        ("neighbors vectors.txt king", "> /dev/full", "output cannot be written: No space left"),
        (
            f"train corpus.txt {TRAIN} --checkpoint kept.npz",
            "> /dev/full",
            "output cannot be written: No space left",
        ),
    ],
)
def test_streams_that_are_closed_or_full_are_one_sentence(made, line, shell, says):
    if "/dev/full" in shell and not Path("/dev/full").exists():
        pytest.skip("no such device")
    done = run(line, made, shell)
    assert done.returncode == 1
    [sentence] = [line for line in done.stderr.splitlines() if line.startswith("w2v_core: ")]
    assert says in sentence
    assert not {"Traceback", "Exception"} & set(done.stderr.split())


@posix
def test_nothing_for_the_person_goes_into_the_results(made):
    done = run(f"train corpus.txt {TRAIN}", made, "2>&-")
    assert done.returncode == 0
    assert done.stdout.startswith("10 8\n")
    assert "pairs in" not in done.stdout


class Full:
    """The module `os` for the writer of files, where some folders have no room."""

    def __init__(self, *folders):
        self.folders = folders

    def __getattr__(self, name):
        return getattr(os, name)

    def open(self, path, flags, *mode):
        if flags & os.O_CREAT and Path(path).parent in self.folders:
            raise OSError(28, "No space left on device")
        return os.open(path, flags, *mode)


def test_a_full_disk_keeps_the_run_elsewhere_and_says_where(place, tmp_path, monkeypatch, capsys):
    spare, home = tmp_path / "spare", tmp_path / "home"
    spare.mkdir()
    home.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    monkeypatch.setattr(Path, "home", lambda: home)
    line = f"train corpus.txt {TRAIN} -o out.txt --checkpoint here.npz"
    monkeypatch.setattr(files, "os", Full(place.resolve()))
    assert status_of(line) == 1
    said = capsys.readouterr().err
    assert "w2v_core: out.txt cannot be written: its disk is full" in said
    [kept] = spare.iterdir()
    assert f"the run is kept in {kept}" in said
    assert Trainer.load(kept, Corpus.from_text(TEXT, min_count=1)).finished
    monkeypatch.setattr(files, "os", Full(place.resolve(), spare.resolve()))
    assert status_of(line) == 1
    [kept] = home.iterdir()
    assert f"the run is kept in {kept}" in capsys.readouterr().err
    monkeypatch.setattr(files, "os", Full(place.resolve(), spare.resolve(), home.resolve()))
    assert status_of(line) == 1
    said = capsys.readouterr().err
    assert "The run is lost" in said
    assert f"{home}" in said


def test_the_line_to_go_on_after_a_divergence_does_not_diverge(place, capsys):
    wild = "--learning-rate 1e6 --max-row-update none --batch-tokens 16 --epochs 20"
    assert status_of(f"train corpus.txt {TRAIN} {wild} --checkpoint wild.npz -o wild.txt") == 1
    [line] = [line for line in capsys.readouterr().err.splitlines() if "w2v_core resume" in line]
    assert "--learning-rate 0.025" in line
    assert main(shlex.split(line)[3:]) == 0
    assert "king" in load_vectors(place / "wild.txt")


def test_there_is_one_and_there_are_two(place, capsys):
    assert status_of(f"train corpus.txt {TRAIN} -o out.txt") == 0
    assert "1 step," not in capsys.readouterr().err
    (place / "short.txt").write_text("one two\n", encoding="utf-8")
    assert status_of("train short.txt --min-count 1 --epochs 1 --negatives 1 --subsample 0 -o out.txt") == 0
    assert "1 step, 2 pairs in" in capsys.readouterr().err


STOPPED = """
import signal, sys
for name in ("SIGINT", "SIGTERM", "SIGHUP"):
    signal.signal(getattr(signal, name), signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)
from w2v_core.command_line import main, training
training.cores = lambda: 2
if __name__ == "__main__":
    sys.exit(main())
"""


def descendants(pid):
    """Return the processes that a process has started, and those that they have."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        if parent == pid:
            found += [int(entry.parent.name), *descendants(int(entry.parent.name))]
    return found


def gone(pids, seconds=20):
    """Wait until processes have ended: the one that keeps account of what is shared is the last."""
    for _ in range(seconds * 10):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


@posix
@pytest.mark.parametrize(
    ("name", "processes"),
    [
        ("SIGTERM", "1"),
        *(
            pytest.param(*case, marks=pytest.mark.long)
            for case in (("SIGHUP", "1"), ("SIGTERM", "2"), ("SIGHUP", "2"))
        ),
    ],
)
def test_signals_keep_the_run_as_ctrl_c_does(made, tmp_path, name, processes):
    number = getattr(signal, name)
    kept = tmp_path / "kept.npz"
    line = f"train corpus.txt {TRAIN} --batch-tokens 1 --epochs 100000 --processes {processes}"
    command = [
        sys.executable,
        "-c",
        STOPPED,
        *shlex.split(line),
        "--checkpoint",
        str(kept),
        "-o",
        "never.txt",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=made, env=environment, stderr=subprocess.PIPE, start_new_session=True
    ) as run:
        try:
            run.stderr.readline()  # the corpus is read
            time.sleep(1 if processes == "1" else 4)
            started = descendants(run.pid)
            os.killpg(run.pid, number)  # as a terminal that closes, or a machine that shuts down
            said = run.stderr.read().decode()
            status = run.wait(60)
        finally:
            run.kill()
    assert status == 128 + number, said
    assert "the run is kept" in said
    assert "Traceback" not in said
    assert not (made / "never.txt").exists()
    assert Trainer.load(kept, Corpus.from_text(TEXT, min_count=1)).steps > 0
    if processes == "2" and Path("/proc").exists():
        assert started
        assert gone(started)


@posix
def test_nohup_is_respected(made):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with signals.interruptions() as interrupted:
            os.kill(os.getpid(), signal.SIGHUP)
            assert interrupted() == 0
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGTERM)  # a second one changes nothing
            assert interrupted() == signal.SIGTERM
    finally:
        signal.signal(signal.SIGHUP, before)


def test_commands_run_in_any_thread(place):
    statuses = []
    for line in ("neighbors vectors.txt king", f"train corpus.txt {TRAIN} -o threaded.npz"):
        thread = threading.Thread(target=lambda line=line: statuses.append(status_of(line)))
        thread.start()
        thread.join()
    assert statuses == [FINE, FINE]


def test_more_than_can_be_asked_is_refused(monkeypatch):
    for word in ("a ", "é ", "词 "):  # bytes count, and none is cut in half before
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO((word * (1 << 19)).encode() + b"a")))
        with pytest.raises(Problem, match="ask about fewer"):
            streams.asked()


def test_a_run_that_its_processes_have_no_memory_for_leaves_no_checkpoint(place, monkeypatch, capsys):
    monkeypatch.setattr(training, "cores", lambda: 2)
    monkeypatch.setattr(memory, "NOT_WORTH_ASKING", 0)
    monkeypatch.setattr(memory, "available_bytes", lambda: alone + 1)
    corpus = Corpus.from_text(TEXT, min_count=1)
    config = training.TrainingConfig(dim=8, negatives=3, subsample=0)
    alone = memory.needed_bytes(corpus, config)
    line = f"train corpus.txt {TRAIN} --checkpoint left.npz -o out.npz"
    assert status_of(line) == FINE
    assert status_of(f"{line} --processes 2") == REFUSED
    assert "GB of memory" in capsys.readouterr().err
    assert not Path("left.npz").exists()


HALF_WRITTEN = """
import os, signal, sys, time
from w2v_core import files
from w2v_core.command_line import lookups, main
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell ignores for what it has in the background
signal.signal(signal.SIGHUP, signal.SIG_DFL)
def save(vectors, target, format=None):
    with files.written(target) as file:
        file.write(b"half")
        file.flush()
        os.kill(os.getpid(), getattr(signal, sys.argv.pop()))
        time.sleep(9)
lookups.save_vectors = save
sys.exit(main(sys.argv[1:-1]))
"""


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_leaves_no_half_file(made, tmp_path, name):
    command = [sys.executable, "-c", HALF_WRITTEN, "convert", str(made / "vectors.txt"), "out.txt", name]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == 128 + getattr(signal, name), done.stderr
    assert not done.stderr
    assert not list(tmp_path.iterdir())
