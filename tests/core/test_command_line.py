"""The command line, as a user types it."""

import gzip
import io
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from w2v_core import Corpus, Trainer, TrainingConfig, load_vectors
from w2v_core.command_line import main, training
from w2v_core.sources import CATALOG, read

ROOT = Path(__file__).parents[2]
TEXT = "the king and the queen rule the land\nthe man and the woman walk the dog\n" * 30
TRAIN = ["--min-count", "1", "--dim", "8", "--epochs", "3", "--negatives", "3", "--subsample", "0"]


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def vectors(corpus, tmp_path):
    path = tmp_path / "vectors.txt"
    assert main(["train", str(corpus), *TRAIN, "--output", str(path)]) == 0
    return path


def test_train_writes_what_the_library_trains(corpus, vectors):
    config = TrainingConfig(dim=8, epochs=3, negatives=3, subsample=0.0)
    trainer = Trainer(Corpus.from_file(corpus, min_count=1), config)
    for _ in trainer.run():
        pass
    written = load_vectors(vectors)
    assert written.vocabulary.words == trainer.corpus.vocabulary.words
    np.testing.assert_allclose(written.vectors, trainer.W, rtol=1e-6)


@pytest.mark.parametrize(
    "objective", ["softmax", "negative_sampling", "hierarchical_softmax", "softmax_with_negatives"]
)
def test_every_objective_trains(corpus, tmp_path, objective):
    output = tmp_path / "vectors.npz"
    assert main(["train", str(corpus), *TRAIN, "--objective", objective, "-o", str(output)]) == 0
    assert "king" in load_vectors(output)


def test_without_an_output_vectors_go_to_stdout_and_nothing_else_does(corpus):
    command = [sys.executable, "-m", "w2v_core", "train", "-", *TRAIN]
    done = subprocess.run(command, input=TEXT.encode(), capture_output=True, cwd=ROOT, check=True)
    embeddings = load_vectors(io.BytesIO(done.stdout), name="stdout.txt")
    assert "queen" in embeddings
    assert b"pairs" in done.stderr
    assert b"\r" not in done.stderr  # no progress bar where nobody watches


