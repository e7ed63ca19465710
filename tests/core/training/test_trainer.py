import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.training.small import CORPUS, trainer
from w2v_core import Corpus, Diverged, Problem
from w2v_core.training.config import ARCHITECTURES, OBJECTIVES, OPTIMIZERS


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"objective": "softmax"}, math.log(len(CORPUS.vocabulary))),
        ({"negatives": 3, "noise": "per_pair"}, 4 * math.log(2)),
        ({"negatives": 5, "noise": "shared", "noise_pool": 96}, 6 * math.log(2)),
        ({"negatives": 5, "architecture": "cbow"}, 6 * math.log(2)),
        ({"negatives": 2, "objective": "softmax_with_negatives"}, 3 * math.log(len(CORPUS.vocabulary))),
    ],
    ids=str,
)
def test_the_first_loss_is_known_exactly(changes, start):
    run = trainer(**changes)
    assert run.objective.start_value == pytest.approx(start)
    assert run.step().loss == pytest.approx(start, abs=1e-6)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_first_step_moves_only_u(objective, architecture, optimizer):
    run = trainer(objective=objective, architecture=architecture, optimizer=optimizer)
    before = run.W.copy()
    run.step()
    np.testing.assert_array_equal(run.W, before)
    assert run.U.any()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_from_zero_vectors_nothing_ever_moves(objective, architecture, optimizer):
    run = trainer(
        objective=objective, architecture=architecture, optimizer=optimizer, initial_vectors="zero", epochs=2
    )
    losses = [record.loss for record in run.run()]
    assert not run.W.any()
    assert not run.U.any()
    assert len(losses) > 5
    if objective != "hierarchical_softmax":  # there the start differs from word to word
        assert losses == pytest.approx([run.objective.start_value] * len(losses))


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_record_counts_the_rows_of_u_that_a_step_touched(objective):
    run = trainer(objective=objective, max_row_update=None)
    run.step()
    before = run.U.copy()
    record = run.step()
    moved = int((before != run.U).any(axis=1).sum())
    if objective in ("softmax", "softmax_with_negatives"):
        assert record.output_rows == len(run.U)
    else:
        assert moved <= record.output_rows <= len(run.U)
        assert moved >= 0.8 * record.output_rows  # a padding column, or one without a draw, need not move


def test_three_words_by_hand():
    # Pairs of "a b c" at window 1: (a,b) (b,a) (b,c) (c,b). All scores are 0, so every p is 1/3 and
    #     G = m p - C = [[1/3, -2/3, 1/3], [-1/3, 2/3, -1/3], [1/3, -2/3, 1/3]]    (rows and columns a, b, c)
    # With w_a = (1,0), w_b = (0,1), w_c = (1,1):  dU = G^T W = [(2/3,0), (-4/3,0), (2/3,0)], and dW = 0.
    run = trainer(
        Corpus.from_text("a b c"), objective="softmax", dim=2, window=1, dynamic_window=False,
        learning_rate=0.3, min_learning_rate=0.3, max_row_update=None, epochs=2,
    )  # fmt: skip
    run.W[:] = [[1, 0], [0, 1], [1, 1]]
    assert run.step().loss == pytest.approx(math.log(3))
    np.testing.assert_allclose(run.U, [[-0.2, 0], [0.4, 0], [-0.2, 0]], atol=1e-7)
    np.testing.assert_array_equal(run.W, [[1, 0], [0, 1], [1, 1]])
    # Now a and c score (-0.2, 0.4, -0.2) and b scores 0 everywhere:
    z = math.exp(-0.2) + math.exp(0.4) + math.exp(-0.2)
    assert run.step().loss == pytest.approx((2 * (math.log(z) - 0.4) + 2 * math.log(3)) / 4)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("noise", ["per_pair", "shared"])
def test_same_seed_same_run_bit_for_bit(objective, noise):
    first, second, other = (
        trainer(objective=objective, noise=noise, seed=seed, subsample=0.05) for seed in (7, 7, 8)
    )
    assert list(first.run()) == list(second.run())
    np.testing.assert_array_equal(first.W, second.W)
    np.testing.assert_array_equal(first.U, second.U)
    other.step()
    assert not np.array_equal(first.W, other.W)


@pytest.mark.parametrize("other", [objective for objective in OBJECTIVES if objective != "softmax"])
def test_runs_that_differ_in_the_objective_see_the_same_vectors_and_pairs(other):
    softmax, negative = (trainer(objective=objective, subsample=0.05) for objective in ("softmax", other))
    np.testing.assert_array_equal(softmax.W, negative.W)
    while not softmax.finished:
        softmax.step()  # its draws must not disturb the stream
        a = softmax._windows.next() if not softmax.finished else None
        negative.step()
        b = negative._windows.next() if not negative.finished else None
        assert (a is None) == (b is None)
        if a is not None:
            a, b = a.pairs(), b.pairs()
            np.testing.assert_array_equal(a.centers, b.centers)
            np.testing.assert_array_equal(a.contexts, b.contexts)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_training_lowers_the_loss(objective, architecture, optimizer):
    run = trainer(
        objective=objective, architecture=architecture, optimizer=optimizer, epochs=60, learning_rate=0.1
    )
    losses = [record.loss for record in run.run()]
    assert np.mean(losses[-10:]) < 0.8 * losses[0]


