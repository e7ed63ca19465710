"""A small text, packed or not, and what reading gives; shared by the tests of reading."""

import io
import zipfile

import pytest

from w2v_core import Problem
from w2v_core.sources import PROBLEMS, TextOptions, read

ALL = TextOptions(min_count=1)
TEXT = "The cat sees the dog. The dog sees the cat!\nA bird sings.\n"


def words(result):
    return [result.corpus.sentence(i) for i in range(len(result.corpus.starts) - 1)]


def codes(result):
    return [notice.code for notice in result.notices]


def refusal(*arguments, **options):
    with pytest.raises(Problem) as refused:
        read(*arguments, **options)
    problem = refused.value
    assert set(problem.details) == set(PROBLEMS[problem.code])
    return problem


def zipped(files, **options):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
