"""Training again comes to the same losses, and to others where something else was said."""

import dataclasses

import numpy as np
import pytest

from w2v_core import Corpus, Diverged, Problem, Trainer, TrainingConfig
from w2v_core.handin import HandIn, check, recomputed
from w2v_core.training.config import OBJECTIVES

CORPUS = Corpus.from_text("\n".join(f"w{i % 9} w{i % 7} w{i % 5} w{i % 11} w{i % 4}" for i in range(300)))
CONFIG = TrainingConfig(dim=8, window=2, batch_tokens=16, epochs=2, subsample=0.0, learning_rate=0.05)
AT = (1, 2, 5, 10, 20, 50, 100)


def made(config=CONFIG, steps=100, rates=(), begin=lambda trainer: None):
    """Return the code of a run that was made so."""
    trainer, losses = Trainer(CORPUS, config), []
    begin(trainer)
    while trainer.steps < steps:
        if trainer.steps in dict(rates):
            trainer.learning_rate = dict(rates)[trainer.steps]
        try:
            record = trainer.step()
        except Diverged:
            break
        if record.step in AT:
            losses.append((record.step, record.loss))
    if losses[-1][0] != trainer.steps:
        losses.append((trainer.steps, record.loss))
    return HandIn(
        corpus="x",
        fingerprint=CORPUS.fingerprint,
        config=config,
        steps=trainer.steps,
        rates=list(rates),
        losses=losses,
    )


def reordered(trainer):
    """The same vectors, whose products are summed up in another order: what another BLAS does."""
    trainer.W[:] = trainer.W[:, ::-1]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_run_comes_out_the_same_on_a_machine_that_rounds_otherwise(objective):
    found = check(made(CONFIG.replace(objective=objective), begin=reordered), CORPUS)
    assert found.right
    assert [each.step for each in found.losses] == list(AT)
    assert found.compared == len(AT)
    assert all(each.apart <= 1e-6 for each in found.losses)


@pytest.mark.parametrize(
    "changes",
    [{"seed": 2}, {"learning_rate": 0.0505}, {"negatives": 6}, {"dim": 9}, {"window": 3}, {"epochs": 3}],
    ids=str,
)
def test_other_settings_than_the_code_says_are_found(changes):
    told = dataclasses.replace(made(), config=CONFIG.replace(**changes))
    found = check(told, CORPUS)
    assert not found.right
    assert found.compared == len(AT)


def test_a_single_changed_loss_is_found_and_no_other():
    told = made()
    losses = [(step, loss + 1e-4 * (step == 20)) for step, loss in told.losses]
    found = check(dataclasses.replace(told, losses=losses), CORPUS)
    assert [each.step for each in found.losses if not each.right] == [20]


def test_a_rate_changed_on_the_way_is_changed_again():
    told = made(rates=[(0, 0.1), (30, 0.01)])
    assert check(told, CORPUS).right
    for rates in ([(0, 0.1)], [(0, 0.1), (31, 0.01)], []):
        wrong = [e.step for e in check(dataclasses.replace(told, rates=rates), CORPUS).losses if not e.right]
        assert wrong
        assert min(wrong) > (1 if not rates else 20)


def test_steps_that_a_run_does_not_have_are_found():
    told = made()
    more = dataclasses.replace(told, steps=10_000, losses=[*told.losses, (10_000, 2.0)])
    last = check(more, CORPUS).losses[-1]
    assert (last.step, last.found, last.right) == (10_000, None, False)


def test_where_rounding_decides_nothing_is_compared_and_nothing_is_called_wrong():
    wild = CONFIG.replace(learning_rate=5.0, epochs=50, batch_tokens=4)
    told = made(wild, 1000, begin=reordered)
    found = check(told, CORPUS)
    assert found.right
    left_out = [each.step for each in found.losses if not each.compared]
    assert left_out == list((*AT, 1000)[-len(left_out) :])  # the last ones
    assert 1 <= len(left_out) <= 4
    assert found.losses[-1].apart > recomputed.MOST  # it would have been called wrong
    assert not check(dataclasses.replace(told, config=wild.replace(seed=2)), CORPUS).right


def test_a_run_that_has_exploded_is_checked_up_to_there():
    wild = TrainingConfig(
        objective="softmax_with_negatives", dim=8, learning_rate=5.0, max_row_update=None, subsample=0.0
    )
    told = made(wild, 10_000, begin=reordered)
    assert told.steps < 10_000
    assert check(told, CORPUS).right


@pytest.mark.parametrize("change", [{"applied": 2}, {"exploded": 1}, {"complete": False}], ids=str)
def test_what_cannot_be_recomputed_is_said(change):
    with pytest.raises(Problem, match="cannot be recomputed") as found:
        check(dataclasses.replace(made(), **change), CORPUS)
    assert found.value.code == "hand_in_touched"


def test_another_text_is_refused():
    with pytest.raises(Problem, match="another text") as found:
        check(made(), Corpus.from_text("a king and a queen"))
    assert found.value.code == "hand_in_corpus"


def test_the_twin_differs_by_rounding_alone():
    usual, twin = Trainer(CORPUS, CONFIG), recomputed._Twin(Trainer(CORPUS, CONFIG))
    for _ in range(40):
        assert twin.step() == pytest.approx(usual.step().loss, rel=1e-6)
    norms = np.linalg.norm(usual.W, axis=1), np.linalg.norm(twin.trainer.W, axis=1)
    np.testing.assert_allclose(*norms, rtol=1e-5)
    assert not np.array_equal(*norms)
