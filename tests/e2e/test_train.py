"""The Train page in a real browser. Tests wait for states; how fast things are is `benchmarks/live.py`'s."""

import time

import psutil
import pytest

FIRST_PLACES = """JSON.stringify(document.querySelector('.st-key-figure-map .js-plotly-plot')?.data
  .map((trace) => trace.x?.[0]))"""


def test_play_pause_step_reset_and_language(open_train):
    train = open_train()
    train.says("Press Play")
    train.press("play")
    train.wait("running && step > 300")
    losses = train.smoothed_loss()
    assert losses[-1] < 0.8 * losses[0]
    train.says("Running")

    train.press("pause")
    train.wait("!running")
    stopped = train.state()["step"]
    train.press("step")
    train.wait(f"step === {stopped + 1}")

    train.page.get_by_role("radio", name="中文").or_(train.page.get_by_text("中文", exact=True)).first.click()
    train.says("已暂停")
    train.shows_choice("corpus", "世界常识（英文）")
    train.shows_choice("objective", "负采样")
    assert train.state()["step"] == stopped + 1

    train.press("reset")
    train.wait("step === 0")
    train.says("看损失下降")


def test_a_reload_finds_its_run_again_and_another_tab_does_not(open_train):
    train = open_train()
    train.type_number("epochs", 500)
    train.press("play")
    train.wait("running && step > 300")
    name = train.page.evaluate("sessionStorage.getItem('w2v-session')")
    train.page.reload()
    assert train.questions == 1  # whether to leave
    train.says("your run goes on")
    train.wait("running && step > 300")
    train.press("pause")
    train.wait("!running")

    # A tab that was duplicated has the name, too, but the run is with a tab that is open.
    assert name != train.page.evaluate("sessionStorage.getItem('w2v-session')")
    other = open_train()
    other.page.evaluate(
        "name => sessionStorage.setItem('w2v-session', name)",
        train.page.evaluate("sessionStorage.getItem('w2v-session')"),
    )
    other.page.reload()
    other.ready()
    other.idle()
    other.wait("step === 0")
    assert train.state()["step"] > 300
    assert other.questions == 0

    # A link that is opened in the same tab is that link.
    train.page.goto(f"{train.page.url.partition('?')[0]}?corpus=royal_court_en&dim=20")
    train.ready()
    train.idle()
    train.shows_choice("corpus", "The royal court")
    train.wait("step === 0")


@pytest.mark.long
def test_switching_language_again_and_again_while_it_trains(open_train):
    train = open_train()
    train.type_number("epochs", 500)
    train.press("play")
    train.wait("running && step > 20")
    for language, state in (("中文", "训练中"), ("English", "Running")) * 4:
        train.page.get_by_text(language, exact=True).first.click()
        train.says(state)
    train.shows_choice("corpus", "World of facts")
    train.shows_choice("objective", "Negative sampling")
    assert train.page.locator("[data-testid=stAlert]").count() == 0
    train.wait("running && step > 20")


