"""A link holds what it was written from, and whatever else it says does no harm."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.background.layouts import KINDS
from app.samples import samples
from app.session import costs, link
from app.session.asking import TABS
from app.session.compare_view import VIEWS
from app.session.lookup import LONGEST_QUESTION, MOST_NEIGHBORS
from app.session.map_options import COLOURS, GROUPS, MAP, PERPLEXITIES, RATES, SEEDS, SIZES, size_up
from app.session.presets import CHOICES, PRESETS
from app.settings import BATCH_SIZES, DEFAULTS, LEARNING_RATES, LIMITS, SUBSAMPLING, recommended
from app.text import LANGUAGES
from w2v_core.training.config import NOISES, OBJECTIVES
from w2v_core.vectors.space import METRICS

typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_QUESTION)
VALUES = {
    "language": st.sampled_from(list(LANGUAGES)),
    "corpus": st.sampled_from(list(samples())),
    "objective": st.sampled_from(list(OBJECTIVES)),
    **{name: st.integers(low, high) for name, (low, high) in LIMITS.items()},
    "batch_tokens": st.sampled_from(BATCH_SIZES),
    "learning_rate": st.sampled_from(LEARNING_RATES),
    "subsample": st.sampled_from(SUBSAMPLING),
    "bounded": st.booleans(),
    "follow": typed,
    "preset": st.sampled_from(list(PRESETS)),
    "runs": st.sampled_from(list(CHOICES)).flatmap(
        lambda setting: st.tuples(
            st.just(setting), st.lists(st.sampled_from(CHOICES[setting]), min_size=2, max_size=4).map(tuple)
        )
    ),
    **{name: st.sampled_from(options) for name, options in VIEWS.items()},
    **{name: st.sampled_from(options) for name, options in costs.CHOICES.items()},
    "cost_noise": st.sampled_from(NOISES),
    "model": st.sampled_from(["run", *samples()]),
    "word": typed,
    "k": st.integers(1, MOST_NEIGHBORS),
    "metric": st.sampled_from(METRICS),
    "map": st.sampled_from(KINDS),
    "map_dimensions": st.sampled_from([2, 3]),
    "map_which": st.sampled_from(["input", "output", "sum"]),
    "map_words": st.sampled_from(SIZES),
    "map_colour": st.sampled_from(COLOURS),
    "groups": st.sampled_from(GROUPS),
    **dict.fromkeys(("pc_x", "pc_y", "pc_z"), st.integers(1, 10)),
    "perplexity": st.sampled_from(PERPLEXITIES),
    "tsne_rate": st.sampled_from(RATES),
    "tsne_seed": st.sampled_from(SEEDS),
    "x_pairs": typed,
    "y_pairs": typed,
    "tab": st.sampled_from(TABS),
    "analogy": typed,
}


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
    assert DEFAULTS.keys() | MAP.keys() | costs.CHOSEN.keys() <= link.RULES.keys() == VALUES.keys()


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


def test_names_that_mean_nothing_here_are_nobodys_business():
    assert link.read({"utm_source": "x", "embed": "true"}) == ({}, [])


@given(st.dictionaries(st.sampled_from(list(VALUES)), st.text(max_size=30)))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_link_is_an_error(query):
    values, refused = link.read(query)
    assert len(values) + len(refused) == len(query)
