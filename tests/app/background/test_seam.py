"""What pages ask of runs, runs side by side and maps is the same wherever these live."""

import io

import numpy as np
import pytest

from app.background import playing
from app.background.run_log import RunLog
from tests.app.background.test_live import CONFIG, CORPUS, wait_for
from w2v_core import Diverged, Problem, Trainer
from w2v_core.diagnostics import SinglePairs
from w2v_core.vectors.tsne import TSNE


def until(player, condition):
    """Poll, as a page does, until `condition()` holds."""

    def met():
        player.touch()
        return condition()

    wait_for(met)


def ended(player):
    """Poll until it no longer plays."""
    until(player, lambda: not player.running)


def test_a_played_run_is_the_bare_run(engine):
    run = engine.run(CORPUS, CONFIG)
    run.start()
    ended(run)
    bare = Trainer(CORPUS, CONFIG)
    records = list(bare.run())
    assert run.progress.finished
    assert run.progress.last == records[-1]
    np.testing.assert_array_equal(run.progress.embeddings.vectors, bare.W)
    assert len(run.progress.curve.loss) == len(records)


def test_the_rate_can_be_changed_on_the_way(engine):
    run = engine.run(CORPUS, CONFIG)
    run.step()
    run.set_learning_rate(0.5)
    run.step()
    assert run.learning_rate == 0.5
    assert run.progress.last.learning_rate == pytest.approx(0.5, rel=0.1)


def test_divergence_stops_the_run_and_is_told(engine):
    run = engine.run(CORPUS, CONFIG.replace(learning_rate=1e6, max_row_update=None, epochs=50))
    run.start()
    ended(run)
    assert isinstance(run.progress.problem, Diverged)
    assert np.isfinite(run.progress.embeddings.vectors).all()
    assert np.isfinite(run.progress.curve.loss).all()


def test_settings_that_cannot_work_make_no_run(engine):
    with pytest.raises(Problem):
        engine.run(CORPUS, CONFIG.replace(negatives=100))


def test_a_map_frame_has_the_true_neighbours_and_unit_spread(engine):
    run = engine.run(CORPUS, CONFIG, [["w1", "w2", "w3"]])
    run.step(30)
    frame, embeddings = run.progress.frame, run.progress.embeddings
    for place, word in enumerate(run.map.ids):
        name = CORPUS.vocabulary.words[word]
        expected = [near for near, _ in embeddings.neighbors(name, frame.nearest.shape[1])]
        assert [CORPUS.vocabulary.words[i] for i in frame.nearest[place]] == expected
    assert np.mean(np.sum(frame.xy[:3] ** 2, axis=1)) == pytest.approx(1, rel=1e-4)
    assert 0 < frame.explained <= 1


def test_the_timeline_is_the_same_played_or_stepped_and_ends_now(engine):
    played, stepped = (engine.run(CORPUS, CONFIG.replace(epochs=30), [["w3", "w8"]]) for _ in range(2))
    assert [frame.step for frame in stepped.timeline.frames] == [0]
    while not stepped.progress.finished:
        stepped.step(7)
        assert stepped.timeline.frames[-1].step == stepped.progress.step
    played.start()
    ended(played)
    frames = played.timeline.frames
    assert len(frames) > 20
    assert [frame.step for frame in frames] == [frame.step for frame in stepped.timeline.frames]
    for a, b in zip(frames, stepped.timeline.frames, strict=True):
        np.testing.assert_array_equal(a.fixed, b.fixed)
    now = played.progress.embeddings.unit_vectors[played.timeline.ids]
    np.testing.assert_allclose(frames[-1].unit, now, atol=2e-5)


def test_a_chosen_pair_is_on_the_timeline_until_it_is_taken_back(engine):
    run = engine.run(CORPUS, CONFIG)
    run.step(3)
    run.apply(0, 1, [2, 3], times=5)
    assert run.timeline.frames[-1].step == 8
    run.undo()
    assert [frame.step for frame in run.timeline.frames] == [0, 1, 2, 3]


def test_how_much_is_done_is_of_what_was_asked_for(engine):
    run = engine.run(CORPUS, CONFIG.replace(epochs=50))
    assert run.done == 0
    run.start(0.2)
    ended(run)
    assert run.done == 1
    assert run.progress.last.epoch < 20
    run.start()
    assert run.done < 1
    run.pause()


def test_a_page_drawn_with_play_shows_the_first_record(engine, monkeypatch):
    monkeypatch.setattr(playing, "FIRST_SECONDS", 60)
    run = engine.run(CORPUS, CONFIG.replace(epochs=10_000))
    for _ in range(2):  # started anew, it is waited for anew
        before = run.progress.step
        run.start()
        run.await_first()
        assert run.progress.step > before
        run.pause()
    assert not run.running
    assert run.progress.pairs_per_second == 0


