"""Runs side by side as one CSV table: what each step cost and reached, with the settings on top.

A row is a point of a loss curve, or a look at the probe, or both; what it does not have is empty. Where runs are the
mean of several seeds, each seed has its own rows. Lines that begin with # say what was run:
``pandas.read_csv(file, comment="#")`` reads the rest.
"""

from __future__ import annotations

import dataclasses

from w2v_core import __version__

from ...background.comparison import METRICS, Comparison, Member, MemberProgress
from ...files.csv_file import csv_file
from ...own_text import Source
from .cards import LETTERS

CLOCKS = ("step", "pairs", "rows_of_U", "seconds")
COLUMNS = (
    "run", "seed", *CLOCKS, "running_loss", "running_loss_smoothed",
    *(f"probe_{name}" for name in METRICS),
)  # fmt: skip


def comparison_csv(runs: Comparison, source: Source, language: str) -> bytes:
    """Return the runs as they were last published, as a file."""
    rows = [
        [letter, seed, *row]
        for letter, member, now in zip(LETTERS, runs.members, runs.progress.members, strict=False)
        for seed, of_seed in (now.seeds or {member.config.seed: now}).items()
        for row in _rows(of_seed)
    ]
    return csv_file(_about(runs, source.title[language]), COLUMNS, rows)


def _about(runs: Comparison, title: str) -> dict[str, object]:
    """Return what was run: the corpus, each setting (of each run, where they differ), starts and floors."""
    corpus = runs.corpus
    about: dict[str, object] = {
        "Word2Vec Lab": __version__,
        "corpus": title,
        "words": len(corpus),
        "vocabulary": len(corpus.vocabulary),
        "probe pairs": runs.probe_pairs,
    }
    lettered = list(zip(LETTERS, runs.members, strict=False))
    for field in dataclasses.fields(runs.members[0].config):
        values = {letter: getattr(member.config, field.name) for letter, member in lettered}
        if len(set(values.values())) == 1:
            about[field.name] = values["A"]
        else:
            about |= {f"{field.name} of {letter}": value for letter, value in values.items()}
    if seeds := runs.progress.members[0].seeds:
        about["seed"] = " ".join(map(str, seeds))
    for letter, member in lettered:
        about |= _scales(letter, member)
    return about


def _scales(letter: str, member: Member) -> dict[str, object]:
    """Return where a run's losses start and end."""
    scales: dict[str, object] = {}
    for name, scale in (("running_loss", member.running_scale), ("probe_loss", member.probe_scale)):
        scales[f"start of {name} of {letter}"] = scale.start
        scales[f"floor of {name} of {letter}"] = (
            scale.floor.code if scale.floor.value is None else scale.floor.value
        )
    return scales


def _rows(member: MemberProgress) -> list[list[object]]:
    """Return a run's rows by rising step."""
    curve, looks = member.curve, member.looks
    rows: dict[int, list[object]] = {}
    for i, step in enumerate(curve.steps):
        clocks = [int(step), int(curve.pairs[i]), int(curve.rows[i]), float(curve.seconds[i])]
        rows[int(step)] = [*clocks, float(curve.loss[i]), float(curve.smooth[i]), *[None] * len(METRICS)]
    for i, step in enumerate(looks.steps):
        clocks = [int(step), int(looks.pairs[i]), int(looks.rows[i]), float(looks.seconds[i])]
        row = rows.setdefault(int(step), [*clocks, None, None, *[None] * len(METRICS)])
        row[-len(METRICS) :] = [float(looks.metrics[name][i]) for name in METRICS]
    return [rows[step] for step in sorted(rows)]
