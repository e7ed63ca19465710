"""Write ``world_facts_en``: true facts from ``tables/``, told with the frames in ``frames/``.

Usage: ``python sample_corpora/make_world_facts.py``. The result is the same every time.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from math import fsum
from typing import Any

from corpus_files import HERE, categories, write_corpus
from text_frames import (
    Frame,
    Row,
    Tables,
    read_frames,
    read_lines,
    read_table,
    table_words,
    words_of,
)

SEED = 2026
SETTINGS = {"batch_tokens": 128, "learning_rate": 0.05, "epochs": 20}  # as the app recommends
SCORES = {"purity": 0.95, "analogies": 0.6}  # at least, after training with them
TOPICS = [
    "countries",
    "animals",
    "fruits",
    "vegetables",
    "dishes",
    "drinks",
    "professions",
    "sports",
    "instruments",
    "colours",
    "months",
    "weekdays",
    "vehicles",
    "clothes",
    "body",
    "furniture",
    "planets",
    "flowers",
]
LEAST_COUNT = 25  # of every word in the tables
LEAST_SIZE = 150_000  # of the text, in words
WEAR = 400  # uses of a frame after which it counts half as useful

ABOUT = {
    "id": "world_facts_en",
    "language": "en",
    "group": "facts",
    "title": {"en": "World facts", "zh": "世界常识（英文）"},
    "description": {
        "en": "Short English paragraphs of true facts about countries, animals, food, jobs, "
        "music, sports and everyday things.",
        "zh": "由真实常识写成的英文短段落，内容有国家、动物、食物、职业、音乐、体育和日常用品。",
    },
    "look_for": {
        "en": "Countries, capitals, animals and fruits each gather in a patch of their own, and "
        "the way from a capital to its country is much the same everywhere.",
        "zh": "国家、首都、动物、水果各自聚成一片，而且从首都到国家的方向大致相同。",
    },
}


class Writer:
    """Writes paragraphs, each about one row of a table, and keeps the table words balanced.

    Parameters
    ----------
    tables : mapping
        The fact tables by topic.
    frames : mapping
        The frames by topic.
    openers : sequence of str
        Openers for the frames that take one.
    rng : random.Random
        The source of all choices.
    """

    def __init__(
        self,
        tables: Tables,
        frames: Mapping[str, Sequence[Frame]],
        openers: Sequence[str],
        rng: random.Random,
    ) -> None:
        self.tables = tables
        self.frames = frames
        self.openers = openers
        self.rng = rng
        self.subjects = [(topic, row) for topic, rows in tables.items() for row in rows]
        self.columns = {
            topic: {column for frame in frames[topic] for column in frame.columns()} for topic in tables
        }
        self.vocabulary = set().union(
            *(table_words(rows, self.columns[topic]) for topic, rows in tables.items())
        )
        self.counts: Counter[str] = Counter()
        self.used: Counter[Frame] = Counter()
        self.written: set[str] = set()

    def need(self, words: Iterable[str]) -> float:
        """Tell how much a text of these words would help the rare words of the tables."""
        rare = self.vocabulary.intersection(words)
        return fsum(max(0.0, 1 - self.counts[word] / LEAST_COUNT) for word in rare)

    def draft(self, topic: str, frame: Frame, row: Row) -> list[str]:
        """Fill a frame in; return nothing if that fails or repeats a sentence of the text."""
        sentences = frame.fill(row, self.tables[topic], self.tables, self.rng, self.openers)
        return [] if self.written.intersection(sentences) else sentences

    def paragraph(self, topic: str, row: Row) -> list[str]:
        """Write three to six sentences about a row, each with a frame of its own."""
        facts = table_words([row], self.columns[topic])

        def value(draft: tuple[Frame, list[str]]) -> float:
            words = all_words(draft[1])
            gain = 1 + 10 * self.need(facts.intersection(words)) + self.need(words)
            cost = (5 + len(words)) * (1 + self.used[draft[0]] / WEAR)
            return self.rng.uniform(0.7, 1) * gain / cost if words else 0.0

        frames = [frame for frame in self.frames[topic] if frame.suits(row)]
        self.rng.shuffle(frames)
        length = self.rng.randint(3, 6)
        paragraph: list[str] = []
        while frames and len(paragraph) < length:
            drafts = [(frame, self.draft(topic, frame, row)) for frame in frames]
            frame, sentences = max(drafts, key=value)
            frames.remove(frame)
            self.used[frame] += 1
            paragraph += sentences
            self.written.update(sentences)
            self.counts.update(all_words(sentences))
        return paragraph

    def text(self) -> list[str]:
        """Write until every table word is frequent enough and the text is long enough."""
        told: Counter[int] = Counter()
        own = [sorted(table_words([row], self.columns[topic])) for topic, row in self.subjects]
        paragraphs: list[list[str]] = []

        def urgency(index: int) -> tuple[float, int]:
            return self.need(own[index]), -told[index]

        fresh = list(range(len(self.subjects)))
        while fresh:
            index = max(fresh, key=urgency)
            if urgency(index)[0] == 0 and self.counts.total() >= LEAST_SIZE:
                break
            paragraph = self.paragraph(*self.subjects[index])
            paragraphs.append(paragraph)
            told[index] += 1
            if not paragraph:  # everything has been said about it
                fresh.remove(index)
        self.rng.shuffle(paragraphs)
        return [sentence for paragraph in paragraphs for sentence in paragraph]

    def rare_words(self) -> list[str]:
        """Return the table words that are not frequent enough: their frames are too few."""
        return sorted(word for word in self.vocabulary if self.counts[word] < LEAST_COUNT)


def all_words(sentences: Iterable[str]) -> list[str]:
    """Return the words of some sentences."""
    return [word for sentence in sentences for word in words_of(sentence)]


def analogies(plan: Iterable[Row], tables: Tables, rng: random.Random) -> list[dict[str, Any]]:
    """Sample analogies such as paris : france :: rome : italy, a section for each row of the plan.

    Parameters
    ----------
    plan : iterable of rows
        With the columns ``id``, ``en``, ``zh``, ``table``, ``from``, ``to`` and ``count``.
    tables : mapping
        The fact tables by name.
    rng : random.Random
        The source of the sample.
    """
    sections: list[dict[str, Any]] = []
    for item in plan:
        pairs = [[row[item["from"]].lower(), row[item["to"]].lower()] for row in tables[item["table"]]]
        pairs = [pair for pair in pairs if all(pair) and pair[0] != pair[1]]
        questions = [first + second for first, second in permutations(pairs, 2)]
        chosen = rng.sample(questions, int(item["count"]))
        title = {"en": item["en"], "zh": item["zh"]}
        sections.append({"id": item["id"], "title": title, "questions": chosen})
    return sections


def main() -> None:
    """Write the corpus and its manifest."""
    rng = random.Random(SEED)
    tables = {topic: read_table(HERE / "tables" / f"{topic}.tsv") for topic in TOPICS}
    frames = {topic: read_frames(HERE / "frames" / f"{topic}.txt") for topic in TOPICS}
    openers = read_lines(HERE / "frames" / "openers.txt")
    writer = Writer(tables, frames, openers, rng)
    text = writer.text()
    if rare := writer.rare_words():
        print("Add frames for these rare words:", *rare)
    groups = categories(read_table(HERE / "tables" / "categories.tsv"), tables, text)
    questions = analogies(read_table(HERE / "tables" / "analogies.tsv"), tables, rng)
    truth = {"categories": groups, "analogies": questions, "word_pairs": []}
    write_corpus(text, ABOUT | truth | {"settings": SETTINGS, "scores": SCORES})


if __name__ == "__main__":
    main()
