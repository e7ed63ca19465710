"""Several seeds as one: NumPy's mean, minimum and maximum of what each seed has at the same pairs."""

from dataclasses import replace

import numpy as np
import pytest

from app.background.averaging import CLOCKS, average, together
from app.background.comparison import METRICS
from app.background.live_comparison import LiveComparison
from tests.app.background.test_live import CONFIG, CORPUS
from w2v_core import Problem

SEEDS = (4, 5, 6)


def progress(seed, steps, **changes):
    """Return how far a run is after some steps; to its end without a number."""
    runs = LiveComparison(CORPUS, [CONFIG.replace(seed=seed, **changes)], None)
    while not runs.progress.finished if steps is None else steps > 0:
        runs.step()
        steps = steps and steps - 1
    return runs.progress.members[0]


@pytest.fixture(scope="module")
def halfway():
    return {seed: progress(seed, 12 + seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def ended():
    return {seed: progress(seed, None, epochs=2) for seed in SEEDS}


def column(of, name):
    """Return a column of a curve, or of looks."""
    return getattr(of, name) if hasattr(of, name) else of.metrics[name]


def read_off(of, name, places):
    """Return what a seed has at numbers of pairs."""
    return np.interp(places, of.pairs, column(of, name))


@pytest.mark.parametrize("part", ["curve", "looks"])
def test_mean_and_band_are_of_all_seeds_as_far_as_all_have_come(halfway, part):
    found, parts = average(halfway), [getattr(now, part) for now in halfway.values()]
    mean, (least, most) = getattr(found, part), getattr(found.band, {"curve": "curves"}.get(part, part))
    reach = min(of.pairs[-1] for of in parts)
    places = mean.pairs
    assert places[-1] == reach
    np.testing.assert_array_equal(places[:-1], parts[0].pairs[parts[0].pairs < reach])
    for name in ("loss", "smooth") if part == "curve" else METRICS:
        values = np.array([read_off(of, name, places) for of in parts])
        for of, how in ((mean, np.mean), (least, np.min), (most, np.max)):
            np.testing.assert_allclose(column(of, name), how(values, axis=0), rtol=1e-12)
    for clock in CLOCKS:
        expected = np.mean([read_off(of, clock, places) for of in parts], axis=0)
        for of in (mean, least, most):
            np.testing.assert_allclose(getattr(of, clock), expected, rtol=1e-12)


def test_the_end_is_the_mean_of_each_seeds_own(ended):
    found, ends = average(ended), [now.curve.smooth[-1] for now in ended.values()]
    assert found.finished
    assert len({now.pairs for now in ended.values()}) > 1
    assert found.curve.smooth[-1] == pytest.approx(np.mean(ends))
    assert [of.smooth[-1] for of in found.band.curves] == pytest.approx([min(ends), max(ends)])
    assert found.curve.pairs[-1] == pytest.approx(np.mean([now.pairs for now in ended.values()]))
    assert (np.diff(found.curve.pairs) > 0).all()
    for name in METRICS:
        last = [now.looks.metrics[name][-1] for now in ended.values()]
        assert found.looks.metrics[name][-1] == pytest.approx(np.mean(last))
    assert found.rows == round(np.mean([now.rows for now in ended.values()]))


def test_one_seed_twice_is_that_seed(halfway):
    now = halfway[4]
    found = average({4: now, 5: now})
    for of in (found.curve, *found.band.curves):
        np.testing.assert_allclose(of.smooth, now.curve.smooth)
        np.testing.assert_allclose(of.pairs, now.curve.pairs)
    assert found.frame is now.frame
    assert found.last == now.last


def test_a_mean_ends_where_the_first_seed_stopped_by_itself(halfway):
    stopped = Problem("diverged", "", step=3)
    short = replace(progress(5, 3), problem=stopped)
    found = average({**halfway, 5: short})
    assert found.problem is stopped
    assert found.pairs == found.curve.pairs[-1] == short.pairs
    assert not found.finished


def test_before_the_first_step_there_is_no_curve_but_a_first_look():
    found = average({seed: progress(seed, 0) for seed in SEEDS})
    assert len(found.curve.steps) == len(found.band.curves[0].smooth) == 0
    assert found.looks.pairs.tolist() == [0]
    assert found.last is None


def test_numbers_beyond_all_numbers_are_no_error():
    curves = [{"pairs": np.array([1.0, 2, 3]), "loss": np.array([1.0, end, end])} for end in (2.0, np.inf)]
    found = together(curves, finished=False)
    assert found["loss"][0].tolist() == [1, 2, 2]
    assert found["loss"][1][0] == 1
    assert not np.isfinite(found["loss"][1][1:]).any()
