"""A run in a file goes on as if it had never been put there, and a file that is none is refused."""

import io
import pickle
import zipfile

import numpy as np
import pytest

from app.background import memory_quota
from app.background.live import LiveTraining
from app.files import run_file
from app.own_text import OwnText
from app.samples import samples
from app.session.session import load_corpus
from app.settings import DEFAULTS, configured, recommended
from tests.app.run_files import Named, rewritten
from w2v_core import Problem, limits
from w2v_core.sources import TextOptions, read_pasted
from w2v_core.training import checkpoint

COURT = samples()["royal_court_en"]
TITLE = {"en": "Mine =1+1", "zh": "我的"}
OWN = OwnText.of(
    "own-7",
    read_pasted(
        "\n".join(f"w{i % 9} w{i % 7} 北京 {i % 5} w{i % 4}." for i in range(200)), TextOptions(min_count=1)
    ),
    TITLE,
    TITLE,
    TITLE,
)


def started(source, steps, **changes):
    """Return a run of a source and its settings, some steps on."""
    settings = {"corpus": source.id} | recommended(source) | {"dim": 8, "epochs": 2} | changes
    corpus = source.corpus if source is OWN else load_corpus(source.id)
    categories = [category.words for category in source.categories]
    run = LiveTraining(corpus, configured({name: settings[name] for name in DEFAULTS}), categories)
    run.step(steps)
    return run, settings


def opened(content, source, **options):
    saved = run_file.SavedRun(Named(content))
    corpus = None if saved.title else load_corpus(saved.settings["corpus"])
    categories = [category.words for category in source.categories]
    return saved.load(corpus, categories, **options), saved


def finish(run):
    while not run.progress.finished:
        run.step(50)
    return run


def assert_same(a, b):
    for name in ("steps", "pairs", "rows", "loss", "smooth"):
        np.testing.assert_array_equal(getattr(a.progress.curve, name), getattr(b.progress.curve, name))
    np.testing.assert_array_equal(a.progress.embeddings.vectors, b.progress.embeddings.vectors)
    np.testing.assert_array_equal(a.progress.embeddings.output_vectors, b.progress.embeddings.output_vectors)
    np.testing.assert_array_equal(a.progress.frame.xy, b.progress.frame.xy)
    assert [frame.step for frame in a.timeline.frames] == [frame.step for frame in b.timeline.frames]
    for one, other in zip(a.timeline.frames, b.timeline.frames, strict=True):
        np.testing.assert_array_equal(one.fixed, other.fixed)
    assert (a.progress.last, a.progress.first_loss) == (b.progress.last, b.progress.first_loss)


@pytest.mark.parametrize("source", [COURT, OWN], ids=["sample", "own"])
@pytest.mark.parametrize("steps", [0, 1, 45])
def test_a_run_goes_on_bit_for_bit(source, steps):
    whole, settings = started(source, steps)
    resumed, saved = opened(run_file.write(whole, settings, source), source)
    assert saved.settings == settings
    assert_same(resumed, whole)
    assert_same(finish(resumed), finish(whole))


@pytest.mark.parametrize("objective", ["softmax", "hierarchical_softmax"])
def test_other_losses_go_on_too_and_a_changed_rate_stays(objective):
    whole, settings = started(COURT, 30, objective=objective)
    whole.set_learning_rate(0.01)
    resumed, _ = opened(run_file.write(whole, settings, COURT), COURT)
    assert resumed.learning_rate == 0.01
    assert_same(finish(resumed), finish(whole))


def test_a_run_that_plays_is_saved_as_it_is_at_that_moment():
    run, settings = started(COURT, 0, epochs=10_000)
    run.start()
    try:
        resumed, _ = opened(run_file.write(run, settings, COURT), COURT)
    finally:
        run.pause()
    alone, _ = started(COURT, resumed.progress.step, epochs=10_000)
    np.testing.assert_array_equal(resumed.progress.embeddings.vectors, alone.progress.embeddings.vectors)


def test_an_own_text_is_in_the_file_and_a_sample_is_not():
    for source, inside in ((OWN, True), (COURT, False)):
        content = run_file.write(*started(source, 3), source)
        saved = run_file.SavedRun(Named(content))
        assert (saved.title is not None) == inside
        assert ("北京".encode() in content) == inside
    run, saved = opened(run_file.write(*started(OWN, 3), OWN), OWN)
    assert (saved.title, saved.language) == (TITLE, OWN.language)
    assert run.corpus.fingerprint == OWN.corpus.fingerprint
    np.testing.assert_array_equal(run.corpus.vocabulary.counts, OWN.corpus.vocabulary.counts)