def test_what_is_closed_stops(engine):
    run = engine.run(CORPUS, CONFIG.replace(epochs=100_000))
    run.start()
    until(run, lambda: run.progress.step > 0)
    run.close()
    ended(run)
    assert not run.progress.finished


def test_neighbors_are_those_of_the_record(engine):
    run = engine.run(CORPUS, CONFIG)
    for _ in range(3):
        run.step(5)
        for word in ("w3", "w8"):
            assert run.neighbors(word, 4) == run.progress.embeddings.neighbors(word, 4)


def test_a_pair_is_examined_as_the_core_does(engine):
    run, bare = engine.run(CORPUS, CONFIG), Trainer(CORPUS, CONFIG)
    run.step(3)
    for _ in range(3):
        bare.step()
    noise = run.draw_noise(7)
    assert noise == SinglePairs(bare).draw_noise(np.random.default_rng(7)).tolist()
    record, embeddings = run.examine(0, 1, noise, 4)
    expected = SinglePairs(bare).examine(0, 1, noise, learning_rate=run.learning_rate, leading=4)
    np.testing.assert_array_equal(record.distribution, expected.distribution)
    np.testing.assert_array_equal(embeddings.output_vectors, bare.U)


def test_facts_about_a_run(engine):
    run = engine.run(CORPUS, CONFIG.replace(objective="hierarchical_softmax"), [["w3", "w8"]])
    bare = Trainer(CORPUS, CONFIG.replace(objective="hierarchical_softmax"))
    assert run.start_value == bare.objective.start_value
    assert (run.window, run.batch_tokens) == (bare.window, bare.batch_tokens)
    np.testing.assert_array_equal(run.tree.lengths, bare.objective.tree.lengths)
    assert run.map.category[:2].tolist() == [0, 0]
    assert run.all_pairs > 0
    assert run.undoable == run.saved_step == 0
    assert isinstance(run.made(), RunLog)
    assert run.come() is None


def test_what_a_verb_raises_reaches_the_page(engine):
    run = engine.run(CORPUS, CONFIG.replace(max_row_update=None))
    run.step()
    run.set_learning_rate(1e30)
    with pytest.raises(Problem):
        run.apply(0, 1, [2, 3], times=300)
    assert run.progress.step == 1  # and what raised it is as it was


def test_a_saved_run_goes_on_bit_for_bit(engine):
    run, bare = engine.run(CORPUS, CONFIG), Trainer(CORPUS, CONFIG)
    run.step(7)
    facts, arrays = run.save()
    assert run.saved_step == 7
    again = engine.resume(CORPUS, CONFIG, (), facts, arrays, io.BytesIO(arrays["training"].tobytes()))
    assert again.progress.step == 7
    again.step(4)
    for _ in range(11):
        bare.step()
    np.testing.assert_array_equal(again.progress.embeddings.vectors, bare.W)
    assert [frame.step for frame in again.timeline.frames][:3] == [0, 1, 2]


def test_runs_side_by_side_are_the_bare_runs(engine):
    configs = [CONFIG, CONFIG.replace(objective="softmax")]
    runs = engine.compare(CORPUS, configs, [["w3", "w8"]])
    runs.step()
    assert runs.progress.pairs > 0
    runs.start()
    ended(runs)
    assert runs.progress.finished
    answers = runs.neighbors("w3", 4)
    for config, member, now, near in zip(configs, runs.members, runs.progress.members, answers, strict=True):
        bare = Trainer(CORPUS, config)
        records = list(bare.run())
        assert member.config == config
        assert member.map.category[:2].tolist() == [0, 0]
        assert now.last == records[-1]
        assert near == bare.snapshot().neighbors("w3", 4)
        assert member.probe_scale.start == now.looks.metrics["loss"][0]
    assert runs.probe_pairs > 0


def vectors():
    return np.random.default_rng(5).normal(size=(60, 10)).astype(np.float32)


def test_a_map_forms(engine):
    form = engine.form(Making(vectors()), np.zeros((60, 2), dtype=np.float32))
    form.start()
    until(form, lambda: form.frame.iteration > 0)
    form.pause()
    stood = form.frame.iteration
    assert not form.running
    form.start()
    ended(form)
    assert form.frame.iteration > stood
    assert form.frame.finished
    bare = TSNE(vectors())
    bare.step(bare.iterations)
    np.testing.assert_allclose(form.frame.points, bare.points, rtol=1e-3, atol=1e-3)


class Making:
    """Makes a map; can travel."""

    def __init__(self, vectors):
        self.vectors = vectors

    def __call__(self):
        return TSNE(self.vectors)
