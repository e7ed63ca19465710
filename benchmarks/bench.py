"""Speed, quality and memory beside the peers: gensim, word2vec.c, fastText and PyTorch. Prints a table and writes
docs/benchmarks.md.

    make bench
    make bench BENCH="--english TEXT"
    python benchmarks/bench.py --corpus TEXT [--quick]

Ours and the peer run in turn, so that whatever else the machine does hits both; a ratio is the median of the
ratios of such couples. BLAS has one thread throughout; "two cores" are two processes of ours, the time to start
the second included, and two threads of gensim's.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import engines  # noqa: E402
import generated  # noqa: E402
import growth  # noqa: E402
import numpy as np  # noqa: E402
from engines import seconds  # noqa: E402
from gensim.test.utils import datapath  # noqa: E402
from threadpoolctl import threadpool_limits  # noqa: E402

from w2v_core import Corpus, Embeddings, Problem, Trainer, TrainingConfig, Vocabulary  # noqa: E402
from w2v_core.vectors.evaluation import (  # noqa: E402
    evaluate_analogies,
    evaluate_word_pairs,
    neighbor_purity,
    read_analogies,
    read_word_pairs,
)


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, of both, and the wanted ratio."""

    what: str
    ours: str
    peer: str
    ratio: float | None = None
    wanted: str = ""

    def cells(self) -> list[str]:
        """Return the line's cells."""
        return [
            self.what,
            self.ours,
            self.peer,
            "" if self.ratio is None else f"{self.ratio:.2f}x",
            self.wanted,
        ]


HEAD = ["", "ours", "peer", "ratio", "wanted"]


def in_turn(ours: Callable[[], float], peer: Callable[[], float], rounds: int) -> tuple[float, float, float]:
    """Run both `rounds` times in turn; return the medians of their seconds, and of peer / ours."""
    couples = [(ours(), peer()) for _ in range(rounds)]
    a, b = (statistics.median(column) for column in zip(*couples, strict=True))
    return a, b, statistics.median(peer / ours for ours, peer in couples)


def training(corpus: Corpus, rounds: int) -> Iterator[Row]:
    """Words a second of whole epochs, with gensim."""
    sentences, n = engines.sentences_of(corpus), len(corpus)
    for what, objective, workers, wanted in (
        ("negative sampling, one core", "negative_sampling", 1, "2.8x"),
        ("negative sampling, two cores", "negative_sampling", 2, "2x"),
        ("hierarchical softmax, one core", "hierarchical_softmax", 1, "0.6x"),
        ("hierarchical softmax, two cores", "hierarchical_softmax", 2, ""),
    ):
        a, b, ratio = in_turn(
            lambda k=workers, o=objective: engines.ours(corpus, workers=k, objective=o)[0],
            lambda k=workers, o=objective: engines.gensim(corpus, sentences, workers=k, objective=o)[0],
            rounds,
        )
        yield Row(f"{what}, words/s", f"{n / a:,.0f}", f"gensim {n / b:,.0f}", ratio, wanted)
        if workers == 1:
            done, limit = multiplied(corpus, objective) / a, gemm_limit()
            share = (
                f"{done / 1e9:.0f} GFLOP/s in products, {done / limit:.0%} of this core's {limit / 1e9:.0f}"
            )
            yield Row("", share, "")


def dimensions(corpus: Corpus, rounds: int, dim: int = 300) -> Iterator[Row]:
    """Words a second with longer vectors, with gensim."""
    sentences, n = engines.sentences_of(corpus), len(corpus)
    a, b, ratio = in_turn(
        lambda: engines.ours(corpus, dim=dim)[0],
        lambda: engines.gensim(corpus, sentences, dim=dim)[0],
        rounds,
    )
    what = f"negative sampling, one core, {dim} dimensions, words/s"
    yield Row(what, f"{n / a:,.0f}", f"gensim {n / b:,.0f}", ratio)


