"""What lessons know of a run, against what NumPy makes of the text and the two tables."""

import heapq
from itertools import pairwise

import numpy as np
import pytest
import streamlit

from app.background.live import LiveTraining
from app.lessons.formula import Formula, Unknown
from app.pages import FACTS
from app.samples import samples
from app.session import facts
from app.session.record import Session
from w2v_core import Corpus, TrainingConfig

TEXT = samples()["tiny_en"].path.read_text(encoding="utf-8")
SENTENCES = [line.lower().strip(" .").split() for line in TEXT.splitlines()]
WORDS = sorted({word for sentence in SENTENCES for word in sentence})
COUNTS = {word: sum(sentence.count(word) for sentence in SENTENCES) for word in WORDS}
ALL = sum(COUNTS.values())
CONFIG = TrainingConfig(
    objective="softmax", dim=5, window=2, negatives=3, batch_tokens=1, learning_rate=0.25, subsample=0, epochs=30
)  # fmt: skip


@pytest.fixture(autouse=True)
def session(monkeypatch):
    """A session outside of any page."""
    now = Session()
    monkeypatch.setattr(streamlit, "session_state", {"session": now, "language": "en"})
    return now


def run_of(session, steps=400, **settings):
    corpus = Corpus.from_text(TEXT)
    session.run = LiveTraining(corpus, CONFIG.replace(**settings))
    session.run.step(steps)
    session.run_settings = {"corpus": "tiny_en"}
    return session.run


def fact(text):
    return Formula(text, FACTS).value()


def tables(run):
    """Return the rows of W and of U by word."""
    words, vectors = run.corpus.vocabulary.words, run.progress.embeddings
    assert sorted(words) == WORDS
    return dict(zip(words, vectors.vectors, strict=True)), dict(
        zip(words, vectors.output_vectors, strict=True)
    )


def drawn(window):
    """Return how often each pair is drawn in an epoch, on average: the reach is any from 1 to the window."""
    found = {}
    for sentence in SENTENCES:
        for at, center in enumerate(sentence):
            for reach in range(1, window + 1):
                for other, context in enumerate(sentence):
                    if 0 < abs(other - at) <= reach:
                        found[center, context] = found.get((center, context), 0) + 1 / window
    return found


def cosine(a, b):
    return a @ b / np.sqrt((a @ a) * (b @ b))


@pytest.mark.parametrize("window", [1, 2, 5])
def test_counts_and_shares_are_those_of_the_text(session, window):
    run_of(session, steps=0, window=window)
    assert (fact("V"), fact("words"), fact("K"), fact("d")) == (len(WORDS), ALL, 3, 5)
    reach = min(window, 2)  # no sentence is longer than three words
    assert fact("count('cats')") == COUNTS["cats"] == 2
    for center, context in (("cats", "fish"), ("fish", "cats"), ("drink", "milk"), ("cats", "books")):
        near = sum(
            0 < abs(i - j) <= reach
            for sentence in SENTENCES
            for i, a in enumerate(sentence)
            for j, b in enumerate(sentence)
            if (a, b) == (center, context)
        )
        assert fact(f"pair_count('{center}', '{context}')") == near
        pairs = drawn(reach)
        whole = sum(weight for (c, _), weight in pairs.items() if c == center)
        expected = pairs.get((center, context), 0) / whole
        assert fact(f"share('{center}','{context}')") == pytest.approx(expected, abs=1e-12)
    assert sum(fact(f"share('cats', '{word}')") for word in WORDS) == pytest.approx(1)


def test_the_share_of_fish_beside_cats_is_the_lessons_sixth(session):
    run_of(session, steps=0)
    assert fact("share('cats', 'fish')") == pytest.approx(1 / 6)


