"""What can be typed: one parser, whose help teaches."""

from __future__ import annotations

import argparse
import dataclasses
import re
from typing import Any, NoReturn

from .. import limits
from ..sources import TextOptions
from ..training.config import CHOICES, DEFAULT_RATES, TrainingConfig
from ..vectors.analogy import METHODS
from ..vectors.formats import FORMATS
from ..vectors.space import METRICS
from . import checking, lookups, sweeping, training
from .inputs import ALIASES, add_corpus, add_reading, add_text_options, add_vectors
from .streams import called_as
from .values import TYPES, bound, integer, real, short, whole, workers

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
  {w2v} check hand_in.txt
  {w2v} sweep corpus.txt --over negatives=1,5,20 --over dim=25,50,100 --seeds 3
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
    add_corpus(train)
    _add_output(train)
    _add_settings(train)
    _add_processes(train)

    resume = _command(commands, "resume", training.resume, "go on with an interrupted training")
    resume.add_argument("run", metavar="CHECKPOINT", help="the file that the interrupted training left")
    resume.add_argument("--learning-rate", type=real, metavar="X", help="go on at another rate")
    _add_processes(resume)
    add_corpus(resume)
    _add_output(resume)

    sweep = _command(commands, "sweep", sweeping.sweep, "train every combination of settings, and compare")
    sweep.description = sweeping.ABOUT
    add_corpus(sweep)
    sweep.add_argument(
        "--over",
        action="append",
        required=True,
        metavar="NAME=VALUE,...",
        help="a setting and the values to try, such as negatives=1,5,20; several make all combinations",
    )
    sweep.add_argument(
        "--seeds",
        type=whole(limits.MOST_SEEDS),
        default=3,
        metavar="N",
        help="runs of each combination, from --seed on (default 3)",
    )
    sweep.add_argument(
        "--out",
        default=sweeping.FOLDER,
        metavar="FOLDER",
        help=f"where {sweeping.TABLE} and {sweeping.PAGE} go; what the table has is not trained again "
        f"(default {sweeping.FOLDER})",
    )
    sweep.add_argument("--pairs", action="append", default=[], help="word pairs with human scores (TSV)")
    sweep.add_argument("--analogies", action="append", default=[], help="questions-words file")
    _add_cluster(sweep, "the workers: how many processes here (default one a core), or")
    _add_settings(sweep)

    _command(commands, "corpora", training.corpora, "list the public texts that train fetches by their name")

    neighbors = _command(commands, "neighbors", lookups.neighbors, "list the nearest words of words")
    add_vectors(neighbors)
    neighbors.add_argument("word", nargs="+", help="a word, or - to read words from stdin")
    neighbors.add_argument("-k", type=whole(limits.MOST_NEIGHBORS), default=10, help="how many (default 10)")
    neighbors.add_argument("--metric", choices=METRICS, default="cosine")

    analogy = _command(commands, "analogy", lookups.analogy, "answer: A is to B as C is to what?")
    add_vectors(analogy)
    for name in ("a", "b", "c"):
        analogy.add_argument(name, metavar=name.upper())
    analogy.add_argument(
        "-k", type=whole(limits.MOST_NEIGHBORS), default=5, help="how many answers (default 5)"
    )
    analogy.add_argument("--method", choices=METHODS, default="3cosadd")
    analogy.add_argument("--include-query", action="store_true", help="let A, B and C be answers too")

    evaluate = _command(commands, "evaluate", lookups.evaluate, "score vectors on word pairs and analogies")
    add_vectors(evaluate)
    evaluate.add_argument("--pairs", action="append", default=[], help="word pairs with human scores (TSV)")
    evaluate.add_argument("--analogies", action="append", default=[], help="questions-words file")
    evaluate.add_argument(
        "--exact-case",
        action="store_false",
        dest="ignore_case",
        help="a word is known in its own case alone, as Turkish needs with its two letters i (default: any case)",
    )

    check = _command(
        commands, "check", checking.check, "check hand-in codes: train again, compare the losses"
    )
    check.description = checking.ABOUT
    check.add_argument("file", nargs="+", metavar="FILE", help="a text with a code in it; - for stdin")
    check.add_argument(
        "--corpus", metavar="FILE", help="the run's text (default: the sample text of the code's name)"
    )
    add_text_options(check, min_count=1)

    convert = _command(commands, "convert", lookups.convert, "write vectors in another format")
    convert.add_argument("vectors", metavar="INPUT", help="vectors in any format that can be read")
    add_reading(convert)
    convert.add_argument("output", help="ending .txt, .bin, .npz, .glove or .tsv says the format")
    convert.add_argument("--format", choices=FORMATS, help="the output's format, whatever its ending")
    return top


