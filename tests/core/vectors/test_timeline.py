import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core.vectors import timeline as module
from w2v_core.vectors.space import normalized
from w2v_core.vectors.timeline import Frame, Timeline


def vectors(step, words=6, dim=4):
    return np.random.default_rng(step).normal(size=(words, dim)).astype(np.float32) * 1e20


def trained(steps, **wanted):
    timeline = Timeline(6, 4, **wanted)
    for step in range(steps + 1):
        timeline.offer(step, 10 * step, vectors(step))
    return timeline


@pytest.mark.parametrize(
    ("steps", "interval", "frames"), [(0, 1, 1), (59, 1, 60), (60, 2, 31), (118, 2, 60), (1000, 32, 32)]
)
def test_every_second_snapshot_goes_where_they_become_too_many(steps, interval, frames):
    timeline = trained(steps)
    assert timeline.interval == interval
    assert [frame.step for frame in timeline.frames] == list(range(0, steps + 1, interval))
    assert len(timeline.frames) == frames
    for frame in timeline.frames:
        rows = vectors(frame.step).astype(float)
        np.testing.assert_allclose(
            frame.unit, rows / np.sqrt(np.sum(rows**2, axis=1, keepdims=True)), atol=2e-5
        )
        assert frame.pairs == 10 * frame.step


@given(st.lists(st.integers(1, 40), max_size=30))
def test_however_a_run_is_cut_the_snapshots_are_the_same(cuts):
    whole, timeline, step = trained(400), Timeline(6, 4), 0
    for cut in [*cuts, 401]:
        for _ in range(cut):
            if step <= 400:
                timeline.offer(step, 10 * step, vectors(step))
                step += 1
        timeline.show(step - 1, 10 * (step - 1), vectors(step - 1))
        assert timeline.frames[-1].step == step - 1
        saved, timeline = timeline, Timeline(6, 4)
        timeline.restore(saved.frames, saved.interval)
    assert [frame.step for frame in timeline.frames] == [frame.step for frame in whole.frames]
    for a, b in zip(timeline.frames, whole.frames, strict=True):
        np.testing.assert_array_equal(a.fixed, b.fixed)


def test_a_shown_moment_ends_the_line_until_a_later_one_is_kept():
    timeline = trained(100)
    timeline.show(101, 1010, vectors(101))
    assert [frame.step for frame in timeline.frames[-2:]] == [100, 101]
    timeline.show(101, 1010, vectors(101))
    assert [frame.step for frame in timeline.frames[-2:]] == [100, 101]
    timeline.offer(102, 1020, vectors(102))
    assert [frame.step for frame in timeline.frames[-2:]] == [100, 102]


def test_a_step_taken_back_takes_its_snapshot_back():
    timeline = trained(10)
    timeline.offer(8, 80, vectors(99))
    assert [frame.step for frame in timeline.frames] == list(range(9))
    np.testing.assert_allclose(timeline.frames[-1].unit, normalized(vectors(99)), atol=2e-5)


def test_memory_decides_how_many_words_are_kept(monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 61 * 4 * 2 * 3)  # three words
    assert Timeline(6, 4).ids.tolist() == [0, 1, 2]
    assert Timeline(6, 4, wanted=[5, 4]).ids.tolist() == [0, 4, 5]
    assert Timeline(6, 4, wanted=[5, 4, 3, 2]).ids.tolist() == [2, 3, 4]
    assert Timeline(2, 4).ids.tolist() == [0, 1]
    timeline = trained(500, wanted=[5])
    assert timeline.ids.tolist() == [0, 1, 5]
    assert sum(frame.fixed.nbytes for frame in timeline.frames) <= module.MOST_BYTES
    with pytest.raises(ValueError, match="read-only"):
        timeline.frames[0].fixed[0] = 0


def frames(*steps, words=6):
    return [Frame(step, step, np.zeros((words, 4), np.int16)) for step in steps]


@pytest.mark.parametrize(
    ("saved", "interval"),
    [
        (frames(0, 1, 2), 2),
        (frames(2, 0), 1),
        (frames(0, 0), 1),
        (frames(*range(61)), 1),
        (frames(0, words=5), 1),
        (frames(0), 0),
    ],
)
def test_snapshots_that_are_no_timeline_are_refused(saved, interval):
    with pytest.raises(ValueError, match=r"snapshots|interval"):
        Timeline(6, 4).restore(saved, interval)
