"""What can be typed: one parser, whose help teaches."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn

from .. import limits
from ..sources import CHOICES as TEXT_CHOICES
from ..training.config import CHOICES, DEFAULT_RATES, TrainingConfig
from ..vectors.analogy import METHODS
from ..vectors.formats import FORMATS
from ..vectors.space import METRICS
from . import lookups, training
from .streams import called_as, visible

EXAMPLES = """\
examples:
  {w2v} train corpus.txt --output vectors.txt
  {w2v} train corpus.txt --objective softmax --epochs 10 --output vectors.npz
  {w2v} train reviews.csv.gz --column text --numbers drop --output vectors.txt
  cat corpus.txt | {w2v} train - --min-count 1 > vectors.txt
  {w2v} neighbors vectors.txt king queen
  {w2v} analogy vectors.txt man woman king
  {w2v} evaluate vectors.txt --pairs wordsim353.tsv --analogies questions-words.txt
  {w2v} convert vectors.txt vectors.bin
"""

# One line of help for each setting with a value of its own; type and default come from TrainingConfig.
SETTINGS = {
    "architecture": "skip_gram predicts each context from the center word, cbow the center from their mean",
    "objective": "the loss to train on",
    "dim": "length of a word vector",
    "initial_vectors": "input vectors at the start; from zero, nothing ever moves",
    "window": "words to either side of the center, at most",
    "negatives": "K, noise words for each pair",
    "noise": "draw noise anew for each pair, or one shared pool for each block of text",
    "noise_pool": "size of a shared pool",
    "noise_power": "noise is drawn from counts to this power (0 uniform, 1 as the counts)",
    "optimizer": "how a gradient becomes a step",
    "schedule": "how the learning rate runs: falling linearly, or constant",
    "batch_tokens": "center words in one step",
    "subsample": "words above this share of the text are dropped at random; 0 keeps all",
    "epochs": "passes over the text",
    "seed": "same seed, same run",
}

# Other names of settings, as gensim has them.
ALIASES = {"dim": "vector-size", "negatives": "negative", "subsample": "sample"}


def parser() -> argparse.ArgumentParser:
    """Return the parser; every command's options carry the function to call as `command`."""
    top = _Parser(
        prog=called_as(),
        description="Train word vectors on a text and ask them questions.",
        epilog=EXAMPLES.format(w2v=called_as()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    train = _command(commands, "train", training.train, "train vectors on a text")
    _add_corpus(train)
    _add_output(train)
    defaults = TrainingConfig()
    settings = train.add_argument_group("training settings")
    for name, meaning in SETTINGS.items():
        default = getattr(defaults, name)
        settings.add_argument(
            *("--" + flag for flag in (name.replace("_", "-"), ALIASES.get(name)) if flag),
            dest=name,
            type=_integer if default is None else _TYPES[type(default)],
            default=default,
            choices=CHOICES.get(name),
            metavar=None if name in CHOICES else "X" if isinstance(default, float) else "N",
            help=f"{meaning} (default {'what suits the text' if default is None else default})",
        )
    rates = ", ".join(f"{rate} for {architecture}" for architecture, rate in DEFAULT_RATES.items())
    settings.add_argument(
        "--learning-rate", type=_real, metavar="X", help=f"learning rate at the start (default {rates})"
    )
    settings.add_argument(
        "--min-learning-rate", type=_real, metavar="X", help="rate at the end (default: a 10,000th)"
    )
    settings.add_argument(
        "--max-row-update",
        type=_bound,
        default=defaults.max_row_update,
        metavar="X",
        help=f"a row moves at most this far in one step; none for no limit (default {defaults.max_row_update})",
    )
    settings.add_argument(
        "--fixed-window", action="store_false", dest="dynamic_window", help="always reach the whole window"
    )
    settings.add_argument(
        "--drop-hits",
        action="store_false",
        dest="noise_may_hit_target",
        help="drop noise words that equal their pair's target, as word2vec.c does",
    )

    _add_processes(train)

    resume = _command(commands, "resume", training.resume, "go on with an interrupted training")
    resume.add_argument("run", metavar="CHECKPOINT", help="the file that the interrupted training left")
    resume.add_argument("--learning-rate", type=_real, metavar="X", help="go on at another rate")
    _add_processes(resume)
    _add_corpus(resume)
    _add_output(resume)

    _command(commands, "corpora", training.corpora, "list the public texts that train fetches by their name")

    neighbors = _command(commands, "neighbors", lookups.neighbors, "list the nearest words of words")
    _add_vectors(neighbors)
    neighbors.add_argument("word", nargs="+", help="a word, or - to read words from stdin")
    neighbors.add_argument("-k", type=_whole(limits.MOST_NEIGHBORS), default=10, help="how many (default 10)")
    neighbors.add_argument("--metric", choices=METRICS, default="cosine")

    analogy = _command(commands, "analogy", lookups.analogy, "answer: A is to B as C is to what?")
    _add_vectors(analogy)
    for name in ("a", "b", "c"):
        analogy.add_argument(name, metavar=name.upper())
    analogy.add_argument(
        "-k", type=_whole(limits.MOST_NEIGHBORS), default=5, help="how many answers (default 5)"
    )
    analogy.add_argument("--method", choices=METHODS, default="3cosadd")
    analogy.add_argument("--include-query", action="store_true", help="let A, B and C be answers too")

    evaluate = _command(commands, "evaluate", lookups.evaluate, "score vectors on word pairs and analogies")
    _add_vectors(evaluate)
    evaluate.add_argument("--pairs", action="append", default=[], help="word pairs with human scores (TSV)")
    evaluate.add_argument("--analogies", action="append", default=[], help="questions-words file")
    evaluate.add_argument(
        "--exact-case",
        action="store_false",
        dest="ignore_case",
        help="a word is known in its own case alone, as Turkish needs with its two letters i (default: any case)",
    )

    convert = _command(commands, "convert", lookups.convert, "write vectors in another format")
    convert.add_argument("vectors", metavar="INPUT", help="vectors in any format that can be read")
    _add_reading(convert)
    convert.add_argument("output", help="ending .txt, .bin, .npz, .glove or .tsv says the format")
    convert.add_argument("--format", choices=FORMATS, help="the output's format, whatever its ending")
    return top


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are short, and move no terminal."""

    def error(self, message: str) -> NoReturn:
        super().error(_short(message, limits.LONGEST_COMPLAINT))


def _short(text: str, longest: int = limits.LONGEST_SHOWN) -> str:
    return visible(text if len(text) <= longest else text[:longest] + "…")


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:  # also of thousands of digits
        raise argparse.ArgumentTypeError(f"{_short(text)} is no whole number that can be used") from None


def _real(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{_short(text)} is not a number") from None


_TYPES: dict[type, Callable[[str], object]] = {int: _integer, float: _real, str: str}


def _whole(most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not 1 <= (number := _integer(text)) <= most:
            raise argparse.ArgumentTypeError(f"{_short(text)} is not between 1 and {most:,}")
        return number

    return number


def _bound(text: str) -> float | None:
    return None if text == "none" else _real(text)


def _column(text: str) -> str:
    if len(text) > limits.LONGEST_COLUMN:
        raise argparse.ArgumentTypeError(
            f"no column has a name of more than {limits.LONGEST_COLUMN:,} characters"
        )
    return text


def _command(commands: Any, name: str, run: Any, summary: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=summary[0].upper() + summary[1:] + "."
    )
    command.set_defaults(command=run)
    return command


def _add_corpus(command: argparse.ArgumentParser) -> None:
    """Add the text and the fields of TextOptions, under their names."""
    command.add_argument(
        "corpus",
        help="plain text, Markdown (.md), a table (.csv, .tsv), gzip or a zip of them; - for stdin; or a name of "
        "`corpora`",
    )
    text = command.add_argument_group("how to read the text")
    text.add_argument(
        "--min-count",
        type=_whole(limits.LARGEST_NUMBER),
        default=5,
        help="leave out words rarer than this (default 5)",
    )
    text.add_argument(
        "--encoding",
        default="auto",
        metavar="NAME",
        help="such as utf-8, gbk, big5, latin-1 (default: what the bytes look like)",
    )
    text.add_argument("--language", choices=TEXT_CHOICES["language"], default="auto", help="whose stop words")
    text.add_argument(
        "--split",
        choices=TEXT_CHOICES["split"],
        default="words",
        help="blanks: the text is tokenized already, a sentence a line (new_york, C++); default words",
    )
    text.add_argument(
        "--segmentation",
        choices=TEXT_CHOICES["segmentation"],
        default="auto",
        help="cut Chinese into words; auto leaves words alone that are set apart by spaces",
    )
    text.add_argument("--keep-case", action="store_false", dest="lower_case", help="no lower-casing")
    text.add_argument(
        "--punctuation",
        choices=TEXT_CHOICES["punctuation"],
        default="drop",
        help="keep: marks and emoji are words (default drop)",
    )
    text.add_argument(
        "--numbers",
        choices=TEXT_CHOICES["numbers"],
        default="keep",
        help="whole: 4.55 and 1,000,000 are one word each (default keep, which parts them)",
    )
    text.add_argument(
        "--drop-stop-words", action="store_true", help="leave out function words such as 'the' and '的'"
    )
    text.add_argument(
        "--phrases",
        type=_real,
        default=0,
        metavar="SCORE",
        help="join words that stand together far more often than chance, such as new_york, above this score; "
        "word2phrase takes 100 (default 0: none)",
    )
    text.add_argument(
        "--column", type=_column, help="of a table: name, or number from 1 (default: the one with most text)"
    )
    text.add_argument(
        "--header",
        choices=TEXT_CHOICES["header"],
        default="auto",
        help="whether a table's first row is names",
    )


def _add_processes(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--processes",
        "--workers",
        type=_whole(limits.MOST_PROCESSES),
        default=1,
        metavar="N",
        help="train with several processes, one per core: faster, but no two runs are quite the same (default 1)",
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--output", "-o", help="where to; the ending says the format (default: word2vec text to stdout)"
    )
    command.add_argument(
        "--checkpoint",
        default=training.CHECKPOINT,
        help="where the run is kept if Ctrl-C or another signal ends it (default %(default)s)",
    )


def _add_vectors(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "vectors",
        metavar="FILE",
        help="word2vec text or binary, GloVe, npz, a table (.tsv); .gz, .bz2 or .xz of them, or one in a zip or tar",
    )
    _add_reading(command)


def _add_reading(command: argparse.ArgumentParser) -> None:
    """Add what `load_vectors` takes, under its names."""
    reading = command.add_argument_group("how to read the vectors")
    reading.add_argument(
        "--first",
        type=_whole(limits.MOST_VECTORS),
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
        "--column", type=_column, help="of that file: name, or number from 1 (default: the one with words)"
    )
