import heapq

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v_core.training.huffman import huffman_tree

COUNTS = st.lists(st.integers(1, 60), min_size=2, max_size=40)


def optimum(counts):
    """Return the least weighted code length: the sum of all joined weights."""
    heap, total = list(counts), 0
    heapq.heapify(heap)
    while len(heap) > 1:
        joined = heapq.heappop(heap) + heapq.heappop(heap)
        total += joined
        heapq.heappush(heap, joined)
    return total


@given(COUNTS)
def test_the_weighted_length_is_the_least_possible(counts):
    assert huffman_tree(np.array(counts)).lengths @ counts == optimum(counts)


def test_the_lengths_weigh_what_gensims_do():
    Word2Vec = pytest.importorskip("gensim.models").Word2Vec

    counts = {f"w{i}": int(1000 / (i + 1)) for i in range(200)}
    model = Word2Vec(hs=1, negative=0, min_count=1)
    model.build_vocab_from_freq(counts)
    theirs = sum(count * len(model.wv.get_vecattr(word, "code")) for word, count in counts.items())
    assert huffman_tree(np.array(list(counts.values()))).lengths @ list(counts.values()) == theirs


@given(COUNTS)
def test_more_frequent_words_never_have_longer_codes(counts):
    lengths = huffman_tree(np.array(counts)).lengths
    for a in range(len(counts)):
        for b in range(len(counts)):
            assert counts[a] <= counts[b] or lengths[a] <= lengths[b]


@given(COUNTS)
def test_paths_lead_down_one_binary_tree(counts):
    tree = huffman_tree(np.array(counts))
    codes, children = set(), {}
    for word in range(len(counts)):
        nodes, turns = tree.path(word)
        assert nodes[0] == 0
        assert (np.diff(nodes) > 0).all()
        codes.add(tuple(turns.tolist()))
        for node, turn, below in zip(nodes, turns, [*nodes[1:], f"leaf {word}"], strict=True):
            assert children.setdefault((node, turn), below) == below
    assert len(codes) == len(counts)
    assert len(children) == 2 * (len(counts) - 1)  # every inner node has both sides


def test_five_words_by_hand():
    # 1+1=2, 2+2=4, 3+4=7, 7+8=15: each step joins the next word with all the rarer ones.
    tree = huffman_tree(np.array([8, 3, 2, 1, 1]))
    assert tree.lengths.tolist() == [1, 2, 3, 4, 4]
    assert [tree.path(word)[1].tolist() for word in (0, 1)] == [[1], [0, 0]]  # 8 > 7, then 3 < 4
    assert tree.path(2)[0].tolist() == [0, 1, 2]


def test_two_words_share_one_node():
    tree = huffman_tree(np.array([5, 3]))
    assert [part.tolist() for part in tree.path(0)] == [[0], [1]]
    assert [part.tolist() for part in tree.path(1)] == [[0], [0]]


@settings(deadline=None)
@given(COUNTS, st.data())
def test_paths_of_several_words_are_the_paths_of_each(counts, data):
    tree = huffman_tree(np.array(counts))
    words = data.draw(st.lists(st.integers(0, len(counts) - 1), min_size=1, max_size=9))
    owner, node, turn = tree.paths(np.array(words))
    for place, word in enumerate(words):
        nodes, turns = tree.path(word)
        np.testing.assert_array_equal(node[owner == place], nodes)
        np.testing.assert_array_equal(turn[owner == place], turns)


def test_a_large_zipf_vocabulary_comes_close_to_its_entropy():
    counts = 10_000_000 // np.arange(1, 5001)
    p = counts / counts.sum()
    mean, entropy = huffman_tree(counts).lengths @ p, -(p @ np.log2(p))
    assert entropy <= mean < entropy + 0.1
    assert mean == pytest.approx(optimum(counts.tolist()) / counts.sum())


@given(COUNTS)
def test_the_words_below_a_node_are_those_whose_paths_leave_it_that_way(counts):
    counts = sorted(counts, reverse=True)
    tree = huffman_tree(np.array(counts))
    for node in range(len(counts) - 1):
        for turn in (0, 1):
            expected = [
                word
                for word in range(len(counts))
                if (node, turn) in zip(*map(list, tree.path(word)), strict=True)
            ]
            assert tree.words_below(node, turn).tolist() == expected
            assert expected
    assert sorted([*tree.words_below(0, 0), *tree.words_below(0, 1)]) == list(range(len(counts)))
