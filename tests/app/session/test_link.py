"""A link holds what it was written from, and whatever else it says does no harm."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.samples import samples
from app.screens.explore.explored import size_up
from app.session import link
from app.session.presets import CHOICES
from app.settings import DEFAULTS, LONGEST_QUESTION, SETTINGS, recommended

typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_QUESTION)
RUNS = st.sampled_from(list(CHOICES)).flatmap(
    lambda setting: st.tuples(
        st.just(setting), st.lists(st.sampled_from(CHOICES[setting]), min_size=2, max_size=4).map(tuple)
    )
)


def possible(setting):
    """Return a strategy for all that a setting can be."""
    if setting.options:
        return st.sampled_from(list(setting.options))
    return st.integers(*setting.limits) if setting.limits else typed


VALUES = {name: possible(setting) for name, setting in link.LINKED.items()} | {"runs": RUNS}


def opened(query):
    """Return a query's parameters as a browser and Streamlit take them apart."""
    return {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}


@given(st.fixed_dictionaries({}, optional=VALUES), st.sampled_from(list(samples())))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_what_was_written_is_read_again(values, corpus):
    usual = recommended(samples()[corpus])
    read, refused = link.read(opened(link.write(values, usual)))
    assert refused == []
    assert usual | read == usual | values


def test_every_setting_is_part_of_a_link():
    assert SETTINGS.keys() <= link.LINKED.keys()


@pytest.mark.parametrize(("words", "size"), [(1, 100), (100, 100), (223, 250), (2001, 5000), (9000, 5000)])
def test_a_number_of_words_is_rounded_up_to_one_that_can_be_chosen(words, size):
    assert size_up(words) == size


@pytest.mark.parametrize("sample", samples().values(), ids=samples())
def test_recommended_settings_can_be_in_a_link(sample):
    values = recommended(sample)
    assert link.read(opened(link.write(values, {}))) == (values, [])


def test_a_link_names_only_what_is_not_as_usual():
    usual = dict(DEFAULTS)
    assert link.write(usual | {"corpus": "tiny_en", "model": None}, usual) == "corpus=tiny_en"
    changed = usual | {"learning_rate": 0.0025, "batch_tokens": 8, "bounded": False, "word": "king, 国王"}
    query = "batch_tokens=8&learning_rate=0.0025&bounded=off&word=king,%20%E5%9B%BD%E7%8E%8B"
    assert link.write(changed, usual) == query


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("corpus", "nix"),
        ("corpus", "../../etc/passwd"),
        ("corpus", ""),
        ("k", "-5"),
        ("k", "abc"),
        ("k", "0"),
        ("k", "1.5"),
        ("k", "1_0"),
        ("k", "9" * 10_000),
        ("dim", "301"),
        ("seed", "-1"),
        ("learning_rate", "nan"),
        ("learning_rate", "inf"),
        ("learning_rate", "1e999"),
        ("learning_rate", "0.3"),
        ("learning_rate", "٠.٠٥"),
        ("learning_rate", "0.05" + "0" * 5000),
        ("learning_rate", "0_0.05"),
        ("dim", "٥٠"),
        ("dim", "9" * 5000),
        ("epochs", "1e3"),
        ("runs", "negatives:" + "1," * 5000),
        ("follow", "x" * 10_000),
        ("batch_tokens", "0"),
        ("batch_tokens", "3"),
        ("bounded", "yes"),
        ("runs", "negatives:5"),
        ("runs", "negatives:1,2,3,5,10"),
        ("runs", "negatives:1,4"),
        ("runs", "window:1,2"),
        ("runs", ""),
        ("cost_dim", "51"),
        ("metric", "COSINE"),
        ("model", "file"),
        ("batch_tokens", "nan"),
        ("word", "x" * 10_000),
        ("language", "fr"),
        ("map", "PCA"),
        ("map_dimensions", "4"),
        ("map_words", "223"),
        ("pc_x", "0"),
        ("perplexity", "1e999"),
        ("tsne_rate", "0"),
        ("tab", ""),
    ],
)
def test_what_cannot_be_is_left_out_and_named(name, text):
    assert link.read({name: text, "window": "3"}) == ({"window": 3}, [f"{name}={text}"])


