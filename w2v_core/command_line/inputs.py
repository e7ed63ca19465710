"""The options of what is read: of a text, of vectors."""

from __future__ import annotations

import argparse

from .. import limits
from ..sources import CHOICES
from .values import column, real, whole

# Other names of settings, as gensim has them.
ALIASES = {"dim": "vector-size", "negatives": "negative", "subsample": "sample"}


def add_corpus(command: argparse.ArgumentParser) -> None:
    """Add the text, and how to read it."""
    command.add_argument(
        "corpus",
        help="plain text, Markdown (.md), a table (.csv, .tsv), gzip or a zip of them; - for stdin; or a name of "
        "`corpora`",
    )
    add_text_options(command)


def add_text_options(command: argparse.ArgumentParser, min_count: int = 5) -> None:
    """Add the fields of TextOptions, under their names."""
    text = command.add_argument_group("how to read the text")
    text.add_argument(
        "--min-count",
        type=whole(limits.LARGEST_NUMBER),
        default=min_count,
        help=f"leave out words rarer than this (default {min_count})",
    )
    text.add_argument(
        "--encoding",
        default="auto",
        metavar="NAME",
        help="such as utf-8, gbk, big5, latin-1 (default: what the bytes look like)",
    )
    text.add_argument("--language", choices=CHOICES["language"], default="auto", help="whose stop words")
    text.add_argument(
        "--split",
        choices=CHOICES["split"],
        default="words",
        help="blanks: the text is tokenized already, a sentence a line (new_york, C++); default words",
    )
    text.add_argument(
        "--segmentation",
        choices=CHOICES["segmentation"],
        default="auto",
        help="cut Chinese into words; auto leaves words alone that are set apart by spaces",
    )
    text.add_argument("--keep-case", action="store_false", dest="lower_case", help="no lower-casing")
    text.add_argument(
        "--punctuation",
        choices=CHOICES["punctuation"],
        default="drop",
        help="keep: marks and emoji are words (default drop)",
    )
    text.add_argument(
        "--numbers",
        choices=CHOICES["numbers"],
        default="keep",
        help="whole: 4.55 and 1,000,000 are one word each (default keep, which parts them)",
    )
    text.add_argument(
        "--drop-stop-words", action="store_true", help="leave out function words such as 'the' and '的'"
    )
    text.add_argument(
        "--phrases",
        type=real,
        default=0,
        metavar="SCORE",
        help="join words that stand together far more often than chance, such as new_york, above this score; "
        "word2phrase takes 100 (default 0: none)",
    )
    text.add_argument(
        "--column", type=column, help="of a table: name, or number from 1 (default: the one with most text)"
    )
    text.add_argument(
        "--header",
        choices=CHOICES["header"],
        default="auto",
        help="whether a table's first row is names",
    )


def add_vectors(command: argparse.ArgumentParser) -> None:
    """Add a file of vectors, and how to read it."""
    command.add_argument(
        "vectors",
        metavar="FILE",
        help="word2vec text or binary, GloVe, npz, a table (.tsv); .gz, .bz2 or .xz of them, or one in a zip or tar",
    )
    add_reading(command)


def add_reading(command: argparse.ArgumentParser) -> None:
    """Add what `load_vectors` takes, under its names."""
    reading = command.add_argument_group("how to read the vectors")
    reading.add_argument(
        "--first",
        type=whole(limits.MOST_VECTORS),
        metavar="N",
        help="only the first N words, usually the most frequent",
    )
    reading.add_argument(
        "--skip-errors",
        action="store_const",
        const="skip",
        default="refuse",
        dest="errors",
        help="pass over words that cannot be used and a wrong count in the header; how many, and the first, is said",
    )
    reading.add_argument("--member", metavar="NAME", help="which file of a zip or tar")
    reading.add_argument("--metadata", metavar="FILE", help="the words of a table of numbers alone")
    reading.add_argument(
        "--column", type=column, help="of that file: name, or number from 1 (default: the one with words)"
    )
