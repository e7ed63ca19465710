import numpy as np
import pytest
from sklearn.decomposition import PCA

from tests.core.training.small import CORPUS, trainer
from w2v_core.diagnostics import SinglePairs
from w2v_core.diagnostics.forces import forces
from w2v_core.training.config import OBJECTIVES

NOISE = ["dog", "cat", "dog"]


def record_of(objective="negative_sampling", bound=None, **changes):
    run = trainer(objective=objective, learning_rate=0.1, max_row_update=None, **changes)
    list(run.run(4 if objective != "softmax_with_negatives" else 1))
    run.config = run.config.replace(max_row_update=bound)
    return SinglePairs(run).examine("king", "queen", NOISE, learning_rate=0.5, leading=2)


@pytest.mark.parametrize("bound", [None, 1e-3])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_moves_add_up_to_the_step(objective, bound):
    record = record_of(objective, bound)
    found = forces(record)
    whole = found.contributions.sum(axis=0) + found.rest
    np.testing.assert_allclose(whole, found.input_after - found.input, atol=1e-12)
    assert record.bounded_inputs.tolist() == [bound is not None]
    if bound:
        assert np.linalg.norm(record.input_updates) == pytest.approx(bound)
    has_rest = objective in ("softmax", "softmax_with_negatives")
    assert (np.linalg.norm(found.rest) > 1e-9) == has_rest


def test_the_plane_is_scikit_learns():
    record = record_of()
    found = forces(record)
    points = np.vstack([record.hidden, record.output_vectors])
    pca = PCA(2).fit(points)
    theirs = pca.transform(points)
    ours = np.vstack([found.input, found.outputs])
    np.testing.assert_allclose(np.abs(ours), np.abs(theirs), atol=1e-9)
    assert found.explained == pytest.approx(pca.explained_variance_ratio_.sum())
    signs = np.sign(ours[0] * theirs[0])
    for mine, vectors in (
        (found.outputs_after, record.outputs_after),
        (found.input_after[None], record.inputs_after),
        (found.origin[None], np.zeros((1, len(record.hidden)))),
    ):
        np.testing.assert_allclose(mine, pca.transform(vectors) * signs, atol=1e-9)


def test_the_context_pulls_and_noise_pushes():
    record = record_of()
    found = forces(record)
    queen = CORPUS.vocabulary.id("queen")
    for column, move, vector in zip(
        record.columns[record.shown], found.contributions, found.outputs - found.origin, strict=True
    ):
        towards = move @ vector
        assert towards > 0 if column == queen else towards < 0
    g = record.score_gradient[record.shown]
    np.testing.assert_allclose(found.contributions, -0.5 * g[:, None] * (found.outputs - found.origin))


def test_at_the_start_nothing_pulls():
    found = forces(SinglePairs(trainer()).examine("king", "queen", NOISE))
    np.testing.assert_array_equal(found.contributions, 0)
    np.testing.assert_array_equal(found.input_after, found.input)
    assert found.explained == pytest.approx(1)  # two different points: the center, and all others at 0


def test_two_dimensions_and_one_are_enough():
    for dim in (1, 2):
        assert forces(record_of(dim=dim)).explained == pytest.approx(1)


def test_a_window_has_no_single_mover():
    run = trainer(architecture="cbow")
    with pytest.raises(ValueError, match="CBOW"):
        forces(SinglePairs(run).examine("king", ["the", "queen"], NOISE))