def test_neighbors_are_a_table(vectors, capsys):
    assert main(["neighbors", str(vectors), "king", "dog", "-k", "2"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == ["king", "king", "dog", "dog"]
    expected = load_vectors(vectors).neighbors("king", 2)
    assert [(row[1], float(row[2])) for row in rows[:2]] == [
        (w, pytest.approx(c, abs=1e-4)) for w, c in expected
    ]


def test_a_word_in_decomposed_form_is_found(tmp_path, capsys):
    path = tmp_path / "v.txt"
    path.write_text("2 2\nk\u00f6nigin 1 2\nqueen 2 1\n", encoding="utf-8")
    assert main(["neighbors", str(path), "ko\u0308nigin"]) == 0
    assert capsys.readouterr().out.endswith("\tqueen\t0.8000\n")


def test_words_can_come_from_stdin(vectors, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"king\nqueen\n")))
    assert main(["neighbors", str(vectors), "-", "-k", "1"]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == ["king", "queen"]


def test_analogy(vectors, capsys):
    assert main(["analogy", str(vectors), "man", "woman", "king", "-k", "3"]) == 0
    answers = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
    assert len(answers) == 3
    assert not {"man", "woman", "king"} & set(answers)
    assert main(["analogy", str(vectors), "man", "woman", "king", "--include-query", "-k", "9"]) == 0
    assert "king" in capsys.readouterr().out


def test_evaluate(vectors, tmp_path, capsys):
    pairs, questions = tmp_path / "pairs.tsv", tmp_path / "questions.txt"
    pairs.write_text("king\tqueen\t9\nking\tdog\t1\nman\twoman\t8\n", encoding="utf-8")
    questions.write_text(": royal\nman woman king queen\n", encoding="utf-8")
    assert main(["evaluate", str(vectors), "--pairs", str(pairs), "--analogies", str(questions)]) == 0
    printed = capsys.readouterr().out
    assert "3 pairs" in printed
    assert "royal" in printed
    assert "total" in printed
    assert main(["evaluate", str(vectors)]) == 2


def test_convert_there_and_back(vectors, tmp_path):
    binary, back = tmp_path / "vectors.bin", tmp_path / "back.txt"
    assert main(["convert", str(vectors), str(binary)]) == 0
    assert main(["convert", str(binary), str(back)]) == 0
    np.testing.assert_array_equal(load_vectors(back).vectors, load_vectors(vectors).vectors)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["neighbors", "VECTORS", "kign"], "did you mean king"),
        (["neighbors", "NOWHERE", "king"], "No such file"),
        (["train", "VECTORS", "--dim", "0"], "dim must be"),
        (["train", "VECTORS", "--min-count", "9999"], "lower --min-count"),
        (["convert", "VECTORS", "vectors.docx"], "format"),
        (["train", "CORPUS", "-o", "vectors.docx"], "format"),
        (["train", "CORPUS", "-o", "nowhere/vectors.txt"], "nowhere"),
        (["resume", "VECTORS", "CORPUS"], "not a saved run"),
    ],
)
def test_what_cannot_work_gets_one_sentence_and_status_1(vectors, arguments, says, capsys):
    places = {
        "VECTORS": str(vectors),
        "CORPUS": str(vectors.with_name("corpus.txt")),
        "NOWHERE": str(vectors.with_name("nowhere.txt")),
    }
    capsys.readouterr()
    assert main([places.get(argument, argument) for argument in arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    [sentence] = [line for line in said.err.splitlines() if line.startswith("w2v_core: ")]
    assert says in sentence


@pytest.mark.parametrize("arguments", [[], ["fly"], ["train"], ["train", "x", "--objective", "hinge"]])
def test_wrong_usage_has_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_every_setting_can_be_given(corpus, tmp_path):
    output = tmp_path / "vectors.npz"
    more = ["--fixed-window", "--drop-hits", "--max-row-update", "none", "--min-learning-rate", "0.01"]
    more += [
        "--architecture",
        "cbow",
        "--optimizer",
        "adagrad",
        "--schedule",
        "constant",
        "--noise",
        "per_pair",
    ]
    assert main(["train", str(corpus), *TRAIN, *more, "-o", str(output)]) == 0


def test_a_run_that_diverges_is_kept(corpus, tmp_path, capsys):
    kept, output = tmp_path / "kept.npz", tmp_path / "vectors.npz"
    wild = ["--learning-rate", "1e6", "--max-row-update", "none", "--batch-tokens", "16", "--epochs", "20"]
    command = ["train", str(corpus), *TRAIN, *wild, "--checkpoint", str(kept), "-o", str(output)]
    assert main(command) == 1
    assert "diverged" in capsys.readouterr().err
    assert not output.exists()
    assert np.isfinite(Trainer.load(kept, Corpus.from_file(corpus, min_count=1)).W).all()


def test_a_run_can_be_resumed_at_another_rate(corpus, tmp_path):
    kept, outputs = tmp_path / "kept.npz", []
    trainer = Trainer(
        Corpus.from_file(corpus, min_count=1), TrainingConfig(dim=8, negatives=3, batch_tokens=16)
    )
    trainer.step()
    trainer.save(kept)
    for rate in ("0.05", "0.001"):
        outputs.append(tmp_path / f"{rate}.npz")
        command = ["resume", str(kept), str(corpus), "--min-count", "1", "--learning-rate", rate]
        assert main([*command, "-o", str(outputs[-1])]) == 0
    fast, slow = (np.abs(load_vectors(path).vectors).max() for path in outputs)
    assert fast > slow


def test_processes_train_on_the_whole_text(corpus, tmp_path, capsys):
    for processes in ("1", "2"):
        output = tmp_path / f"{processes}.npz"
        assert main(["train", str(corpus), *TRAIN, "--processes", processes, "-o", str(output)]) == 0
    one, two = (line.split(" in ")[0] for line in capsys.readouterr().err.splitlines() if "pairs in" in line)
    assert one == two
    with pytest.raises(SystemExit):
        main(["train", str(corpus), "--processes", "0"])


def test_no_other_run_is_overwritten_and_a_resumed_one_goes_on_in_its_file(
    corpus, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    wild = ["--max-row-update", "none", "--learning-rate", "1e20", "-o", "vectors.npz"]
    for _ in range(3):
        assert main(["train", str(corpus), *TRAIN, *wild]) == 1
    names = ["w2v_checkpoint-2.npz", "w2v_checkpoint-3.npz", "w2v_checkpoint.npz"]
    assert sorted(path.name for path in tmp_path.glob("w2v*")) == names
    kept = (tmp_path / names[0]).read_bytes()
    resume = [
        "resume",
        names[0],
        str(corpus),
        "--min-count",
        "1",
        "--learning-rate",
        "1e15",
        "-o",
        "vectors.npz",
    ]
    assert main(resume) == 1
    assert sorted(path.name for path in tmp_path.glob("w2v*")) == names
    assert (tmp_path / names[0]).read_bytes() != kept
    assert f"kept in {names[0]}" in capsys.readouterr().err


def test_an_unknown_word_keeps_no_other_from_its_answer(vectors, capsys):
    assert main(["neighbors", str(vectors), "king", "nope", "queen", "-k", "1"]) == 1
    told = capsys.readouterr()
    assert [line.split("\t")[0] for line in told.out.splitlines()] == ["king", "queen"]
    assert "'nope' is not in the vocabulary" in told.err


def test_what_an_evaluation_leaves_out_is_told(vectors, tmp_path, capsys):
    pairs, questions = tmp_path / "pairs.tsv", tmp_path / "questions.txt"
    pairs.write_text("king\tqueen\t9\nman\tdog\t3\nking\tnope\t1\n", "utf-8")
    questions.write_text(": royal\nman woman king queen\n: other\nman woman king nope\n", "utf-8")
    assert main(["evaluate", str(vectors), "--pairs", str(pairs), "--analogies", str(questions)]) == 0
    told = capsys.readouterr()
    assert f"{pairs}: 1 pair left out" in told.err
    assert f"{questions}: 1 question left out" in told.err
    assert f"{questions}\tother\t-\t0/0" in told.out


def test_a_public_corpus_goes_by_its_name(corpus, tmp_path, monkeypatch, capsys):
    fetched = []

    def read_web(entry, options, *, limit, progress, download_progress):
        fetched.append(entry.id)
        download_progress(1, None)
        return read(corpus, options, limit=limit, progress=progress)

    assert main(["corpora"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [e.id for e in CATALOG]
    monkeypatch.setattr(training, "read_web", read_web)
    monkeypatch.chdir(tmp_path)
    assert main(["train", "text8", *TRAIN, "-o", "vectors.npz"]) == 0
    assert fetched == ["text8"]
    Path("text8").write_text(TEXT, encoding="utf-8")
    assert main(["train", "text8", *TRAIN, "-o", "vectors.npz"]) == 0  # a file of that name comes first
    assert fetched == ["text8"]


def test_words_of_any_script_pass_whatever_the_systems_encoding(tmp_path):
    text = ("国王 和 王后 住 在 王宫\n" * 20).encode()
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-m", "w2v_core", "train", "-", *TRAIN]
    done = subprocess.run(command, input=text, capture_output=True, cwd=ROOT, env=environment, check=True)
    path = tmp_path / "vectors.txt"
    path.write_bytes(done.stdout)
    command = [sys.executable, "-m", "w2v_core", "neighbors", str(path), "国王", "-k", "1"]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=True)
    assert done.stdout.decode().startswith("国王\t")


def test_stdin_in_another_encoding_is_read_with_a_note():
    command = [sys.executable, "-m", "w2v_core", "train", "-", *TRAIN]
    text = "un café au lait et un thé\n".encode("cp1252") * 30
    done = subprocess.run(command, input=text, capture_output=True, cwd=ROOT, check=True)
    assert "café ".encode() in done.stdout
    assert b"cp1252" in done.stderr


def test_every_option_of_the_text_can_be_given_and_is_remembered(tmp_path, capsys):
    table, kept = tmp_path / "table.csv.gz", tmp_path / "kept.npz"
    rows = "1;The king and Queen 17 rule!\n2;The man and Woman 18 walk!\n" * 40
    table.write_bytes(gzip.compress(rows.encode("gb18030")))
    how = ["--column", "2", "--header", "no", "--numbers", "replace", "--punctuation", "keep", "--keep-case"]
    how += ["--drop-stop-words", "--language", "en", "--encoding", "gb18030", "--segmentation", "as_is"]
    output = tmp_path / "vectors.npz"
    assert main(["train", str(table), *TRAIN, *how, "-o", str(output)]) == 0
    assert set(load_vectors(output).vocabulary.words) == {
        *("king", "Queen", "rule", "man", "Woman", "walk", "!", "<number>")
    }
    wild = ["--learning-rate", "1e6", "--max-row-update", "none", "--batch-tokens", "16", "--epochs", "20"]
    capsys.readouterr()
    assert main(["train", str(table), *TRAIN, *how, *wild, "--checkpoint", str(kept), "-o", str(output)]) == 1
    [line] = [line for line in capsys.readouterr().err.splitlines() if "w2v_core resume" in line]
    arguments = shlex.split(line)[3:]
    # Read in any other way it would be another text, and refused.
    assert main([*arguments[:-2], "-o", str(output), "--learning-rate", "0.01"]) == 0


def test_a_text_can_be_split_at_blanks_only(tmp_path):
    text, output = tmp_path / "text.txt", tmp_path / "vectors.npz"
    text.write_text("new_york likes C++ .\nC++ likes new_york .\n" * 20, encoding="utf-8")
    assert main(["train", str(text), *TRAIN, "--split", "blanks", "-o", str(output)]) == 0
    assert set(load_vectors(output).vocabulary.words) == {"new_york", "likes", "c++"}


def test_phrases_are_joined_and_told(tmp_path, capsys):
    text, output = tmp_path / "text.txt", tmp_path / "vectors.npz"
    once = " ".join(f"once{i}" for i in range(300))
    text.write_text("he lives in new york.\nnew york is large.\n" * 20 + once, encoding="utf-8")
    assert main(["train", str(text), *TRAIN, "--phrases", "10", "-o", str(output)]) == 0
    assert "new_york" in load_vectors(output).vocabulary
    assert "note: Joined in 80 places: 3 phrases: " in capsys.readouterr().err
    assert main(["train", str(text), *TRAIN, "--phrases", "-1", "-o", str(output)]) == 1
    assert "phrases = -1.0 cannot work" in capsys.readouterr().err


def test_a_bad_column_is_one_sentence(tmp_path, capsys):
    table = tmp_path / "table.csv"
    table.write_text("id,text\n1,some words\n", encoding="utf-8")
    assert main(["train", str(table), "--column", "body"]) == 1
    assert "its columns are id, text" in capsys.readouterr().err


def test_help_shows_examples(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    assert "python -m w2v_core analogy vectors.txt man woman king" in capsys.readouterr().out


def test_a_reader_that_has_read_enough_is_no_error(vectors):
    # As `| head` does: the pipe's reading end is closed before anything is written.
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "w2v_core", "neighbors", str(vectors), "king"]
    done = subprocess.run(command, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_keeps_a_run_that_resumes_to_the_same_vectors(corpus, tmp_path):
    kept, output, straight = (tmp_path / name for name in ("kept.npz", "vectors.npz", "straight.npz"))
    settings = [*TRAIN, "--batch-tokens", "1", "--epochs", "20"]
    command = [sys.executable, "-m", "w2v_core", "train", str(corpus), *settings]
    command += ["--checkpoint", str(kept), "-o", str(output)]
    for _ in range(20):  # the signal must fall into the training, which lasts about a second
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as run:
            run.stderr.readline()  # the corpus is read
            time.sleep(0.2)
            run.send_signal(signal.SIGINT)
            said = run.stderr.read().decode()
            if run.wait() == 130:
                break
    assert "python -m w2v_core resume" in said
    assert not output.exists()
    assert main(["resume", str(kept), str(corpus), "--min-count", "1", "-o", str(output)]) == 0
    assert main(["train", str(corpus), *settings, "-o", str(straight)]) == 0
    np.testing.assert_array_equal(load_vectors(output).vectors, load_vectors(straight).vectors)