def test_scores_and_probabilities_are_those_of_the_tables(session):
    w, u = tables(run_of(session))
    exp = {word: np.exp(w["cats"].astype(float) @ u[word]) for word in WORDS}
    for word in ("fish", "books", "cats"):
        assert fact(f"dot('cats', '{word}')") == pytest.approx(w["cats"] @ u[word], abs=1e-6)
        assert fact(f"p('cats', '{word}')") == pytest.approx(exp[word] / sum(exp.values()), rel=1e-4)
    assert fact("w('cats', 1)") == w["cats"][0]
    assert fact("u('fish', 5)") == u["fish"][4]


def test_under_negative_sampling_p_puts_the_noise_back(session):
    w, u = tables(run_of(session, objective="negative_sampling"))
    weight = {word: COUNTS[word] ** 0.75 * np.exp(w["cats"].astype(float) @ u[word]) for word in WORDS}
    assert fact("p('cats','fish')") == pytest.approx(weight["fish"] / sum(weight.values()), rel=1e-4)


def test_neighbors_are_ranked_by_the_cosine(session):
    w, _ = tables(run_of(session))
    assert fact("cos('cats', 'dogs')") == pytest.approx(cosine(w["cats"], w["dogs"]), abs=1e-6)
    ranked = sorted(set(WORDS) - {"cats"}, key=lambda word: -cosine(w["cats"], w[word]))
    for place, word in enumerate(ranked, 1):
        assert fact(f"near('cats', '{word}')") == place


def test_analogies_are_ranked_by_the_cosine_to_b_less_a_plus_c(session):
    w, _ = tables(run_of(session))
    unit = {word: row / np.linalg.norm(row) for word, row in w.items()}
    goal = unit["dogs"] - unit["cats"] + unit["girls"]
    ranked = sorted(WORDS, key=lambda word: -cosine(goal, w[word]))
    for place, word in enumerate(ranked, 1):
        assert fact(f"analogy_all('cats', 'dogs', 'girls', '{word}')") == place
    others = [word for word in ranked if word not in ("cats", "dogs", "girls")]
    for place, word in enumerate(others, 1):
        assert fact(f"analogy('cats', 'dogs', 'girls', '{word}')") == place
    with pytest.raises(Unknown):
        fact("analogy('cats', 'dogs', 'girls', 'cats')")


def test_the_softmax_ends_at_best_at_the_entropy_of_contexts(session):
    run_of(session, window=1)
    pairs, of_center = drawn(1), {}
    for (center, _), weight in pairs.items():
        of_center[center] = of_center.get(center, 0) + weight
    entropy = sum(n * np.log(of_center[c] / n) for (c, _), n in pairs.items()) / sum(pairs.values())
    assert fact("floor") == pytest.approx(entropy, rel=1e-6)
    assert fact("start") == pytest.approx(np.log(len(WORDS)))
    assert fact("left") == pytest.approx((fact("loss") - entropy) / (np.log(len(WORDS)) - entropy), rel=1e-5)


def test_negative_sampling_ends_at_best_where_each_score_is_at_its_own_optimum(session):
    run_of(session, window=1, objective="negative_sampling")
    pairs, of_center = drawn(1), {}
    for (center, _), weight in pairs.items():
        of_center[center] = of_center.get(center, 0) + weight
    powers = {word: COUNTS[word] ** 0.75 for word in WORDS}
    least = 0.0
    for (center, context), n in pairs.items():
        noise = 3 * powers[context] / sum(powers.values()) * of_center[center]
        score = np.log(n / noise)
        least += n * np.log1p(np.exp(-score)) + noise * np.log1p(np.exp(score))
    assert fact("floor") == pytest.approx(least / sum(pairs.values()), rel=1e-6)
    assert fact("start") == pytest.approx(4 * np.log(2))


def test_the_notes_loss_has_no_floor(session):
    run_of(session, objective="softmax_with_negatives", learning_rate=0.05)
    assert fact("start") == pytest.approx(4 * np.log(len(WORDS)))
    for text in ("floor", "left"):
        with pytest.raises(Unknown):
            fact(text)