def test_records_count_steps_pairs_and_epochs_and_the_rate_falls():
    run = trainer()
    records = list(run.run())
    assert [record.step for record in records] == list(range(1, len(records) + 1))
    assert records[-1].pairs == run.pairs
    assert [r.pairs for r in records] == sorted(r.pairs for r in records)
    assert {record.epoch for record in records} == {1, 2, 3}
    assert records[0].learning_rate == 0.025
    rates = [record.learning_rate for record in records]
    assert rates == sorted(rates, reverse=True)


def test_run_takes_so_many_steps_and_then_goes_on():
    run = trainer()
    assert len(list(run.run(2))) == 2
    assert next(run.run()).step == 3
    assert list(run.run(0)) == []


def test_a_constant_schedule_keeps_the_rate():
    assert {record.learning_rate for record in trainer(schedule="constant").run()} == {0.025}


def test_dropped_hits_show_in_the_first_loss():
    run = trainer(noise_may_hit_target=False, noise="per_pair", batch_tokens=10**6)
    assert 0 < run.objective.start_value - run.step().loss + 0.05 < 0.1
    assert run.objective.start_value < 4 * math.log(2) - 0.05


def test_a_finished_run_says_so():
    run = trainer()
    for _ in run.run():
        pass
    assert run.finished
    with pytest.raises(Problem) as refused:
        run.step()
    assert refused.value.code == "finished"


def test_the_rate_can_be_changed_on_the_way():
    run = trainer()
    run.step()
    run.learning_rate = 0.5
    assert 0.45 < run.step().learning_rate <= 0.5
    with pytest.raises(Problem):
        run.learning_rate = -1


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_an_exploding_rate_stops_training_and_leaves_finite_vectors(objective):
    run = trainer(objective=objective, learning_rate=1e6, epochs=2000, max_row_update=None)
    with pytest.raises(Diverged) as stopped:
        for _ in run.run():
            pass
    assert stopped.value.details["step"] == run.steps
    assert np.isfinite(run.W).all()
    assert np.isfinite(run.U).all()


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_after_an_explosion_training_goes_on_at_a_lower_rate(objective):
    run = trainer(objective=objective, learning_rate=1e6, epochs=20, max_row_update=None)
    run.step()  # U has jumped, W has not
    run.learning_rate = 1e30
    with pytest.raises(Diverged):
        for _ in run.run():
            pass
    run.learning_rate = 1e-12
    assert math.isfinite(run.step().loss)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_bounded_rows_survive_any_rate(objective):
    run = trainer(objective=objective, learning_rate=1e6, epochs=100)
    assert all(record.loss < 5 * run.objective.start_value for record in run.run())


def test_a_diverged_run_keeps_the_vectors_of_its_last_finite_loss():
    run = trainer(objective="softmax", learning_rate=1e6, epochs=200, max_row_update=None)
    kept = [run.W.copy()]
    with pytest.raises(Diverged):
        kept += (run.W.copy() for _ in run.run())
    assert any(np.array_equal(run.W, W) for W in kept[-2:])


def test_a_snapshot_does_not_move_with_the_training():
    run = trainer()
    run.step()
    snapshot = run.snapshot()
    before = snapshot.vectors.copy()
    list(run.run(3))
    np.testing.assert_array_equal(snapshot.vectors, before)
    with pytest.raises(ValueError, match="read-only"):
        snapshot.vectors[0] = 0


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=9), min_size=1, max_size=9),
    st.sampled_from(OBJECTIVES),
    st.sampled_from(ARCHITECTURES),
    st.sampled_from(OPTIMIZERS),
    st.sampled_from(["per_pair", "shared"]),
    st.integers(1, 5),
    st.integers(1, 40),
    st.sampled_from([0.0, 0.05]),
)
def test_any_small_corpus_trains_with_finite_losses_or_is_refused(
    sentences, objective, architecture, optimizer, noise, window, batch_tokens, subsample
):
    refused = None
    try:
        run = trainer(
            Corpus.from_sentences(sentences), objective=objective, noise=noise, window=window, negatives=2,
            batch_tokens=batch_tokens, subsample=subsample, architecture=architecture, optimizer=optimizer,
        )  # fmt: skip
    except Problem as problem:
        refused = problem.code
    if refused:
        assert refused in {"one_word", "no_pairs"}
        return
    records = list(run.run())
    assert all(math.isfinite(record.loss) for record in records)
    assert np.isfinite(run.W).all()