def refused(content, source=OWN):
    with pytest.raises(Problem) as found:
        opened(content, source)
    assert found.value.details.get("name", "my run.w2vlab") == "my run.w2vlab"
    return found.value


def test_a_file_that_is_cut_off_is_refused_wherever_it_is_cut():
    content = run_file.write(*started(OWN, 5), OWN)
    for length in [0, 3, 200, *range(1000, len(content), 4999), len(content) - 1]:
        problem = refused(content[:length])
        assert (problem.code, problem.details) == ("checkpoint_damaged", {"name": "my run.w2vlab"})


def test_a_flipped_byte_is_refused_or_harmless():
    run, settings = started(OWN, 5)
    content, found = run_file.write(run, settings, OWN), 0
    places = range(0, len(content), 1013)
    for place in places:
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        try:
            resumed, _ = opened(bytes(damaged), OWN)
        except Problem as problem:
            found += problem.code == "checkpoint_damaged"
        else:
            assert_same(resumed, run)
    assert found > 0.9 * len(places)


def put(*path, value):
    """Return a change of a run file's facts at some path."""

    def change(facts, _):
        for name in path[:-1]:
            facts = facts[name]
        facts[path[-1]] = value

    return change


HUGE = 10**30
DEEP = [[]]
for _ in range(100):
    DEEP = [DEEP]
OTHER = [None, True, "abc", 5, -1, 1.5, HUGE, float("nan"), float("inf"), [], {}, DEEP]

# What each fact is never: values of other types, and some of the right type that nothing leads to.
WRONG_FACTS = {
    ("kind",): ["a tale", None, 5, ["word2vec-lab run"]],
    ("version",): [None, True, "1", -1, 1.5, [1]],
    ("settings",): OTHER,
    ("settings", "corpus"): [None, True, 5, ["royal_court_en"], "\ud800", "x" * 10**5],
    ("settings", "dim"): [9, *(value for value in OTHER if value != 5), "8"],
    ("settings", "seed"): [99, "abc", True, -1, HUGE],
    ("settings", "bounded"): [None, "yes", 1, 0, []],
    ("settings", "learning_rate"): [True, "0.05", 0.07, None, float("nan"), -0.05, [0.05]],
    ("settings", "subsample"): [False, "0", 0.5, None],
    ("settings", "batch_tokens"): [True, 3, None, "0"],
    ("settings", "objective"): ["guessing", None, ["softmax"], 5],
    ("settings", "colour"): ["red"],
    ("own",): [True, "abc", 5, [], {}, {"title": []}, {"title": {"en": "a"}, "language": "en"}],
    ("own", "title"): [None, [], "abc", {}, {"en": 5, "zh": "b"}, {"en": "\ud800", "zh": "b"}],
    ("own", "language"): [None, 5, ["en"], {}],
    ("curve",): OTHER,
    ("curve", "block"): [0, True, 1.5, "1", None, HUGE],
    ("curve", "steps"): [-1, True, None, HUGE],
    ("curve", "average"): [True, None, "1", float("nan"), float("inf"), HUGE],
    ("first_loss",): ["high", None, True, float("nan"), float("-inf"), HUGE, [1.0]],
    ("last",): [True, "abc", 5, [], {}, {"step": "one"}, DEEP],
    ("last", "step"): [None, True, "one", -1, 1.5, HUGE],
    ("last", "epoch"): [3],
    ("last", "loss"): [None, True, "low", float("nan")],
    ("moments",): [
        None,
        True,
        5,
        "abc",
        [],
        {},
        [5],
        [[1]],
        [[1, 2, 3]],
        [[0, 0], [1, "a"]],
        [[0, 0]] * 10**4,
    ],
    ("interval",): [0, -1, True, None, "1", 1.5, HUGE],
    ("more",): ["than there is"],
}


@pytest.fixture(scope="module")
def content():
    return run_file.write(*started(OWN, 5), OWN)