def test_noise_and_subsampling_are_word2vecs(session):
    run_of(session, steps=0, subsample=0.01)
    powers = {word: count**0.75 for word, count in COUNTS.items()}
    for word in ("cats", "fish"):
        assert fact(f"noise_share('{word}')") == pytest.approx(powers[word] / sum(powers.values()))
        ratio = 0.01 / (COUNTS[word] / ALL)
        assert fact(f"keep('{word}')") == pytest.approx(min(1, np.sqrt(ratio) + ratio))
    run_of(session, steps=0)
    assert fact("keep('cats')") == 1


def test_codes_are_as_short_as_huffmans(session):
    run_of(session, steps=0)
    heap, least = sorted(COUNTS.values()), 0
    while len(heap) > 1:
        both = heapq.heappop(heap) + heapq.heappop(heap)
        least += both
        heapq.heappush(heap, both)
    assert sum(COUNTS[word] * fact(f"code_length('{word}')") for word in WORDS) == least
    assert sum(2 ** -fact(f"code_length('{word}')") for word in WORDS) == 1


def test_progress_is_the_runs(session):
    run = run_of(session, steps=0)
    assert [fact(name) for name in ("step", "pairs", "epoch", "running", "finished", "exploded")] == [0] * 6
    assert fact("loss") == fact("start") == fact("first_loss") == pytest.approx(np.log(len(WORDS)))
    run.step(10)
    assert fact("step") == 10
    with pytest.raises(Unknown):  # it is measured at the end
        fact("mean_loss")
    assert fact("pairs") == run.progress.last.pairs > 0
    assert fact("loss") == pytest.approx(run.progress.curve.smooth[-1])
    run.step(10**6)
    assert (fact("finished"), fact("epoch")) == (1, pytest.approx(30))
    assert (fact("epochs"), fact("rate"), fact("seed"), fact("window")) == (30, 0.25, CONFIG.seed, 2)
    assert fact("floor") <= fact("mean_loss") < fact("start")
    run.set_learning_rate(0.125)
    assert fact("rate") == 0.125
    assert fact("objective('softmax')") == 1
    assert fact("objective('negative_sampling')") == 0
    assert (fact("corpus('tiny_en')"), fact("corpus('tiny_zh')")) == (1, 0)
    session.page = "compare"
    assert (fact("on('compare')"), fact("on('train')")) == (1, 0)


def test_a_run_that_diverges_has_exploded(session):
    run = run_of(session, objective="negative_sampling", dim=50, learning_rate=5, max_row_update=None)
    assert run.progress.problem
    assert fact("exploded") == 1


@pytest.mark.parametrize(
    "text",
    [
        "dot('cats', 'nobody')",
        "count('')",
        "count(1)",
        "w('cats', 0)",
        "w('cats', 6)",
        "w('cats', 1e999)",
        "u('fish', 'a')",
        "share('nobody', 'cats')",
        "near('cats', 2)",
        "p(1, 2)",
        "analogy('a', 'b', 'c', 'd')",
    ],
)
def test_words_and_components_that_are_none_are_unknown(session, text):
    run_of(session, steps=0)
    with pytest.raises(Unknown):
        fact(text)


@pytest.mark.parametrize("name", sorted(facts.RUN))
def test_without_a_run_nothing_is_known_of_it(name):
    if name in ("on", "chosen"):  # these are the session's
        return
    places = facts.RUN[name].__code__.co_argcount
    given = f"({', '.join(['1'] * places)})" if places else ""
    with pytest.raises(Unknown):
        fact(f"{name}{given}")


def test_formulas_of_all_kinds_go_together(session):
    run_of(session)
    values = [fact(f"near('cats', '{word}')") for word in WORDS if word != "cats"]
    assert all(b - a == 1 for a, b in pairwise(sorted(values)))
    assert fact("near('cats','dogs') <= 20 and V == 21 and not exploded") == 1
