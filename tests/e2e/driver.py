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

from playwright.sync_api import Browser, BrowserContext, WebSocketRoute, sync_playwright
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
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
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
        self.page.goto(f"{address}/{self.path if path is None else path}")
        self.ready()

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
            self.page.wait_for_selector("[data-test-script-state='notRunning']")
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

    view = "w2v-live"

    def ready(self) -> None:
        self.page.wait_for_function("document.querySelectorAll('.w2v-plot.js-plotly-plot').length === 2")
        self.wait("version >= 1")

    def updates(self) -> int:
        """Return how often the charts were drawn."""
        return self.page.evaluate("window.w2vViews.get('train').updates")

    def point_at_a_word(self) -> tuple[str, str]:
        """Move the pointer onto a word of the map; return the word, and what the map says of it."""
        label = self.page.locator(".w2v-map .hoverlayer .hovertext")
        for _ in range(30):  # a map that is drawn meanwhile forgets the pointer, and may move
            # The coloured word that is farthest from all others: a hover means the nearest one.
            word, x, y = self.page.evaluate(
                """() => {
                  const { plot, data, places: [xs, ys] } = w2vViews.get("train").map;
                  const { xaxis, yaxis } = plot._fullLayout, box = plot.getBoundingClientRect();
                  const dots = [...xs].map((x, i) => [box.x + xaxis._offset + xaxis.l2p(x),
                                                      box.y + yaxis._offset + yaxis.l2p(ys[i])]);
                  const away = (a) => dots.map((b) => Math.hypot(a[0] - b[0], a[1] - b[1])).sort((a, b) => a - b);
                  const alone = (dot) => away(dot)[1];
                  const inside = ([x, y]) => Math.abs(x - box.x - box.width / 2) < box.width / 2 - 20 &&
                    Math.abs(y - box.y - box.height / 2) < box.height / 2 - 20;
                  const coloured = [...dots.keys()].filter((i) => data.map.category[i] >= 0 && inside(dots[i]));
                  const best = coloured.reduce((a, b) => (alone(dots[a]) > alone(dots[b]) ? a : b));
                  return [data.map.words[best], ...dots[best]];
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
              const map = w2vViews.get("train").map, before = map.seen;
              map.seen = JSON.stringify([map.plotted(), ...map.places.map((values) => [...values])]);
              return map.seen === before;
            }""",
            polling=500,
        )

    def smoothed_loss(self) -> list[float]:
        """Return the smoothed line of the loss chart."""
        return self.page.evaluate("Array.from(document.querySelector('.w2v-loss .w2v-plot').data[1].y)")


class InsidePage(AppPage):
    """The page "Inside a step"."""

    path, view = "inside", "w2v-inside-picture"

    def ready(self) -> None:
        self.page.locator(".w2v-row").first.wait_for()

    def train(self) -> None:
        """Press the button, and wait until its training is over and its numbers are shown."""
        data = f"document.querySelector('.{self.view}').dataset"
        run, step = self.page.evaluate(f"[{data}.run, +{data}.step]")
        self.press("train_a_little")
        self.wait(f"!running && step > 0 && (data.run !== {json.dumps(run)} || step > {step})")

    def at(self, half_step: str) -> None:
        """Wait until a half-step is shown."""
        self.page.locator(f".w2v-rows[data-step='{half_step}']").wait_for()

    def values(self) -> list[float]:
        """Return the numbers of the rows as the browser draws them."""
        return self.page.evaluate("[...document.querySelectorAll('.w2v-row')].map(row => +row.dataset.value)")

    def probability(self) -> float:
        """Return p(context | center) as it is written."""
        return float(self.page.locator(".w2v-curve figcaption b").first.inner_text())

    def applied(self, times: int) -> None:
        """Wait until the update is applied so many times."""
        self.page.locator(f".w2v-rise[data-applied='{times}']").wait_for()

    def chosen(self, role: str) -> str:
        """Return the word of the sentence that is the center or the context."""
        return self.page.locator(f".w2v-token.w2v-{role}").inner_text()


class CostPage(AppPage):
    """The page about what a step costs."""

    path, view = "cost", "w2v-cost"

    def ready(self) -> None:
        self.wait("version >= 0")


class PairPage(AppPage):
    """The page about what is learned."""

    path, view = "pmi", "w2v-pmi"

    def ready(self) -> None:
        self.wait("version >= 1")


