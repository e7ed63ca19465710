"""A running app and a real browser: what the browser tests and the live benchmark have in common."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, WebSocketRoute, sync_playwright
from playwright.sync_api import TimeoutError as PageTimeout

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
LAPTOP = {"width": 1366, "height": 768}


@contextlib.contextmanager
def running_app() -> Iterator[tuple[str, int]]:
    """Start the app as the README says, on a free port; yield its address and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app/server.py"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=None) as server:
        address = f"http://localhost:{port}"
        try:
            _wait_until_it_answers(f"{address}/_stcore/health", server)
            yield address, server.pid
        finally:
            server.terminate()


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(url) as answer:
            if answer.status == 200:
                return
        if server.poll() is not None:
            raise RuntimeError(server.stdout.read().decode() if server.stdout else "the server died")
        time.sleep(0.1)
    raise TimeoutError(url)


@contextlib.contextmanager
def running_browser(path: str) -> Iterator[Browser]:
    """Start a headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def laptop(browser: Browser, locale: str = "en-US", **kind: Any) -> BrowserContext:
    """Return a browser as it is on a school laptop."""
    return browser.new_context(viewport=LAPTOP, locale=locale, **kind)


class AppPage:
    """A page of the app in a tab of its own.

    Tabs of one context share the browser's cache of scripts, and open in four fifths of the time.
    """

    path = ""
    view = ""  # class of the live picture, if there is one

    def __init__(
        self, context: BrowserContext, address: str, path: str | None = None, relayed: bool = False
    ) -> None:
        self.page = context.new_page()
        self._held: list[Callable[[], None]] | None = None
        if relayed:
            self.page.route_web_socket("**/_stcore/stream", self._connect)
        self.page.set_default_timeout(30_000)
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.questions = 0  # how often leaving the page was to be confirmed, and was
        self.page.on("dialog", self._confirm)
        self.page.goto(f"{address}/{self.path if path is None else path}")
        self.ready()

    def _confirm(self, dialog: Any) -> None:
        self.questions += 1
        dialog.accept()

    def ready(self) -> None:
        """Wait until the page is drawn."""

    def visit(self, title: str) -> None:
        """Go to another page by its name in the navigation."""
        self.page.get_by_role("link", name=title, exact=True).click()

    def press(self, button: str) -> None:
        """Click a button by its key."""
        self.page.click(f".st-key-{button} button:enabled")

    def choose(self, setting: str, option: str) -> None:
        """Choose an option of a select box by its label.

        A list that is drawn anew while it is open loses a click (Streamlit's): then the box goes on showing what it
        did, and somebody would choose again. A box that is gone has led to another page.
        """
        box = self.page.locator(f".st-key-{setting}")
        shown = self.page.url.partition("?")[0]
        for _ in range(3):
            self.idle()
            box.locator("input").click()
            self.page.get_by_role("option", name=option, exact=True).click()
            with contextlib.suppress(PageTimeout):
                return self.shows_choice(setting, option, timeout=5000)
            if self.page.url.partition("?")[0] != shown:
                return None
        raise AssertionError(f"{option} cannot be chosen")

    def type_number(self, setting: str, value: object) -> None:
        """Type into a number field and leave it."""
        field = self.page.locator(f".st-key-{setting} input")
        field.fill(str(value))
        field.press("Enter")

    def idle(self) -> None:
        """Wait until the server has drawn all that the browser has asked for."""
        self.page.wait_for_selector("[data-test-script-state='notRunning']")

    def says(self, text: str) -> None:
        """Wait until the page shows a text."""
        self.page.get_by_text(text).first.wait_for()

    def shows_choice(self, setting: str, option: str, timeout: float | None = None) -> None:
        """Wait until a select box shows this option as chosen."""
        box = self.page.locator(f".st-key-{setting}")
        chosen = box.get_by_text(option, exact=True).or_(box.locator(f"input[value='{option}']"))
        chosen.first.wait_for(timeout=timeout)

    def wait(self, state: str) -> None:
        """Wait until what the browser has drawn (version, step, running) satisfies a JavaScript condition."""
        self.page.wait_for_function(
            "([condition, view]) => { const data = document.querySelector(view)?.dataset; if (!data) return false;"
            " const version = +data.version, step = +data.step, running = data.running === 'true';"
            " return eval(condition); }",
            arg=[state, f".{self.view}"],
        )

    def state(self) -> dict[str, Any]:
        """Return what the browser has drawn: version, step, running."""
        data = self.page.evaluate("view => ({...document.querySelector(view).dataset})", f".{self.view}")
        return {
            "version": int(data["version"]),
            "step": int(data["step"]),
            "running": data["running"] == "true",
        }

    def _connect(self, socket: WebSocketRoute) -> None:
        """Pass on what server and browser tell each other."""
        server = socket.connect_to_server()

        def answer(message: str | bytes) -> None:
            if self._held is None:
                socket.send(message)
            else:
                self._held.append(lambda: socket.send(message))

        server.on_message(answer)

    @contextlib.contextmanager
    def server_is_slow(self) -> Iterator[None]:
        """Hold back for a while what the server answers; for pages that are `relayed` through this process."""
        self._held = held = []
        try:
            yield
        finally:
            self._held = None
            for send in held:
                send()

    def close(self) -> None:
        """Close the tab."""
        self.page.close()


class TrainPage(AppPage):
    """The Train page."""

    view = "st-key-figure-map .live-figure"

    def ready(self) -> None:
        self.page.wait_for_function("document.querySelectorAll('.live-figure .js-plotly-plot').length === 3")
        self.wait("version >= 1")

    def updates(self) -> int:
        """Return how often the map was drawn."""
        return self.page.evaluate(f"+document.querySelector('.{self.view}').dataset.drawn")

    def point_at_a_word(self) -> tuple[str, str]:
        """Move the pointer onto a word of the map; return the word, and what the map says of it."""
        label = self.page.locator(".st-key-figure-map .hoverlayer .hovertext")
        for _ in range(30):  # a map that is drawn meanwhile forgets the pointer, and may move
            # The colored word that is farthest from all others: a hover means the nearest one.
            word, x, y = self.page.evaluate(
                """() => {
                  const plot = document.querySelector(".st-key-figure-map .js-plotly-plot");
                  const { xaxis, yaxis } = plot._fullLayout, box = plot.getBoundingClientRect();
                  const dots = plot.data.filter(({ customdata }) => customdata).flatMap(({ x, y, customdata, uid }) =>
                    Array.from(x, (_, i) => ({ word: customdata[i][0], colored: uid !== "category-1",
                      at: [box.x + xaxis._offset + xaxis.l2p(x[i]), box.y + yaxis._offset + yaxis.l2p(y[i])] })));
                  const alone = ({ at: [a, b] }) => dots.map(({ at: [x, y] }) => Math.hypot(a - x, b - y))
                    .sort((a, b) => a - b)[1];
                  const inside = ({ at: [x, y] }) => Math.abs(x - box.x - box.width / 2) < box.width / 2 - 20 &&
                    Math.abs(y - box.y - box.height / 2) < box.height / 2 - 60;
                  const best = dots.filter((dot) => dot.colored && inside(dot))
                    .reduce((a, b) => (alone(a) > alone(b) ? a : b));
                  return [best.word, ...best.at];
                }"""
            )
            self.page.mouse.move(x - 3, y)
            self.page.mouse.move(x, y, steps=3)
            with contextlib.suppress(PageTimeout):
                label.wait_for(timeout=1000)
                hover = label.text_content() or ""
                if hover.startswith(f"{word} "):
                    return word, hover
        raise AssertionError("the map says nothing, or of other words")

    def hold_still(self) -> None:
        """Wait until the map is where it was half a second ago: after Pause it still gets the last record."""
        self.page.wait_for_function(
            """() => {
              const plot = document.querySelector(".st-key-figure-map .js-plotly-plot"), before = plot.seen;
              const { xaxis, yaxis } = plot._fullLayout;
              plot.seen = JSON.stringify([xaxis.range, yaxis.range, plot.data.map(({ x, y }) => [...x, ...y])]);
              return plot.seen === before;
            }""",
            polling=500,
        )

    def smoothed_loss(self) -> list[float]:
        """Return the smoothed line of the loss chart."""
        return self.page.evaluate(
            "Array.from(document.querySelector('.st-key-figure-loss .js-plotly-plot').data[1].y)"
        )

    def followed(self) -> str:
        """Return the title of the neighbors."""
        return self.page.locator(".st-key-figure-neighbors .gtitle").text_content() or ""

    def follow_first_neighbor(self) -> str:
        """Click the first bar, and return its word."""
        plot = self.page.locator(".st-key-figure-neighbors .js-plotly-plot")
        word = plot.evaluate("plot => plot.data[0].customdata[0]")
        box = self.page.locator(".st-key-figure-neighbors .xy .point").first.bounding_box()
        assert box
        self.page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
        return word


class LessonPage(AppPage):
    """The page with the lessons, and the pages that a lesson leads to."""

    path, view = "lessons", "st-key-figure-loss .live-figure"

    def ready(self) -> None:
        self.page.wait_for_selector(".st-key-lesson_card_two_tables")

    def begin(self, lesson: str) -> None:
        """Start a lesson from the list, or go on with it."""
        self.press(f"lesson_start_{lesson}")
        self.page.wait_for_selector(".st-key-lesson")

    def at_step(self, step: int, steps: int, words: str = "Step {} of {}") -> None:
        """Wait until a step is shown, and the address says so."""
        self.says(words.format(step, steps))
        shown = "(new URLSearchParams(location.search).get('step') ?? '1')"
        self.page.wait_for_function(f"step => {shown} === step", arg=str(step))

    @property
    def field(self) -> Locator:
        """Where a number is typed."""
        return self.page.locator(".st-key-lesson_number input")

    def answer(self, number: str) -> None:
        """Type a number and press Enter."""
        self.idle()
        self.field.fill(number)
        self.field.press("Enter")

    @property
    def options(self) -> Locator:
        """The options of a choice."""
        return self.page.locator(".st-key-lesson [data-testid=stRadio] [role=radiogroup] label")

    def stands(self, number: str) -> None:
        """Wait until a number is shown as the answer, and cannot be changed any more."""
        self.page.wait_for_function(
            "number => { const all = [...document.querySelectorAll('.st-key-lesson_number input')];"
            " return all.length === 1 && all[0].disabled && all[0].value === number; }",
            arg=number,
        )

    def pick(self, option: int) -> None:
        """Choose an option, from 0."""
        self.idle()
        self.options.nth(option).click()

    def keeps(self, option: int) -> None:
        """Wait until an option is shown as the answer, and cannot be changed any more."""
        self.page.wait_for_function(
            "option => { const all = [...document.querySelectorAll('.st-key-lesson [role=radiogroup] input')];"
            " return all.length && all.every((each, i) => each.disabled && each.checked === (i === option)); }",
            arg=option,
        )

    def tells(self, text: str) -> None:
        """Wait until the lesson says something."""
        self.page.locator(".st-key-lesson").get_by_text(text).first.wait_for()

    def next_is(self, state: str) -> None:
        """Wait until the button that leads on is enabled or disabled."""
        self.page.wait_for_selector(f".st-key-lesson_next button:{state}")


class StepPage(AppPage):
    """The page "Inside a step"."""

    path, view = "inside", "st-key-figure-picture .live-figure"
    plot = "document.querySelector('.st-key-figure-{} .js-plotly-plot')"

    def ready(self) -> None:
        self.wait("data.run")

    def train(self) -> None:
        """Press the button, and wait until its training is over and its numbers are shown."""
        data = f"document.querySelector('.{self.view}').dataset"
        run, step = self.page.evaluate(f"[{data}.run, +{data}.step]")
        self.press("train_a_little")
        self.wait(f"!running && step > 0 && (data.run !== {json.dumps(run)} || step > {step})")

    def at(self, half_step: str) -> None:
        """Wait until a half-step, or another view, is drawn."""
        picture = half_step if half_step in ("heat", "arrows") else "picture"
        figure = f".st-key-figure-{picture} .live-figure[data-half_step='{half_step}']"
        self.page.locator(f"{figure} .js-plotly-plot").wait_for()

    def values(self) -> list[float]:
        """Return the lengths of the bars as the browser has them."""
        return self.page.evaluate(f"[...{self.trace('bars')}.x]")

    def trace(self, uid: str, picture: str = "picture") -> str:
        """Return JavaScript for a trace of a figure."""
        return f"{self.plot.format(picture)}.data.find(trace => trace.uid === '{uid}')"

    def chosen_row(self) -> list[object]:
        """Return what the rows that are lit stand for."""
        return self.page.evaluate(
            f"(({{ customdata, marker }}) => customdata.map(row => row[0])"
            f".filter((_, i) => marker.color[i] !== 'rgba(0,0,0,0)'))({self.trace('rows')})"
        )

    def click_row(self, i: int, across: float = 0.95) -> None:
        """Click a row of the picture, so far from its left end."""
        self.page.wait_for_function(f"{self.plot.format('picture')}?._fullLayout?.yaxis?._length > 0")
        x, y = self.page.evaluate(
            f"(([i, across]) => {{ const plot = {self.plot.format('picture')}, {{ yaxis, _size }} = plot._fullLayout;"
            " const box = plot.getBoundingClientRect();"
            " return [box.x + across * box.width, box.y + _size.t + yaxis.l2p(i)]; })("
            + json.dumps([i, across])
            + ")"
        )
        self.page.mouse.move(x - 3, y)
        self.page.mouse.click(x, y)

    def probability(self) -> str:
        """Return p(context | center) as it is written."""
        return self.page.evaluate(f"{self.plot.format('rise')}.layout.annotations[1].text")

    def applied(self, times: int) -> None:
        """Wait until the update is applied so many times, and the curve shows it."""
        self.page.wait_for_function(
            f"times => ({self.trace('probability', 'rise')})?.x.length === times + 1"
            f" && document.querySelector('.{self.view}').dataset.applied === String(times)",
            arg=times,
        )

    def token(self, kind: str) -> Locator:
        """Return words of the sentence: "primary" is the center, "secondary" the context, "tertiary" the others."""
        return self.page.locator(f".st-key-inside_sentence button[kind='{kind}']")


class CostPage(AppPage):
    """The page about what a step costs."""

    path, view = "cost", "st-key-figure-cost .live-figure"

    def ready(self) -> None:
        self.wait("step >= 0")


class PairPage(AppPage):
    """The page about what is learned."""

    path, view = "pmi", "st-key-figure-pairs .live-figure"

    def ready(self) -> None:
        self.wait("version >= 1")


class CorpusPage(AppPage):
    """The Corpus page."""

    path, view = "corpus", "st-key-figure-zipf .live-figure"
    # Streamlit keeps a second button for small screens beside each that has a tooltip.
    words = ".st-key-sentence [data-testid='stTooltipHoverTarget'] button"

    def ready(self) -> None:
        self.page.wait_for_function("document.querySelectorAll('.live-figure[data-center]').length === 4")

    def word(self, kind: str = "") -> Locator:
        """Return the words of the sentence: all, or the "primary" (the center) or "secondary" ones (its contexts)."""
        return self.page.locator(f"{self.words}[kind='{kind}'] code" if kind else f"{self.words} code")

    def kept(self) -> Locator:
        """Return the words of the sentence that are not dropped."""
        return self.page.locator(f"{self.words}:not(:has(del)) code")

    def center(self) -> str:
        """Return the center word."""
        return self.word("primary").inner_text()

    def contexts(self) -> list[str]:
        """Return the context words as they are lit in the sentence."""
        return self.word("secondary").all_inner_texts()

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs listed under the sentence."""
        words = self.page.locator(".st-key-pairs code").all_inner_texts()
        return list(zip(words[::2], words[1::2], strict=True))

    def at(self) -> int:
        """Return the center's place among the words that are seen."""
        return self.page.evaluate(
            "words => [...document.querySelectorAll(words)].findIndex(word => word.getAttribute('kind') === 'primary')",
            self.words,
        )

    def comes_to(self, condition: str) -> None:
        """Wait until the center's place (at) and word satisfy a JavaScript condition, and the figures mark it."""
        self.page.wait_for_function(
            "([words, condition]) => { const all = [...document.querySelectorAll(words)];"
            " const at = all.findIndex(word => word.getAttribute('kind') === 'primary');"
            " const word = all[at]?.querySelector('code').textContent;"
            " const marked = [...document.querySelectorAll('.live-figure')].map(({ dataset }) => dataset.center);"
            " return word && marked.every(each => each === word) && eval(condition); }",
            arg=[self.words, condition],
        )

    def search(self, text: str) -> None:
        """Type into the table's search and wait for what is found."""
        self.page.locator(".st-key-words_query input").fill(text)
        self.has_word(text)

    def listed(self) -> list[str]:
        """Return the words of the table that are in sight."""
        cells = self.page.locator(".st-key-words_table canvas [role=row] [role=gridcell][aria-colindex='1']")
        return cells.all_text_contents()

    def has_word(self, text: str) -> None:
        """Wait until the table shows a word: the grid draws on a canvas, beside a table for screen readers."""
        cell = self.page.locator(".st-key-words_table canvas [role=gridcell][aria-colindex='1']")
        cell.filter(has_text=text).first.wait_for(state="attached")

    def look_up(self, text: str) -> None:
        """Search a word, and click the first row of the table."""
        self.search(text)
        self.idle()
        box = self.page.locator(".st-key-words_table canvas").first.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + 60, box["y"] + 50)
        # The grid takes a click where it has seen the pointer in a frame before.
        self.page.evaluate("new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")
        self.page.mouse.click(box["x"] + 30, box["y"] + 48)
        self.comes_to(f"word.includes('{text}')")

    def sentence(self) -> int:
        """Return which sentence it is, as the page counts them."""
        said = self.page.locator(".st-key-window_head [data-testid='stText']").inner_text()
        return int(said.split()[1].replace(",", ""))