def as_typed(sentence: str) -> str:
    """Return a sentence in which settings are called as they are typed: `min_count` is --min-count."""
    names = {field.name for kind in (TrainingConfig, TextOptions) for field in dataclasses.fields(kind)}
    long = "|".join(name for name in names if "_" in name)
    sentence = re.sub(rf"\b({long})\b", lambda found: "--" + found[0].replace("_", "-"), sentence)
    first, _, rest = sentence.partition(" ")
    return f"--{first} {rest}" if first in names and rest.startswith("must be ") else sentence


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are short, and move no terminal."""

    def error(self, message: str) -> NoReturn:
        super().error(short(message, limits.LONGEST_COMPLAINT))


def _command(commands: Any, name: str, run: Any, summary: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=summary[0].upper() + summary[1:] + "."
    )
    command.set_defaults(command=run)
    return command


def _add_settings(command: argparse.ArgumentParser) -> None:
    """Add the fields of TrainingConfig, under their names."""
    defaults = TrainingConfig()
    settings = command.add_argument_group("training settings")
    for name, meaning in SETTINGS.items():
        default = getattr(defaults, name)
        settings.add_argument(
            *("--" + flag for flag in (name.replace("_", "-"), ALIASES.get(name)) if flag),
            dest=name,
            type=integer if default is None else TYPES[type(default)],
            default=default,
            choices=CHOICES.get(name),
            metavar=None if name in CHOICES else "X" if isinstance(default, float) else "N",
            help=f"{meaning} (default {'what suits the text' if default is None else default})",
        )
    rates = ", ".join(f"{rate} for {architecture}" for architecture, rate in DEFAULT_RATES.items())
    settings.add_argument(
        "--learning-rate", type=real, metavar="X", help=f"learning rate at the start (default {rates})"
    )
    settings.add_argument(
        "--min-learning-rate", type=real, metavar="X", help="rate at the end (default: a 10,000th)"
    )
    settings.add_argument(
        "--max-row-update",
        type=bound,
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


def _add_processes(command: argparse.ArgumentParser) -> None:
    several = command.add_mutually_exclusive_group()
    several.add_argument(
        "--processes",
        "--workers",
        type=whole(limits.MOST_PROCESSES),
        default=1,
        metavar="N",
        help="train with several processes, one per core: faster, but no two runs are quite the same (default 1)",
    )
    _add_cluster(
        several, "train in rounds on a Dask cluster, for texts of a billion words: so many processes here, or"
    )
    command.add_argument(
        "--rounds",
        type=whole(limits.MOST_ROUNDS),
        metavar="N",
        help="with --cluster: how often an epoch the workers' vectors are merged (default 10 to 50: 200 times a run)",
    )


def _add_cluster(command: Any, what: str) -> None:
    command.add_argument(
        "--cluster",
        type=workers,
        metavar="N|ADDRESS",
        help=f"{what} a scheduler's address, such as tcp://host:8786",
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--output", "-o", help="where to; the ending says the format (default: word2vec text to stdout)"
    )
    command.add_argument(
        "--checkpoint",
        help="where the run is kept if Ctrl-C or another signal ends it (default: the file that it goes on from, or "
        f"{training.CHECKPOINT}, with a number if there is one already)",
    )