class CorpusPage(AppPage):
    """The Corpus page."""

    path = "corpus"

    def ready(self) -> None:
        self.page.wait_for_function("document.querySelector('.w2v-corpus')?.dataset.drawn > 0")

    def center(self) -> str:
        """Return the center word."""
        return self.page.locator(".w2v-token.w2v-center bdi").inner_text()

    def contexts(self) -> list[str]:
        """Return the context words as they are lit in the sentence."""
        return self.page.locator(".w2v-token.w2v-context bdi").all_inner_texts()

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs listed under the sentence."""
        words = self.page.locator(".w2v-pair bdi").all_inner_texts()
        return list(zip(words[::2], words[1::2], strict=True))

    def sentence(self) -> int:
        """Return which sentence it is, as the page counts them."""
        said = self.page.locator(".w2v-window-head .w2v-said").inner_text()
        return int(said.split()[1].replace(",", ""))


class ExplorePage(AppPage):
    """The Explore page."""

    path = "explore"

    def ready(self) -> None:
        self.wait("words > 0")
        self.still()

    def wait(self, state: str) -> None:
        """Wait until what the browser has taken (words, kind, iteration, ...) satisfies a JavaScript condition."""
        self.page.wait_for_function(
            "condition => { const data = document.querySelector('.w2v-explore')?.dataset; if (!data) return false;"
            " const { kind, tab, moment } = data;"
            " const [running, training] = [data.running === 'true', data.training === 'true'];"
            " const number = name => Number(data[name]), [words, places, iteration, asked] ="
            " ['words', 'places', 'iteration', 'asked'].map(number);"
            " return eval(condition); }",
            arg=state,
        )

    def still(self) -> None:
        """Wait until the points have come to rest."""
        self.page.wait_for_function("document.querySelector('.w2v-cloud').dataset.still === 'true'")

    def data(self, name: str) -> str:
        """Return a number or name that the browser has taken."""
        return self.page.evaluate("name => document.querySelector('.w2v-explore').dataset[name]", name)

    def cloud(self, expression: str) -> Any:
        """Evaluate JavaScript about the map, which is called cloud."""
        return self.page.evaluate(
            f"(() => {{ const {{ cloud }} = w2vViews.get('explore'); return {expression}; }})()"
        )

    def lonely(self) -> tuple[str, float, float]:
        """Return the word that is farthest to the left, on top of which nobody is, and where to click it."""
        word, x, y = self.cloud(
            "(() => { const { screen, canvas, names } = cloud, box = canvas.getBoundingClientRect();"
            " const i = screen.x.indexOf(Math.min(...screen.x));"
            " return [names[i], box.x + screen.x[i], box.y + screen.y[i]]; })()"
        )
        return word, x, y

    def chosen(self) -> str:
        """Return the chosen word."""
        return self.page.locator(".w2v-chosen").inner_text()

    def neighbors(self) -> list[str]:
        """Return the words in the list of neighbors."""
        return (
            self.page.locator(".w2v-panel:not([hidden]) .w2v-ranking")
            .first.locator(".w2v-word")
            .all_inner_texts()
        )

    def tab(self, name: str) -> None:
        """Choose what the panel shows."""
        self.page.get_by_role("tab", name=name).click()

    def map(self, name: str) -> None:
        """Choose the kind of map, or its dimensions."""
        self.page.locator(".st-key-map, .st-key-map_dimensions").get_by_text(name, exact=True).click()


class ComparePage(AppPage):
    """The Side by side page."""

    path, view = "compare", "w2v-compare"

    def ready(self) -> None:
        self.page.wait_for_function("document.querySelectorAll('.w2v-curves .js-plotly-plot').length === 2")

    def press(self, button: str) -> None:
        """Click a button by its key, without the page's prefix."""
        super().press(f"compare_{button}")

    def updates(self) -> int:
        """Return how often the charts were drawn."""
        return self.page.evaluate("window.w2vViews.get('compare').updates")

    def switch(self, option: str) -> None:
        """Press one of the charts' own switches and wait until it is drawn."""
        self.page.click(f".w2v-switch button[value='{option}']")
        self.page.wait_for_function(
            "option => document.querySelector('.w2v-compare').dataset.view.split(' ').includes(option)",
            arg=option,
        )

    def curves(self, chart: str) -> list[dict[str, Any]]:
        """Return the named lines of a chart, "loss" or "ranks": name, x, y."""
        return self.page.evaluate(
            "chart => document.querySelector(`.w2v-curves .w2v-${chart} .w2v-plot`).data.filter(({name}) => name)"
            ".map(({name, x, y}) => ({name, x: [...x], y: [...y]}))",
            arg=chart,
        )

    def across(self, chart: str) -> list[float]:
        """Return the range of a chart's horizontal axis."""
        return self.page.evaluate(
            "chart => document.querySelector(`.w2v-curves .w2v-${chart} .w2v-plot`).layout.xaxis.range",
            arg=chart,
        )


class LookupPage(AppPage):
    """The Lookup page."""

    path = "lookup?model=tiny_en"

    def ready(self) -> None:
        self.page.wait_for_function("document.querySelector('.w2v-lookup')?.dataset.drawn > 0")

    def ask(self, words: str) -> None:
        """Type words into the field and wait for the answer."""
        self.page.locator(".w2v-question input").first.fill(words)
        self.answers(words)

    def answers(self, words: str) -> None:
        """Wait until the answer to these words is drawn."""
        self.page.wait_for_function(
            "words => document.querySelector('.w2v-lookup').dataset.answers === words", arg=words
        )

    def trained(self) -> None:
        """Wait until the vectors are trained."""
        self.page.locator(".w2v-standing .w2v-state").get_by_text("trained", exact=True).wait_for()

    def cards(self) -> list[str]:
        """Return the words that are answered."""
        return self.page.locator(".w2v-lookup:not(.w2v-stale) .w2v-card h3").all_inner_texts()

    def near(self, word: str) -> list[str]:
        """Return the neighbours listed for a word."""
        card = self.page.locator(".w2v-card").filter(has=self.page.locator(f"h3:text-is('{word}')"))
        return card.locator(".w2v-near .w2v-word").all_inner_texts()

    def query(self) -> list[str]:
        """Return the parameters of the address."""
        return self.page.evaluate("location.search.slice(1).split('&')")
