"""Each preset is trained to the point that its text describes, and does what the text claims."""

import numpy as np
import pytest

from app.background.live_comparison import LiveComparison
from app.samples import samples
from app.session.presets import CHOICES, FIRST, MOST, OWN, PRESETS, SAME_LOSS
from app.settings import DEFAULT_CORPUS, configured, recommended
from app.text import LANGUAGES
from w2v_core import Corpus


@pytest.fixture(scope="module", params=DEFAULT_CORPUS.values())  # where a newcomer meets them
def played(request):
    sample = samples()[request.param]
    corpus = Corpus.from_file(sample.path, min_count=1)

    def play(preset_id, pairs=np.inf):
        preset = PRESETS[preset_id]
        shared = recommended(sample) | preset.settings(sample)
        configs = [configured(shared | {preset.setting: value}) for value in preset.values]
        runs = LiveComparison(corpus, configs)
        while runs._goal < pairs and not runs._over:
            runs._next_look = np.inf  # one look, at the end
            runs._advance()
        runs._publish(last=True)
        return runs

    return play


def measured(runs, name="mean_reciprocal_rank"):
    return [float(now.looks.metrics[name][-1]) for now in runs.progress.members]


def relative(runs):
    return [
        float(member.probe_scale.relative(now.looks.metrics["loss"][-1]))
        for member, now in zip(runs.members, runs.progress.members, strict=True)
    ]


def test_softmax_ranks_better_pair_for_pair_and_touches_far_more_rows(played):
    runs = played("objectives", pairs=300_000)
    sampling, softmax = measured(runs)
    assert softmax > 1.1 * sampling
    few, many = runs.progress.members
    assert many.rows > 4 * few.rows
    # Where negative sampling is now, softmax was at as many rows far from:
    reached = float(np.interp(few.rows, many.curve.rows, many.curve.smooth))
    assert runs.members[1].running_scale.relative(reached) > 1.4 * runs.members[0].running_scale.relative(
        few.curve.smooth[-1]
    )


@pytest.mark.long
def test_more_negatives_mean_a_larger_loss_and_yet_more_words_in_the_top_10(played):
    runs = played("negatives")
    for member, value in zip(runs.members, PRESETS["negatives"].values, strict=True):
        assert member.running_scale.start == pytest.approx((value + 1) * np.log(2))
    one, five, twenty = measured(runs, "loss")
    assert one < five < twenty
    assert twenty > 2.5 * one
    among_ten = measured(runs, "top_10")
    assert len({member.rows for member in runs.progress.members}) == 1  # a shared pool costs alike
    assert among_ten[2] == max(among_ten)
    assert among_ten[2] > 1.1 * among_ten[0]


def test_of_three_rates_one_crawls_one_falls_and_one_explodes_and_stops(played):
    runs = played("rates", pairs=500_000)
    crawling, falling, exploded = runs.progress.members
    assert relative(runs)[0] > 0.85
    assert relative(runs)[1] < 0.6
    assert exploded.problem.code == "diverged"
    assert exploded.last.step < 50
    assert np.nanmax(exploded.curve.loss) > 100 * runs.members[2].running_scale.start
    assert crawling.problem is falling.problem is None


@pytest.mark.long
def test_noise_powers_have_one_start_three_floors_and_power_one_ranks_worst(played):
    runs = played("noise")
    starts, floors = zip(
        *((member.running_scale.start, member.running_scale.floor.value) for member in runs.members),
        strict=True,
    )
    assert starts == pytest.approx([6 * np.log(2)] * 3)
    assert len({round(value, 3) for value in floors}) == 3
    for metric in ("mean_reciprocal_rank", "top_10"):
        uniform, usual, as_counted = measured(runs, metric)
        assert as_counted < 0.95 * min(uniform, usual)


def test_the_notes_loss_falls_through_zero_without_end_and_its_ranks_stay_poor(played):
    runs = played("notes", pairs=100_000)
    notes, softmax = runs.progress.members
    losses = notes.curve.smooth
    assert losses[-1] < 2 * losses[len(losses) // 2] < 0
    assert np.all(np.diff(losses[len(losses) // 2 :: 20]) < 0)
    assert runs.members[0].running_scale.floor.code == "unbounded"
    assert softmax.curve.smooth[-1] > runs.members[1].running_scale.floor.value
    poor, good = measured(runs)
    assert poor < 0.25 * good


@pytest.mark.long
@pytest.mark.parametrize("preset_id", PRESETS)
def test_a_preset_shows_its_point_within_twenty_seconds(played, preset_id):
    runs = played(preset_id)
    assert all(member.finished or member.problem for member in runs.progress.members)
    assert sum(member.seconds for member in runs.progress.members) < 20


def test_from_zero_nothing_moves(played):
    runs = played("zero", pairs=20_000)
    moving, still = runs.progress.members
    assert not runs.members[1].trainer.W.any()
    assert not runs.members[1].trainer.U.any()
    np.testing.assert_allclose(still.curve.smooth, runs.members[1].running_scale.start, rtol=1e-6)
    assert moving.curve.smooth[-1] < still.curve.smooth[-1]


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_every_preset_and_every_choice_has_its_words(text):
    words = text.compare_page
    assert set(words.presets) == set(words.watch) == {*PRESETS, OWN}
    for setting, values in CHOICES.items():
        assert setting in {**text.settings, **words.settings}
        labels = {**words.labels, **text.objectives}
        assert all(value in labels for value in values if isinstance(value, str))


def test_presets_offer_what_can_be_chosen():
    assert CHOICES.keys() == FIRST.keys()
    assert CHOICES.keys() > SAME_LOSS
    for preset in PRESETS.values():
        assert 2 <= len(preset.values) <= MOST
        assert set(preset.values) <= set(CHOICES[preset.setting])
    for setting, values in FIRST.items():
        assert len(values) == MOST
        assert set(values) <= set(CHOICES[setting])
