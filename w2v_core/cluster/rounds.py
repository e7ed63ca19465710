"""One model on many workers: in rounds, of which each trains on one stretch of the text, cut into shards.

All shards of a round begin with the same vectors; at its end their moves are merged (`merge`), and the next begins
with what comes out. The rate falls with the whole's progress. Between two rounds the run is an ordinary `Trainer`'s: it
can be saved, and go on here or in one process.

A worker that is lost costs the round that it is lost in some time, and nothing else: the scheduler hands its shard to
another worker, with which it comes out the same. A shard that is not back long after the slowest round so far, as from
a machine that has fallen silent, or that no worker survives, is left out of the round's merge, and done again in the
next round, from the vectors of then.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Any

from .. import limits
from ..problems import Diverged, Problem
from ..training.records import StepRecord
from ..training.trainer import Trainer
from .engine import same, told, workers
from .merge import Combiner, Merge, merging
from .shards import Moved, Shard, sentence_at, shards, train_shard

MERGES_A_RUN = 200  # with 50, vectors are worse than one process's (docs/scaling.md)
PATIENCE = 3  # times the slowest round so far,
LEAST_PATIENCE = 30  # or so many seconds, a shard is waited for


def run_in_rounds(
    trainer: Trainer,
    client: Any,
    *,
    rounds: int | None = None,
    parts: int | None = None,
    merge: type[Merge] = Combiner,
) -> Generator[StepRecord, None, None]:
    """Yield a record a round until the trainer is finished, its steps made by the workers of a Dask client.

    Parameters
    ----------
    trainer : Trainer
    client : distributed.Client
    rounds : int, optional
        An epoch; by default `usual_rounds`.
    parts : int, optional
        Shards a round; by default as many as there are workers at its start.
    merge : class
        `merge.Combiner` or `merge.WeightedMean`.

    Raises
    ------
    Problem
        ``bad_setting``; ``no_worker``: none has come back with anything.
    Diverged
        As `Trainer.step`; the vectors are then as before the round.
    """
    if rounds is None:
        rounds = usual_rounds(trainer.config.epochs)
    if not (isinstance(rounds, int) and 1 <= rounds <= limits.MOST_ROUNDS):
        message = f"rounds must be a whole number from 1 to {limits.MOST_ROUNDS:,}, not {rounds}."
        raise Problem("bad_setting", message, name="rounds", value=rounds)
    facts = [client.submit(same, each, pure=False) for each in (trainer.corpus.vocabulary, trainer.config)]
    team, left_out = _Team(client, facts), list[Shard]()
    while not trainer.finished or left_out:
        todo, end = left_out, None
        if not trainer.finished:
            added, end = next_round(trainer, rounds, parts or workers(client))
            todo = left_out + added
        arrays, done, left_out = trainer._arrays(), _Done(), list[Shard]()
        merges = {name: merging(merge, array) for name, array in arrays.items()}
        for shard, moved in team.train(trainer, todo):
            if moved is None:
                left_out.append(shard)
                continue
            done.add(moved)
            for name, rows in moved.rows.items():
                merges[name].add(rows)
        if len(left_out) == len(todo):
            raise Problem("no_worker", "No worker has come back from this round: all of it is lost.")
        for name, array in arrays.items():
            merges[name].move(array)
        if end is not None:
            trainer._windows.go_to(*end)
        yield done.count(trainer, todo[-1])


def usual_rounds(epochs: int) -> int:
    """Return how many rounds an epoch make `MERGES_A_RUN` merges: from 10, for many epochs, to 50."""
    return min(50, max(10, -(-MERGES_A_RUN // epochs)))


def next_round(trainer: Trainer, rounds: int, parts: int) -> tuple[list[Shard], tuple[int, int]]:
    """Return the shards of the round that begins where the run stands, and where it ends: pass (from 1) and token."""
    corpus, position, epochs = trainer.corpus, trainer.position, trainer.config.epochs
    n, before = len(corpus), position.epoch - 1
    begin = position.start if position.taken == 0 else trainer._windows.tokens - before * n
    number = -(-(begin + 1) * rounds // n)  # the first round that ends behind the begin
    end = sentence_at(corpus, n * number // rounds)
    progress = (before * n + begin) / (n * epochs), (before * n + end) / (n * epochs)
    found = shards(corpus, begin, end, max(1, parts), progress, (trainer.config.seed, before))
    return found, (position.epoch, end)


@dataclass
class _Done:
    """What the shards of a round have done."""

    steps: int = 0
    pairs: int = 0
    loss: float = 0.0
    outputs: int = 0

    def add(self, moved: Moved) -> None:
        """Take one more shard into account."""
        self.steps += moved.steps
        self.pairs += moved.pairs
        self.loss += moved.loss
        self.outputs += len(moved.rows["U"].ids) if moved.rows else 0

    def count(self, trainer: Trainer, last: Shard) -> StepRecord:
        """Count it as the trainer's, and return the round's record."""
        trainer.steps += self.steps
        trainer.pairs += self.pairs
        trainer._history.clear()
        return StepRecord(
            step=trainer.steps,
            epoch=max(1, math.ceil(round(last.ends * trainer.config.epochs, 9))),
            pairs=trainer.pairs,
            loss=self.loss / self.pairs if self.pairs else math.nan,
            learning_rate=trainer.config.rate_at(last.begins),
            output_rows=self.outputs,
        )


class _Team:
    """The workers, and how long to wait for them."""

    def __init__(self, client: Any, facts: list[Any]) -> None:
        self._client, self._facts = client, facts
        self._slowest: float | None = None

    def train(self, trainer: Trainer, todo: list[Shard]) -> Iterator[tuple[Shard, Moved | None]]:
        """Train on the shards, all from the trainer's vectors; yield each in turn, with None if it is not back."""
        began = time.monotonic()
        start = self._client.submit(same, trainer._arrays(), pure=False)
        futures = [self._client.submit(train_shard, *self._facts, start, each, pure=False) for each in todo]
        patience = None if self._slowest is None else max(LEAST_PATIENCE, PATIENCE * self._slowest)
        for shard, future in zip(todo, futures, strict=True):
            left = None if patience is None else max(0.0, began + patience - time.monotonic())
            yield shard, _moved(future, trainer, shard, left)
            future.cancel()  # whether it is not back, or its worker keeps it for us
        self._slowest = max(self._slowest or 0.0, time.monotonic() - began)


def _moved(future: Any, trainer: Trainer, shard: Shard, seconds: float | None) -> Moved | None:
    """Return what a shard has moved, or None if that is not here in time, or lost with the workers.

    Raises
    ------
    Problem
        What went wrong with it.
    """
    from distributed import KilledWorker

    try:
        moved: Moved = future.result(timeout=None if future.done() else seconds)
        return moved
    except (KilledWorker, CancelledError, TimeoutError):
        return None
    except Diverged as error:
        rate = trainer.config.rate_at(shard.begins)
        raise Diverged(trainer.steps, rate, error.code == "diverged") from None
    except Exception as error:
        raise told(error) from None
