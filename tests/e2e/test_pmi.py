"""The page about what is learned, in a real browser."""

import pytest

POINTS = (
    "plot.data.slice(0, -1).flatMap(({ x, y, customdata }) =>"
    " Array.from(x, (at, i) => ({ x: at, y: y[i], text: customdata[i] })))"
)
CORRELATION = (
    f"(plot => {{ const points = {POINTS}, mean = (v) => v.reduce((a, b) => a + b) / v.length;"
    " const [x, y] = ['x', 'y'].map((name) => points.map((point) => point[name]));"
    " const apart = (v) => v.map((a) => a - mean(v)), dot = (u, v) => u.reduce((sum, a, i) => sum + a * v[i], 0);"
    " const [dx, dy] = [apart(x), apart(y)];"
    " return dot(dx, dy) / Math.sqrt(dot(dx, dx) * dot(dy, dy)); })"
    "(document.querySelector('.st-key-figure-pairs .js-plotly-plot'))"
)
LONELIEST = f"""(plot => {{
  const {{ xaxis, yaxis }} = plot._fullLayout, box = plot.getBoundingClientRect();
  const points = {POINTS}.map(({{ x, y, text }}) => ({{ x: xaxis.l2p(x), y: yaxis.l2p(y), text }}));
  const room = (a) => Math.min(...points.map((b) => (a === b ? Infinity : Math.hypot(a.x - b.x, a.y - b.y))));
  const inside = points.filter(({{ x, y }}) => x > 0 && y > 0 && x < xaxis._length && y < yaxis._length);
  const point = inside.reduce((a, b) => (room(a) > room(b) ? a : b));
  return [point.text.match(/<b>(.*?)<.b>/)[1], box.x + xaxis._offset + point.x, box.y + yaxis._offset + point.y];
}})(document.querySelector('.st-key-figure-pairs .js-plotly-plot'))"""


@pytest.mark.long
def test_the_cloud_tightens_while_the_run_plays_and_the_chart_stays(open_pairs):
    pairs = open_pairs()
    page = pairs.page
    pairs.says("leave 0 for the diagonal")
    for part in (
        ".st-key-figure-pairs .live-figure",
        ".st-key-play",
        ".st-key-csv",
        ".katex-html",
        ".st-key-seed",
    ):
        box = page.locator(part).first.bounding_box()
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 1366, part
        assert box["y"] + box["height"] <= 768, part
    page.evaluate(
        "const plot = document.querySelector('.st-key-figure-pairs .js-plotly-plot'); plot.marked = true;"
        "for (const svg of plot.querySelectorAll('.main-svg')) svg.marked = true;"
        "window.gone = 0; new MutationObserver(() => (gone += !plot.isConnected))"
        ".observe(document.body, { childList: true, subtree: true });"
    )
    pairs.press("play")
    pairs.wait("running && step > 50")
    early = page.evaluate(CORRELATION)
    pairs.wait("step > 2500")
    assert page.evaluate("gone") == 0  # not even for a moment
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
    assert page.evaluate("document.querySelector('.st-key-figure-pairs .js-plotly-plot').marked")
    assert page.evaluate(
        "[...document.querySelectorAll('.st-key-figure-pairs .main-svg')].every(svg => svg.marked)"
    )


def test_a_point_tells_its_pair_and_the_run_goes_on_from_page_to_page(open_pairs):
    pairs = open_pairs(locale="zh-CN")
    page = pairs.page
    pairs.press("play")
    pairs.wait("running && step > 20")
    step = pairs.state()["step"]
    pairs.visit("训练")
    page.wait_for_function(
        "step => +document.querySelector('.st-key-figure-map .live-figure')?.dataset.step > step", arg=step
    )
    pairs.visit("学到了什么")
    pairs.wait(f"running && step > {step}")
    pairs.idle()
    pairs.press("pause")
    pairs.wait("!running")
    page.locator(".st-key-play button:enabled").first.wait_for()  # all is drawn for a run that pauses
    page.wait_for_selector("[data-test-script-state='notRunning']")
    with page.expect_download() as download:
        pairs.press("csv")
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert f"# step: {pairs.state()['step']}" in lines
    assert sum(not line.startswith("#") for line in lines) > 2000
    words, x, y = page.evaluate(LONELIEST)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y, steps=3)
    hover = page.locator(".st-key-figure-pairs .hoverlayer .hovertext").first
    hover.wait_for()
    assert words in hover.text_content()
    assert "点互信息" in hover.text_content()
