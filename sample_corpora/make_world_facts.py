"""Write ``world_facts_en`` and ``world_facts_zh``: mostly true sentences, made from ``tables/``, told with ``frames/``.

Every file ``frames/<language>/<topic>.txt`` is a topic and tells the rows of the table of the same
name; the frames of ``shared.txt`` suit every table that has their columns.

Usage: ``python sample_corpora/make_world_facts.py``. The result is the same every time.
"""

import json
import random

from corpus_files import HERE, categories, write_corpus
from facts_truth import analogy_sections, asked_words, word_pairs
from facts_writer import Writer
from text_frames import read_frames, read_lines, read_table

SEED = 2026
SIZES = {"en": 330_000, "zh": 200_000}  # of the texts, in words, at least
APART = ("openers", "shared")  # files of frames that are no topics


def write(language: str, size: int) -> None:
    """Write the corpus of a language, of at least `size` words, and its manifest."""
    tables = {path.stem: read_table(path) for path in sorted((HERE / "tables" / language).glob("*.tsv"))}
    files = {path.stem: path for path in sorted((HERE / "frames" / language).glob("*.txt"))}
    openers, shared = read_lines(files["openers"]), read_frames(files["shared"])
    frames = {topic: read_frames(path) for topic, path in files.items() if topic not in APART}
    plan, sections = tables["categories"], tables["analogies"]

    asked = asked_words([*plan, *sections], tables)
    writer = Writer(tables, frames, shared, openers, asked, random.Random(SEED))
    text = writer.text(size)
    if rare := writer.rare_words():
        print("Add frames for these rare words:", *rare)

    about = json.loads((HERE / "about" / f"world_facts_{language}.json").read_text(encoding="utf-8"))
    groups = categories(plan, tables, text)
    rng = random.Random(SEED)  # anew: other frames do not change the questions
    truth = {
        "categories": groups,
        "analogies": analogy_sections(sections, tables, rng),
        "word_pairs": word_pairs(plan, groups, tables, rng),
    }
    write_corpus(text, about | truth)


if __name__ == "__main__":
    for language, size in SIZES.items():
        write(language, size)
