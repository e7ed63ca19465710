"""A small valid file of every kind that is read anywhere, and what reads it."""

from __future__ import annotations

import bz2
import functools
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.background.live import LiveTraining
from app.files import run_file
from app.own_text import OwnText
from app.samples import samples
from app.settings import DEFAULTS, configured, recommended
from benchmarks import actions
from w2v_core import Embeddings, Trainer, TrainingConfig, Vocabulary, load_vectors, save_vectors
from w2v_core.sources import TextOptions, read_pasted
from w2v_core.vectors.evaluation import read_analogies, read_word_pairs

ENGLISH = (
    "The king and the queen live in the castle.\nA queen isn't a king; 1,000 kings are 4.55 queens.\n" * 3
)
CHINESE = "国王住在城堡里。王后也住在城堡里！北京 2024 年，国王去了北京。\n" * 3
ACCENTS = "Ko\u0308nigin, naïve à la Noël – հայերեն, हिन्दी 👩\u200d👧 don't\n" * 3
MARKDOWN = """---
title: a
---
# The *king*

- the **queen** [lives](http://a.b "c") in `the castle`
- ![a](b.png) <b>king</b> &amp; &#x41; <!-- no -->

> quoted _text_

```python
code = 1
```

| a | b |
|---|---|
| king | queen |

[ref]: http://a.b
"""
TABLE = 'id,text,stars\n1,"the king, the ""queen""",5\n2,"a castle\nof two lines",4\n3,queens and kings,1\n'
TABS = "text\tlabel\nthe king lives\t1\nthe queen lives\t2\n国王住在城堡里\t3\n"
BOOK = (
    "A book\n*** START OF THE PROJECT GUTENBERG EBOOK A ***\n"
    + ENGLISH
    + "*** END OF THE PROJECT GUTENBERG EBOOK A ***\nlicence\n"
)


@dataclass(frozen=True)
class ValidFile:
    """A file that is whole, and what is done with it, here and at each damage."""

    name: str
    data: bytes
    use: Callable[[bytes, str], object]


def read_somehow(data: bytes, name: str) -> object:
    """Preview a text, read it, or read it with every choice away from its default: its bytes say which."""
    ways = (actions.preview_text, actions.read_text, actions.read_everything)
    return ways[zlib.crc32(data) % len(ways)](data, name)


