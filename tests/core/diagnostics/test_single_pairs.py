"""One chosen pair, and the last step taken back."""

import numpy as np
import pytest

from tests.core.training.small import CORPUS, trainer
from w2v_core import Diverged, Problem, UnknownWord
from w2v_core.corpus import windows
from w2v_core.diagnostics import SinglePairs
from w2v_core.training.config import ARCHITECTURES, OBJECTIVES, OPTIMIZERS
from w2v_core.training.moves import History

STATES = [
    {"objective": objective, "architecture": architecture, "optimizer": optimizer}
    for objective in OBJECTIVES
    for architecture in ARCHITECTURES
    for optimizer in OPTIMIZERS
]


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch):
    """Make the stream advance often, as it does in a corpus of real size."""
    monkeypatch.setattr(windows, "SLAB", 40)


def everything(run):
    """Return all that decides how a run goes on."""
    return (
        {name: array.tobytes() for name, array in run._arrays().items()},
        run.steps,
        run.pairs,
        run._windows.position,
        run._noise_rng.bit_generator.state,
        run._windows._rng.bit_generator.state,
        run.finished,
    )


@pytest.mark.parametrize("changes", STATES, ids=str)
def test_step_undo_step_is_step_at_every_point_of_a_run(changes):
    run = trainer(subsample=0.05, epochs=2, **changes)
    while not run.finished:
        before = everything(run)
        record = run.step()
        after = everything(run)
        run.undo()
        assert everything(run) == before
        assert run.step() == record
        assert everything(run) == after


@pytest.mark.parametrize("changes", STATES, ids=str)
def test_a_single_pair_can_be_undone_and_done_again(changes):
    run = trainer(**changes)
    list(run.run(3))
    before = everything(run)
    record = SinglePairs(run).step_pair("king", "queen")
    after = everything(run)
    run.undo()
    assert everything(run) == before
    assert SinglePairs(run).step_pair("king", "queen") == record
    assert everything(run) == after
    assert (record.step, record.pairs) == (4, before[2] + 1)


def test_of_batches_only_the_last_can_be_undone():
    run = trainer()
    with pytest.raises(Problem) as refused:
        run.undo()
    assert refused.value.code == "nothing_to_undo"
    list(run.run(2))
    run.undo()
    assert run.steps == 1
    with pytest.raises(Problem):
        run.undo()


@pytest.mark.parametrize("changes", STATES, ids=str)
def test_all_pairs_since_the_last_batch_can_be_undone_one_by_one(changes):
    run = trainer(**changes)
    run.step()
    states = [everything(run)]
    for noise in (["dog"], ["cat", "the"], ["dog"]):
        SinglePairs(run).step_pair("king", "queen", noise)
        states.append(everything(run))
    while len(states) > 1:
        assert everything(run) == states.pop()
        run.undo()
    assert everything(run) == states.pop()
    run.undo()
    assert run.steps == 0
    with pytest.raises(Problem):
        run.undo()


def test_the_oldest_pairs_are_forgotten_where_they_take_too_much(monkeypatch):
    run = trainer(objective="softmax")
    move = 2 * (run.U.nbytes + run.W[0].nbytes)  # old and new
    monkeypatch.setattr(History, "MOST_BYTES", 2 * move)
    for _ in range(5):
        SinglePairs(run).step_pair("king", "queen")
    run.undo()
    run.undo()
    assert run.steps == 3
    with pytest.raises(Problem):
        run.undo()


@pytest.mark.parametrize("changes", STATES, ids=str)
def test_a_repeated_pair_is_as_many_single_ones_and_one_undo(changes):
    at_once, singly = trainer(learning_rate=0.3, **changes), trainer(learning_rate=0.3, **changes)
    for run in (at_once, singly):
        list(run.run(3))
        SinglePairs(run).step_pair("king", "queen", ["cat"])
    before = everything(at_once)
    told = SinglePairs(at_once).repeat_pair("king", "queen", ["dog", "cat"], 7, learning_rate=0.4)
    looks = []
    for _ in range(7):
        looks.append(SinglePairs(singly).examine("king", "queen", ["dog", "cat"]))
        assert (
            SinglePairs(singly).step_pair("king", "queen", ["dog", "cat"], learning_rate=0.4).learning_rate
            == 0.4
        )
    looks.append(SinglePairs(singly).examine("king", "queen", ["dog", "cat"]))
    assert everything(at_once) == everything(singly)
    np.testing.assert_allclose(told.losses, [look.loss for look in looks[:-1]], rtol=1e-4)
    found = [look.distribution[look.target] for look in looks]
    np.testing.assert_allclose(told.probabilities, found, rtol=1e-4)
    assert told.learning_rate == 0.4
    at_once.undo()
    assert everything(at_once) == before
    at_once.undo()  # the pair before it
    assert at_once.steps == 3


