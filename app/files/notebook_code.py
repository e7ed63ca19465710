"""The code of a notebook's cells, with places for what is a run's own: literals, and sentences of its language."""

VERSIONS = """\
# pip install {pins}
# pip install ./w2v_core   ({where}: w2v_core {core})
from importlib.metadata import version

import w2v_core

VERSIONS = {versions}
for name, known in VERSIONS.items():
    here = w2v_core.__version__ if name == "w2v_core" else version(name)
    if here != known:
        print(name, here, {differs!r}, known)
"""
FROM_SAMPLES = """\
from pathlib import Path

from w2v_core import Corpus

FOLDERS = [Path.cwd(), *Path.cwd().parents, Path(w2v_core.__file__).parents[1] / "word2vec_lab"]
PLACES = [folder / "sample_corpora" / {name!r} for folder in FOLDERS] + [Path({name!r})]
found = next((place for place in PLACES if place.is_file()), None)
"""
FROM_FILE = """\
if found is None:
    raise FileNotFoundError({sentence!r})
corpus = Corpus.from_file(found, min_count=1)
"""
FROM_OWN_FILE = """\
from pathlib import Path

from w2v_core import Corpus

if not Path({name!r}).is_file():
    raise FileNotFoundError({sentence!r})
lines = Path({name!r}).read_text(encoding="utf-8").splitlines()
corpus = Corpus.from_sentences(line.split() for line in lines)
"""
KNOWN = """\
if corpus.fingerprint != {fingerprint!r}:
    print({sentence!r})
print(len(corpus), len(corpus.vocabulary))
"""
TRAINING = """\
from w2v_core import Problem, Trainer

STEPS = {steps}
RATES = {rates}

trainer = Trainer(corpus, config)
losses = []
try:
    while trainer.steps < STEPS and not trainer.finished:
        if trainer.steps in RATES:
            trainer.learning_rate = RATES[trainer.steps]
        losses.append(trainer.step().loss)
except Problem as problem:  # the loss has left the finite numbers
    print(problem)
embeddings = trainer.snapshot()
print(len(losses))
"""
CURVE = """\
try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None

if plt and losses:
{fonts}    plt.plot(range(1, len(losses) + 1), losses, linewidth=0.8)
    plt.axhline(trainer.objective.start_value, color="gray", linestyle=":")
    plt.xlabel({steps!r})
    plt.ylabel({loss!r})
    plt.show()
else:
    for start in range(0, len(losses), max(1, len(losses) // 20)):
        print(start + 1, round(losses[start], 4))
"""
# matplotlib's own has no Chinese.
CHINESE_FONTS = """\
    names = ["Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "SimHei"]
    plt.rcParams["font.sans-serif"] = [*names, *plt.rcParams["font.sans-serif"]]
"""
AGREEMENT = """\
LOSSES = {losses}
print({heads})
for step, loss in LOSSES.items():
    print(step, f"{{loss:.6g}}", f"{{losses[step - 1]:.6g}}" if step <= len(losses) else "-", sep="\\t")
"""
NEIGHBORS = """\
WORDS = {words}
for word in WORDS:
    print(word, *(f"{{near}} {{cosine:.3f}}" for near, cosine in embeddings.neighbors(word, k=8)), sep="\\t")
"""
