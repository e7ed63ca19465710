"""Texts of any kind, packed or not: a result or one sentence in both languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import actions
from tests.fuzz import strategies
from tests.fuzz.child import fault_of
from tests.fuzz.valid_files import ValidFile
from w2v_core.sources import preview_pasted, read_pasted

pytestmark = pytest.mark.long
WAYS = [actions.preview_text, actions.read_text, actions.read_everything]


@pytest.mark.parametrize("use", WAYS)
@settings(settings.get_profile("fuzz"))
@given(data=strategies.CONTENTS, name=strategies.TEXT_NAMES)
def test_texts_give_a_result_or_one_sentence(use, data, name):
    assert fault_of(ValidFile(name, b"", use), data) is None


@pytest.mark.parametrize("use", [read_pasted, preview_pasted])
@settings(settings.get_profile("fuzz"))
@given(text=st.one_of(strategies.TEXTS, st.text(st.characters(exclude_categories=()), max_size=50)))
def test_pasted_texts_give_a_result_or_one_sentence(use, text):
    assert fault_of(ValidFile("text", b"", lambda data, name: use(text, actions.OPTIONS)), b"") is None


@pytest.mark.parametrize("use", WAYS)
@settings(settings.get_profile("fuzz"))
@given(data=strategies.ARCHIVES, name=strategies.TEXT_NAMES)
def test_archives_give_a_result_or_one_sentence(use, data, name):
    assert fault_of(ValidFile(name, b"", use), data) is None
