"""How live the app is: train in a real browser and print what was promised beside what was measured.

    make live          (or: python benchmarks/live.py)

The bare core and the app train the same run in turn, three times; the ratio is the median of the pairs' ratios.
Everything else on the machine should stand still meanwhile.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import BrowserContext  # noqa: E402

from tests.e2e import chromium  # noqa: E402
from tests.e2e.driver import ComparePage, LookupPage, TrainPage, laptop, running_app, running_browser  # noqa: E402
from w2v_core import Embeddings, Vocabulary, save_vectors  # noqa: E402

SECONDS = 8.0
LOOKUP_WORDS = 100_000
# From the key to the frame in which the answer is on the screen.
WATCH_ANSWERS = """() => {
  window.waits = [];
  const field = document.querySelector(".st-key-question_words input");
  const figures = "[class*=st-key-figure-near] .live-figure";
  let began, asked = null;
  field.addEventListener("input", () => { began = performance.now(); asked = field.value; });
  new MutationObserver(() => {
    if (asked === null || document.querySelector(figures)?.dataset.words !== asked) return;
    asked = null;
    requestAnimationFrame(() => requestAnimationFrame(() => window.waits.push(performance.now() - began)));
  }).observe(document.querySelector(".stMain"), { attributes: true, subtree: true, childList: true });
}"""


def bare_speed() -> float:
    """Return the core's pairs/s on the default corpus and settings, in a process of its own."""
    command = [sys.executable, "benchmarks/bare.py", str(SECONDS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def pairs_seen(train: TrainPage) -> float:
    """Return the pairs at the end of the loss curve that the browser shows."""
    return train.page.evaluate(
        "(x => x[x.length - 1])(document.querySelector('.st-key-figure-loss .js-plotly-plot').data[1].x)"
    )


def app_speed(train: TrainPage) -> tuple[float, float]:
    """Return pairs/s and chart updates/s while the run plays."""
    began, pairs, updates = time.perf_counter(), pairs_seen(train), train.updates()
    train.page.wait_for_timeout(SECONDS * 1000)
    seconds = time.perf_counter() - began
    return (pairs_seen(train) - pairs) / seconds, (train.updates() - updates) / seconds


def measure(context: BrowserContext, address: str) -> None:
    """Measure on one page and print a line for each promise."""
    train = TrainPage(context, address)
    page = train.page
    page.evaluate(
        "for (const svg of document.querySelectorAll('.js-plotly-plot .main-svg')) svg.marked = true"
    )
    train.type_number("epochs", 10_000)
    page.wait_for_timeout(1000)

    began = time.perf_counter()
    train.press("play")
    train.wait("step > 0")
    line("first loss point after Play", "1 s", f"{time.perf_counter() - began:.2f} s")
    page.wait_for_timeout(3000)  # until the curve has its thousand points

    ratios, updates, speeds = [], [], []
    for _ in range(3):
        train.press("pause")
        train.wait("!running")
        bare = bare_speed()
        train.press("play")
        train.wait("running")
        speed, rate = app_speed(train)
        ratios.append(speed / bare)
        speeds.append((bare, speed))
        updates.append(rate)
    points = page.evaluate(
        "document.querySelector('.st-key-figure-map .js-plotly-plot').data.at(-1).meta.labels.words.length"
    )
    line(f"updates/s at {points} words on the map", "4", f"{statistics.median(updates):.1f}")
    bare, speed = (statistics.median(column) for column in zip(*speeds, strict=True))
    line("training speed, app against bare core", "80 %", f"{statistics.median(ratios):.0%}")
    print(f"    ({speed:,.0f} pairs/s in the app, {bare:,.0f} bare)")

    waits = []
    for word in ("germany", "tiger", "paris", "piano", "monday"):
        if train.followed().endswith(word):
            continue
        train.page.click(".st-key-follow input")
        page.keyboard.type(word)
        page.get_by_role("option", name=word, exact=True).wait_for()
        began = time.perf_counter()
        page.keyboard.press("Enter")
        train.says(f"Nearest neighbors of {word}")
        waits.append(time.perf_counter() - began)
    line("another widget reacts", "0.5 s", f"{statistics.median(waits):.2f} s")

    line("Pause to the last record on the screen", "0.3 s", f"{pause_seconds(train):.2f} s")

    fresh = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot .main-svg')].filter(svg => !svg.marked).length"
    )
    line("charts made anew", "0", str(fresh))
    train.close()


def measure_side_by_side(context: BrowserContext, address: str) -> None:
    """Measure two runs with both maps shown."""
    lab = ComparePage(context, address)
    lab.switch("below", "Maps")
    lab.press("play")
    lab.page.wait_for_timeout(3000)
    updates = lab.updates()
    lab.page.wait_for_timeout(SECONDS * 1000)
    rate = (lab.updates() - updates) / SECONDS
    line("side by side, two maps: updates/s", "4", f"{rate:.1f}")
    line("side by side, two maps: Pause", "0.3 s", f"{pause_seconds(lab):.2f} s")
    lab.close()


def pause_seconds(lab: TrainPage | ComparePage) -> float:
    """Return how long Pause takes, until the last record is on the screen."""
    pauses = []
    for _ in range(3):
        began = time.perf_counter()
        lab.press("pause")
        lab.wait("!running")
        pauses.append(time.perf_counter() - began)
        lab.press("play")
        lab.wait("running")
    return statistics.median(pauses)


def measure_lookup(context: BrowserContext, address: str) -> None:
    """Upload vectors, ask words, and print how long the slowest answer took from the key to the screen."""
    rng = np.random.default_rng(1)
    words = ["".join(letters) for letters in rng.choice(list("abcdefgh"), (LOOKUP_WORDS, 8))]
    words = list(dict.fromkeys(words))
    vectors = rng.normal(size=(len(words), 100)).astype(np.float32)
    lookup = LookupPage(context, address)
    page = lookup.page
    lookup.choose("vectors", "A file of vectors …")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.bin"
        save_vectors(Embeddings(Vocabulary(words, range(len(words), 0, -1)), vectors), path)
        page.locator("input[type=file]").set_input_files(path)
        lookup.says(f"{len(words):,} words × 100")
    page.evaluate(WATCH_ANSWERS)
    for asked in (words[5], words[7], f"{words[5]}, {words[7]}", words[9]):
        lookup.ask(asked)
        page.wait_for_timeout(300)
    waits = page.evaluate("window.waits")
    line(f"answer among {len(words):,} words, median", "0.3 s", f"{statistics.median(waits) / 1000:.2f} s")
    line("slowest answer", "0.3 s", f"{max(waits) / 1000:.2f} s")
    lookup.close()


def line(what: str, promised: str, measured: str) -> None:
    """Print one line of the table."""
    print(f"{what:<45} {promised:>6}   {measured:>8}", flush=True)


if __name__ == "__main__":
    path = chromium.find()
    if path is None:
        sys.exit(chromium.HINT)
    line("", "goal", "measured")
    with running_app() as (address, _), running_browser(path) as browser:
        for part in (measure, measure_side_by_side, measure_lookup):
            part(laptop(browser), address)
