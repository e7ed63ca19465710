"""A run in a file goes on as if it had never been put there, and a file that is none is refused."""

import io

import numpy as np
import pytest

from app.files import run_file
from app.own_text import OwnText
from app.runs.live import LiveTraining
from app.samples import samples
from app.settings import DEFAULTS, configured, recommended
from app.state.session import load_corpus
from w2v_core import Problem
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


class Named(io.BytesIO):
    name = "my run.w2vlab"


def opened(content, source):
    saved = run_file.read(Named(content))
    config = configured({name: saved.settings[name] for name in DEFAULTS})
    corpus = saved.own.corpus if saved.own else load_corpus(saved.settings["corpus"])
    categories = [category.words for category in source.categories]
    return LiveTraining.resume(corpus, config, categories, saved.facts, saved.arrays), saved


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
        own = run_file.read(Named(content)).own
        assert (own is not None) == inside
        assert ("北京".encode() in content) == inside
    own = run_file.read(Named(run_file.write(*started(OWN, 3), OWN))).own
    assert (own.title, own.language) == (TITLE, OWN.language)
    assert own.corpus.fingerprint == OWN.corpus.fingerprint
    np.testing.assert_array_equal(own.corpus.vocabulary.counts, OWN.corpus.vocabulary.counts)


def refused(content, source=OWN):
    with pytest.raises(Problem) as found, checkpoint.refusing_damage(Named(b"")):
        opened(content, source)
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
            with checkpoint.refusing_damage(Named(b"")):
                resumed, _ = opened(bytes(damaged), OWN)
        except Problem as problem:
            found += problem.code == "checkpoint_damaged"
        else:
            assert_same(resumed, run)
    assert found > 0.9 * len(places)


def rewritten(content, change):
    facts, arrays = checkpoint.unpack(content)
    change(facts, arrays)
    file = io.BytesIO()
    checkpoint.pack(file, facts, arrays)
    return file.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda facts, _: facts.update(kind="a tale"),
        lambda facts, _: facts.pop("version"),
        lambda facts, _: facts["settings"].update(dim=9),  # the vectors have eight
        lambda facts, _: facts["settings"].update(seed=99),  # not the run's own
        lambda facts, _: facts.update(last={"step": "one"}),
        lambda facts, _: facts.update(first_loss="high"),
        lambda facts, _: facts.update(interval=0),
        lambda facts, _: facts.update(moments=[]),
        lambda facts, _: facts["curve"].update(block=0),
        lambda facts, _: facts.update(own={}),
        lambda _, arrays: arrays.update(curve=arrays["curve"][:2]),
        lambda _, arrays: arrays.update(curve=-arrays["curve"]),
        lambda _, arrays: arrays.update(frames=arrays["frames"][:, :-1]),
        lambda _, arrays: arrays.update(frames=arrays["frames"].astype(float)),
        lambda _, arrays: arrays.update(map=arrays["map"] * np.float32(np.nan)),
        lambda _, arrays: arrays.update(map=arrays["map"][1:]),
        lambda _, arrays: arrays.update(ids=arrays["ids"] + np.int32(1)),
        lambda _, arrays: arrays.update(ids=arrays["ids"][::-1]),
        lambda _, arrays: arrays.update(ids=arrays["ids"].astype(float)),
        lambda _, arrays: arrays.update(starts=arrays["starts"][:-1]),
        lambda _, arrays: arrays.update(starts=arrays["starts"][::-1]),
        lambda _, arrays: arrays.update(word_ends=arrays["word_ends"] * 0),
        lambda _, arrays: arrays.pop("words"),
        lambda _, arrays: arrays.pop("training"),
        lambda _, arrays: arrays.update(training=arrays["training"][:-1]),
    ],
)
def test_a_file_that_does_not_add_up_is_refused(change):
    content = rewritten(run_file.write(*started(OWN, 5), OWN), change)
    assert refused(content).code in ("checkpoint_damaged", "checkpoint_corpus")


def test_files_of_another_version_or_another_corpus_say_so():
    content = run_file.write(*started(OWN, 1), OWN)
    problem = refused(rewritten(content, lambda facts, _: facts.update(version=2)))
    assert (problem.code, problem.details["version"]) == ("checkpoint_version", 2)
    court = run_file.write(*started(COURT, 1), COURT)
    other = rewritten(court, lambda facts, _: facts["settings"].update(corpus="royal_court_zh"))
    assert refused(other, samples()["royal_court_zh"]).code == "checkpoint_corpus"
