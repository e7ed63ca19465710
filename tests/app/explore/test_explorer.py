"""What the Explore page looks at, its maps and the thread that forms them, without Streamlit."""

import threading
import time

import numpy as np
import pytest

from app.background import playing, tsne_run
from app.background.layouts import Layouts, MapWish
from app.background.live import LiveTraining
from app.background.tsne_run import TsneRun
from app.background.turnstile import TURNSTILE
from app.screens.explore.explorer import Explorer
from app.screens.explore.panel_state import PanelState, updated, word_pairs
from w2v_core import Corpus, Problem, TrainingConfig
from w2v_core.vectors.tsne import TSNE

CORPUS = Corpus.from_text("\n".join(f"w{i % 19} w{i % 7} w{i % 5} w{i % 23} w{i % 4}" for i in range(400)))
CONFIG = TrainingConfig(dim=8, window=2, batch_tokens=16, epochs=4, subsample=0.0)
VECTORS = np.random.default_rng(1).normal(size=(60, 8)).astype(np.float32)


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("man woman, king queen", (("man", "woman"), ("king", "queen"))),
        ("男人 女人，国王→王后", (("男人", "女人"), ("国王", "王后"))),
        (" man > woman ;\n", (("man", "woman"),)),
        ("left-hand right-hand", (("left-hand", "right-hand"),)),
        ("", ()),
    ],
)
def test_pairs_as_one_types_them(typed, pairs):
    assert word_pairs(typed) == pairs


@pytest.mark.parametrize("typed", ["man", "man woman king", "man woman, king"])
def test_what_is_no_pair_is_named(typed):
    with pytest.raises(Problem) as caught:
        word_pairs(typed)
    assert caught.value.code == "bad_pair"
    assert caught.value.details["text"] in typed


@pytest.mark.parametrize(
    ("verb", "value"),
    [("word", "nobody"), ("metric", "nearness"), ("tab", "none"), ("format", "c:"), ("k", 10)],
)
def test_nonsense_changes_nothing_but_is_counted(verb, value):
    assert updated(PanelState(), CORPUS.vocabulary, verb, value) == PanelState(asked=1)


def test_a_word_is_chosen_as_the_text_writes_it():
    vocabulary = Corpus.from_text("caf\u00e9 tea", min_count=1).vocabulary
    assert updated(PanelState(), vocabulary, "word", "cafe\u0301").word == "caf\u00e9"


def test_components_do_not_flip_while_vectors_learn():
    run = LiveTraining(CORPUS, CONFIG)
    explorer = Explorer(run, [], PanelState())
    run.step(5)
    explorer.follow()
    before = explorer.layout().points
    for _ in range(20):
        run.step()
        explorer.follow()
        points = explorer.layout().points
        assert (np.sum(before * points, axis=0) > 0).all()
        before = points


def test_a_map_is_judged_in_the_background():
    run = LiveTraining(CORPUS, CONFIG)
    explorer = Explorer(run, [], PanelState())
    layout = explorer.layout()
    wait_for(lambda: explorer.fidelity(layout) is not None)
    assert explorer.fidelity(layout).overlap.shape == (len(CORPUS.vocabulary),)
    assert not explorer.layouts.judging


def test_a_formed_map_is_the_bare_one():
    live = TsneRun(lambda: TSNE(VECTORS), np.zeros((60, 2), dtype=np.float32))
    assert live.frame.version == 0
    live.start()
    wait_for(lambda: live.frame.finished)
    bare = TSNE(VECTORS)
    bare.step(bare.iterations)
    np.testing.assert_allclose(live.frame.points, bare.points, rtol=1e-4)
    assert live.frame.iteration == bare.iterations
    live.start()  # nothing is left to do
    assert not live.running


def test_a_map_that_nobody_watches_stops(monkeypatch):
    monkeypatch.setattr(playing, "LEASE_SECONDS", 0.0)
    live = TsneRun(lambda: TSNE(VECTORS), np.zeros((60, 2), dtype=np.float32))
    live.start()
    wait_for(lambda: not live.running)
    assert not live.frame.finished


def test_an_error_in_the_thread_is_told():
    live = TsneRun(lambda: 1 / 0, np.zeros((60, 2), dtype=np.float32))
    live.start()
    wait_for(lambda: live.frame.problem)
    assert live.frame.problem.code == "internal"
    assert live.frame.finished


def test_a_new_map_stops_the_one_before():
    embeddings = LiveTraining(CORPUS, CONFIG).progress.embeddings
    layouts, ids = Layouts(), np.arange(len(CORPUS.vocabulary))
    layouts.layout(MapWish("tsne"), embeddings, 0, ids)
    first = layouts.tsne
    layouts.layout(MapWish("tsne", seed=2), embeddings, 0, ids)
    assert not first.running
    layouts.tsne.pause()


def test_others_train_while_neighborhoods_are_measured():
    measuring, trained = threading.Event(), threading.Event()

    def make():
        measuring.set()
        assert trained.wait(20)
        return TSNE(VECTORS, seed=1)

    run = TsneRun(make, np.zeros((60, 2), dtype=np.float32))
    run.start()
    assert measuring.wait(20)
    with TURNSTILE:
        trained.set()
    wait_for(lambda: run.frame.iteration > 0)
    run.pause()


def test_a_map_that_is_not_wanted_any_more_is_not_measured():
    made = []
    with tsne_run.MEASURING:  # somebody else's turn
        run = TsneRun(lambda: made.append(1), np.zeros((60, 2), dtype=np.float32))
        run.start()
        run.close()
    run.pause()
    assert not made
    assert not run.frame.finished
