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
import numpy.typing as npt
from scipy import sparse
from scipy.special import log_expit

from ...corpus.vocabulary import Vocabulary
from ..config import TrainingConfig
from ..huffman import huffman_tree
from ..losses import logistic
from ..rows import distinct
from .common import Draw, Floats, Index, count_cells, expected_start


class HierarchicalSoftmax:
    """-log p(o | c) by the turns of o's path. U has a row for each of the V - 1 inner nodes.

    A pair starts at its target's code length x ln 2, so the first loss is the batch's own mean code length
    x ln 2; `start_value` is the expectation over all words.
    """

    loss = staticmethod(logistic)
    noise = None
    block = 16  # at 8 and at 32 it is a tenth slower

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

    @staticmethod
    def scored_columns(vocabulary_size: int, config: TrainingConfig) -> int:
        """Return about how many nodes a block has: its words' paths, less what they share (measured: half)."""
        words = HierarchicalSoftmax.block + 2 * config.window
        return min(vocabulary_size, math.ceil(words * math.log2(vocabulary_size) / 2))

    def draw(
        self, n_rows: int, row: Index, target: Index, rng: np.random.Generator, noise: Index | None = None
    ) -> Draw:
        """Take the nodes on the targets' paths as columns; count the turns at each."""
        pair, node, turn = self.tree.paths(target)
        columns, column = distinct(node, self.n_outputs)
        shape, row = (n_rows, len(columns)), row[pair]
        turns = [count_cells(row[turn == side], column[turn == side], shape) for side in (0, 1)]
        return Draw(columns, tuple(turns))

    def draw_blocks(self, targets: Index, positives: npt.NDArray[np.bool_], rng: np.random.Generator) -> Draw:
        """Take each block's own nodes as columns: few, since near the root all paths share them."""
        blocks, n_targets = targets.shape
        leaf, node, turn = self.tree.paths(targets.ravel())
        # The distinct (block, node) by rising block, and each one's place among its block's.
        own, step = distinct(leaf // n_targets * self.n_outputs + node, blocks * self.n_outputs)
        own_block, own_node = np.divmod(own, self.n_outputs)
        of_block = np.bincount(own_block, minlength=blocks)
        slot = np.arange(len(own)) - (np.cumsum(of_block) - of_block)[own_block]
        nodes = np.zeros((blocks, int(of_block.max())), dtype=node.dtype)  # filled up with the root
        nodes[own_block, slot] = own_node
        # Which turn each target's path takes at each of its block's nodes; rows count those of their pairs.
        turning = np.zeros((2, blocks, n_targets, nodes.shape[1]), dtype=np.float32)
        turning.ravel()[(turn * targets.size + leaf) * nodes.shape[1] + slot[step]] = 1
        counts = positives.astype(np.float32) @ turning
        columns, place = distinct(nodes, self.n_outputs)
        return Draw(columns, (counts[0], counts[1]), place)

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
