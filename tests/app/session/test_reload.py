"""What leaving asks about, and what a token gives: the run of a tab that is gone, once."""

import json

from app.session import reload
from tests.app.visits import session_of, visit, visitor


def unsaved(at):
    """Return whether the browser is told to ask before it leaves."""
    return next(
        data["unsaved"]
        for each in at.get("bidi_component")
        if isinstance(data := json.loads(each.proto.json or "null"), dict) and "copy" in data
    )


def test_leaving_asks_while_training_is_in_no_file():
    at = visit(visitor(), "train")
    assert not unsaved(at)
    at.button(key="step").click().run()
    assert unsaved(at)
    session_of(at).run.save()
    assert not unsaved(at.run())
    at.button(key="step").click().run()
    assert unsaved(at)
    at.button(key="reset").click().run()
    assert not unsaved(at)


def test_every_session_has_a_token_of_its_own_that_names_it_as_long_as_it_is_there():
    first, second = (visit(visitor(), "train") for _ in range(2))
    tokens = {session_of(at).token for at in (first, second)}
    assert len(tokens) == 2
    assert min(map(len, tokens)) > 20
    assert {reload._sessions[token] for token in tokens} == {session_of(first), session_of(second)}
