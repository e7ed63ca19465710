"""Markdown's text without its markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_core.sources.markdown import plain


def text(markdown):
    return [line.rstrip("\n") for line in plain([markdown])]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Title #\nA line\nand another.\n\nNext.", ["Title", "A line and another.", "Next."]),
        ("Title\n=====\n\nSub\n---\nText\n\n***\n", ["Title", "Sub", "Text"]),
        ("---\ntitle: x\n---\nText", ["Text"]),
        ("---\nno front matter\n", ["no front matter"]),
        ("- one\n* two\n  more\n12. three\n- [x] done", ["one", "two more", "three", "done"]),
        ("> quoted *words*\n>\n> > twice", ["quoted words", "twice"]),
        ("Text\n```python\nx = 1\n\n```\nmore\n~~~\ny\n", ["Text", "more"]),
        ("Text\n\n    code = 1\n\n    more\n\nText", ["Text", "Text"]),
        ("- item\n\n    its second paragraph", ["item", "its second paragraph"]),
        ("| a | b |\n|---|:-:|\n| c d | e\\|f |", ["a", "b", "c d", "e|f"]),
        ('See [the *page*](http://x.y/a_(b) "title") and ![a cat](c.png).', ["See the page and a cat."]),
        ("See [this][1] and <https://x.y>.\n\n[1]: https://x.y/z", ["See this and  ."]),
        ("A note[^1].\n\n[^1]: The note.", ["A note.", "The note."]),
        ("**bold** _it_ ***both*** ~~gone~~ un*believ*able `x_1`", ["bold it both gone unbelievable x_1"]),
        ("snake_case_name and 2 * 3 * 4", ["snake_case_name and 2 * 3 * 4"]),
        (r"\*not\* emphasis &amp; &lt;b&gt; &#9731;&#x2603;", ["*not* emphasis & <b> ☃☃"]),
        (f"no number: &#{'9' * 5000};", [f"no number: &#{'9' * 5000};"]),
        ("<http://x.y> <http:<https://x.y>", ["<http:"]),
        ("a <b class='x'>bold</b> word <!-- gone --> 1 < 2", ["a  bold  word   1 < 2"]),
    ],
)
def test_markup_goes_and_words_stay(markdown, expected):
    assert text(markdown) == expected


def test_a_line_as_long_as_a_book_is_taken_in_parts():
    assert " ".join(text("word " * 700_000)).split() == ["word"] * 700_000


@given(st.text(alphabet="a *_`~#>-[]()<!&|\\\n\t1.:", max_size=60), st.integers(1, 9))
def test_any_text_passes_however_it_is_cut(markdown, size):
    whole = text(markdown)
    assert all(whole)
    assert [
        line.rstrip("\n") for line in plain(markdown[i : i + size] for i in range(0, len(markdown), size))
    ] == whole
