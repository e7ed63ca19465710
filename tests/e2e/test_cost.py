"""The page about what a step costs, in a real browser."""

from pathlib import Path

from w2v_core.training.cost import VOCABULARY_SIZES

POINTS = "Array.from(document.querySelector('.w2v-cost .w2v-plot').data).slice(4).map(({ x }) => x.length)"


def test_theory_first_then_points_one_by_one_until_cancelled(open_cost):
    cost = open_cost()
    page = cost.page
    cost.says("Press Measure")
    cost.says("theory: 500 → 20,000 (×40)")
    assert page.evaluate(POINTS) == [0, 0, 0, 0]
    page.evaluate("document.querySelector('.w2v-cost .w2v-plot').marked = true")
    cost.press("measure")
    cost.wait("running && step >= 2")
    some = sum(page.evaluate(POINTS))
    cost.wait(f"running && step > {some}")
    cost.press("cancel")
    cost.wait("!running")
    cost.says("Stopped after")
    assert 2 <= sum(page.evaluate(POINTS)) < 24
    assert page.evaluate("document.querySelector('.w2v-cost .w2v-plot').marked")  # the same chart


def test_a_whole_measurement_is_there_for_the_next_visitor_too(open_cost, tmp_path):
    cost = open_cost()
    cost.page.locator("h4").first.click()
    cost.page.keyboard.press("Space")
    cost.wait("running && step >= 1")
    cost.page.set_default_timeout(120_000)
    cost.wait("!running")
    cost.says("times less")
    assert cost.page.evaluate(POINTS) == [len(VOCABULARY_SIZES)] * 4
    with cost.page.expect_download() as download:
        cost.press("csv")
    path = tmp_path / "cost.csv"
    download.value.save_as(path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("# what: ")
    assert sum(not line.startswith("#") for line in lines) == 1 + 24

    other = open_cost(locale="zh-CN")
    other.says("重新测量")
    assert other.page.evaluate(POINTS) == [len(VOCABULARY_SIZES)] * 4
    box = other.page.locator(".w2v-cost .w2v-plot").bounding_box()
    point = other.page.evaluate(
        "(({ _fullLayout: { xaxis, yaxis }, data }) => [xaxis._offset + xaxis.l2p(Math.log10(data[7].x[3])),"
        " yaxis._offset + yaxis.l2p(Math.log10(data[7].y[3]))])(document.querySelector('.w2v-cost .w2v-plot'))"
    )
    other.page.mouse.move(box["x"] + point[0] - 3, box["y"] + point[1])
    other.page.mouse.move(box["x"] + point[0], box["y"] + point[1], steps=3)
    hover = other.page.locator(".w2v-cost .hoverlayer .hovertext").first
    hover.wait_for()
    assert "5,000 个词" in hover.text_content()


def test_everything_is_in_view_on_a_laptop(open_cost):
    page = open_cost().page
    for part in (".w2v-cost-chart", ".w2v-cards", ".w2v-cost-note", ".st-key-measure", ".st-key-cost_noise"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 1366, part
        assert box["y"] + box["height"] <= 768, part


def test_a_picture_for_print(open_cost, tmp_path):
    page = open_cost().page
    page.hover(".w2v-cost .w2v-plot")
    with page.expect_download() as download:
        page.click(".w2v-cost .modebar-btn[data-title='Save as a drawing (SVG)']")
    path = tmp_path / Path(download.value.suggested_filename).name
    assert path.suffix == ".svg"
    download.value.save_as(path)
    assert "different words in the text" in path.read_text(encoding="utf-8")
