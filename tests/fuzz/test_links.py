"""Links with anything in them: what cannot be is named, the rest is used, and what is used can be written again."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session import link
from app.settings import DEFAULTS, configured
from tests.fuzz import strategies
from w2v_core import Problem, TrainingConfig

pytestmark = pytest.mark.long
LINK_VALUES = st.one_of(
    strategies.NUMBER_TEXTS,
    strategies.WORDS,
    st.text(max_size=200),
    st.sampled_from(["on", "off", "auto", "king", "own", "dim:2,50", "dim:", ":,", "a:" * 500]),
)
LINKS = st.dictionaries(
    st.one_of(st.sampled_from(list(link.LINKED)), st.text(max_size=10)), LINK_VALUES, max_size=12
)


@settings(settings.get_profile("fuzz"), max_examples=3_000)
@given(query=LINKS)
def test_links_are_used_as_far_as_they_can_be(query):
    values, refused = link.read(query)
    assert values.keys() <= link.LINKED.keys()
    assert len(values) + len(refused) == len(query.keys() & link.LINKED.keys())
    assert link.write(values, {}).isascii()
    with contextlib.suppress(Problem):
        config = configured(DEFAULTS | {name: values[name] for name in DEFAULTS if name in values})
        assert isinstance(config, TrainingConfig)
