"""Write the controls: little texts with one lesson each, built in and therefore known to be there.

`about/<id>.json` says what each is and teaches, `tables/<id>_categories.tsv` has its words.

Usage: ``python sample_corpora/make_controls.py``. The result is the same every time.
"""

import json
import random
from collections.abc import Callable, Mapping, Sequence

from corpus_files import HERE, write_corpus
from text_frames import Row, capitalised, read_frames, read_lines, read_table

SEED = 2026

Words = Sequence[Sequence[str]]  # the words of each category


def told(name: str, count: int, rows: Sequence[Row], rng: random.Random) -> list[str]:
    """Return `count` sentences about some rows, all frames of a file used equally often."""
    frames = read_frames(HERE / "frames" / f"{name}.txt")
    text: list[str] = []
    while len(text) < count:
        text += frames[len(text) % len(frames)].fill(rng.choice(rows), rows, {}, rng)
    return text


def senses_en(words: Words, rng: random.Random) -> list[str]:
    """Tell of the bank of a river and of the bank with money, as often."""
    return told("control_senses_en", 600, [{}], rng)


def senses_zh(words: Words, rng: random.Random) -> list[str]:
    """Tell of 杜鹃 the bird and of 杜鹃 the flower, as often."""
    return told("control_senses_zh", 600, [{}], rng)


def languages(words: Words, rng: random.Random) -> list[str]:
    """Tell the same things in English and in Chinese, with the same names and digits."""
    names = read_table(HERE / "tables" / "control_languages.tsv")
    return [line for id in ("en", "zh") for line in told(f"control_languages_{id}", 400, names, rng)]


def noise(words: Words, rng: random.Random) -> list[str]:
    """Draw every word at random by its frequency (1/rank), whatever its category."""
    ranked = [word for group in words for word in group]
    rng.shuffle(ranked)
    weights = [1 / rank for rank in range(1, len(ranked) + 1)]
    return [" ".join(rng.choices(ranked, weights, k=rng.randint(6, 10))) for _ in range(600)]


def zipf(words: Words, rng: random.Random) -> list[str]:
    """Draw words by Zipf's law (1/rank): 60 function words, then the words of four topics in turn.

    A sentence is about one topic, but nine words in ten are function words, drawn whatever the topic.
    """
    frequent = " ".join(read_lines(HERE / "frames" / "control_zipf.txt")).split()
    ranked = frequent + [word for rank in zip(*words, strict=True) for word in rank]
    text = []
    for _ in range(1500):
        topic = rng.choice(words)
        others = {word for group in words if group is not topic for word in group}
        # A word of the topic is as many times likelier as there are topics: over all, it keeps its rank.
        weights = [
            0 if word in others else (len(words) if word in topic else 1) / rank
            for rank, word in enumerate(ranked, 1)
        ]
        text.append(" ".join(rng.choices(ranked, weights, k=rng.randint(8, 12))))
    return text


def loop(words: Words, rng: random.Random) -> list[str]:
    """Go round a cyclic grammar: who, does, what, who, does, what..."""
    clauses = [[" ".join(map(rng.choice, words)) for _ in range(rng.randint(2, 4))] for _ in range(300)]
    return [", ".join(line) for line in clauses]


def ring(words: Words, rng: random.Random) -> list[str]:
    """Note one to three words of each of two or three hours of the day that follow each other."""
    text = []
    for _ in range(800):
        start, length = rng.randrange(len(words)), rng.randint(2, 3)
        hours = [words[(start + i) % len(words)] for i in range(length)]
        text.append(", ".join(word for hour in hours for word in rng.sample(hour, rng.randint(1, 3))))
    return text


CONTROLS: Mapping[str, Callable[[Words, random.Random], list[str]]] = {
    "control_senses_en": senses_en,
    "control_senses_zh": senses_zh,
    "control_languages": languages,
    "control_noise": noise,
    "control_zipf": zipf,
    "control_loop": loop,
    "control_ring": ring,
}


def main() -> None:
    """Write all controls and their manifests."""
    for name, tell in CONTROLS.items():
        rng = random.Random(SEED)
        groups = [
            {"id": row["id"], "title": {"en": row["en"], "zh": row["zh"]}, "words": row["words"].split()}
            for row in read_table(HERE / "tables" / f"{name}_categories.tsv")
        ]
        text = tell([group["words"] for group in groups], rng)
        rng.shuffle(text)
        ended = [line if line[-1] in ".。" else f"{capitalised(line)}." for line in text]
        about = json.loads((HERE / "about" / f"{name}.json").read_text(encoding="utf-8"))
        truth = {"categories": groups, "analogies": [], "word_pairs": []}
        write_corpus(ended, {"id": name, "group": "control"} | about | truth)


if __name__ == "__main__":
    main()
