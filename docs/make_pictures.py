"""Makes the pictures of README and docs from the running app, so that they stay true: ``make pictures``."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.e2e.chromium import find  # noqa: E402
from tests.e2e.driver import AppPage, TrainPage, running_app, running_browser  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
SIZE = {"width": 1366, "height": 768}
SWEEP_SIZE = {"width": 1000, "height": 900}
FILM_SIZE = 1024, 576
COLORS = 160  # of the moving picture: under 2 MB
FRAMES = 40
FRAME_MS, LAST_MS = 260, 2500

# Name -> address, whether dark, and the button that trains before the picture is taken.
PICTURES = {
    "inside": ("inside?corpus=tiny_en&objective=softmax&pair=6-8&half_step=4", False, "train_a_little"),
    "compare": ("compare", False, "compare_play"),
    "explore": ("explore?corpus=royal_court_en", True, "play"),
    "lesson": ("?lesson=softmax&step=2", False, None),
    "lesson_zh": ("?lesson=softmax&step=2&language=zh", True, None),
    "lecture": ("?lesson=negative_sampling&step=2&lecture=on", False, None),
}
TRAINED = 180_000  # milliseconds that a training may take


def moving(context: object, address: str) -> None:
    """Film the default run from before Play to its end."""
    page = TrainPage(context, address)  # type: ignore[arg-type]
    page.press("play")
    frames = []
    for _ in range(FRAMES):
        shot = Image.open(io.BytesIO(page.page.screenshot())).convert("RGB")
        frames.append(shot.resize(FILM_SIZE, Image.Resampling.LANCZOS))
        if not page.state()["running"]:
            break
        page.wait(f"version >= {page.state()['version'] + 3} || !running")
    palette = frames[-1].quantize(COLORS)
    small = [frame.quantize(COLORS, palette=palette, dither=Image.Dither.NONE) for frame in frames]
    durations = [FRAME_MS] * (len(small) - 1) + [LAST_MS]
    small[0].save(
        FOLDER / "train.gif",
        save_all=True,
        append_images=small[1:],
        duration=durations,
        loop=0,
        optimize=True,
    )
    page.close()


def still(context: object, address: str, name: str, path: str, button: str | None) -> None:
    """Take a picture of a page when it is drawn, and trained if a button is named."""
    page = AppPage(context, address, path)  # type: ignore[arg-type]
    page.page.locator(".live-figure .js-plotly-plot").first.wait_for()
    page.idle()
    if button:
        shown = "JSON.stringify(document.querySelector('.live-figure[data-step], .live-figure[data-version]').dataset)"
        untrained = page.page.evaluate(shown)
        page.press(button)
        page.page.wait_for_function(
            f"""untrained => {{
              const now = {shown}, {{ training, running }} = JSON.parse(now), still = now === window.shown;
              window.shown = now;
              return still && now !== untrained && (training ?? running) !== "true";
            }}""",
            arg=untrained,
            polling=1000,
            timeout=TRAINED,
        )
        page.page.mouse.move(SIZE["width"] - 1, SIZE["height"] - 1)  # off the sidebar and the charts
        page.idle()
    page.page.screenshot(path=FOLDER / f"{name}.png")
    page.close()


def sweep(context: object) -> None:
    """Run the sweep of docs/scaling.md, and take a picture of its page."""
    [command] = re.findall(
        r"^w2v (sweep .*?)\n```", (ROOT / "docs/scaling.md").read_text("utf-8"), re.S | re.M
    )
    with tempfile.TemporaryDirectory() as folder:
        arguments = [*shlex.split(command.replace("\\\n", " ")), "--out", folder]
        subprocess.run([sys.executable, "-m", "w2v_core", *arguments], cwd=ROOT, check=True)
        page = context.new_page()  # type: ignore[attr-defined]
        page.goto(Path(folder, "runs.html").as_uri())
        page.locator(".main-svg").first.wait_for()
        page.screenshot(path=FOLDER / "sweep.png", full_page=True)
        page.close()


def main() -> None:
    """Make all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with running_browser(find()) as browser, browser.new_context(viewport=SWEEP_SIZE) as context:
        sweep(context)
    with running_app() as (address, _), running_browser(find()) as browser:
        with browser.new_context(viewport=SIZE, locale="en-US") as context:
            moving(context, address)
        for name, (path, dark, button) in PICTURES.items():
            scheme = "dark" if dark else "light"
            with browser.new_context(viewport=SIZE, locale="en-US", color_scheme=scheme) as context:
                still(context, address, name, path, button)
    for picture in sorted(FOLDER.iterdir()):
        print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
