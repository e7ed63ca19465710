"""How many pictures a second the Explore page draws while t-SNE forms, in a real browser without a graphics card.

    python benchmarks/frames.py

A text with 5,000 words is made, brought as anybody would bring it, and mapped. Everything else on the machine should
stand still meanwhile.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.generated import make_text
from benchmarks.live import line
from tests.e2e import chromium
from tests.e2e.driver import ExplorePage, laptop, running_app, running_browser

TOKENS = 300_000  # have more than 5,000 words that occur ten times
SECONDS = 8.0
GOALS = ((5000, 2, 3), (2000, 2, 5), (2000, 3, 2))  # words, dimensions, pictures a second


def bring(explore: ExplorePage, text: Path) -> None:
    """Upload a text and train on it for a while."""
    page = explore.page
    explore.visit("Corpus")
    page.locator(".st-key-view").get_by_text("Bring your own", exact=True).click()
    page.locator(".stFileUploader input[type=file]").set_input_files(text)
    page.wait_for_selector(".st-key-use button:enabled", timeout=60_000)
    explore.press("use")
    page.get_by_text("Zipf").first.wait_for(timeout=120_000)
    explore.visit("Explore")
    explore.wait("words > 1000")


def drawn(explore: ExplorePage) -> int:
    """Return how many pictures have been drawn."""
    return int(explore.data("drawn"))


def measure(explore: ExplorePage, words: int, dimensions: int) -> float:
    """Return pictures a second while the map of so many words forms."""
    explore.map(f"{dimensions}D")
    if int(explore.data("words")) != words:
        explore.choose("map_words", f"{words:,}")
    explore.wait(f"words === {words}")
    explore.press("anew")
    explore.wait("running && iteration < 600")
    explore.wait("iteration > 5")
    first, before, began = drawn(explore), int(explore.data("iteration")), time.perf_counter()
    explore.page.wait_for_timeout(SECONDS * 1000)
    rate = (drawn(explore) - first) / (time.perf_counter() - began)
    print(f"    ({explore.data('words')} words, iterations {before} to {explore.data('iteration')})")
    return rate


def main() -> int:
    """Measure and print."""
    path = chromium.find()
    if path is None:
        print(chromium.HINT)
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app() as (address, _),
        running_browser(path) as browser,
    ):
        text = Path(folder) / "generated.txt"
        make_text(text, TOKENS)
        print(f"{'':45} {'goal':>6} {'measured':>10}")
        explore = ExplorePage(laptop(browser), address)
        bring(explore, text)
        explore.map("t-SNE")
        explore.wait("kind === 'tsne'")
        for words, dimensions, goal in GOALS:
            rate = measure(explore, words, dimensions)
            line(f"{words} words in {dimensions}D, pictures/s", str(goal), f"{rate:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
