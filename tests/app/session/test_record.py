"""What a session remembers stands in one slot; besides it there are only widgets' own keys."""

import pytest

from app.session.record import Session
from app.settings import HERE, READING, SETTINGS
from tests.app.visits import session_of, visit, visitor

PAGES = ("train", "corpus", "explore", "step", "compare", "cost", "pmi", "lookup")


def test_all_pages_keep_what_they_remember_in_one_record():
    at = visit(visitor(), "train")
    for page in PAGES:
        visit(at, page)
        assert not at.exception
    state = at.session_state._state._state
    widgets = set(state._key_id_mapper.id_key_mapping.values())
    assert set(state.filtered_state) - widgets == {"session"}
    assert session_of(at).chosen.keys() <= SETTINGS.keys() | READING.keys() | HERE.keys()


def test_a_page_has_a_record_of_its_own_made_when_it_is_first_asked_for():
    class Part:
        def __init__(self):
            self.seen = 0

    session = Session()
    session.part(Part).seen += 1
    assert session.part(Part).seen == 1
    assert Session().part(Part).seen == 0


@pytest.mark.parametrize("page", PAGES)
def test_sessions_share_nothing_that_they_remember(page):
    first, second = (visit(visitor(), page) for _ in range(2))
    assert session_of(first) is not session_of(second)
    assert session_of(first).run is not session_of(second).run
