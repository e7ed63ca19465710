import math

import numpy as np
import pytest
from scipy.special import expit, softmax

from tests.core.training.small import CORPUS, trainer
from w2v_core.diagnostics import SinglePairs
from w2v_core.diagnostics.microscope import examine
from w2v_core.training.config import ARCHITECTURES, OBJECTIVES, OPTIMIZERS

NOISE = ["dog", "cat", "dog"]


def trained(**changes):
    run = trainer(learning_rate=0.3, **changes)
    list(run.run())
    run.learning_rate = 1.0  # at the schedule's end: a rate of 1e-4
    return run


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_record_is_what_a_step_on_the_pair_does(objective, architecture, optimizer):
    run = trained(objective=objective, architecture=architecture, optimizer=optimizer)
    context = ["the", "queen", "the"] if architecture == "cbow" else "queen"
    W, U = run.W.copy(), run.U.copy()
    record = SinglePairs(run).examine("king", context, NOISE)
    np.testing.assert_array_equal(run.W, W)  # looking changes nothing
    step = SinglePairs(run).step_pair("king", context, NOISE)
    assert step.loss == pytest.approx(record.loss, rel=1e-5)
    assert step.learning_rate == record.learning_rate
    shown = record.columns[record.shown]
    np.testing.assert_allclose(run.W[record.inputs], record.inputs_after, atol=1e-6)
    np.testing.assert_allclose(run.U[shown], record.outputs_after, atol=1e-6)
    np.testing.assert_allclose(record.input_vectors + record.input_updates, record.inputs_after)
    np.testing.assert_allclose(record.output_vectors + record.output_updates, record.outputs_after)
    np.testing.assert_array_equal(U[shown], record.output_vectors.astype(np.float32))


def test_the_bound_on_a_rows_update_holds_here_too():
    run = trained(max_row_update=None)
    free = SinglePairs(run).examine("king", "queen", NOISE)
    np.testing.assert_allclose(free.input_updates, -free.learning_rate * free.input_gradients)
    run.config = run.config.replace(max_row_update=1e-6)
    bounded = SinglePairs(run).examine("king", "queen", NOISE)
    np.testing.assert_allclose(np.linalg.norm(bounded.input_updates, axis=1), 1e-6)
    np.testing.assert_array_equal(bounded.input_gradients, free.input_gradients)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_gradients_equal_the_differences_beside_them(objective, architecture):
    run = trained(objective=objective, architecture=architecture)
    record = SinglePairs(run).examine("king", "queen", NOISE)
    assert np.abs(record.output_gradients).max() > 1e-3
    np.testing.assert_allclose(record.input_gradients, record.numeric_input_gradients, atol=1e-8)
    np.testing.assert_allclose(record.output_gradients, record.numeric_output_gradients, atol=1e-8)
    slope = np.outer(record.score_gradient[record.shown], record.hidden)
    np.testing.assert_allclose(record.output_gradients, slope)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_terms_add_up_to_the_loss(objective):
    record = SinglePairs(trained(objective=objective)).examine("king", "queen", NOISE)
    assert sum(term.loss for term in record.terms) == pytest.approx(record.loss)
    assert [term.probability for term in record.terms] == pytest.approx(
        [math.exp(-term.loss / term.count) for term in record.terms]
    )
    np.testing.assert_allclose(record.exponentials, np.exp(record.scores))


def test_negative_sampling_shows_the_context_and_each_noise_word():
    record = SinglePairs(trained()).examine("king", "queen", NOISE)
    queen, cat, dog = CORPUS.vocabulary.ids(["queen", "cat", "dog"])
    terms = {(int(record.columns[t.column]), t.positive): t.count for t in record.terms}
    assert terms == {(queen, True): 1, (cat, False): 1, (dog, False): 2}
    assert record.terms[0].positive
    np.testing.assert_allclose(record.probabilities, expit(record.scores))
    assert record.word_probability is None


def test_a_word_may_be_context_and_noise_at_once():
    record = SinglePairs(trained()).examine("king", "queen", ["queen"])
    assert [(term.positive, term.count) for term in record.terms] == [(True, 1), (False, 1)]
    [s] = record.scores
    np.testing.assert_allclose(record.score_gradient, 2 * expit(s) - 1)


@pytest.mark.parametrize("objective", ["softmax", "softmax_with_negatives"])
def test_softmax_shows_every_words_probability(objective):
    record = SinglePairs(trained(objective=objective)).examine("king", "queen", NOISE)
    queen = CORPUS.vocabulary.id("queen")
    assert len(record.scores) == len(CORPUS.vocabulary)
    np.testing.assert_allclose(record.probabilities, softmax(record.scores))
    assert record.word_probability == pytest.approx(record.probabilities[queen])
    assert len(record.shown) == (1 if objective == "softmax" else 3)
    noise_terms = [term for term in record.terms if not term.positive]
    for term in noise_terms:  # exp(-s) over the sum of exp(s): not the word's probability
        s = record.scores[term.column]
        assert term.probability == pytest.approx(np.exp(-s) / record.exponentials.sum())


def test_hierarchical_softmax_shows_the_path_from_the_root_and_its_product():
    run = trained(objective="hierarchical_softmax")
    record = SinglePairs(run).examine("king", "queen")
    nodes, turns = run.objective.tree.path(CORPUS.vocabulary.id("queen"))
    np.testing.assert_array_equal(record.columns, nodes)
    assert [term.column for term in record.terms] == list(range(len(nodes)))
    assert [0 if term.positive else 1 for term in record.terms] == turns.tolist()
    assert record.word_probability == pytest.approx(math.exp(-record.loss))
    scores = (run.W[CORPUS.vocabulary.id("king")].astype(float) @ run.U.T.astype(float))[None]
    log_p = run.objective.log_probabilities(scores)[0, CORPUS.vocabulary.id("queen")]
    assert record.word_probability == pytest.approx(math.exp(log_p))


