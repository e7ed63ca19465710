"""The Side by side page in a real browser."""

import pytest

CURVES = ".st-key-figure-compare_curves"


def test_play_pause_step_and_reset_on_charts_that_stay(open_compare):
    lab = open_compare()
    page = lab.page
    lab.switch("below", "Maps")
    page.wait_for_selector(".st-key-figure-compare_maps .js-plotly-plot")
    page.evaluate("for (const svg of document.querySelectorAll('.live-figure .main-svg')) svg.marked = true")
    lab.press("play")
    lab.wait("running && step > 60")
    lab.says("pairs each")
    lab.press("pause")
    lab.wait("!running")
    first, second = lab.curves("loss")
    assert first["x"] == second["x"]  # the same pairs
    for curve in (first, second):
        assert curve["y"][-1] < curve["y"][0]
    stopped = lab.state()["step"]
    lab.press("step")
    lab.wait(f"step === {stopped + 1}")
    lab.press("reset")
    lab.wait("step === 0")
    assert page.evaluate(
        "[...document.querySelectorAll('.live-figure .main-svg')].every((svg) => svg.marked)"
    )


def test_switches_show_the_same_runs_on_other_scales_and_all_can_be_taken_along(open_compare):
    lab = open_compare()
    page = lab.page
    lab.press("play")
    lab.wait("step > 60")
    lab.press("pause")
    lab.wait("!running")
    plain = lab.curves("loss")

    def switched(name, option, axis, title, what="loss"):
        lab.switch(name, option)
        page.wait_for_function(
            f"title => document.querySelector('{CURVES} .js-plotly-plot').layout.{axis}.title.text === title",
            arg=title,
        )
        return lab.curves(what)

    few, many = switched("clock", "rows of U", "xaxis", "rows of U touched, added up")
    assert many["x"][-1] > 4 * few["x"][-1]
    assert [few["y"], many["y"]] == [curve["y"] for curve in plain]
    assert lab.layout("xaxis.range") == lab.layout("xaxis2.range")
    relative = switched("scale", "loss left", "yaxis", "loss left to go (1 start, 0 floor)")
    assert all(0 < curve["y"][-1] <= 1.1 for curve in relative)
    lab.says("1 is its start, 0 the least")
    ranks = switched("measure", "top 10", "yaxis2", "top 10 share (probe)", "measure")
    assert len(ranks) == 2
    switched("clock", "pairs", "xaxis", "pairs seen")
    assert switched("scale", "loss", "yaxis", "loss (nats)") == plain

    with page.expect_download() as table:
        lab.press("export")
    lines = table.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("# Word2Vec Lab")
    assert "# objective of B: softmax" in lines
    assert sum(line.startswith("A,") for line in lines) > 60
    page.hover(f"{CURVES} .js-plotly-plot")
    for format in ("png", "svg"):
        with page.expect_download() as picture:
            page.locator(f"{CURVES} .modebar-btn[data-title*='({format.upper()})']").click()
        assert picture.value.suggested_filename == f"side_by_side.{format}"
        content = picture.value.path().read_bytes()
        if format == "png":
            assert content.startswith(b"\x89PNG")
        else:
            svg = content.decode("utf-8")
            assert svg.startswith("<svg")
            assert "Negative sampling" in svg


@pytest.mark.long
def test_curves_of_several_seeds_lie_in_their_bands(open_compare):
    lab = open_compare(path="compare?preset=objectives&seeds=3")
    lab.press("play")
    lab.wait("step > 60")
    lab.says("mean of 3 seeds")
    lab.press("pause")
    lab.wait("!running")
    for what in ("loss", "measure"):
        below, means, above = (lab.curves(f"{what}{end}") for end in (" least", "", " most"))
        assert [curve["letter"] for curve in means] == ["A", "B"]
        for least, mean, most in zip(below, means, above, strict=True):
            assert least["x"] == mean["x"] == most["x"]
            for low, middle, high in zip(least["y"], mean["y"], most["y"], strict=True):
                assert low <= middle <= high
            assert least["y"][-1] < most["y"][-1]
    shown = lab.page.locator(f"{CURVES} .js-fill").evaluate_all(
        "fills => fills.map(fill => fill.getBBox().height)"
    )
    assert len(shown) == 4
    assert max(shown) > 3  # pixels; where seeds hardly differ, Plotly draws a line