def programs_in_c(corpus: Corpus, rounds: int, folder: Path) -> Iterator[Row]:
    """Words a second beside word2vec.c and fastText, one core each."""
    text, n = folder / "sentences.txt", len(corpus)
    engines.write_text(corpus, text)
    if engines.WORD2VEC_C is None:
        print("word2vec.c is left out: PyPI's word2vec could not be built; it needs a C compiler.")
    peers: dict[str, Callable[[str], float]] = {
        "fastText": lambda objective: engines.fasttext(text, objective)
    }
    if engines.WORD2VEC_C:
        peers["word2vec.c"] = lambda objective: n / engines.word2vec_c(text, objective)
    for objective in ("negative_sampling", "hierarchical_softmax"):
        for name, peer in peers.items():
            a, b, ratio = in_turn(
                lambda o=objective: engines.ours(corpus, objective=o)[0],
                lambda p=peer, o=objective: p(o),
                rounds,
            )
            what = f"{objective.replace('_', ' ')}, one core, words/s"
            yield Row(what, f"{n / a:,.0f}", f"{name} {n / b:,.0f}", ratio)
    few = first_words(corpus, 5000, sentences=1500)  # fastText takes a step a pair, over all words
    engines.write_text(few, text)
    a, b, ratio = in_turn(
        lambda: engines.ours(few, objective="softmax")[0], lambda: engines.fasttext(text, "softmax"), rounds
    )
    what = f"full softmax, {len(few.vocabulary):,} words, one core, words/s"
    yield Row(what, f"{len(few) / a:,.0f}", f"fastText {len(few) / b:,.0f}", ratio)


def multiplied(corpus: Corpus, objective: str) -> float:
    """Return the floating point operations of an epoch's three products."""
    run = Trainer(corpus, TrainingConfig(epochs=1, objective=objective, **engines.SETTINGS))
    cells = 0
    for _ in range(100):
        cells += run._next_task().draw.counts[0].size
    return 6 * engines.DIM * cells / run.progress


def gemm_limit(n: int = 1024) -> float:
    """Return the operations a second of one large product on one thread."""
    a, b = np.random.default_rng(0).random((2, n, n), dtype=np.float32)
    return 2 * n**3 / min(seconds(lambda: a @ b) for _ in range(9))


def softmax(corpus: Corpus, rounds: int, V: int = 5000, steps: int = 12) -> Iterator[Row]:
    """Pairs a second of full softmax, with PyTorch's plain loop on the same pairs."""
    import torch

    torch.set_num_threads(1)
    corpus = first_words(corpus, V)
    # The longest step that is not split, beside PyTorch in the same steps and in those that suit it best; and the step
    # that suits the text.
    for batch, pairs_of_peer, wanted in ((1024, None, "8x"), (1024, 1000, ""), (None, None, "")):
        config = TrainingConfig(objective="softmax", batch_tokens=batch, **engines.SETTINGS)
        pairs = []
        run = Trainer(corpus, config)
        for _ in range(steps):
            task = run._next_task()
            pairs.append((task.inputs.words[task.inputs.row], task.inputs.target))
        centers, contexts = (np.concatenate(column) for column in zip(*pairs, strict=True))
        size = pairs_of_peer or len(centers) // steps
        run = Trainer(corpus, config)
        a, b, ratio = in_turn(
            lambda run=run: seconds(lambda: [run.step() for _ in range(steps)]),
            lambda pairs=(centers, contexts), n=size: engines.torch_softmax(*pairs, V, n),
            2 * rounds,
        )
        n = len(centers)
        what = f"full softmax, V = {V:,}, {run.batch_tokens} centers a step, the peer {size:,} pairs, pairs/s"
        yield Row(what, f"{n / a:,.0f}", f"PyTorch {n / b:,.0f}", ratio, wanted)


def first_words(corpus: Corpus, V: int, sentences: int = 20_000) -> Corpus:
    """Return the first sentences of the text, without all but its V most frequent words."""
    words = corpus.vocabulary.words
    kept = (
        [words[i] for i in corpus.ids[a:b] if i < V]
        for a, b in zip(corpus.starts[:sentences], corpus.starts[1 : sentences + 1], strict=False)
    )
    read = Corpus.from_sentences(kept)
    missing = sorted(set(words[:V]) - set(read.vocabulary.words))  # rare words of the part that is left out
    vocabulary = Vocabulary(
        [*read.vocabulary.words, *missing], [*read.vocabulary.counts, *[1] * len(missing)]
    )
    return Corpus(vocabulary, read.ids, read.starts)


def quality(corpus: Corpus, seeds: int, epochs: int) -> Iterator[Row]:
    """Score vectors after several epochs: mean and spread over the seeds."""
    sentences = engines.sentences_of(corpus)
    ours, theirs = [], []
    for seed in range(1, seeds + 1):
        ours.append(scores(engines.ours(corpus, epochs, 1, seed)[1]))
        theirs.append(scores(engines.gensim(corpus, sentences, epochs, 2, seed)[1]))
    for measure in ours[0]:
        a, b = (np.array([row[measure] for row in rows]) for rows in (ours, theirs))
        told = [f"{x.mean():.3f} ± {x.std(ddof=1) if seeds > 1 else 0:.3f}" for x in (a, b)]
        what = f"{measure} after {epochs} epochs, {seeds} seeds"
        yield Row(what, told[0], f"gensim {told[1]}", a.mean() / b.mean(), "level")