def test_charts_are_never_made_anew_and_zoom_is_kept(open_train):
    train = open_train()
    page = train.page
    page.evaluate(
        "for (const plot of document.querySelectorAll('.js-plotly-plot')) plot.marked = true;"
        "for (const svg of document.querySelectorAll('.js-plotly-plot .main-svg')) svg.marked = true;"
    )
    train.press("play")
    train.wait("step > 50")
    box = page.locator(".st-key-figure-loss .js-plotly-plot").bounding_box()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    for share in (0.3, 0.4, 0.5, 0.6):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + (share + 0.1) * box["height"])
    page.mouse.up()
    ranges = (
        "(({ xaxis, yaxis }) => [...xaxis.range, ...yaxis.range])"
        "(document.querySelector('.st-key-figure-loss .js-plotly-plot').layout)"
    )
    zoomed = page.evaluate(ranges)
    version = train.state()["version"]
    train.wait(f"version > {version + 5}")
    assert page.evaluate(ranges) == pytest.approx(zoomed)
    assert page.evaluate("[...document.querySelectorAll('.js-plotly-plot')].every(plot => plot.marked)")
    assert page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot .main-svg')].every(svg => svg.marked)"
    )
    page.mouse.dblclick(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    page.wait_for_function(f"{ranges}[0] === 0")


def test_everything_is_in_view_on_a_laptop_and_no_button_sends_a_chart_anywhere(open_train):
    train = open_train()
    train.press("play")
    train.wait("step > 20")
    page = train.page
    figures = [f".st-key-figure-{name} .live-figure" for name in ("loss", "map", "neighbors")]
    for part in (*figures, ".st-key-play", ".st-key-speed", ".st-key-seed"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 1366, part
        assert box["y"] + box["height"] <= 768, part
    assert page.evaluate(
        "document.querySelector('.stMain').scrollWidth <= document.querySelector('.stMain').clientWidth"
    )
    buttons = "[...document.querySelectorAll('.st-key-figure-{} .modebar-btn')].map(b => b.dataset.title)"
    saved = ["Save as a picture (PNG)", "Save as a drawing (SVG)"]
    moving = ["Zoom", "Pan", "Zoom in", "Zoom out", "Reset axes"]
    for chart in ("map", "loss"):
        assert page.evaluate(buttons.format(chart)) == moving + saved


def test_the_map_answers_hover_and_click_and_so_do_its_neighbors(open_train):
    train = open_train()
    train.press("play")
    train.wait("step > 400")
    train.press("pause")
    train.wait("!running")
    train.hold_still()
    page = train.page
    word, hover = train.point_at_a_word()
    assert word in hover
    assert "× in the text" in hover
    assert "nearest:" in hover
    # Drawn anew, as happens four times a second while training, Plotly forgets what the pointer is on.
    page.evaluate("Plotly.redraw(document.querySelector('.st-key-figure-map .js-plotly-plot'))")
    page.mouse.down()
    page.mouse.up()
    train.says(f"Nearest neighbors of {word}")
    train.press("step")  # a full run of the page must not forget it
    train.wait(f"step === {train.state()['step'] + 1}")
    assert train.followed() == f"Nearest neighbors of {word}"
    word = train.follow_first_neighbor()
    train.says(f"Nearest neighbors of {word}")


def test_keys_play_pause_and_step(open_train):
    train = open_train()
    train.page.locator("h4").first.click()
    train.page.keyboard.press("Space")
    train.wait("running && step > 5")
    train.page.keyboard.press("Space")
    train.wait("!running")
    stopped = train.state()["step"]
    train.page.keyboard.press("ArrowRight")
    train.wait(f"step === {stopped + 1}")
    train.page.keyboard.press("Home")
    train.wait("step === 0")


@pytest.mark.long
def test_space_after_a_click_on_play_pauses_once(open_train):
    train = open_train()
    train.press("play")
    train.wait("running && step > 5")
    train.page.keyboard.press("Space")
    train.wait("!running")
    stopped = train.state()["step"]
    train.press("step")
    train.wait(f"step === {stopped + 1}")  # still paused, not toggled back


def test_changed_settings_ask_for_reset(open_train):
    train = open_train()
    train.press("step")
    train.wait("step === 1")
    train.type_number("dim", 20)
    train.says("Dimensions 50 → 20")
    assert train.state()["step"] == 1
    train.page.click(".st-key-bounded [data-testid='stTooltipIcon']")  # who asks for help changes nothing
    train.says("No word moves farther than 0.5")
    assert train.page.locator(".st-key-bounded input").is_checked()
    train.press("reset")
    train.wait("step === 0")
    train.page.get_by_text("Dimensions 50 → 20").wait_for(state="detached")


def test_of_quick_changes_none_is_lost_however_slow_the_server(open_train):
    train = open_train(relayed=True)
    page = train.page
    with train.server_is_slow():
        train.choose("corpus", "The royal court")
        train.type_number("dim", 20)
        train.type_number("window", 7)
    train.shows_choice("follow", "king")
    # The rest is as suits the corpus.
    page.wait_for_function("location.search === '?corpus=royal_court_en&dim=20&window=7'")
    for setting, value in {"dim": "20", "window": "7", "epochs": "50"}.items():
        assert page.locator(f".st-key-{setting} input").input_value() == value
    with train.server_is_slow():
        train.type_number("dim", 30)
        train.press("step")
    train.wait("step === 1")
    assert "dim=30" in page.evaluate("location.search")
    assert page.get_by_text("Dimensions 20 → 30").count() == 0


@pytest.mark.long
def test_a_corpus_of_ones_own_language(open_train):
    train = open_train(locale="zh-CN")
    train.says("看 word2vec 如何学习")
    train.says("“中国”的近邻")
    train.choose("corpus", "世界常识（英文）")
    train.says("“france”的近邻")
    train.press("play")
    train.wait("step > 100")


@pytest.mark.long
def test_the_page_follows_the_dark_theme(open_train):
    train = open_train(color_scheme="dark")
    colour = train.page.evaluate(
        "document.querySelector('.st-key-figure-loss .js-plotly-plot')._fullLayout.font.color"
    )
    red, green, blue = train.page.evaluate(
        "colour => { const pen = document.createElement('canvas').getContext('2d'); pen.fillStyle = colour;"
        " pen.fillRect(0, 0, 1, 1); return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3); }",
        colour,
    )
    assert min(red, green, blue) > 150
    train.page.emulate_media(color_scheme="light")  # the figures are made anew for the other
    train.page.wait_for_function(
        "colour => document.querySelector('.st-key-figure-loss .js-plotly-plot')._fullLayout.font.color !== colour",
        arg=colour,
    )


@pytest.mark.long
def test_who_comes_back_to_the_page_finds_its_charts_as_they_were(open_train):
    train = open_train()
    train.choose("corpus", "Tiny: cats and trains")
    train.wait("step === 0")
    untrained = train.page.evaluate(FIRST_PLACES)
    train.press("play")
    train.wait("running || step > 0")
    train.wait("!running")
    curve = train.smoothed_loss()
    for _ in range(3):
        train.visit("Corpus")
        left = time.monotonic()
        train.page.wait_for_selector(".st-key-tile_lengths .js-plotly-plot")
        while time.monotonic() - left < 7:  # until the browser has let go of the charts
            train.page.wait_for_timeout(100)
        train.visit("Train")
        train.wait("step > 0")
        assert train.smoothed_loss() == curve
        assert train.page.evaluate(FIRST_PLACES) != untrained


@pytest.mark.long
def test_closing_the_tab_stops_the_training(app, open_train):
    _, pid = app
    server = psutil.Process(pid)

    def work():
        """CPU seconds that the server needs within half a second."""
        before = sum(server.cpu_times()[:2])
        time.sleep(0.5)
        return sum(server.cpu_times()[:2]) - before

    train = open_train()
    train.type_number("epochs", 10_000)
    train.press("play")
    train.wait("step > 20")
    assert any(work() > 0.1 for _ in range(20))
    train.close()
    assert any(work() < 0.05 for _ in range(40)), "the server still trains after the tab was closed"


def test_the_first_thing_a_visitor_may_do_is_to_change_pages(open_train):
    train = open_train()
    for page in ("Corpus", "Inside a step", "Train"):
        train.page.locator("header").get_by_text(page, exact=True).click()
        train.page.locator("h4").first.wait_for()
        for setting, value in (("dim", 50), ("epochs", 22)):
            train.page.wait_for_function(
                f"document.querySelector('.st-key-{setting} input')?.value === '{value}'"
            )
        assert not train.page.locator("[data-testid='stAlertContentError']").count()


@pytest.mark.long
def test_pages_with_buttons_of_their_own_send_no_chart_either(open_explore, open_step):
    for opened in (open_explore(), open_step()):
        opened.page.wait_for_selector(".modebar-btn", state="attached")
        names = opened.page.evaluate(
            "[...document.querySelectorAll('.modebar-btn')].map(b => b.dataset.title)"
        )
        assert "Save as a picture (PNG)" in names
        assert not [name for name in names if "hare" in name or "loud" in name]
