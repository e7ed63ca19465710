"""Huffman's binary tree over the words: frequent words get the short codes.

The two lightest subtrees are joined until one is left (Huffman, 1952). With the words in order of their
counts two queues do it in linear time: the joined subtrees come out in rising order by themselves, so the
lightest is always at the head of one of the queues. The mean code length, weighted by the counts, is the
least of any binary tree; among words of equal counts codes may be swapped.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Index = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class HuffmanTree:
    """Each word's way from the root to its leaf.

    Word w passes the inner nodes ``nodes[first[w]:first[w + 1]]``, the root first, and leaves them by
    ``turns[first[w]:first[w + 1]]``: 0 to the lighter side, 1 to the heavier. The turns are its code.

    Attributes
    ----------
    first : (V + 1,) int64 array
    nodes : (sum of code lengths,) int64 array
        Inner nodes 0..V-2; 0 is the root, and a node's number is larger than its parent's.
    turns : (sum of code lengths,) int64 array of 0 and 1
    """

    first: Index
    nodes: Index
    turns: Index

    @property
    def lengths(self) -> Index:
        """The (V,) code lengths."""
        return np.diff(self.first)

    def path(self, word: int) -> tuple[Index, Index]:
        """Return the nodes and turns of a word id, from the root."""
        own = slice(self.first[word], self.first[word + 1])
        return self.nodes[own], self.turns[own]

    def words_below(self, node: int, turn: int) -> Index:
        """Return the ids of the words that leave `node` by `turn` (0 or 1), the most frequent first."""
        steps = np.flatnonzero((self.nodes == node) & (self.turns == turn))
        return np.searchsorted(self.first, steps, side="right") - 1  # ids go by falling count

    def paths(self, words: npt.NDArray[np.integer]) -> tuple[Index, Index, Index]:
        """Return the steps of several paths: whose each is (its place in `words`), its node, its turn."""
        lengths = self.lengths[words]
        owner = np.repeat(np.arange(len(words)), lengths)
        before = np.concatenate([[0], np.cumsum(lengths)])  # steps of the words before
        step = np.arange(before[-1]) + (self.first[words] - before[:-1])[owner]
        return owner, self.nodes[step], self.turns[step]


def huffman_tree(counts: npt.NDArray[np.integer]) -> HuffmanTree:
    """Build the tree for (V,) counts, V at least 2."""
    V = len(counts)
    leaves = np.argsort(counts, kind="stable").tolist()
    weight = [*counts.tolist(), *[0] * (V - 1)]  # of the words, then of the joined subtrees
    parent, turn = np.zeros(2 * V - 1, dtype=np.int64), np.zeros(2 * V - 1, dtype=np.int64)
    leaf, joint = 0, V  # the heads of the two queues
    for new in range(V, 2 * V - 1):
        for side in (0, 1):
            if joint == new or (leaf < V and weight[leaves[leaf]] <= weight[joint]):
                lightest, leaf = leaves[leaf], leaf + 1
            else:
                lightest, joint = joint, joint + 1
            parent[lightest], turn[lightest] = new, side
            weight[new] += weight[lightest]

    root = 2 * V - 2
    depth = np.zeros(2 * V - 1, dtype=np.int64)
    for node in range(root - 1, -1, -1):  # parents of joined subtrees have higher numbers
        if node >= V:
            depth[node] = depth[parent[node]] + 1
    depth[:V] = depth[parent[:V]] + 1

    first = np.concatenate([[0], np.cumsum(depth[:V])])
    nodes, turns = np.empty(first[-1], dtype=np.int64), np.empty(first[-1], dtype=np.int64)
    here, step = np.arange(V), first[1:] - 1
    while len(here):  # all words climb one level at a time, writing their paths from the end
        nodes[step], turns[step] = root - parent[here], turn[here]
        here = parent[here]
        below = here != root
        here, step = here[below], step[below] - 1
    return HuffmanTree(first, nodes, turns)