class ExplorePage(AppPage):
    """The Explore page."""

    path, view = "explore", "live-figure[data-kind]"

    def ready(self) -> None:
        self.wait("words > 0")
        self.still()

    def wait(self, state: str) -> None:
        """Wait until what the browser has drawn (words, kind, iteration, ...) satisfies a JavaScript condition."""
        self.page.wait_for_function(
            "([condition, view]) => { const data = document.querySelector(view)?.dataset; if (!data) return false;"
            " const { kind, word } = data;"
            " const [running, training] = [data.running === 'true', data.training === 'true'];"
            " const number = name => Number(data[name]), [words, version, iteration, moment] ="
            " ['words', 'version', 'iteration', 'moment'].map(number);"
            " return eval(condition); }",
            arg=[state, f".{self.view}"],
        )

    def still(self) -> None:
        """Wait until nothing was drawn for half a second."""
        self.page.wait_for_function(
            """view => { const node = document.querySelector(view), before = node.seen;
              node.seen = node.dataset.drawn; return node.seen === before; }""",
            arg=f".{self.view}",
            polling=500,
        )

    def data(self, name: str) -> str:
        """Return a number or name that the browser has drawn."""
        return self.page.evaluate(f"name => document.querySelector('.{self.view}').dataset[name]", name)

    def plot(self, expression: str) -> Any:
        """Evaluate JavaScript about the map: its plot, its traces by uid, and `at`, where points are in the window."""
        return self.page.evaluate(
            """async ([view, expression]) => {
              const plot = document.querySelector(`${view} .js-plotly-plot`);
              const traces = Object.fromEntries(plot.data.map((trace) => [trace.uid, trace]));
              const url = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/places.js"));
              const { subplot } = await import(url.name);
              const box = plot.getBoundingClientRect();
              const at = (trace, i) => { const shown = subplot(plot._fullLayout, plot.layout, trace);
                const { x, y } = shown.at(trace.x[i], trace.y[i], trace.z?.[i]);
                return [box.x + shown.left + x, box.y + shown.top + y]; };
              const words = plot.data.filter(({ uid, visible }) => uid.startsWith("class") && visible !== "legendonly");
              const dots = words.flatMap((trace) => Array.from(trace.x, (_, i) =>
                ({ word: trace.customdata[i], at: at(trace, i) })));
              return eval(expression);
            }""",
            [f".{self.view}", expression],
        )

    def lonely(self) -> tuple[str, float, float]:
        """Return the word that is farthest to the left, and where to click it."""
        word, x, y = self.plot(
            "(({ word, at }) => [word, ...at])(dots.reduce((a, b) => a.at[0] < b.at[0] ? a : b))"
        )
        return word, x, y

    def labels(self) -> list[list[float]]:
        """Return the boxes of the labels: left, top, right, bottom."""
        return self.page.evaluate(
            """view => [...document.querySelectorAll(`${view} .textpoint text, ${view} .annotation-text-g text`)]
              .map((label) => label.getBoundingClientRect()).filter(({ width }) => width)
              .map(({ left, top, right, bottom }) => [left, top, right, bottom])""",
            f".{self.view}",
        )

    def drag(self, *places: tuple[float, float]) -> None:
        """Drag over the map, through places in shares of its width and height."""
        box = self.page.locator(f".{self.view} .nsewdrag, .{self.view} .gl-container").last.bounding_box()
        assert box
        ways = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
        self.page.mouse.move(*ways[0])
        self.page.mouse.down()
        for way in ways[1:]:
            self.page.mouse.move(*way, steps=8)
        self.page.mouse.up()

    def use(self, tool: str) -> None:
        """Press a button of the map's own."""
        self.page.locator(f".{self.view} .modebar-btn[data-title='{tool}']").click()

    def tab(self, name: str) -> None:
        """Choose what the panel shows."""
        self.page.locator(".st-key-tab").get_by_text(name, exact=True).click()

    def map(self, name: str) -> None:
        """Choose the kind of map, or its dimensions."""
        self.page.locator(".st-key-map, .st-key-map_dimensions").get_by_text(name, exact=True).click()

    def in_3d(self) -> None:
        """Go over to three dimensions, and wait until all is drawn."""
        self.map("3D")
        self.page.wait_for_function(
            "document.querySelector('.st-key-figure-words3d .live-figure[data-kind] .annotation-text-g')",
            timeout=60_000,
        )
        self.still()

    def choose_row(self, row: int) -> None:
        """Click a row of the panel's first table (its canvas lies under a box that scrolls)."""
        table = self.page.locator(".st-key-explore_panel [data-testid='stDataFrame'] canvas").first
        box = table.bounding_box()
        assert box
        place = box["x"] + 90, box["y"] + 36 + 28 * row + 14
        self.page.mouse.move(place[0] + 30, place[1])
        self.page.mouse.move(*place, steps=4)
        self.page.mouse.click(*place)