def english(path: Path, seeds: int, epochs: int) -> Iterator[Row]:
    """Score vectors of an English text on what people say of words; trained for long too, if it is small."""
    corpus = Corpus.from_file(path, engines.MIN_COUNT)
    yield Row(f"English: {len(corpus):,} words, {len(corpus.vocabulary):,} different ones", "", "")
    for passes in (epochs, 8 * epochs):
        yield from quality(corpus, seeds, passes)


def scores(embeddings: Embeddings) -> dict[str, float]:
    """Score vectors on what their text can know: the generated text's classes, or English test sets."""
    known = {w: c for w, c in generated.classes().items() if w in embeddings.vocabulary}
    if known:
        return {"neighbours of the same topic and tense": neighbor_purity(embeddings, known, 10).purity}
    found = {}
    for name, file in (("WordSim-353", "wordsim353.tsv"), ("SimLex-999", "simlex999.txt")):
        try:
            found[name] = evaluate_word_pairs(embeddings, read_word_pairs(datapath(file))).spearman
        except Problem as problem:
            print(f"{name}: {problem}")
    try:
        found["analogies"] = evaluate_analogies(
            embeddings, read_analogies(datapath("questions-words.txt"))
        ).accuracy
    except Problem as problem:
        print(f"analogies: {problem}")
    return found


def lookups(rounds: int, words: int = 30_000) -> Iterator[Row]:
    """Milliseconds of nearest-neighbour lookups, beside gensim's most_similar."""
    from gensim.models import KeyedVectors

    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(words, engines.DIM)).astype(np.float32)
    names = [f"w{i}" for i in range(words)]
    ours = Embeddings(Vocabulary(names, np.arange(words, 0, -1)), vectors.copy())
    theirs = KeyedVectors(engines.DIM)
    theirs.add_vectors(names, vectors)
    assert [w for w, _ in ours.neighbors("w7", 10)] == [w for w, _ in theirs.most_similar("w7", topn=10)]
    query = iter(rng.integers(0, words, 1_000_000).tolist())

    def single(find: Callable[[str], object]) -> float:
        return seconds(lambda: find(names[next(query)]))

    hundred = rng.choice(words, 100, replace=False)
    for what, find, find_theirs, n in (
        (
            "one word",
            lambda: single(lambda w: ours.neighbors(w, 10)),
            lambda: single(theirs.most_similar),
            100,
        ),
        (
            "100 words at once",
            lambda: seconds(lambda: ours.nearest(hundred, 10)),
            lambda: seconds(lambda: [theirs.most_similar(names[i]) for i in hundred]),
            5,
        ),
    ):
        a, b, ratio = in_turn(find, find_theirs, rounds * n)
        what = f"neighbours of {what} among {words:,}, ms"
        yield Row(what, f"{1e3 * a:.2f}", f"gensim {1e3 * b:.2f}", ratio, "1x")


