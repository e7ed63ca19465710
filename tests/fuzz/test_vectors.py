"""Vectors in any format, and the files that they are tested on: a result or one sentence in both languages."""

import pytest
from hypothesis import given, settings

from tests.fuzz import strategies, valid_files
from tests.fuzz.child import fault_of
from tests.fuzz.valid_files import ValidFile
from w2v_core.vectors.evaluation import read_analogies, read_word_pairs

pytestmark = pytest.mark.long


@settings(settings.get_profile("fuzz"), max_examples=2_000)
@given(data=strategies.VECTOR_FILES, name=strategies.VECTOR_NAMES)
def test_vectors_give_a_result_or_one_sentence(data, name):
    assert fault_of(ValidFile(name, b"", valid_files.load_all), data) is None


@pytest.mark.parametrize("use", [valid_files.load_projector_numbers, valid_files.load_projector_words])
@settings(settings.get_profile("fuzz"))
@given(data=strategies.vector_tables())
def test_projector_tables_give_a_result_or_one_sentence(use, data):
    assert fault_of(ValidFile("vectors.tsv", b"", use), data) is None


@pytest.mark.parametrize("read", [read_word_pairs, read_analogies])
@settings(settings.get_profile("fuzz"))
@given(data=strategies.CONTENTS)
def test_evaluation_files_give_a_result_or_one_sentence(read, data):
    assert fault_of(ValidFile("a.tsv", b"", lambda data, name: read(data, name=name)), data) is None
