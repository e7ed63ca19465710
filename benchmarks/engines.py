"""The same training by different engines; each returns how long it took and what came out.

`python benchmarks/engines.py ENGINE TEXT` trains once in a process of its own and prints its peak memory.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from threadpoolctl import threadpool_limits

from w2v_core import Corpus, Embeddings, Trainer, TrainingConfig
from w2v_core.training.parallel import run_in_processes

DIM, WINDOW, NEGATIVES, SAMPLE, MIN_COUNT, RATE = 100, 5, 5, 1e-3, 5, 0.025
SETTINGS = {"dim": DIM, "window": WINDOW, "negatives": NEGATIVES, "subsample": SAMPLE, "learning_rate": RATE}
FASTTEXT_LOSSES = {"negative_sampling": "ns", "hierarchical_softmax": "hs", "softmax": "softmax"}

WORD2VEC_C = shutil.which("word2vec", path=sysconfig.get_path("scripts"))


def seconds(function: Callable[[], object]) -> float:
    """Return how long one call takes."""
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def ours(
    corpus: Corpus,
    epochs: int = 1,
    workers: int = 1,
    seed: int = 1,
    objective: str = "negative_sampling",
    dim: int = DIM,
) -> tuple[float, Embeddings]:
    """Train with w2v_core."""
    settings = SETTINGS | {"dim": dim}
    run = Trainer(corpus, TrainingConfig(epochs=epochs, seed=seed, objective=objective, **settings))
    run.W *= 2  # gensim starts from vectors twice as long as word2vec.c's and ours: here both do
    steps = run.run() if workers == 1 else run_in_processes(run, workers)
    took = seconds(lambda: [None for _ in steps])
    return took, run.snapshot()


def gensim(
    corpus: Corpus,
    sentences: list[list[str]],
    epochs: int = 1,
    workers: int = 1,
    seed: int = 1,
    objective: str = "negative_sampling",
    dim: int = DIM,
) -> tuple[float, Embeddings]:
    """Train with gensim on the same sentences; its vectors come in our order of words."""
    from gensim.models import Word2Vec

    hs = objective == "hierarchical_softmax"
    model = Word2Vec(
        vector_size=dim, window=WINDOW, negative=0 if hs else NEGATIVES, hs=int(hs), sample=SAMPLE, sg=1,
        min_count=1, alpha=RATE, min_alpha=RATE * 1e-4, workers=workers, seed=seed, epochs=epochs,
    )  # fmt: skip
    model.build_vocab(sentences)
    took = seconds(lambda: model.train(sentences, total_examples=len(sentences), epochs=epochs))
    return took, Embeddings(corpus.vocabulary, model.wv[list(corpus.vocabulary.words)])


def word2vec_c(text: Path, objective: str = "negative_sampling", workers: int = 1) -> float:
    """Train with Google's C program, as PyPI's `word2vec` builds it; return its own words a second."""
    hs = objective == "hierarchical_softmax"
    settings = {
        "train": text, "output": os.devnull, "size": DIM, "window": WINDOW, "sample": SAMPLE, "alpha": RATE,
        "negative": 0 if hs else NEGATIVES, "hs": int(hs), "cbow": 0, "threads": workers, "iter": 1, "min-count": 1,
    }  # fmt: skip
    command = [WORD2VEC_C, *(str(part) for name, value in settings.items() for part in (f"-{name}", value))]
    told = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    return 1e3 * workers * float(re.findall(r"Words/thread/sec: ([\d.]+)k", told)[-1])


def fasttext(text: Path, objective: str = "negative_sampling", workers: int = 1) -> float:
    """Train with fastText, whole words alone; return how long it took without reading the text."""
    from fasttext import train_unsupervised

    def train(epochs: int) -> object:
        return train_unsupervised(
            str(text), model="skipgram", loss=FASTTEXT_LOSSES[objective], dim=DIM, ws=WINDOW, neg=NEGATIVES,
            t=SAMPLE, lr=RATE, epoch=epochs, minCount=1, minn=0, maxn=0, thread=workers, verbose=0,
        )  # fmt: skip

    return seconds(lambda: train(1)) - seconds(lambda: train(0))


def write_text(corpus: Corpus, path: Path) -> None:
    """Write a corpus as engines in C read it, a sentence a line; rare words are gone already."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(" ".join(corpus.sentence(i)) + "\n" for i in range(len(corpus.starts) - 1))


def sentences_of(corpus: Corpus) -> list[list[str]]:
    """Return a corpus as gensim takes it: rare words are gone already, as with its own min_count."""
    words = np.array(corpus.vocabulary.words, dtype=object)[corpus.ids].tolist()
    return [words[a:b] for a, b in zip(corpus.starts[:-1], corpus.starts[1:], strict=True)]


def torch_softmax(centers: np.ndarray, contexts: np.ndarray, V: int, batch: int) -> float:
    """Train full softmax with PyTorch the plain way: embedding, linear, cross-entropy, SGD, a row a pair."""
    import torch

    vectors, outputs = torch.nn.Embedding(V, DIM), torch.nn.Linear(DIM, V, bias=False)
    torch.nn.init.uniform_(vectors.weight, -0.5 / DIM, 0.5 / DIM)
    torch.nn.init.zeros_(outputs.weight)
    descent = torch.optim.SGD([*vectors.parameters(), *outputs.parameters()], lr=RATE)
    loss_of = torch.nn.CrossEntropyLoss(reduction="sum")
    centers, contexts = torch.as_tensor(centers).long(), torch.as_tensor(contexts).long()

    def train() -> None:
        for c, o in zip(centers.split(batch), contexts.split(batch), strict=True):
            descent.zero_grad()
            loss_of(outputs(vectors(c)), o).backward()
            descent.step()

    return seconds(train)


def peak_memory() -> float:
    """Return this process's peak memory in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count the parent's memory, from before this program was loaded
        [line] = [
            line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM")
        ]
        return int(line.split()[1]) / 1e3
    import psutil

    used = psutil.Process().memory_info()
    return getattr(used, "peak_wset", used.rss) / 1e6  # Windows knows the peak


def train_from_file(engine: str, path: str) -> None:
    """Read a file and train on it, as a user of that engine would."""
    if engine == "ours":
        ours(Corpus.from_file(path, MIN_COUNT))
    else:
        from gensim.models import Word2Vec
        from gensim.models.word2vec import LineSentence

        Word2Vec(
            LineSentence(path), vector_size=DIM, window=WINDOW, negative=NEGATIVES, sample=SAMPLE, sg=1,
            min_count=MIN_COUNT, workers=1, epochs=1,
        )  # fmt: skip


def read_file(engine: str, path: str) -> Any:
    """Turn a file into ids: ours in one pass, gensim in two, the vocabulary and the words' ids."""
    if engine == "ours":
        return Corpus.from_file(path, MIN_COUNT)
    from gensim.models import Word2Vec
    from gensim.models.word2vec import LineSentence

    model = Word2Vec(vector_size=1, min_count=MIN_COUNT, sample=SAMPLE)
    model.build_vocab(LineSentence(path))
    known = model.wv.key_to_index
    return [[known[word] for word in line if word in known] for line in LineSentence(path)]


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("engine", choices=("ours", "gensim"))
    arguments.add_argument("text")
    arguments.add_argument("--read-only", action="store_true", help="read the text, and don't train")
    options = arguments.parse_args()
    with threadpool_limits(1):
        (read_file if options.read_only else train_from_file)(options.engine, options.text)
    print(peak_memory())
