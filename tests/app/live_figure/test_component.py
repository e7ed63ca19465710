"""Messages hold the arrays' bytes, styles are legible, words are literal."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live_figure import Style, ladder, literal, moved
from app.live_figure.component import encoded
from app.live_figure.modebar import MODEBAR
from app.live_figure.style import COLORS, TEXT_COLORS


def decoded(message):
    length = int.from_bytes(message[:4], "little")
    start = 4 + length
    assert start % 8 == 0

    def placed(value):
        if set(value) != {"$"}:
            return value
        kind, begin, size = value["$"]
        return np.frombuffer(message, f"<{kind}", size, start + begin)

    return json.loads(message[4:start], object_hook=placed)


@given(st.lists(st.lists(st.floats(width=32, allow_nan=False), max_size=9), max_size=5), st.text())
def test_arrays_come_out_as_they_went_in(columns, word):
    arrays = {str(i): np.array(column, dtype=np.float32) for i, column in enumerate(columns)}
    found = decoded(encoded({"arrays": arrays, "word": word, "number": np.int64(7)}))
    assert found["word"] == word
    assert found["number"] == 7
    for name, array in arrays.items():
        np.testing.assert_array_equal(found["arrays"][name], array)


def test_counts_keep_their_digits_and_other_things_are_refused():
    found = decoded(encoded({"pairs": np.array([2**40, 1], dtype=np.float64), "ids": np.array([3])}))
    assert found["pairs"].tolist() == [2**40, 1]
    assert found["ids"].dtype == np.int32
    with pytest.raises(TypeError):
        encoded({"what": object()})


def test_moves_set_paths_in_traces_and_layout():
    figure = go.Figure([go.Bar(uid="a"), go.Scatter(uid="b", meta={"labels": {"order": [1, 0]}})])
    figure.update_layout(annotations=[{"text": "old"}], xaxis2={"title": "x"})
    moves = {
        "traces": {"a": {"x": np.array([1.0]), "marker.color": ["red"]}, "b": {"leading": np.array([1])}},
        "layout": {"annotations.0.text": "new", "xaxis2.range": [0, 1]},
    }
    moved(figure, moves)
    assert figure.data[0].marker.color == ("red",)
    assert figure.data[1].meta == {"labels": {"order": [1, 0], "leading": [1]}}
    assert figure.layout.annotations[0].text == "new"
    assert figure.layout.xaxis2.range == (0, 1)


@pytest.mark.parametrize("value", [0, 1, 1.2, 77, 1e9])
def test_a_ladder_holds_the_value_and_little_more(value):
    found = ladder(value, 1.0, 1.5)
    assert value <= found <= max(1, 1.5 * value)
    assert found == pytest.approx(1.5 ** round(np.log(found) / np.log(1.5)))


def test_a_word_is_shown_as_it_is():
    assert literal("a<b>&amp;%{x}\n") == "a&lt;b&gt;&amp;amp;%&#123;x} "
    assert len(literal("x" * 500)) == 80


def luminance(color):
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return np.dot([0.2126, 0.7152, 0.0722], linear)


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_text_is_legible_in_both_themes(dark):
    style = Style(dark=dark)
    assert all(
        contrast(color, style.background) >= 4.5 for color in [style.text, *style.text_colors.values()]
    )
    assert all(contrast(color, style.background) >= 1.9 for color in COLORS.values())
    assert TEXT_COLORS.keys() == {"light", "dark"}


def test_large_type_enlarges_the_whole_template():
    usual, large = (Style(large=large).figure().layout.template.layout for large in (False, True))
    assert large.font.size == pytest.approx(1.4 * usual.font.size)
    assert large.margin.l == pytest.approx(1.4 * usual.margin.l)


def test_the_buttons_have_names_in_both_languages():
    assert {"drawing", "picture", "missing", "no_webgl"} <= MODEBAR["en"].keys() <= MODEBAR["zh"].keys()