class ComparePage(AppPage):
    """The Side by side page."""

    path, view = "compare", "st-key-figure-compare_curves .live-figure"

    def ready(self) -> None:
        self.page.wait_for_function("document.querySelectorAll('.live-figure .js-plotly-plot').length === 2")
        self.wait("version >= 1")

    def press(self, button: str) -> None:
        """Click a button by its key, without the page's prefix."""
        super().press(f"compare_{button}")

    def updates(self) -> int:
        """Return how often the maps were drawn."""
        return self.page.evaluate(
            "+document.querySelector('.st-key-figure-compare_maps .live-figure').dataset.drawn"
        )

    def switch(self, name: str, option: str) -> None:
        """Press one of the switches by what stands on it, and wait until it is chosen."""
        box = self.page.locator(f".st-key-compare_{name}")
        box.get_by_text(option, exact=True).click()
        box.locator("[aria-checked='true'], [kind$='Active']").get_by_text(option, exact=True).wait_for()
        self.idle()

    def curves(self, what: str) -> list[dict[str, Any]]:
        """Return the curves of the runs, "loss" or "measure": letter, x, y."""
        return self.page.evaluate(
            "what => document.querySelector('.st-key-figure-compare_curves .js-plotly-plot').data"
            ".filter(({uid}) => uid.split(' ').slice(1).join(' ') === what)"
            ".map(({uid, x, y}) => ({letter: uid[0], x: [...x], y: [...y]}))",
            arg=what,
        )

    def axis(self, name: str) -> str:
        """Return the title of an axis, such as "xaxis"."""
        return self.layout(f"{name}.title.text")

    def layout(self, path: str) -> Any:
        """Return a part of the layout of the curves."""
        return self.page.evaluate(
            f"document.querySelector('.st-key-figure-compare_curves .js-plotly-plot').layout.{path}"
        )


