"""Write ``royal_court_en`` and ``royal_court_zh``: a little world of ranks, families and genders.

Every person of the table meets every frame that suits, so that ranks and genders are parallel:
what is told of the king is told of the queen as well. A hand-written tale comes first.

Usage: ``python sample_corpora/make_royal_court.py``. The result is the same every time.
"""

import random
from collections.abc import Sequence
from itertools import chain, permutations
from typing import Any

from corpus_files import HERE, categories, word_pairs, write_corpus
from text_frames import Row, read_frames, read_lines, read_table

SEED = 2026
PARAGRAPH = 4  # sentences about one person in a row
# The training settings that the app recommends for these texts.
SETTINGS = {"window": 3, "subsample": 0.0, "batch_tokens": 16, "learning_rate": 0.1, "epochs": 50}
SCORES = {"purity": 0.78, "analogies": 0.9, "word_pairs": 0.75}  # at least, after training with them
SECTIONS = {
    "court": {"en": "Man and woman at court", "zh": "宫廷里的男与女"},
    "family": {"en": "Man and woman at home", "zh": "家庭里的男与女"},
}

CORPORA: list[dict[str, Any]] = [
    {
        "id": "royal_court_en",
        "language": "en",
        "group": "court",
        "title": {"en": "The royal court", "zh": "王宫故事（英文）"},
        "description": {
            "en": "A tiny story world in English: the royal court, a village and a family.",
            "zh": "一个很小的英文故事世界：王宫、村子和一家人。",
        },
        "look_for": {
            "en": "Royalty and family drift apart, and the step from man to woman points much the "
            "same way as the step from king to queen.",
            "zh": "王室和家人逐渐分开，而且从 man 到 woman 的方向与从 king 到 queen 的方向大致相同。",
        },
    },
    {
        "id": "royal_court_zh",
        "language": "zh",
        "group": "court",
        "title": {"en": "The royal court (Chinese)", "zh": "王宫故事"},
        "description": {
            "en": "A tiny story world in Chinese, with spaces between the words: the royal court, "
            "a village and a family.",
            "zh": "一个很小的中文故事世界，词与词之间已用空格分开：王宫、村子和一家人。",
        },
        "look_for": {
            "en": "Royalty and family drift apart, and the step from 男人 (man) to 女人 (woman) "
            "points much the same way as the step from 国王 (king) to 王后 (queen).",
            "zh": "王室和家人逐渐分开，而且从“男人”到“女人”的方向与从“国王”到“王后”的方向大致相同。",
        },
    },
]


def tell(name: str, persons: Sequence[Row], rng: random.Random) -> list[str]:
    """Return the sentences of a corpus.

    Parameters
    ----------
    name : str
        The id of the corpus, by which its frames are found.
    persons : sequence of rows
        One row a person.
    rng : random.Random
        The source of the order.
    """
    frames = read_frames(HERE / "frames" / f"{name}.txt")
    paragraphs: list[list[str]] = []
    for person in persons:
        told = [f.fill(person, persons, {}, rng) for f in frames if f.suits(person)]
        rng.shuffle(told)
        for start in range(0, len(told), PARAGRAPH):
            paragraphs.append(list(chain.from_iterable(told[start : start + PARAGRAPH])))
    rng.shuffle(paragraphs)
    return [*read_lines(HERE / "frames" / f"{name}_tale.txt"), *chain.from_iterable(paragraphs)]


def analogies(persons: Sequence[Row]) -> list[dict[str, Any]]:
    """Return man : woman :: king : queen and its like, those with a man or a king first.

    Questions with royalty in them make one section, all others another.
    """
    pairs = [[row["name"], row["partner"]] for row in persons if row["sex"] == "male"]
    plain = next([row["name"], row["partner"]] for row in persons if row["rank"] == "people")
    royal = {row["name"] for row in persons if row["rank"] == "royal"}
    found = [first + second for first, second in permutations(pairs, 2)]
    found.sort(key=lambda question: plain != question[:2])
    questions = {
        "court": [question for question in found if royal.intersection(question)],
        "family": [question for question in found if not royal.intersection(question)],
    }
    return [{"id": id, "title": SECTIONS[id], "questions": questions[id]} for id in SECTIONS]


def main() -> None:
    """Write both corpora and their manifests."""
    for about in CORPORA:
        name = about["id"]
        persons = read_table(HERE / "tables" / f"{name}.tsv")
        text = tell(name, persons, random.Random(SEED))
        groups = read_table(HERE / "tables" / f"{name}_categories.tsv")
        found = categories(groups, {name: persons}, text)
        pairs = word_pairs(HERE / "tables" / f"{name}_pairs.tsv")
        truth = {"categories": found, "analogies": analogies(persons), "word_pairs": pairs}
        write_corpus(text, about | truth | {"settings": SETTINGS, "scores": SCORES})


if __name__ == "__main__":
    main()
