"""The page about what is learned, in a real browser."""

import pytest

CORRELATION = (
    "(([x, y]) => { const n = x.length, mean = (v) => v.reduce((a, b) => a + b) / n;"
    " const [mx, my] = [mean(x), mean(y)];"
    " const dot = (u, mu, v, mv) => u.reduce((sum, a, i) => sum + (a - mu) * (v[i] - mv), 0);"
    " return dot(x, mx, y, my) / Math.sqrt(dot(x, mx, x, mx) * dot(y, my, y, my)); })"
    "([...document.querySelector('.w2v-pmi .w2v-plot').data].slice(0, 4).map(({ x, y }) => [x, y])"
    ".reduce(([a, b], [x, y]) => [[...a, ...x], [...b, ...y]], [[], []])"
    ".map((values) => values.filter((value) => value !== null)))"
)


def test_the_cloud_tightens_while_the_run_plays_and_the_chart_stays(open_pairs):
    pairs = open_pairs()
    page = pairs.page
    pairs.says("leave 0 for the diagonal")
    page.evaluate(
        "const plot = document.querySelector('.w2v-pmi .w2v-plot'); plot.marked = true;"
        "for (const svg of plot.querySelectorAll('.main-svg')) svg.marked = true;"
    )
    pairs.press("play")
    pairs.wait("running && step > 50")
    early = page.evaluate(CORRELATION)
    pairs.wait("step > 2500")
    pairs.press("pause")
    pairs.wait("!running")
    pairs.says("Paused")
    late = page.evaluate(CORRELATION)
    assert late > early
    assert late > 0.5
    # The number beside the chart is that of the points drawn.
    shown = page.locator("[data-testid=stMetricValue]").first
    page.wait_for_function(
        f"Math.abs({CORRELATION} - +document.querySelector('[data-testid=stMetricValue]').innerText) < 0.001"
    )
    assert float(shown.inner_text()) == pytest.approx(page.evaluate(CORRELATION), abs=0.001)
    assert page.evaluate("document.querySelector('.w2v-pmi .w2v-plot').marked")
    assert page.evaluate("[...document.querySelectorAll('.w2v-pmi .main-svg')].every(svg => svg.marked)")


def test_a_point_tells_its_pair(open_pairs):
    pairs = open_pairs(locale="zh-CN")
    page = pairs.page
    pairs.press("step")
    pairs.wait("step === 1")
    # The pair farthest to the right has nobody on top of it.
    words, x, y = page.evaluate(
        """() => {
          const plot = document.querySelector('.w2v-pmi .w2v-plot'), { xaxis, yaxis } = plot._fullLayout;
          const points = plot.data.slice(0, 4).flatMap(({ x, y, customdata }) =>
            x.map((at, i) => at !== null && [at, y[i], customdata[i]]).filter(Boolean));
          const [x, y, text] = points.reduce((a, b) => (a[0] > b[0] ? a : b)), box = plot.getBoundingClientRect();
          return [text.match(/<b>(.*?)<.b>/)[1], box.x + xaxis._offset + xaxis.l2p(x),
                  box.y + yaxis._offset + yaxis.l2p(y)];
        }"""
    )
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y, steps=3)
    hover = page.locator(".w2v-pmi .hoverlayer .hovertext").first
    hover.wait_for()
    assert words in hover.text_content()
    assert "点互信息" in hover.text_content()


def test_another_loss_and_back(open_pairs):
    pairs = open_pairs()
    pairs.choose("objective", "Softmax with negatives")
    pairs.says("no lower bound: no score is the right one")
    pairs.press("choose_negative_sampling")
    pairs.says("leave 0 for the diagonal")
    pairs.choose("objective", "Full softmax")
    pairs.says("log P(context | center)")


def test_the_run_goes_on_from_page_to_page(open_pairs):
    pairs = open_pairs()
    pairs.type_number("epochs", 500)
    pairs.press("play")
    pairs.wait("running && step > 20")
    step = pairs.state()["step"]
    pairs.visit("Train")
    pairs.page.wait_for_function(
        "step => +document.querySelector('.w2v-live')?.dataset.step > step", arg=step
    )
    pairs.visit("What it learns")
    pairs.wait(f"running && step > {step}")
    pairs.press("pause")
    pairs.wait("!running")


def test_everything_is_in_view_on_a_laptop(open_pairs):
    page = open_pairs().page
    for part in (".w2v-pairs-chart", ".st-key-play", ".st-key-csv", ".katex-html", ".st-key-seed"):
        box = page.locator(part).first.bounding_box()
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 1366, part
        assert box["y"] + box["height"] <= 768, part


def test_points_to_take_home(open_pairs, tmp_path):
    pairs = open_pairs()
    pairs.press("step")
    pairs.wait("step === 1")
    with pairs.page.expect_download() as download:
        pairs.press("csv")
    path = tmp_path / "pairs.csv"
    download.value.save_as(path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert "# step: 1" in lines
    assert sum(not line.startswith("#") for line in lines) > 2000
