"""Does an hour of Play leave memory flat? The Train page plays in a real browser; a line every minute, then a verdict.

    python benchmarks/hour.py [--minutes 60]

Prints the browser's heap and DOM nodes after a collection, and the server's resident memory. Exits with 1 where the
last third of the time holds more than a tenth above the second third (the first is for warming up). `--hidden` leaves
the tab in the background meanwhile, its clock slowed to a tick a minute as browsers do, and asks whether the run is
still there.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.e2e import chromium
from tests.e2e.driver import TrainPage, laptop, running_app, running_browser

MOST_GROWTH = 1.1
EVERY = 60.0  # seconds
# What a browser does to a tab in the background: timers that are due wait for the next full minute.
SLOW_CLOCK = """(() => {
  const every = window.setInterval;
  window.setInterval = (call, ...rest) => {
    let last = 0;
    return every((...given) => {
      if (window.slow && performance.now() - last < 60_000) return;
      last = performance.now();
      call(...given);
    }, ...rest);
  };
})()"""


def main() -> int:
    """Play, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--hidden", action="store_true")
    asked = parser.parse_args()
    path = chromium.find()
    if path is None:
        print(chromium.HINT)
        return 1
    with running_app() as (address, pid), running_browser(path) as browser:
        context = laptop(browser)
        context.add_init_script(SLOW_CLOCK)
        train = TrainPage(context, address)
        server = psutil.Process(pid)
        train.type_number("epochs", 10_000)
        train.press("play")
        train.wait("step > 0")
        if asked.hidden:
            return 0 if stays(train, asked.minutes) else 1
        return 0 if flat(train, server, asked.minutes) else 1


def flat(train: TrainPage, server: psutil.Process, minutes: float) -> bool:
    """Print what is held every minute, and tell whether it stays the same."""
    tools = train.page.context.new_cdp_session(train.page)
    tools.send("Performance.enable")
    columns: dict[str, list[float]] = {"heap MB": [], "DOM nodes": [], "server MB": []}
    print(f"{'minute':>6} {'updates':>8} " + " ".join(f"{name:>10}" for name in columns))
    began = time.monotonic()
    while (passed := time.monotonic() - began) < minutes * 60:
        tools.send("HeapProfiler.collectGarbage")
        metrics = {each["name"]: each["value"] for each in tools.send("Performance.getMetrics")["metrics"]}
        held = metrics["JSHeapUsedSize"] / 2**20, metrics["Nodes"], server.memory_info().rss / 2**20
        for column, value in zip(columns.values(), held, strict=True):
            column.append(value)
        print(
            f"{passed / 60:6.1f} {train.updates():8} " + " ".join(f"{value:10.1f}" for value in held),
            flush=True,
        )
        train.page.wait_for_timeout(EVERY * 1000)
    good = True
    for name, values in columns.items():
        third = len(values) // 3
        before, after = (statistics.median(part) for part in (values[third : 2 * third], values[-third:]))
        good &= after <= MOST_GROWTH * before
        print(f"{name}: {before:.1f} in the second third, {after:.1f} in the last")
    return good


def stays(train: TrainPage, minutes: float) -> bool:
    """Leave the tab alone behind another one, and tell whether its run has gone on meanwhile."""
    step = int(train.page.evaluate(f"document.querySelector('.{train.view}').dataset.step"))
    train.page.evaluate("window.slow = true")
    other = train.page.context.new_page()
    other.bring_to_front()
    other.wait_for_timeout(minutes * 60_000)
    train.page.bring_to_front()
    train.page.evaluate("window.slow = false")
    train.wait(f"step > {step}")
    train.press("pause")
    train.wait("!running")
    after = int(train.page.evaluate(f"document.querySelector('.{train.view}').dataset.step"))
    print(f"step {step:,} before, {after:,} after {minutes:g} minutes behind another tab")
    return after > step


if __name__ == "__main__":
    raise SystemExit(main())
