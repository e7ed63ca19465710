"""Hierarchical softmax (Morin and Bengio 2005; Mikolov et al. 2013b, eq. 3).

The words are the leaves of a binary tree, and a word's probability is that of its way down from the root:

    p(o | c) = product over o's path of sigmoid(+w_c . u_node) at turn 0, sigmoid(-w_c . u_node) at turn 1

so over all words it sums to 1, whatever the vectors, and L = -log p(o | c) is the logistic form with the
turns 0 as positives and the turns 1 as negatives (word2vec.c: label = 1 - code). A pair costs as many scores
as the word's code is long, in Huffman's tree about log2 V for a rare word and few for a frequent one.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import sparse
from scipy.special import log_expit

from ...corpus.vocabulary import Vocabulary
from ..config import TrainingConfig
from ..huffman import huffman_tree
from ..losses import logistic
from .common import Draw, Floats, Index, count_cells, distinct, expected_start


class HierarchicalSoftmax:
    """-log p(o | c) by the turns of o's path. U has a row for each of the V - 1 inner nodes.

    A pair starts at its target's code length x ln 2, so the first loss is the batch's own mean code length
    x ln 2; `start_value` is the expectation over all words.
    """

    loss = staticmethod(logistic)
    noise = None

    def __init__(self, vocabulary: Vocabulary, config: TrainingConfig) -> None:
        self.tree = huffman_tree(vocabulary.counts)
        self.n_outputs = len(vocabulary) - 1
        self.start_values = self.tree.lengths * math.log(2)
        self.start_value = expected_start(self.start_values, vocabulary, config)
        # (V, nodes) with a 1 where a word's path takes turn 0 (and turn 1) at a node:
        word, node, turn = self.tree.paths(np.arange(len(vocabulary)))
        self._turning = [
            sparse.csr_array(
                (np.ones(len(word[turn == side])), (word[turn == side], node[turn == side])),
                shape=(len(vocabulary), self.n_outputs),
            )
            for side in (0, 1)
        ]

    def draw(
        self, n_rows: int, row: Index, target: Index, rng: np.random.Generator, noise: Index | None = None
    ) -> Draw:
        """Take the nodes on the targets' paths as columns; count the turns at each."""
        pair, node, turn = self.tree.paths(target)
        columns, column = distinct(node, self.n_outputs)
        shape, row = (n_rows, len(columns)), row[pair]
        turns = [count_cells(row[turn == side], column[turn == side], shape) for side in (0, 1)]
        return Draw(columns, tuple(turns))

    def expected(self, n_rows: int, row: Index, target: Index, count: Floats) -> Draw:
        """Take all nodes as columns; count the turns of all paths."""
        pair, node, turn = self.tree.paths(target)
        shape, row, count = (n_rows, self.n_outputs), row[pair], count[pair]
        of_turn = [turn == side for side in (0, 1)]
        return Draw(slice(None), tuple(count_cells(row[t], node[t], shape, count[t]) for t in of_turn))

    def word_scores(self, scores: Floats) -> Floats:
        """Rank by log p: a word has no single score."""
        return self.log_probabilities(scores)

    def log_probabilities(self, scores: Floats) -> Floats:
        """Return log p(w | c), the sum over each word's path."""
        left, right = self._turning
        return (left @ log_expit(scores).T + right @ log_expit(-scores).T).T