class LookupPage(AppPage):
    """The Lookup page."""

    path = "lookup?model=tiny_en"

    def ready(self) -> None:
        self.field().wait_for()

    def field(self) -> Locator:
        """The field for words."""
        return self.page.locator(".st-key-question_words input")

    def ask(self, words: str) -> None:
        """Type words into the field and wait for the answer."""
        self.field().fill(words)
        self.answers(words)

    def answers(self, words: str) -> None:
        """Wait until the answer to these words is drawn."""
        self.page.wait_for_function(
            "words => { const all = [...document.querySelectorAll('[class*=st-key-figure-near] .live-figure')];"
            " return all.length && all.every(({ dataset }) => dataset.words === words); }",
            arg=words,
        )
        self.idle()

    def trained(self) -> None:
        """Wait until the vectors are trained, and drawn."""
        self.page.wait_for_function(
            "document.querySelector('[class*=st-key-figure-near] .live-figure')?.dataset.share === '1'"
        )

    def words(self) -> list[str]:
        """Return the words that are answered."""
        return self.page.evaluate(
            "[...document.querySelectorAll('.st-key-answer [class*=st-key-figure-near] .gtitle')]"
            ".map(title => title.querySelector('tspan').previousSibling.textContent.trim())"
        )

    def near(self, place: int = 0) -> list[str]:
        """Return the neighbors listed for a word, by its place."""
        return self.page.evaluate(
            "place => document.querySelector(`.st-key-figure-near-${place} .js-plotly-plot`).data"
            ".find(({ uid }) => uid === 'near').customdata.map(value => value.replace('ask:', ''))",
            arg=place,
        )

    def click(self, subplot: str, row: int = 0, place: int = 0) -> None:
        """Click a row of a word's list: on its bar ("xy"), or on the mark that compares ("x3y")."""
        box = (
            self.page.locator(
                f".st-key-figure-near-{place} .{subplot} .point, .st-key-figure-near-{place} .{subplot} .textpoint"
            )
            .nth(row)
            .bounding_box()
        )
        assert box
        self.page.mouse.move(box["x"] + box["width"] / 2 - 2, box["y"] + box["height"] / 2)
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
        self.page.wait_for_timeout(100)  # Plotly's hover
        self.page.mouse.down()
        self.page.mouse.up()

    def query(self) -> list[str]:
        """Return the parameters of the address."""
        return self.page.evaluate("location.search.slice(1).split('&')")
