"""Write paragraphs of facts, each about one row of a table, and keep the words asked about balanced."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from text_frames import Frame, Row, Tables, table_words, words_of

LEAST_COUNT = 38  # of every word that the ground truth asks about
WEAR = 3  # uses of a frame for each row that it suits, after which it counts half as useful
CHOICE = 30  # frames that are tried for a paragraph


@dataclass(frozen=True, eq=False)
class Subject:
    """A row of a table, the frames that suit it with the asked words that each tells, and all of these."""

    topic: str
    row: Row
    frames: Mapping[Frame, set[str]]
    facts: set[str]


@dataclass(frozen=True, eq=False)
class Draft:
    """What a frame would say about a row, and which words that has."""

    frame: Frame
    sentences: list[str]
    length: int
    words: set[str]


class Writer:
    """Writes a text from tables and frames.

    Parameters
    ----------
    tables : mapping
        The fact tables by name.
    frames : mapping
        The frames by topic; a topic is the name of a table.
    shared : sequence of Frame
        Frames for every table that has the columns they ask for.
    openers : sequence of str
        Openers for the frames that take one.
    asked : set of str
        The words that the ground truth asks about: each of them is to be frequent enough.
    rng : random.Random
        The source of all choices.
    """

    def __init__(
        self,
        tables: Tables,
        frames: Mapping[str, Sequence[Frame]],
        shared: Sequence[Frame],
        openers: Sequence[str],
        asked: set[str],
        rng: random.Random,
    ) -> None:
        self.tables = tables
        self.openers = openers
        self.rng = rng
        self.subjects: list[Subject] = []
        for topic, own in frames.items():
            every = [*own, *(frame for frame in shared if frame.asks_for() <= tables[topic][0].keys())]
            for row in tables[topic]:
                told = {f: asked & table_words([row], f.columns()) for f in every if f.suits(row)}
                self.subjects.append(Subject(topic, row, told, set().union(*told.values())))
        self.suited = Counter(frame for subject in self.subjects for frame in subject.frames)
        self.asked = asked
        self.counts: Counter[str] = Counter()
        self.used: Counter[Frame] = Counter()
        self.written: set[str] = set()

    def need(self, words: Iterable[str]) -> float:
        """Tell how much one more use of these words would help the rare ones."""
        return fsum(max(0.0, 1 - self.counts[word] / LEAST_COUNT) for word in words)

    def drafts(self, subject: Subject) -> list[Draft]:
        """Fill in some frames about a subject, those that tell its rare words if it has any.

        Sentences that the text already has are left out.
        """
        frames = [frame for frame, words in subject.frames.items() if self.need(words)]
        frames = frames or list(subject.frames)
        table = self.tables[subject.topic]
        found = []
        for frame in self.rng.sample(frames, min(CHOICE, len(frames))):
            sentences = frame.fill(subject.row, table, self.tables, self.rng, self.openers)
            if sentences and self.written.isdisjoint(sentences):
                words = [word for sentence in sentences for word in words_of(sentence)]
                found.append(Draft(frame, sentences, len(words), self.asked.intersection(words)))
        return found

    def paragraph(self, subject: Subject) -> list[str]:
        """Write up to six sentences about a subject, each with a frame of its own."""

        def value(draft: Draft) -> float:
            gain = 1 + 10 * self.need(subject.facts & draft.words) + self.need(draft.words)
            gain *= 1 + len(set(draft.frame.columns()))  # the more it tells of its row, the better
            wear = 1 + self.used[draft.frame] / self.suited[draft.frame] / WEAR
            return self.rng.uniform(0.7, 1) * gain / (5 + draft.length) / wear

        drafts = self.drafts(subject)
        paragraph: list[str] = []
        length = self.rng.randint(3, 6)
        while drafts and len(paragraph) < length:
            best = max(drafts, key=value)
            drafts.remove(best)
            self.used[best.frame] += 1
            paragraph += best.sentences
            self.counts.update(word for sentence in best.sentences for word in words_of(sentence))
        self.written.update(paragraph)
        return paragraph

    def text(self, size: int) -> list[str]:
        """Write in rounds until every asked word is frequent enough and the text has `size` words."""
        paragraphs: list[list[str]] = []
        fresh = self.subjects
        while fresh:
            wanting = [subject for subject in fresh if self.need(subject.facts)]
            if not wanting and self.counts.total() >= size:
                break
            done = []
            for subject in wanting or fresh:
                paragraphs.append(self.paragraph(subject))
                if not paragraphs[-1]:  # all that could help has been said
                    done.append(subject)
            fresh = [subject for subject in fresh if subject not in done]
        self.rng.shuffle(paragraphs)
        return [sentence for paragraph in paragraphs for sentence in paragraph]

    def rare_words(self) -> list[str]:
        """Return the asked words that are not frequent enough: their frames are too few."""
        return sorted(word for word in self.asked if self.counts[word] < LEAST_COUNT)
