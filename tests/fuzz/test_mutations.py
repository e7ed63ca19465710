"""Ten thousand small damages to each valid file: a result or one sentence, within the memory and the time."""

import pytest

from tests.fuzz.campaign import faults
from tests.fuzz.valid_files import all_files

MUTATIONS = 10_000


@pytest.mark.long
@pytest.mark.parametrize("name", all_files())
def test_damaged_files_give_a_result_or_one_sentence(name):
    assert faults(name, seed="1", count=MUTATIONS) == []