@pytest.mark.long
def test_a_preset_an_explosion_and_a_comparison_of_ones_own(open_compare):
    lab = open_compare(locale="zh-CN")
    lab.choose("compare_preset", "学习率：太小、合适、发散")
    lab.page.locator(f"{CURVES} .legendtext >> nth=2").wait_for()
    lab.press("play")
    lab.says("步之后发散")
    lab.press("pause")
    lab.wait("!running")
    lab.page.click(".st-key-compare_own button")
    lab.choose("compare_setting", "向量维数")
    lab.says("按 重置")
    lab.page.keyboard.press("Escape")
    lab.press("reset")
    lab.wait("step === 0")
    for letter, value in zip("ABC", (2, 10, 50), strict=True):
        lab.page.locator(f"{CURVES} .legendtext").get_by_text(f"{letter}  向量维数: {value}").wait_for()


@pytest.mark.long
@pytest.mark.parametrize("below", ["Maps", "Neighbors"])
def test_everything_is_in_view_on_a_laptop(open_compare, below):
    lab = open_compare()
    page = lab.page
    if below == "Maps":
        lab.switch("below", below)
    name = f".st-key-figure-compare_{below.lower()}"
    page.wait_for_selector(f"{name} .js-plotly-plot")
    page.wait_for_function(
        "(({scrollWidth, clientWidth, scrollHeight, clientHeight}) => scrollWidth <= clientWidth"
        " && scrollHeight <= clientHeight)(document.querySelector('.stMain'))"
    )
    for selector in (CURVES, name, ".st-key-compare_follow"):
        box = page.locator(selector).first.bounding_box()
        assert box["x"] + box["width"] <= 1366, selector
        assert box["y"] + box["height"] <= 768, selector
    assert page.locator(f"{CURVES} .nsewdrag").first.bounding_box()["height"] > 110


def test_a_word_can_be_followed_from_any_column(open_compare):
    lab = open_compare()
    page = lab.page
    page.click(".st-key-compare_follow input")
    page.keyboard.type("tiger")
    page.get_by_role("option", name="tiger", exact=True).click()
    page.get_by_role("img", name="The nearest neighbors of tiger in each run.").wait_for()
    plot = page.locator(".st-key-figure-compare_neighbors .js-plotly-plot")
    word = plot.evaluate("plot => plot.data[1].customdata[2]")  # of the second run
    box = plot.locator(".x2y2 .point >> nth=2").bounding_box()
    page.mouse.click(box["x"] + 10, box["y"] + box["height"] / 2)
    page.get_by_role("img", name=f"The nearest neighbors of {word} in each run.").wait_for()
    lab.press("step")
    lab.wait("step === 1")
    lab.shows_choice("compare_follow", word)


@pytest.mark.long
def test_runs_and_large_type_stay_as_pages_change(open_compare):
    lab = open_compare()
    page = lab.page
    lab.choose("compare_preset", "All vectors zero")
    lab.says("never leaves its start line")
    lab.press("step")
    lab.wait("step === 1")
    page.locator(".st-key-large label").first.click()
    template = f"document.querySelector('{CURVES} .js-plotly-plot').layout.template.layout.font.size"
    page.wait_for_function(f"{template} > 15")
    lab.visit("Corpus")
    page.wait_for_function(f"!document.querySelector('{CURVES}')")
    lab.visit("Side by side")
    lab.wait("step === 1")
    page.wait_for_function(f"{template} > 15")
    assert page.locator("[data-testid=stAlert]").count() == 0


@pytest.mark.long
def test_an_explosion_is_read_in_the_last_row(open_compare):
    lab = open_compare()
    page = lab.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.locator(".st-key-large label").first.click()
    lab.choose("compare_preset", "Learning rate: crawl, fall, explode")
    lab.press("play")
    # Asked in one go: the cards are drawn anew with every record.
    top, bottom = page.wait_for_function(
        """curves => {
          const lines = [...document.querySelectorAll(`${curves} .legendtext tspan`)];
          const box = lines.find(line => line.textContent.startsWith("exploded after step"))?.getBoundingClientRect();
          return box?.height && [box.top, box.bottom];
        }""",
        arg=CURVES,
    ).json_value()
    assert bottom - top > 14
    assert bottom < 720
    lab.press("pause")
