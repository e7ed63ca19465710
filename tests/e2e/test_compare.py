"""The Side by side page in a real browser."""

import re


def test_play_pause_step_and_reset_on_charts_that_stay(open_compare):
    lab = open_compare()
    page = lab.page
    lab.switch("maps")
    page.wait_for_function("document.querySelectorAll('.w2v-maps .js-plotly-plot').length === 2")
    page.evaluate("for (const svg of document.querySelectorAll('.w2v-plot .main-svg')) svg.marked = true")
    lab.press("play")
    lab.wait("running && step > 60")
    lab.says("pairs each")
    lab.press("pause")
    lab.wait("!running")
    first, second = lab.curves("loss")
    assert (first["name"], second["name"]) == ("A Negative sampling", "B Full softmax")
    assert first["x"] == second["x"]  # the same pairs
    for curve in (first, second):
        assert curve["y"][-1] < curve["y"][0]
    stopped = lab.state()["step"]
    lab.press("step")
    lab.wait(f"step === {stopped + 1}")
    lab.press("reset")
    lab.wait("step === 0")
    assert page.evaluate("[...document.querySelectorAll('.w2v-plot .main-svg')].every((svg) => svg.marked)")
    assert page.locator(".w2v-maps .w2v-map:visible").count() == 2


def test_switches_show_the_same_runs_on_other_scales_and_all_can_be_taken_along(open_compare):
    lab = open_compare()
    page = lab.page
    lab.press("play")
    lab.wait("step > 60")
    lab.press("pause")
    lab.wait("!running")
    plain = lab.curves("loss")
    seen = {}
    for option in ("rows", "seconds", "pairs", "probe", "running", "relative", "nats"):
        lab.switch(option)
        seen[option] = lab.curves("loss")
    few, many = seen["rows"]
    assert many["x"][-1] > 4 * few["x"][-1]
    assert [curve["y"] for curve in seen["rows"]] == [curve["y"] for curve in plain]
    assert all(0 < curve["y"][-1] <= 1.1 for curve in seen["relative"])
    assert seen["probe"] != plain
    assert seen["nats"] == plain
    ranks = []
    for metric in ("top_10", "cross_entropy", "mean_reciprocal_rank"):
        lab.switch(metric)
        ranks.append(lab.curves("ranks"))
    assert [len(lines) for lines in ranks] == [2, 2, 2]
    assert ranks[0] != ranks[1] != ranks[2]
    lab.switch("relative")
    lab.says("1 is its start, 0 the least")
    lab.switch("rows")
    assert lab.across("loss") == lab.across("ranks")

    with page.expect_download() as table:
        lab.press("export")
    lines = table.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("# Word2Vec Lab")
    assert "# objective of B: softmax" in lines
    assert sum(line.startswith("A,") for line in lines) > 60
    page.hover(".w2v-loss .w2v-plot")
    for button, name in enumerate(("Loss.png", "Loss.svg")):
        with page.expect_download() as picture:
            page.locator(".w2v-loss .modebar-btn").nth(button).click()
        assert picture.value.suggested_filename == name
        content = picture.value.path().read_bytes()
        if name.endswith("png"):
            assert content.startswith(b"\x89PNG")
        else:
            svg = content.decode("utf-8")
            assert svg.startswith("<svg")
            assert "A Negative sampling" in svg
            assert re.search(r'class="js-line" stroke-linecap="round"', svg)


def test_a_preset_an_explosion_and_a_comparison_of_ones_own(open_compare):
    lab = open_compare(locale="zh-CN")
    lab.choose("compare_preset", "学习率：太小、合适、发散")
    lab.page.locator(".w2v-card:visible >> nth=2").wait_for()
    lab.press("play")
    lab.says("步之后发散")
    lab.press("pause")
    lab.wait("!running")
    lab.page.click(".st-key-compare_own button")
    lab.choose("compare_setting", "向量维度")
    lab.says("按 重置")
    lab.page.keyboard.press("Escape")
    lab.press("reset")
    lab.wait("step === 0")
    names = lab.page.locator(".w2v-card:visible b").all_inner_texts()
    assert names == [f"{letter}  向量维度: {value}" for letter, value in zip("ABC", (2, 10, 50), strict=True)]


def test_everything_is_in_view_on_a_laptop_and_a_word_can_be_followed(open_compare):
    lab = open_compare()
    page = lab.page
    for part in ("maps", "neighbors_of"):
        lab.switch(part)
        page.wait_for_function(
            "(({scrollWidth, clientWidth, scrollHeight, clientHeight}) => scrollWidth <= clientWidth"
            " && scrollHeight <= clientHeight)(document.querySelector('.stMain'))"
        )
        for selector in (".w2v-cards", ".w2v-loss", ".w2v-ranks", ".w2v-lower", ".st-key-compare_follow"):
            box = page.locator(selector).first.bounding_box()
            assert box["x"] + box["width"] <= 1366, selector
            assert box["y"] + box["height"] <= 768, selector
        assert page.locator(".w2v-loss .w2v-plot").first.bounding_box()["height"] > 110

    title = page.locator(".w2v-switch button[value='neighbors_of']")
    page.click(".st-key-compare_follow input")
    page.keyboard.type("tiger")
    page.get_by_role("option", name="tiger", exact=True).click()
    lab.says("Neighbors of tiger")
    page.locator(".w2v-column .w2v-word").first.click()
    page.wait_for_function("node => node.textContent !== 'Neighbors of tiger'", arg=title.element_handle())
    lab.press("step")
    lab.wait("step === 1")
    assert title.inner_text() != "Neighbors of tiger"


def test_runs_and_large_type_stay_as_pages_change(open_compare):
    lab = open_compare()
    page = lab.page
    lab.choose("compare_preset", "All vectors zero")
    lab.says("never leaves its start line")
    lab.press("step")
    lab.wait("step === 1")
    size = "document.querySelector('.w2v-loss .w2v-plot').layout.font.size"
    width = "document.querySelector('.w2v-loss .w2v-plot').data.find(({name}) => name).line.width"
    before = page.evaluate(size), page.evaluate(width)
    page.locator(".st-key-large label").first.click()
    page.wait_for_function(f"{size} > {1.25 * before[0]}")
    assert page.evaluate(width) > 1.25 * before[1]
    lab.visit("Train")
    page.wait_for_function("document.querySelector('.w2v-live .w2v-plot.js-plotly-plot')")
    page.wait_for_function(f"{size} > {1.25 * before[0]}")
    assert page.locator("[data-testid=stAlert]").count() == 0
    lab.visit("Side by side")
    lab.wait("step === 1")
    assert page.locator("[data-testid=stAlert]").count() == 0