def test_one_pair_by_hand():
    # w = (1, 0), u_context = (0, 1), u_noise = (0, 0): both scores 0, sigmoid 1/2.
    run = trainer(dim=2)
    king, queen, dog = CORPUS.vocabulary.ids(["king", "queen", "dog"])
    run.W[king], run.U[queen] = [1, 0], [0, 1]
    record = examine(
        run.objective,
        SinglePairs(run)._pair("king", "queen"),
        run.W,
        run.U,
        np.array([dog]),
        learning_rate=0.1,
    )
    assert record.loss == pytest.approx(2 * math.log(2))
    gradient = dict(zip(record.columns.tolist(), record.output_gradients.tolist(), strict=True))
    assert gradient == {queen: [-0.5, 0], dog: [0.5, 0]}
    np.testing.assert_allclose(record.hidden_gradient, [0, -0.5])
    np.testing.assert_allclose(record.inputs_after, [[1, 0.05]])
    after = dict(zip(record.columns.tolist(), record.outputs_after.tolist(), strict=True))
    assert after == {queen: [0.05, 1], dog: [-0.05, 0]}


def test_records_are_read_only_and_take_one_pair():
    run = trainer()
    record = SinglePairs(run).examine("king", "queen", NOISE)
    for array in (record.scores, record.input_vectors, record.outputs_after, record.numeric_input_gradients):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(ValueError, match="one pair"):
        SinglePairs(run).examine("king", ["queen", "the"], NOISE)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_what_comes_after_is_what_a_second_look_finds(objective, architecture):
    run = trained(objective=objective, architecture=architecture, max_row_update=0.2)
    first = SinglePairs(run).examine("king", "queen", NOISE, learning_rate=0.7)
    SinglePairs(run).step_pair("king", "queen", NOISE, learning_rate=0.7)
    second = SinglePairs(run).examine("king", "queen", NOISE)
    assert first.learning_rate == 0.7
    assert first.loss_after == pytest.approx(second.loss, rel=1e-5)
    np.testing.assert_allclose(first.scores_after, second.scores, atol=1e-5)
    np.testing.assert_allclose(first.probabilities_after, second.probabilities, atol=1e-5)
    np.testing.assert_allclose(first.distribution_after, second.distribution, rtol=1e-4)
    assert [term.loss for term in first.terms_after] == pytest.approx(
        [term.loss for term in second.terms], rel=1e-4, abs=1e-6
    )
    lengths = np.linalg.norm(first.output_updates, axis=1)
    np.testing.assert_array_equal(first.bounded_outputs, lengths > 0.2 - 1e-9)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_distribution_is_the_objectives_own_over_all_words(objective):
    run = trained(objective=objective)
    record = SinglePairs(run).examine("king", "queen", NOISE)
    W, U = run.W.astype(float), run.U.astype(float)
    scores = W[CORPUS.vocabulary.id("king")] @ U.T
    if objective == "hierarchical_softmax":
        expected = np.ones(len(W))
        for word in range(len(W)):
            for node, turn in zip(*run.objective.tree.path(word), strict=True):
                expected[word] *= expit(scores[node] if turn == 0 else -scores[node])
    else:
        weight = run.objective.noise.distribution if objective == "negative_sampling" else np.ones(len(W))
        expected = weight * np.exp(scores) / np.sum(weight * np.exp(scores))
    np.testing.assert_allclose(record.distribution, expected, rtol=1e-6)
    assert record.distribution.sum() == pytest.approx(1)
    if record.word_probability is not None:
        assert record.distribution[record.target] == pytest.approx(record.word_probability)


@pytest.mark.parametrize("objective", ["softmax", "softmax_with_negatives"])
def test_the_leading_words_follow_the_pairs_own_and_the_rest_is_summed_up(objective):
    record = SinglePairs(trained(objective=objective)).examine("king", "queen", NOISE, leading=4)
    own = list(dict.fromkeys(term.column for term in record.terms))
    assert record.shown[: len(own)].tolist() == own
    assert own[0] == record.target
    free = [j for j in np.argsort(-record.probabilities) if j not in own]
    assert record.shown[len(own) :].tolist() == free[:4]
    rest = free[4:]
    others = record.others
    assert others.count == len(rest) == len(CORPUS.vocabulary) - len(own) - 4
    assert others.exponential == pytest.approx(np.exp(record.scores[rest]).sum())
    assert others.probability == pytest.approx(1 - record.probabilities[record.shown].sum())
    assert others.probability_after == pytest.approx(1 - record.probabilities_after[record.shown].sum())
    assert others.score_gradient == pytest.approx(record.score_gradient[rest].sum())
    np.testing.assert_allclose(record.output_gradients, record.numeric_output_gradients, atol=1e-8)


@pytest.mark.parametrize("objective", ["negative_sampling", "hierarchical_softmax"])
def test_where_every_column_has_a_term_there_are_no_others(objective):
    record = SinglePairs(trained(objective=objective)).examine("king", "queen", NOISE, leading=4)
    assert sorted(record.shown) == list(range(len(record.columns)))
    assert (record.others.count, record.others.probability) == (0, 0)
