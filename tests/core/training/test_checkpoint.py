import io
import json
import zipfile

import numpy as np
import pytest

from tests.core.training.small import CORPUS, SENTENCES, trainer
from w2v_core import Corpus, Problem, Trainer
from w2v_core.corpus import windows
from w2v_core.diagnostics import SinglePairs
from w2v_core.training import checkpoint
from w2v_core.training.config import OBJECTIVES, OPTIMIZERS


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch):
    monkeypatch.setattr(windows, "SLAB", 60)


def saved(run):
    file = io.BytesIO()
    run.save(file)
    return file.getvalue()


def load(content, corpus=CORPUS):
    return Trainer.load(io.BytesIO(content), corpus)


def rewritten(content, change_facts=lambda facts: facts, **arrays):
    """Return the file with other facts and arrays; its checksums are right."""
    with np.load(io.BytesIO(content)) as archive:
        parts = {name: archive[name] for name in archive.files}
    facts = change_facts(json.loads(parts.pop("run").tobytes()))
    parts |= arrays
    file = io.BytesIO()
    np.savez(file, run=np.frombuffer(json.dumps(facts).encode(), np.uint8), **parts)
    return file.getvalue()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("architecture", ["skip_gram", "cbow"])
def test_a_resumed_run_equals_an_uninterrupted_one_bit_for_bit(objective, architecture, optimizer):
    changes = {"objective": objective, "architecture": architecture, "optimizer": optimizer}
    whole = trainer(subsample=0.05, epochs=2, **changes)
    states, records = [saved(whole)], []
    while not whole.finished:  # cut after every step: within stretches, at their ends and at epochs' ends
        records.append(whole.step())
        states.append(saved(whole))
    for cut in {0, 1, 2, len(states) // 2, len(states) // 2 + 1, len(states) - 2, len(states) - 1}:
        resumed = load(states[cut])
        assert (resumed.steps, resumed.finished) == (cut, cut == len(records))
        assert list(resumed.run()) == records[cut:]
        np.testing.assert_array_equal(resumed.W, whole.W)
        np.testing.assert_array_equal(resumed.U, whole.U)
        assert saved(resumed) == states[-1]


def test_every_cut_of_a_run_resumes():
    whole = trainer(subsample=0.05, batch_tokens=7)
    states = [saved(whole)]
    for _ in whole.run():
        states.append(saved(whole))
    for state in states:
        resumed = load(state)
        list(resumed.run())
        assert saved(resumed) == states[-1]


def test_a_changed_rate_and_single_pairs_are_kept():
    whole = trainer(optimizer="adagrad")
    list(whole.run(2))
    whole.learning_rate = 0.3
    SinglePairs(whole).step_pair("king", "queen")
    resumed = load(saved(whole))
    assert resumed.learning_rate == 0.3
    assert list(resumed.run()) == list(whole.run())
    np.testing.assert_array_equal(resumed.W, whole.W)


def test_a_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    run, path = trainer(), tmp_path / "run.npz"
    run.save(path)
    before = path.read_bytes()
    run.step()

    def full_disk(file, **arrays):
        file.write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(checkpoint.np, "savez", full_disk)
    with pytest.raises(OSError, match="no space"):
        run.save(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["run.npz"]
    assert Trainer.load(path, CORPUS).steps == 0


def test_another_corpus_is_refused():
    other = Corpus.from_text("\n".join([*SENTENCES, "the end of the land"]))
    with pytest.raises(Problem) as refused:
        load(saved(trainer()), other)
    assert refused.value.code == "checkpoint_corpus"
    assert load(saved(trainer()), Corpus.from_text("\n".join(SENTENCES))).steps == 0  # equal is the same


def test_another_version_is_refused():
    with pytest.raises(Problem) as refused:
        load(rewritten(saved(trainer()), lambda facts: facts | {"version": 2}))
    assert refused.value.code == "checkpoint_version"
    assert refused.value.details == {"name": "data", "version": 2, "expected": 1}


def test_a_cut_off_file_is_refused_wherever_it_is_cut():
    content = saved(trainer(optimizer="adagrad"))
    for length in [0, 1, 100, *range(200, len(content), 511), len(content) - 1]:
        with pytest.raises(Problem) as refused:
            load(content[:length])
        assert refused.value.code == "checkpoint_damaged"


def test_a_flipped_byte_is_refused_or_harmless():
    run = trainer()
    list(run.run(2))
    content, refused = saved(run), 0
    places = range(0, len(content), 37)
    for place in places:
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        try:
            loaded = load(bytes(damaged))
        except Problem as problem:
            refused += problem.code == "checkpoint_damaged"
        else:  # a byte that says nothing, such as a time stamp of the archive
            assert saved(loaded) == content
    assert refused > 0.9 * len(places)


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: facts | {"config": {"dim": 6}},  # the arrays no longer fit
        lambda facts: facts | {"config": facts["config"] | {"dim": -6}},
        lambda facts: facts | {"config": facts["config"] | {"colour": "red"}},
        lambda facts: facts | {"position": facts["position"] | {"taken": 10**6}},
        lambda facts: facts | {"position": facts["position"] | {"taken": -1}},
        lambda facts: facts | {"position": facts["position"] | {"epoch": 9}},
        lambda facts: facts | {"position": facts["position"] | {"start": 10**9}},
        lambda facts: facts | {"position": facts["position"] | {"start": "0"}},
        lambda facts: facts | {"position": facts["position"] | {"random_state": {}}},
        lambda facts: facts | {"noise_state": {"bit_generator": "MT19937"}},
        lambda facts: facts | {"noise_state": None},
        lambda facts: facts | {"steps": "many"},
        lambda facts: facts | {"steps": -1},
        lambda facts: {name: value for name, value in facts.items() if name != "pairs"},
        lambda facts: {name: value for name, value in facts.items() if name != "version"},
        lambda facts: [facts],
    ],
)
def test_facts_that_do_not_add_up_are_refused(change):
    run = trainer(dim=7)
    run.step()
    with pytest.raises(Problem) as refused:
        load(rewritten(saved(run), change))
    assert refused.value.code == "checkpoint_damaged"


def test_arrays_that_do_not_add_up_are_refused():
    content = saved(trainer())
    W = trainer().W
    for arrays in (
        {"W": W[:-1]},
        {"W": W.astype(np.float64)},
        {"W": np.full_like(W, np.nan)},
        {"W_sums": np.zeros(len(W))},  # plain descent remembers nothing
        {"W": np.array([{}], dtype=object)},  # would need pickle
    ):
        with pytest.raises(Problem) as refused:
            load(rewritten(content, **arrays))
        assert refused.value.code == "checkpoint_damaged"


def test_packed_archives_and_other_files_are_refused(tmp_path):
    packed = io.BytesIO()
    np.savez_compressed(packed, W=np.zeros(10**6))
    for content in (packed.getvalue(), b"not an archive", SENTENCES[0].encode()):
        with pytest.raises(Problem) as refused:
            load(content)
        assert refused.value.code == "checkpoint_damaged"
    path = tmp_path / "notes.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "hello")
    with pytest.raises(Problem, match=r"notes\.npz is not a saved run"):
        Trainer.load(path, CORPUS)
    with pytest.raises(FileNotFoundError):
        Trainer.load(tmp_path / "nothing.npz", CORPUS)