def _zip(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return file.getvalue()


def texts() -> dict[str, ValidFile]:
    """Return the texts, plain and packed."""
    contents = {
        "a.txt": ENGLISH.encode(),
        "accents.txt": ACCENTS.encode(),
        "chinese.txt": CHINESE.encode(),
        "gbk.txt": CHINESE.encode("gbk"),
        "big5.txt": "國王住在城堡裡。王后也住在城堡裡。\n".encode("big5") * 3,
        "utf16.txt": CHINESE.encode("utf-16"),
        "latin.txt": "Der König und die Königin à Noël\n".encode("cp1252") * 4,
        "book.txt": BOOK.encode(),
        "a.md": MARKDOWN.encode(),
        "a.csv": TABLE.encode(),
        "a.tsv": TABS.encode(),
    }
    contents |= {
        "a.txt.gz": gzip.compress(ENGLISH.encode(), mtime=0),
        "a.csv.gz": gzip.compress(TABLE.encode(), mtime=0),
        "stored.zip": _zip({"a.txt": contents["a.txt"], "b/成功.md": contents["a.md"]}, zipfile.ZIP_STORED),
        "many.zip": _zip({**contents, ".hidden": b"x", "picture.png": b"x", "folder/": b""}),
    }
    return {name: ValidFile(name, data, read_somehow) for name, data in contents.items()}


def load_all(data: bytes, name: str) -> Embeddings:
    """Load vectors and ask them something."""
    found = actions.load(data, name)
    assert isinstance(found, Embeddings)
    found.neighbors(found.vocabulary.words[0], 3)
    return found


NUMBERS_TSV, WORDS_TSV = b"1\t2\n3\t-4.5\n0\t1e-3\n", b"word\tcount\nking\t9\nqueen\t5\ncastle\t1\n"


def load_projector_numbers(data: bytes, name: str) -> object:
    """Load the table of numbers beside whole words."""
    return load_vectors(data, name=name, metadata=WORDS_TSV)


def load_projector_words(data: bytes, name: str) -> object:
    """Load the table of words beside whole numbers."""
    return load_vectors(NUMBERS_TSV, name="vectors.tsv", metadata=data)


def vectors() -> dict[str, ValidFile]:
    """Return vectors in every format."""
    words = ["the", "naïve", "北京", "New_York", "don't", "🙂", "1", "#"]
    draw = np.random.default_rng(0)
    numbers = draw.normal(size=(2, len(words), 5)).astype(np.float32)
    embeddings = Embeddings(Vocabulary(words, np.arange(len(words), 0, -1)), numbers[0], numbers[1])
    found: dict[str, ValidFile] = {}
    for name, format in (
        ("a.txt", "word2vec_text"),
        ("a.bin", "word2vec_binary"),
        ("a.glove", "glove"),
        ("a.npz", "npz"),
    ):
        file = io.BytesIO()
        save_vectors(embeddings, file, format)
        found[f"vectors {name}"] = ValidFile(name, file.getvalue(), load_all)
    plain, tar = found["vectors a.txt"].data, io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        member = tarfile.TarInfo("a.txt")
        member.size = len(plain)
        archive.addfile(member, io.BytesIO(plain))
    for name, data in (
        ("a.txt.gz", gzip.compress(plain, mtime=0)),
        ("a.txt.bz2", bz2.compress(plain)),
        ("a.txt.xz", lzma.compress(plain)),
        ("vectors.zip", _zip({"a.txt": plain})),
        ("projector.zip", _zip({"vectors.tsv": NUMBERS_TSV, "metadata.tsv": WORDS_TSV})),
        ("vectors.tar", tar.getvalue()),
    ):
        found[f"vectors {name}"] = ValidFile(name, data, load_all)
    found["vectors.tsv"] = ValidFile("vectors.tsv", NUMBERS_TSV, load_projector_numbers)
    found["metadata.tsv"] = ValidFile("metadata.tsv", WORDS_TSV, load_projector_words)
    return found


def evaluation() -> dict[str, ValidFile]:
    """Return the files that vectors are tested on."""
    pairs = "# a comment\nking\tqueen\t8.5\nking\tcastle\t4\n北京\tking\t0.5\n".encode()
    questions = (
        ": family\nking queen man woman\nman woman king queen\n: cities\n北京 中国 paris france\n".encode()
    )
    return {
        "pairs.tsv": ValidFile("pairs.tsv", pairs, lambda data, name: read_word_pairs(data, name=name)),
        "questions.txt": ValidFile("q.txt", questions, lambda data, name: read_analogies(data, name=name)),
    }


def saved_run(own: bool) -> bytes:
    """Return a run file of the app's, some steps on."""
    if own:
        title = {"en": "Mine", "zh": "我的"}
        result = read_pasted(
            "\n".join(f"w{i % 9} w{i % 7} 北京 {i % 5} w{i % 4}." for i in range(60)),
            TextOptions(min_count=1),
        )
        source = OwnText.of("own-7", result, title, title, title)
        corpus = result.corpus
    else:
        source = samples()["tiny_en"] if "tiny_en" in samples() else next(iter(samples().values()))
        corpus = actions.sample_corpus(source.id)
    settings = {"corpus": source.id} | recommended(source) | {"dim": 4, "epochs": 2}
    run = LiveTraining(corpus, configured({key: settings[key] for key in DEFAULTS}), [])
    run.step(3)
    return run_file.write(run, settings, source)


def runs() -> dict[str, ValidFile]:
    """Return saved runs: the command line's checkpoint, the app's run files."""
    trainer = Trainer(actions.checkpoint_corpus(), TrainingConfig(dim=4, epochs=2, min_learning_rate=0.001))
    trainer.step()
    file = io.BytesIO()
    trainer.save(file)
    return {
        "checkpoint.npz": ValidFile("checkpoint.npz", file.getvalue(), actions.resume),
        "own.w2vlab": ValidFile("own.w2vlab", saved_run(own=True), actions.open_run),
        "sample.w2vlab": ValidFile("sample.w2vlab", saved_run(own=False), actions.open_run),
    }


@functools.cache
def all_files() -> dict[str, ValidFile]:
    """Return every valid file by name, always the same bytes."""
    return texts() | vectors() | evaluation() | runs()
