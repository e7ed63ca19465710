"""The page about what a step costs, in a real browser."""

from pathlib import Path

import pytest

POINTS = (
    "Array.from(document.querySelector('.st-key-figure-cost .js-plotly-plot').data)"
    ".slice(4).map(({ x }) => x.length)"
)


def test_a_measurement_point_by_point_until_cancelled(open_cost):
    cost = open_cost()
    page = cost.page
    cost.says("Press Measure")
    cost.says("theory: 500 → 20,000 (×40)")
    assert page.evaluate(POINTS) == [0, 0, 0, 0]
    page.evaluate("document.querySelector('.st-key-figure-cost .js-plotly-plot').marked = true")
    page.locator("h4").first.click()
    page.keyboard.press("Space")
    cost.wait("running && step >= 4")
    some = sum(page.evaluate(POINTS))
    cost.wait(f"running && step > {some}")
    cost.press("cancel")
    cost.wait("!running")
    cost.says("Stopped after")
    points = sum(page.evaluate(POINTS))
    assert some < points <= 24
    assert page.evaluate(
        "document.querySelector('.st-key-figure-cost .js-plotly-plot').marked"
    )  # the same chart

    x, y = page.evaluate(
        "(plot => { const { _fullLayout: { xaxis, yaxis }, data } = plot, box = plot.getBoundingClientRect();"
        " return [box.x + xaxis._offset + xaxis.l2p(Math.log10(500)),"
        " box.y + yaxis._offset + yaxis.l2p(Math.log10(data[7].y[0]))]; })"
        "(document.querySelector('.st-key-figure-cost .js-plotly-plot'))"
    )
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y, steps=3)
    hover = page.locator(".st-key-figure-cost .hoverlayer .hovertext").first
    hover.wait_for()
    assert "Negative sampling, 500 words" in hover.text_content()

    page.wait_for_selector("[data-test-script-state='notRunning']")  # a drawing under way takes its file away
    with page.expect_download() as download:
        cost.press("csv")
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("# what: ")
    assert sum(not line.startswith("#") for line in lines) == 1 + points


@pytest.mark.long
def test_everything_is_in_view_on_a_laptop_and_can_be_saved_for_print(open_cost):
    page = open_cost().page
    chart, cards = ".st-key-figure-cost .live-figure", ("softmax", "negative_sampling")
    for part in (
        chart,
        *(f".st-key-price_{loss}" for loss in cards),
        ".st-key-measure",
        ".st-key-cost_noise",
    ):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 1366, part
        assert box["y"] + box["height"] <= 768, part
    page.hover(".st-key-figure-cost .js-plotly-plot")
    with page.expect_download() as download:
        page.click(".st-key-figure-cost .modebar-btn[data-title='Save as a drawing (SVG)']")
    assert Path(download.value.suggested_filename).suffix == ".svg"
    drawing = download.value.path().read_text(encoding="utf-8")
    assert "Theory: the scores of one pair" in drawing
    assert "different words in the text" in drawing