@pytest.mark.parametrize("path", WRONG_FACTS, ids=".".join)
def test_facts_of_another_form_are_refused(path, content):
    for value in WRONG_FACTS[path]:
        problem = refused(rewritten(content, put(*path, value=value)))
        assert problem.code == "checkpoint_damaged", value


@pytest.mark.parametrize(
    "path", [path for path in WRONG_FACTS if path not in (("settings", "colour"), ("more",))]
)
def test_facts_that_are_missing_are_refused(path, content):
    def change(facts, _):
        for name in path[:-1]:
            facts = facts[name]
        del facts[path[-1]]

    with pytest.raises((Problem, KeyError)):  # without its version the helper cannot write it
        opened(rewritten(content, change), OWN)


@pytest.mark.parametrize("facts", [None, True, 5, "abc", [], ["version"], {"version": 1}])
def test_facts_that_are_none_at_all_are_refused(facts, content):
    saved = checkpoint.opened(Named(content), run_file.VERSION)[1]
    file = io.BytesIO()
    checkpoint.pack(file, facts, {name: saved.read(name) for name in saved.names if name != "run"})
    assert refused(file.getvalue()).code == "checkpoint_damaged"


@pytest.mark.parametrize(
    "text", [b"", b"{", b"\xff", b"[" * 10**5, b'{"version": ' + b"9" * 5000 + b"}", b"null"]
)
def test_facts_that_are_no_json_are_refused(text):
    file = io.BytesIO()
    np.savez(file, run=np.frombuffer(text, dtype=np.uint8))
    assert refused(file.getvalue()).code == "checkpoint_damaged"


ARRAYS = ("run", "training", "curve", "frames", "map", "words", "word_ends", "ids", "starts")


def archive(content, **members):
    """Return a run file with other members as they are given: bytes of any kind, or none."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in [*ARRAYS, *(members.keys() - set(ARRAYS))]:
            part = members[name] if name in members else old.read(f"{name}.npy")
            if part is not None:
                new.writestr(f"{name}.npy", part)
    return file.getvalue()


@pytest.mark.parametrize("name", ARRAYS)
def test_members_that_are_no_arrays_are_refused(name, content):
    opened(archive(content), OWN)
    pickled = io.BytesIO()
    np.save(pickled, np.array([{}], dtype=object))
    header = b"\x93NUMPY\x01\x00\x10\x27" + b"{'descr': '<f4', 'fortran_order': False, 'shape': (%b1,), }\n"
    for part in (None, b"", b"no array", pickled.getvalue(), pickle.dumps([1]), header % (b"-" * 9000)):
        assert refused(archive(content, **{name: part})).code == "checkpoint_damaged"
    with zipfile.ZipFile(io.BytesIO(content)) as old:  # without the ending that an array has
        whole = old.read(f"{name}.npy")
    moved = archive(content, **{name: None, "more": whole})
    assert refused(moved).code == "checkpoint_damaged"


def code(content):
    """Return why a file is refused; None where it is not."""
    try:
        opened(content, OWN)
    except Problem as problem:
        return problem.code
    return None


@pytest.mark.parametrize("name", ARRAYS[1:])
def test_arrays_of_any_other_shape_or_type_are_refused(name, content):
    def changed(change):
        return code(rewritten(content, lambda _, arrays: arrays.update({name: change(arrays[name])})))

    assert changed(np.copy) is None
    kinds = ("f2", "c8", "U3", "?", ">i8")
    shapes = (lambda a: a[None], lambda a: a[:0], lambda a: a[:-1], lambda a: np.array(5))
    for change in (*shapes, *(lambda a, kind=kind: a.astype(kind) for kind in kinds)):
        assert changed(change) == "checkpoint_damaged"
    refusals = {None, "checkpoint_damaged", "checkpoint_corpus"}  # some snapshots may have been so
    assert {changed(lambda a, value=value: np.full_like(a, value)) for value in (0, 1, 99)} <= refusals


@pytest.mark.parametrize(
    "change",
    [
        lambda _, arrays: arrays.update(curve=-arrays["curve"]),
        lambda _, arrays: arrays.update(curve=arrays["curve"] * 1e300),
        lambda _, arrays: arrays.update(frames=arrays["frames"][:, :-1]),
        lambda _, arrays: arrays.update(map=arrays["map"] * np.float32(np.nan)),
        lambda _, arrays: arrays.update(map=arrays["map"] + np.float32(1e30)),
        lambda _, arrays: arrays.update(ids=arrays["ids"] + np.int32(1)),
        lambda _, arrays: arrays.update(ids=arrays["ids"][::-1]),
        lambda _, arrays: arrays.update(starts=arrays["starts"][::-1]),
        lambda _, arrays: arrays.update(starts=arrays["starts"][:0]),
        lambda _, arrays: arrays.update(word_ends=arrays["word_ends"] * 0),
        lambda _, arrays: arrays.update(word_ends=arrays["word_ends"] * 0 + len(arrays["words"])),
        lambda _, arrays: arrays.update(words=arrays["words"] * 0 + 255),
        lambda _, arrays: arrays.update(more=np.zeros(3)),
        lambda facts, arrays: arrays.update({f"more{i}": np.zeros(3) for i in range(99)}),
    ],
)
def test_a_file_that_does_not_add_up_is_refused(change, content):
    assert refused(rewritten(content, change)).code in ("checkpoint_damaged", "checkpoint_corpus")


def test_members_twice_are_refused(content):
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        twice = archive(content, mbp=old.read("map.npy")).replace(b"mbp.npy", b"map.npy")
    assert refused(twice).code == "checkpoint_damaged"


def test_nothing_is_built_for_a_file_that_is_refused(content, monkeypatch):
    """The limits and the trainer's own arrays are looked at before the text, the trainer and its vectors are made."""

    def never(*_, **__):
        raise AssertionError("built")

    for name in ("Corpus", "Vocabulary"):
        monkeypatch.setattr(run_file, name, never)
    monkeypatch.setattr(LiveTraining, "resume", never)
    training = run_file.write(*started(OWN, 5, dim=9), OWN)
    with zipfile.ZipFile(io.BytesIO(training)) as other:
        mixed = archive(content, training=other.read("training.npy"))
    assert refused(mixed).code == "checkpoint_damaged"
    monkeypatch.setattr(limits, "APP_RUN_BYTES", memory_quota.run_bytes(OWN.vocabulary, 8) - 1)
    problem = refused(content)
    assert (problem.code, problem.details["words"], problem.details["dim"]) == (
        "run_too_big",
        OWN.vocabulary,
        8,
    )
    monkeypatch.setattr(limits, "APP_RUN_FILE", len(content) - 1)
    assert refused(content).code == "checkpoint_damaged"


