import numpy as np
import pytest

from tests.core.training.small import trainer
from w2v_core.corpus.windows import Pairs
from w2v_core.training.architectures import ARCHITECTURES, one_center

# Centers 3, 1, 3 with contexts (1, 2), (3, 3, 2), (1).
PAIRS = Pairs(
    centers=np.array([3, 1, 3]),
    contexts=np.array([1, 2, 3, 3, 2, 1]),
    owner=np.array([0, 0, 1, 1, 1, 2]),
)


def test_skip_gram_pairs_each_center_with_its_contexts():
    inputs = ARCHITECTURES["skip_gram"].rows(PAIRS, 5)
    assert inputs.n_rows == 2  # the two 3s share a row
    np.testing.assert_array_equal(inputs.words[inputs.row], [3, 3, 1, 1, 1, 3])
    np.testing.assert_array_equal(inputs.target, PAIRS.contexts)


def test_cbow_averages_each_window_and_predicts_its_center():
    inputs = ARCHITECTURES["cbow"].rows(PAIRS, 5)
    W = np.random.default_rng(0).normal(size=(5, 4))
    H = inputs.hidden(W[inputs.words])
    np.testing.assert_allclose(H, [(W[1] + W[2]) / 2, (2 * W[3] + W[2]) / 3, W[1]], rtol=1e-6)
    np.testing.assert_array_equal(inputs.row, [0, 1, 2])
    np.testing.assert_array_equal(inputs.target, PAIRS.centers)


def test_each_word_of_a_window_gets_its_share_of_the_error():
    inputs = ARCHITECTURES["cbow"].rows(PAIRS, 5)
    error = np.array([[6.0], [0.0], [0.0]])
    back = dict(zip(inputs.words.tolist(), inputs.back(error)[:, 0], strict=True))
    assert back == {1: pytest.approx(3), 2: pytest.approx(3), 3: 0}
    back = inputs.back(np.array([[0.0], [6.0], [0.0]]))[:, 0]
    assert dict(zip(inputs.words.tolist(), back, strict=True)) == {
        1: 0,
        2: pytest.approx(2),
        3: pytest.approx(4),
    }


def test_one_center_alone():
    several = one_center("skip_gram", np.array([3]), np.array([1, 2]), 5)
    np.testing.assert_array_equal(several.row, [0, 0])
    window = one_center("cbow", np.array([3]), np.array([1, 2]), 5)
    np.testing.assert_array_equal(window.target, [3])
    np.testing.assert_array_equal(window.words, [1, 2])


def test_a_cbow_run_counts_windows_and_sees_the_same_text():
    cbow_run, skip_run = trainer(architecture="cbow"), trainer()
    cbow_record, skip_record = cbow_run.step(), skip_run.step()
    assert cbow_record.pairs == 16  # batch_tokens
    assert skip_record.pairs > 16
    assert cbow_run._windows.position == skip_run._windows.position
