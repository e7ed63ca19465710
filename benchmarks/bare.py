"""The core alone, for `live.py` to compare the app with: pairs a second on the app's default text and settings.

python benchmarks/bare.py SECONDS
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from threadpoolctl import threadpool_limits  # noqa: E402

from app.samples import samples  # noqa: E402
from app.settings import DEFAULT_CORPUS, configured, recommended  # noqa: E402
from w2v_core import Corpus, Trainer  # noqa: E402


def main(seconds: float) -> None:
    """Train for some seconds, and print the speed."""
    sample = samples()[DEFAULT_CORPUS["en"]]
    settings = recommended(sample) | {"epochs": 10_000}
    trainer = Trainer(Corpus.from_file(sample.path, min_count=1), configured(settings))
    for _ in trainer.run(300):  # warm
        pass
    pairs, began = trainer.pairs, time.perf_counter()
    while time.perf_counter() - began < seconds:
        trainer.step()
    print((trainer.pairs - pairs) / (time.perf_counter() - began))


if __name__ == "__main__":
    with threadpool_limits(1):
        main(float(sys.argv[1]))