def test_a_word_is_bounded(content, monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_VECTOR_WORD", len("北京".encode()) - 1)
    assert refused(content).code == "checkpoint_damaged"


def test_opening_tells_how_far_it_is_and_can_be_stopped(content):
    told = []
    opened(content, OWN, told=told.append)
    assert 0.7 * len(content) < sum(told) < len(content)

    def stop(_):
        raise Problem("cancelled", "Stopped.")

    with pytest.raises(Problem, match="Stopped"):
        opened(content, OWN, told=stop)


def test_files_of_another_version_or_another_corpus_say_so():
    content = run_file.write(*started(OWN, 1), OWN)
    problem = refused(rewritten(content, lambda facts, _: facts.update(version=2)))
    assert (problem.code, problem.details["version"]) == ("checkpoint_version", 2)
    court = run_file.write(*started(COURT, 1), COURT)
    other = rewritten(court, lambda facts, _: facts["settings"].update(corpus="royal_court_zh"))
    assert refused(other, samples()["royal_court_zh"]).code == "checkpoint_corpus"


def test_how_a_run_came_to_be_is_in_its_file_and_unknown_where_it_is_not():
    run, settings = started(COURT, 3)
    run.set_learning_rate(0.01)
    run.step(2)
    run.apply(0, 1, [2], 1)
    run.set_learning_rate(0.02)
    content = run_file.write(run, settings, COURT)
    resumed, _ = opened(content, COURT)
    assert resumed.made() == run.made()
    assert resumed.made().rates == [(3, 0.01), (6, 0.02)]
    old, _ = opened(rewritten(content, lambda facts, _: facts.pop("log") and None), COURT)
    assert not old.made().complete
    for log in (None, {}, {**run.made().saved, "applied": -1}, {**run.made().saved, "rates": [[1, "a"]]}):
        damaged = rewritten(content, lambda facts, _, log=log: facts.update(log=log))
        with pytest.raises(Problem) as found:
            opened(damaged, COURT)
        assert found.value.code == "checkpoint_damaged"