def test_repeating_raises_the_pairs_probability():
    for objective in OBJECTIVES:
        run = trainer(objective=objective)
        told = SinglePairs(run).repeat_pair("king", "queen", ["dog"], 30, learning_rate=0.3)
        assert told.probabilities[-1] > 2 * told.probabilities[0], objective
        king, queen = CORPUS.vocabulary.ids(["king", "queen"])
        if objective == "negative_sampling":
            assert told.sigmoids[0] == 0.5
            assert told.sigmoids[-1] == pytest.approx(1 / (1 + np.exp(-run.W[king] @ run.U[queen])), rel=1e-5)
        else:
            assert np.isnan(told.sigmoids).all()


@pytest.mark.parametrize(
    ("objective", "rate", "on_the_way"), [("softmax", 1e25, 0), ("softmax_with_negatives", 5.0, 1)]
)
def test_a_repetition_that_diverges_was_never_begun(objective, rate, on_the_way):
    run = trainer(objective=objective, max_row_update=None)
    list(run.run(2))
    for _ in range(on_the_way):  # so many times it goes well
        SinglePairs(run).step_pair("king", "queen", ["dog"], learning_rate=rate)
        run.undo()
    before = everything(run)
    with pytest.raises(Diverged):
        SinglePairs(run).repeat_pair("king", "queen", ["dog"], 1000, learning_rate=rate)
    assert everything(run) == before


def test_noise_can_be_drawn_with_a_generator_of_ones_own():
    run = trainer()
    before = everything(run)
    drawn = SinglePairs(run).draw_noise(np.random.default_rng(3))
    assert everything(run) == before
    np.testing.assert_array_equal(drawn, SinglePairs(run).draw_noise(np.random.default_rng(3)))
    assert len(drawn) == 3
    assert len(SinglePairs(trainer(objective="softmax")).draw_noise(np.random.default_rng(3))) == 0


def test_a_divergence_leaves_nothing_to_undo():
    run = trainer(objective="softmax", learning_rate=1e30, max_row_update=None)
    with pytest.raises(Diverged):
        list(run.run())
    with pytest.raises(Problem) as refused:
        run.undo()
    assert refused.value.code == "nothing_to_undo"


def test_a_new_rate_survives_an_undo():
    run = trainer()
    run.step()
    run.learning_rate = 0.5
    run.undo()
    assert run.learning_rate == 0.5


def test_a_single_pair_raises_its_own_score_and_leaves_the_batches_alone():
    run, untouched = trainer(learning_rate=0.2), trainer(learning_rate=0.2)
    king, queen, dog = CORPUS.vocabulary.ids(["king", "queen", "dog"])
    for _ in range(10):
        SinglePairs(run).step_pair("king", "queen", ["dog"])
    assert run.W[king] @ run.U[queen] > 0 > run.W[king] @ run.U[dog]
    assert run._windows.position == untouched._windows.position
    others = np.delete(np.arange(len(run.W)), king)
    np.testing.assert_array_equal(run.W[others], untouched.W[others])
    assert set(np.flatnonzero(run.U.any(axis=1))) == {queen, dog}


def test_words_may_be_given_by_id_and_noise_is_drawn_if_not_given():
    by_word, by_id, drawn = trainer(), trainer(), trainer()
    king, queen = CORPUS.vocabulary.ids(["king", "queen"])
    SinglePairs(by_word).step_pair("king", "queen", ["the", "the"])
    SinglePairs(by_id).step_pair(king, int(queen), [0, 0])
    np.testing.assert_array_equal(by_word.U, by_id.U)
    SinglePairs(drawn).step_pair("king", "queen")
    assert 1 < drawn.U.any(axis=1).sum() <= 1 + 3  # K draws, though batches share a pool of 64


def test_several_contexts_are_pairs_in_skip_gram_and_one_window_in_cbow():
    assert SinglePairs(trainer()).step_pair("king", ["the", "queen"]).pairs == 2
    run = trainer(architecture="cbow")
    assert SinglePairs(run).step_pair("king", ["the", "queen"], ["dog"]).pairs == 1
    assert set(np.flatnonzero(run.U.any(axis=1))) == set(CORPUS.vocabulary.ids(["king", "dog"]))


def test_unknown_words_are_refused_before_anything_moves():
    run = trainer()
    before = everything(run)
    with pytest.raises(UnknownWord):
        SinglePairs(run).step_pair("king", "kween")
    with pytest.raises(IndexError):
        SinglePairs(run).step_pair(0, -1)
    assert everything(run) == before


def test_a_finished_run_still_takes_single_pairs_at_its_last_rate():
    run = trainer(epochs=1)
    list(run.run())
    assert SinglePairs(run).step_pair("king", "queen").learning_rate == pytest.approx(
        run.config.final_learning_rate
    )
