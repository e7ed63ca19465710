"""Where somebody looks in a text, and what is seen there."""

import itertools

import numpy as np
import pytest

from app.screens.corpus.model import (
    MOST_WORDS,
    Position,
    drawn_again,
    first_position,
    found,
    moved,
    passage,
    stepped,
)
from w2v_core import Corpus, TrainingConfig
from w2v_core.corpus.windows import SLAB

CORPUS = Corpus.from_sentences([["a", "b", "c"], ["d", "a"], ["b", "a", "e", "a"], ["f", "g"]])
LONG = Corpus.from_sentences([["a", "b"], [f"w{i}" for i in range(2 * MOST_WORDS + 5)], ["c"]])
ALL = TrainingConfig(subsample=0)
FEW = TrainingConfig(subsample=1e-3)


def words(corpus, shown):
    return [corpus.vocabulary.words[i] for i in shown.ids]


def test_moving_wraps_around_and_begins_a_sentence_anew():
    assert moved(CORPUS, Position(3, 1), ALL, 1) == Position(0, 0)
    assert moved(CORPUS, Position(0, 2), ALL, -1) == Position(3, 0)


def test_moving_walks_the_passages_of_a_long_sentence_first():
    n, ways = MOST_WORDS, {}
    for step in (1, -1):
        position, ways[step] = Position(0, 1), []
        for _ in range(5):
            position = moved(LONG, position, ALL, step)
            ways[step].append((position.sentence, position.place))
    assert ways[1] == [(1, 0), (1, n), (1, 2 * n), (2, 0), (0, 0)]
    assert ways[-1] == [(2, 0), (1, 2 * n), (1, n), (1, 0), (0, 0)]
    assert moved(LONG, Position(1, n + 7), ALL, -1).place == 0


def test_stepping_meets_every_word_in_order_and_the_same_on_the_way_back():
    looks = [Position(0, 0)]
    for _ in range(len(LONG.ids) - 1):
        looks.append(stepped(LONG, looks[-1], ALL, 1))
    places = [int(LONG.starts[position.sentence]) + position.place for position in looks]
    assert places == list(range(len(LONG.ids)))
    for before, after in itertools.pairwise(looks):
        assert stepped(LONG, after, ALL, -1) == before


def test_stepping_passes_over_dropped_words():
    corpus = Corpus.from_sentences([["a", "b"] * 20, ["a", "c"] * 20])
    kept = np.flatnonzero(passage(corpus, Position(0, 0), FEW).kept)
    assert 0 < len(kept) < 40
    position, met = Position(0, 0), []
    while (position := stepped(corpus, position, FEW, 1)).sentence == 0:
        met.append(position.place)
    assert met == [place for place in kept if place > 0]
    assert passage(corpus, position, FEW).kept[position.place]


def test_a_first_look_and_another_draw_fall_on_a_word_that_is_kept():
    corpus = Corpus.from_sentences([["a", "b"] * 6])
    position = first_position(corpus, FEW)
    for seed in range(2, 8):
        position = drawn_again(corpus, position, FEW)
        shown = passage(corpus, position, FEW)
        assert position.seed == seed
        assert shown.kept[shown.center] or not shown.kept.any()


def test_drawing_again_changes_the_draw_alone():
    assert drawn_again(CORPUS, Position(2, 1, seed=4), ALL) == Position(2, 1, seed=5)


@pytest.mark.parametrize("config", [ALL, FEW], ids=["all", "few"])
def test_every_word_of_an_endless_sentence_can_be_shown(config):
    """Beyond a slab of training, too; the passages between are as long as the others."""
    length = 2 * SLAB + 100
    corpus = Corpus.from_sentences([[f"w{i % 1000}" for i in range(length - 1)] + ["rare"]])
    position = found(corpus, Position(0, 0), "rare")
    assert position.place == length - 1
    for place in (position.place, SLAB - 1, SLAB, SLAB + MOST_WORDS):
        shown = passage(corpus, Position(0, place), config)
        word = words(corpus, shown)[shown.center]
        assert word == ("rare" if place == position.place else f"w{place % 1000}")
        assert shown.length == length
        assert len(shown.ids) == (MOST_WORDS if place < position.place else length % MOST_WORDS)
        assert shown.pairs.min() >= 0
        assert shown.pairs.max() < len(shown.ids)


def test_a_word_of_a_long_sentence_leads_to_its_next_passage():
    corpus = Corpus.from_sentences([[f"w{i % 100}" for i in range(3 * MOST_WORDS)]])
    places = []
    position = Position(0, 0)
    for _ in range(3):
        position = found(corpus, position, "w5")
        places.append(position.place)
    assert places == [105, 5, 105]


def test_a_word_leads_to_its_next_sentence_and_back_to_the_first():
    position = Position(0, 0)
    ways = []
    for _ in range(3):
        position = found(CORPUS, position, "a")
        ways.append((position.sentence, position.place))
    assert ways == [(1, 1), (2, 1), (0, 0)]
    assert found(CORPUS, Position(0, 0), "nobody") == Position(0, 0)


def test_a_long_sentence_comes_in_passages_around_the_place():
    shown = passage(LONG, Position(1, MOST_WORDS + 3), ALL)
    assert words(LONG, shown) == [f"w{i}" for i in range(MOST_WORDS, 2 * MOST_WORDS)]
    assert (shown.first, shown.center, shown.more) == (MOST_WORDS, 3, (True, True))
    assert shown.pairs.min() == 0
    assert shown.pairs.max() == MOST_WORDS - 1
    assert passage(LONG, Position(1, 2 * MOST_WORDS), ALL).more == (True, False)


def test_distances_do_not_count_dropped_words():
    corpus = Corpus.from_sentences([["a", "b"] * 20])
    shown = passage(corpus, first_position(corpus, FEW), FEW)
    assert shown.contexts
    assert all(shown.kept[shown.contexts])
    distances = [shown.distance(place) for place in shown.contexts]
    reach = shown.reach[shown.center]
    assert distances == [d for d in range(-reach, reach + 1) if d in distances and d != 0]