def test_a_number_may_be_written_otherwise():
    assert link.read({"subsample": "1e-3", "learning_rate": "0.050", "batch_tokens": "auto"}) == (
        {"subsample": 0.001, "learning_rate": 0.05, "batch_tokens": 0},
        [],
    )


def test_unknown_names_in_a_link_are_ignored():
    assert link.read({"utm_source": "x", "embed": "true"}) == ({}, [])


@given(st.dictionaries(st.sampled_from(list(VALUES)), st.text(max_size=30)))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_link_is_an_error(query):
    values, refused = link.read(query)
    assert len(values) + len(refused) == len(query)


OLD_LINKS = {  # copied before there was a table of settings
    "": {},
    "language=zh": {"language": "zh"},
    "corpus=tiny_en": {"corpus": "tiny_en"},
    "language=zh&corpus=royal_court_zh&objective=softmax": {
        "language": "zh",
        "corpus": "royal_court_zh",
        "objective": "softmax",
    },
    "dim=2&window=3&negatives=50": {"dim": 2, "window": 3, "negatives": 50},
    "epochs=10000&seed=0": {"epochs": 10_000, "seed": 0},
    "batch_tokens=8&learning_rate=0.0025&bounded=off": {
        "batch_tokens": 8,
        "learning_rate": 0.0025,
        "bounded": False,
    },
    "batch_tokens=auto&subsample=0": {"batch_tokens": 0, "subsample": 0.0},
    "learning_rate=100&subsample=0.00001": {"learning_rate": 100.0, "subsample": 1e-5},
    "follow=%E5%9B%BD%E7%8E%8B": {"follow": "国王"},
    "preset=negatives": {"preset": "negatives"},
    "runs=negatives:1,5,20": {"runs": ("negatives", (1, 5, 20))},
    "runs=bounded:on,off": {"runs": ("bounded", (True, False))},
    "runs=learning_rate:0.01,0.25,1": {"runs": ("learning_rate", (0.01, 0.25, 1.0))},
    "clock=rows&scale=relative&curve=probe&measure=top_10&below=maps": {
        "clock": "rows",
        "scale": "relative",
        "curve": "probe",
        "measure": "top_10",
        "below": "maps",
    },
    "cost_dim=10&cost_window=2&cost_negatives=20&cost_noise=per_pair": {
        "cost_dim": 10,
        "cost_window": 2,
        "cost_negatives": 20,
        "cost_noise": "per_pair",
    },
    "model=run&word=king,%20queen&k=5&metric=euclidean": {
        "model": "run",
        "word": "king, queen",
        "k": 5,
        "metric": "euclidean",
    },
    "map=tsne&map_dimensions=3&map_which=sum&map_words=250&map_colour=cluster&groups=12": {
        "map": "tsne",
        "map_dimensions": 3,
        "map_which": "sum",
        "map_words": 250,
        "map_colour": "cluster",
        "groups": 12,
    },
    "map=axes&x_pairs=man%20woman&y_pairs=king%20man,%20queen%20woman&pc_x=2&pc_y=1": {
        "map": "axes",
        "x_pairs": "man woman",
        "y_pairs": "king man, queen woman",
        "pc_x": 2,
        "pc_y": 1,
    },
    "perplexity=5&tsne_rate=auto&tsne_seed=9&tab=analogies&analogy=man,king,woman": {
        "perplexity": 5,
        "tsne_rate": 0,
        "tsne_seed": 9,
        "tab": "analogies",
        "analogy": "man,king,woman",
    },
}


@pytest.mark.parametrize(("query", "values"), OLD_LINKS.items(), ids=range(len(OLD_LINKS)))
def test_links_made_before_still_open(query, values):
    assert link.read(opened(query)) == (values, [])
