import pytest

from app.formatting import (
    axis_end,
    compact,
    decimal,
    figure,
    file_size,
    latex_figure,
    loss_value,
    percent,
)
from app.text import EN, ZH


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (5e-6, "0.000005"), (0.0235449, "0.0235"), (100.0, "100"), (50, "50")]
)
def test_small_numbers_have_no_exponent(value, shown):
    assert decimal(value) == shown


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [(0, "0", "0 "), (987.4, "987", "987 "), (12_345, "12.3 k", "1.23 万"), (2_000_000, "2.00 M", "200 万"),
     (2_345_678, "2.35 M", "235 万"), (4.2e9, "4.20 G", "42.0 亿"), (34_567_890, "34.6 M", "3457 万")],
)  # fmt: skip
def test_large_numbers_are_short_in_the_languages_own_units(value, english, chinese):
    assert compact(value, EN.units) == english
    assert compact(value, ZH.units) == chinese


@pytest.mark.parametrize(("pairs", "shown"), [(987, "987 个词对"), (12_345, "1.23 万个词对")])
def test_a_space_parts_a_number_from_the_chinese_after_it(pairs, shown):
    assert ZH.status_pairs.format(pairs=compact(pairs, ZH.units)) == shown


def test_an_exploded_loss_is_short():
    assert loss_value(4.15888) == "4.159"
    assert loss_value(1.2337e33) == "1.2×10³³"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0%"), (1, "100%"), (0.6349, "63%"), (0.0123, "1.2%"), (0.000_123_4, "0.012%"), (0.996, "100%")],
)
def test_shares_have_two_digits(share, shown):
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [(3999, "3.9 kB"), (52_000, "51 kB"), (800_000, "780 kB"), (1 << 20, "1 MB"), (31_344_016, "30 MB")],
)
def test_file_sizes_have_two_digits(size, shown):
    assert file_size(size) == shown


@pytest.mark.parametrize(
    ("value", "text", "latex"),
    [
        (0.0, "0", "0"),
        (-0.03124, "−0.0312", "-0.0312"),
        (12.345, "12.35", "12.35"),
        (-38426.2, "−38,426", "-38{,}426"),
        (2.314e-5, "2.31×10⁻⁵", r"2.31\cdot 10^{-5}"),
        (-4e9, "−4.00×10⁹", r"-4.00\cdot 10^{9}"),
        (float("inf"), "∞", r"\infty"),
    ],
)
def test_figures(value, text, latex):
    assert figure(value) == text
    assert latex_figure(value) == latex


def test_a_number_computed_in_two_ways_is_written_in_one():
    assert {figure(x) for x in (1 / 32, 1 / 32 - 1e-17, 1 / 32 + 1e-16)} == {"0.0313"}
    assert figure(-1 / 32) == "−0.0313"


def test_ends_of_axes():
    assert [axis_end(x) for x in (1.0, 0.005, 2e-7, 5e-118)] == ["1", "0.005", "2×10⁻⁷", "5×10⁻¹¹⁸"]
