"""Write ``world_facts_en`` and ``world_facts_zh``: true facts from ``tables/``, told with ``frames/``.

Every file ``frames/<language>/<topic>.txt`` is a topic and tells the rows of the table of the same
name; the frames of ``shared.txt`` suit every table that has their columns.

Usage: ``python sample_corpora/make_world_facts.py``. The result is the same every time.
"""

import random
from typing import Any

from corpus_files import HERE, categories, write_corpus
from facts_truth import analogy_sections, asked_words, word_pairs
from facts_writer import Writer
from text_frames import read_frames, read_lines, read_table

SEED = 2026
APART = ("openers", "shared")  # files of frames that are no topics

CORPORA: list[dict[str, Any]] = [
    {
        "id": "world_facts_en",
        "language": "en",
        "group": "facts",
        "title": {"en": "World of facts", "zh": "世界常识（英文）"},
        "description": {
            "en": "Short English paragraphs of true facts about countries, animals, food, jobs, "
            "music, sports and everyday things, with plenty of grammar: plurals, verb forms, "
            "comparatives.",
            "zh": "由真实常识写成的英文短段落，内容有国家、动物、食物、职业、音乐、体育和日常用品，"
            "也有丰富的语法现象：复数、动词变化、比较级。",
        },
        "look_for": {
            "en": "Countries, capitals, animals and fruits each gather in a patch of their own. "
            "The way from a capital to its country is much the same everywhere, and so is the way "
            "from walk to walked.",
            "zh": "国家、首都、动物、水果各自聚成一片。从首都到国家的方向大致相同，"
            "从 walk 到 walked 的方向也是这样。",
        },
        "settings": {"batch_tokens": 128, "learning_rate": 0.05, "epochs": 12},
        "scores": {},
    },
    {
        "id": "world_facts_zh",
        "language": "zh",
        "group": "facts",
        "title": {"en": "World of facts (Chinese)", "zh": "世界常识"},
        "description": {
            "en": "Short Chinese paragraphs of true facts, with spaces between the words: countries "
            "and provinces, animals, food, jobs, family, festivals, opposites and measure words.",
            "zh": "由真实常识写成的中文短段落，词与词之间已用空格分开，"
            "内容有国家和省份、动植物、食物、职业、亲属、节日、反义词和量词。",
        },
        "look_for": {
            "en": "Topics gather in patches. The way from 北京 (Beijing) to 中国 (China) is that from "
            "东京 (Tokyo) to 日本 (Japan), and each noun points to its measure word.",
            "zh": "各个主题聚成一片。从“北京”到“中国”的方向与从“东京”到“日本”的方向大致相同，"
            "名词也指向它的量词。",
        },
        "settings": {"batch_tokens": 128, "learning_rate": 0.05, "epochs": 20},
        "scores": {},
    },
]
LEAST_SIZE = {"en": 330_000, "zh": 180_000}  # of the texts, in words


def main() -> None:
    """Write both corpora and their manifests."""
    for about in CORPORA:
        language, rng = about["language"], random.Random(SEED)
        tables = {p.stem: read_table(p) for p in sorted((HERE / "tables" / language).glob("*.tsv"))}
        files = {p.stem: p for p in sorted((HERE / "frames" / language).glob("*.txt"))}
        openers, shared = read_lines(files["openers"]), read_frames(files["shared"])
        frames = {topic: read_frames(path) for topic, path in files.items() if topic not in APART}
        plan, sections = tables["categories"], tables["analogies"]
        writer = Writer(tables, frames, shared, openers, asked_words([*plan, *sections], tables), rng)
        text = writer.text(LEAST_SIZE[language])
        if rare := writer.rare_words():
            print("Add frames for these rare words:", *rare)
        groups = categories(plan, tables, text)
        truth = {
            "categories": groups,
            "analogies": analogy_sections(sections, tables, rng),
            "word_pairs": word_pairs(plan, groups, tables, rng),
        }
        write_corpus(text, about | truth)


if __name__ == "__main__":
    main()