def reading(path: Path, rounds: int, folder: Path) -> Iterator[Row]:
    """Words a second from a file to ids, and the memory it takes for 100 MB."""
    n = len(engines.read_file("ours", str(path)))
    a, b, ratio = in_turn(
        lambda: seconds(lambda: engines.read_file("ours", str(path))),
        lambda: seconds(lambda: engines.read_file("gensim", str(path))),
        rounds,
    )
    yield Row("reading a file to ids, words/s", f"{n / a:,.0f}", f"gensim {n / b:,.0f}", ratio, "1x")
    large, text = folder / "large.txt", path.read_bytes()
    with open(large, "wb") as file:
        for _ in range(-(-100_000_000 // len(text))):
            file.write(text)
    memory = peak("ours", large, "--read-only")
    what = f"peak memory of reading {large.stat().st_size / 1e6:.0f} MB, MB"
    yield Row(what, f"{memory:,.0f}", "", None, "under 1,000")


def memory(path: Path) -> Iterator[Row]:
    """Peak memory of a whole training, each engine in a process of its own."""
    a, b = peak("ours", path), peak("gensim", path)
    yield Row("peak memory of a training, MB", f"{a:,.0f}", f"gensim {b:,.0f}", a / b, "at most 1.5x")


def peak(engine: str, path: Path, *options: str) -> float:
    """Return the peak memory of a process, in MB."""
    command = [sys.executable, str(ROOT / "benchmarks" / "engines.py"), engine, str(path), *options]
    return float(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)


def step_times(corpus: Corpus) -> Iterator[Row]:
    """How long the longest common steps take at V = 5,000."""
    corpus = first_words(corpus, 5000)
    for objective in ("softmax", "softmax_with_negatives", "hierarchical_softmax", "negative_sampling"):
        for noise in ("shared", "per_pair") if objective == "negative_sampling" else ("shared",):
            config = TrainingConfig(objective=objective, noise=noise, batch_tokens=1024, **engines.SETTINGS)
            run = Trainer(corpus, config)
            took = sorted(seconds(run.step) for _ in range(60))
            name = objective.replace("_", " ") + (", noise per pair" if noise == "per_pair" else "")
            told = f"{1e3 * took[30]:.1f} ({1e3 * took[-3]:.1f} at the 95th percentile)"
            yield Row(f"a step of {name}, {run.batch_tokens} centers, ms", told, "", None, "under 20")


def machine() -> str:
    """Return what all this ran on."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), model)
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("numpy", "scipy", "gensim", "fasttext-community", "torch")
    )
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; {packages}"


def table(rows: list[Row]) -> str:
    """Return rows as a Markdown table."""
    lines = [HEAD, ["---", "---:", "---:", "---:", "---:"], *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def main() -> None:
    """Measure everything, section by section."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--corpus", type=Path, help="any UTF-8 text; by default one is generated")
    arguments.add_argument("--english", type=Path, help="an English text: score vectors trained on it, too")
    arguments.add_argument("--words", type=int, default=4_000_000, help="of the generated text")
    arguments.add_argument("--rounds", type=int, default=3, help="couples of runs for each ratio")
    arguments.add_argument("--seeds", type=int, default=3)
    arguments.add_argument("--epochs", type=int, default=5)
    arguments.add_argument("--quick", action="store_true", help="one small round, to see that all works")
    arguments.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmarks.md")
    options = arguments.parse_args()
    if options.quick:
        options.words, options.rounds, options.seeds, options.epochs = 300_000, 1, 1, 1
    with tempfile.TemporaryDirectory() as name, threadpool_limits(1):
        folder = Path(name)
        path = options.corpus or folder / "generated.txt"
        if not options.corpus:
            generated.make_text(path, options.words)
        options.output.parent.mkdir(parents=True, exist_ok=True)
        corpus = Corpus.from_file(path, engines.MIN_COUNT)
        about = f"{len(corpus):,} words, {len(corpus.vocabulary):,} different ones"
        text = f"{options.corpus.name}: {about}" if options.corpus else f"a generated text: {about}"
        print(f"{machine()}\n{text}\n", flush=True)
        rows = []
        for section in (
            lambda: training(corpus, options.rounds),
            lambda: dimensions(corpus, options.rounds),
            lambda: programs_in_c(corpus, options.rounds, folder),
            lambda: quality(corpus, options.seeds, options.epochs),
            lambda: english(options.english, options.seeds, options.epochs) if options.english else (),
            lambda: softmax(corpus, options.rounds),
            lambda: lookups(options.rounds),
            lambda: reading(path, options.rounds, folder),
            lambda: memory(path),
            lambda: step_times(corpus),
        ):
            for row in section():
                rows.append(row)
                print(
                    "  ".join(
                        f"{cell:<{w}}" for cell, w in zip(row.cells(), (76, 30, 24, 6, 6), strict=True)
                    ),
                    flush=True,
                )
        pages = [f"{table(rows)}\n"]
        if not options.corpus:
            pages.append(growth.report(options.words, options.output.with_name("growth.svg")))
    back = "[All documents](README.md)"
    head = f"# Benchmarks\n\n{back}\n\nMade by `make bench`. {machine()}.\n\nText: {text}. {NOTE}\n\n"
    options.output.write_text(head + "\n".join(pages), encoding="utf-8", newline="\n")
    print(f"\nwritten to {options.output}")


NOTE = (
    f"Settings: {engines.DIM} dimensions, window {engines.WINDOW}, K = {engines.NEGATIVES}, subsampling "
    f"{engines.SAMPLE}, minimum count {engines.MIN_COUNT}, learning rate {engines.RATE}, one epoch unless another "
    "number is given. Ratios above 1 are in our favor, but for memory. word2vec.c is what PyPI's word2vec builds."
)

if __name__ == "__main__":
    main()
