"""What teachers need, in a real browser: links that hide and lead, one made by ticking, a page that frames the app."""

import http.server
import threading
from pathlib import Path

import pytest
import segno

from tests.e2e.driver import AppPage

LESSON = ".st-key-lesson"
SHIPPED = Path(__file__).parents[2] / "app" / "lessons"


class AnyPage(AppPage):
    """A page that is drawn once its heading stands."""

    def ready(self):
        self.page.locator("h4").first.wait_for()
        self.idle()


@pytest.fixture
def open_at(open_page):
    """Open the app by a link."""
    return lambda path, **kind: open_page(AnyPage, path, **kind)


@pytest.fixture
def slide():
    """Serve a page elsewhere that frames an address; yield what makes it."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = f'<h1>A slide</h1><iframe src="{self.server.framed}" width="1280" height="720"></iframe>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def of(framed):
            server.framed = framed
            return f"http://127.0.0.1:{server.server_port}/"

        yield of
        server.shutdown()


HIDDEN = {
    "pages": "[data-testid='stTopNavLink']",
    "files": ".st-key-saving",
    "language": ".st-key-language",
    "settings": "[data-testid='stSidebar']",
    "play": ".st-key-play",
    "speed": ".st-key-speed",
    "follow": ".st-key-follow",
    "corpus": ".st-key-corpus",
    "learning_rate": ".st-key-learning_rate",
}


def sees(at, names):
    """Wait until of the parts that can be hidden just these are seen."""
    at.page.wait_for_function(
        """([places, names]) => Object.entries(places).every(([name, place]) => names.includes(name) ===
            [...document.querySelectorAll(place)].some((part) => part.checkVisibility() && part.offsetHeight))""",
        arg=[HIDDEN, sorted(names)],
    )


def test_a_link_hides_each_part_by_its_name(open_at):
    sees(open_at("?corpus=tiny_en"), HIDDEN)
    names = [name for name in HIDDEN if name != "settings"]
    at = open_at(f"?corpus=tiny_en&hide={','.join(names)}")
    sees(at, {"settings"})
    assert at.page.locator(".st-key-pause:visible").count()
    assert "hide=" in at.page.url
    at = open_at("?corpus=tiny_en&hide=settings")
    sees(at, HIDDEN.keys() - {"settings", "language", "corpus", "learning_rate"})
    assert not at.page.locator("[data-testid='stExpandSidebarButton']:visible").count()


def test_on_a_telephone_the_pages_are_hidden_and_a_lesson_covers_nothing(app, browser):
    address, _ = app
    telephone = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = telephone.new_page()
    page.goto(f"{address}/?lesson=softmax&hide=pages")
    page.wait_for_url("**/inside?*")
    page.locator(LESSON).wait_for(state="attached")
    page.locator("[data-testid='stSidebarNav']").wait_for(state="hidden")
    page.wait_for_function(
        "document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().right <= 0"
    )
    telephone.close()


@pytest.mark.long
def test_a_link_hides_the_buttons_of_a_comparison(open_at):
    at = open_at("compare?corpus=tiny_en&hide=play,speed")
    at.page.locator(".st-key-compare_pause:visible").wait_for()
    for name in ("play", "speed"):
        at.page.locator(f".st-key-compare_{name}").wait_for(state="hidden")


def test_a_link_leads_into_a_lesson(open_at):
    at = open_at("?lesson=softmax&step=2&hide=settings,pages")
    lesson = at.page.locator(LESSON)
    lesson.get_by_text("The softmax by hand").wait_for()
    lesson.get_by_text("Step 2 of").wait_for()
    at.page.locator(HIDDEN["pages"]).first.wait_for(state="hidden")
    assert not at.page.locator(HIDDEN["learning_rate"]).count()


def test_a_lecture_begins_by_its_link_and_goes_by_keys(open_at):
    at = open_at("?lesson=negative_sampling&lecture=on")
    line = at.page.locator(".st-key-lecture_line")
    line.get_by_text("1/").wait_for()
    for hidden in ("[data-testid='stSidebar']", ".st-key-corner"):
        at.page.locator(hidden).wait_for(state="hidden")
    at.page.locator(".st-key-lecture_keys [data-keys]").wait_for(state="attached")
    at.page.keyboard.press("PageDown")  # the answer of its question
    at.page.locator(".st-key-lecture").get_by_text("σ(s) is the probability of a yes").wait_for()
    at.page.keyboard.press("PageDown")
    line.get_by_text("2/").wait_for()
    at.page.keyboard.press("Escape")
    at.page.locator(f"{LESSON}:visible").wait_for()
    assert not line.count()


def test_a_slide_of_another_host_shows_the_app(app, context, slide):
    address, _ = app
    page = context().new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(slide(f"{address}/?lesson=two_tables&hide=pages,files&embed=true"))
    app_in = page.frame_locator("iframe")
    app_in.locator(LESSON).get_by_text("Step 1 of").wait_for()  # the websocket is open
    app_in.locator("[data-test-script-state='notRunning']").wait_for()
    for hidden in (HIDDEN["pages"], HIDDEN["files"]):
        app_in.locator(hidden).first.wait_for(state="hidden")
    [frame] = [each for each in page.frames if each.url.startswith(address)]
    frame.wait_for_function("location.search.includes('corpus=')")  # the address follows what is shown
    shown = frame.evaluate("location.href")
    assert shown.startswith(f"{address}/corpus?lesson=two_tables")
    assert shown.endswith("&embed=true")
    page.close()
    assert errors == []


def test_ticking_makes_a_link_and_its_code(open_at):
    at = open_at("?corpus=tiny_en")
    at.page.click(".st-key-saving button")
    at.press("make_link")
    at.page.locator(".st-key-make_link").wait_for(state="detached")  # the menu does not cover the dialog
    at.choose("link_lesson", "2 · The softmax by hand")
    at.choose("link_step_softmax", at.page.locator(".st-key-link_step_softmax input").input_value())
    for name in ("hide_pages", "hide_files"):
        at.page.click(f".st-key-link_{name} label")
        at.idle()
    made = at.page.locator(".st-key-link_made code").first
    link = at.page.url.partition("?")[0] + "?lesson=softmax&hide=pages,files"
    at.page.wait_for_function("([place, link]) => document.querySelector(place)?.textContent === link",
                              arg=[".st-key-link_made code", link])  # fmt: skip
    assert made.inner_text() == link
    code = segno.make_qr(link)
    assert read_code(at, code.symbol_size()[0]) == [
        [bool(dark) for dark in row] for row in code.matrix_iter()
    ]
    at.page.keyboard.press("Escape")
    at.page.locator(".st-key-link_made").wait_for(state="detached")

    student = open_at(link.rpartition("/")[2])
    student.page.locator(LESSON).get_by_text("The softmax by hand").wait_for()
    student.page.locator(HIDDEN["files"]).wait_for(state="hidden")


def read_code(at, size):
    """Return the modules of the code as the browser shows it."""
    image = at.page.locator(".st-key-link_qr img")
    image.evaluate("image => image.decode()")
    return image.evaluate(
        """(image, size) => {
          const canvas = Object.assign(document.createElement("canvas"),
            { width: image.naturalWidth, height: image.naturalHeight });
          const context = canvas.getContext("2d"), module = canvas.width / size;
          context.drawImage(image, 0, 0);
          const dark = (row, column) =>
            context.getImageData((column + 0.5) * module, (row + 0.5) * module, 1, 1).data[0] < 128;
          const places = [...Array(size).keys()];
          return places.map((row) => places.map((column) => dark(row, column)));
        }""",
        size,
    )


def test_a_lesson_of_ones_own_is_opened_and_runs(open_at, tmp_path):
    at = open_at("?corpus=tiny_en")
    own = tmp_path / "mine.toml"
    source = (SHIPPED / "06_negative_sampling.toml").read_text(encoding="utf-8")
    own.write_text(source.replace("Yes or no instead of V words", "My own title"), encoding="utf-8-sig")
    broken = tmp_path / "broken.toml"
    broken.write_text(source.replace('page = "compare"', 'page = "nowhere"'), encoding="utf-8")
    at.page.click(".st-key-saving button")
    field = at.page.locator(".st-key-open_lesson input[type='file']")
    field.set_input_files(broken)
    at.page.get_by_text("Line 17:").wait_for()
    field.set_input_files(own)
    at.page.locator(LESSON).get_by_text("My own title").wait_for()
    at.page.wait_for_url("**/inside*")
    assert "lesson=" not in at.page.url
    at.page.reload()
    at.page.locator(LESSON).get_by_text("My own title").wait_for()  # the tab keeps it
