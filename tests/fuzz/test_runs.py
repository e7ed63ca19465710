"""Saved runs whose facts or arrays are something else: a run or one sentence in both languages."""

import io
import json
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import shapes
from tests.fuzz import strategies
from tests.fuzz.child import fault_of
from tests.fuzz.valid_files import runs

pytestmark = pytest.mark.long
FILES = runs()


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename.removesuffix(".npy"): archive.read(info) for info in archive.infolist()}


JSON = st.recursive(
    st.one_of(st.none(), strategies.NUMBERS, st.text(max_size=5)),
    lambda children: st.one_of(
        st.lists(children, max_size=4), st.dictionaries(st.text(max_size=5), children, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def changed_facts(draw: st.DrawFn, facts: dict) -> bytes:
    """Return facts as JSON, of which one to three, at any depth, are something else, missing or new."""
    changed = json.loads(json.dumps(facts))
    for _ in range(draw(st.integers(1, 3))):
        place = changed
        while True:
            key = draw(st.sampled_from(sorted(place))) if place else "a"
            inner = place.get(key)
            if isinstance(inner, dict) and inner and draw(st.booleans()):
                place = inner
                continue
            break
        match draw(st.integers(0, 5)):
            case 0:
                place.pop(key, None)
            case 1:
                place[draw(st.text(max_size=5))] = draw(JSON)
            case _:
                place[key] = draw(JSON)
    return json.dumps(changed).encode()


MEMBERS = {name: members(file.data) for name, file in FILES.items()}


@pytest.mark.parametrize("name", FILES)
@settings(settings.get_profile("fuzz"))
@given(data=st.data())
def test_changed_facts(name, data):
    facts = json.loads(np.load(io.BytesIO(MEMBERS[name]["run"])).tobytes())
    changed = data.draw(changed_facts(facts))
    assert fault_of(FILES[name], shapes.npz(MEMBERS[name] | {"run": shapes.facts(changed)})) is None


@pytest.mark.parametrize("name", FILES)
@settings(settings.get_profile("fuzz"))
@given(data=st.data())
def test_changed_arrays(name, data):
    others = st.dictionaries(
        st.sampled_from(sorted(MEMBERS[name])), strategies.npy_files(), min_size=1, max_size=2
    )
    assert fault_of(FILES[name], shapes.npz(MEMBERS[name] | data.draw(others))) is None


@pytest.mark.parametrize("name", FILES)
@settings(settings.get_profile("fuzz"))
@given(
    data=strategies.damaged(
        strategies.archives_of(["run", "training", "W", "U", "curve", "frames", "map", "ids"])
    )
)
def test_other_archives(name, data):
    assert fault_of(FILES[name], data) is None
