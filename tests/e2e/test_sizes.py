"""Pages on a telephone, and in large type on a small projector: nothing overlaps, is cut off or scrolls sideways."""

import pytest

from app.text import LANGUAGES
from tests.e2e.driver import AppPage

PAGES = ("", "corpus", "explore", "inside", "compare", "cost", "pmi", "lookup?model=tiny_en&word=cats")
SIZES = {"telephone": ((390, 844), ""), "projector": ((1280, 720), "large=on")}

# What stands beside each other in a row: it must not overlap; and buttons must hold their words.
FAULTS = """() => {
  const shown = (node) => { const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && style.opacity !== '0' ? box : null; };
  const said = (node) => node.innerText.trim().slice(0, 40) || node.className.slice(0, 60);
  const faults = [];
  for (const root of [document.documentElement, document.querySelector('.stMain')])
    if (root.scrollWidth > root.clientWidth + 1) faults.push(`${root.className} scrolls sideways`);
  for (const row of document.querySelectorAll('.stMain .stHorizontalBlock, .stMain [class*=st-key-heading]')) {
    const parts = [...row.children].map((node) => [node, shown(node)]).filter(([, box]) => box);
    parts.forEach(([one, a], i) => parts.slice(i + 1).forEach(([other, b]) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 2) faults.push(`${said(one)} overlaps ${said(other)}`);
    }));
  }
  for (const button of document.querySelectorAll('.stMain button')) {
    const box = shown(button);
    if (!box) continue;
    if (button.scrollWidth > button.clientWidth + 2) faults.push(`${said(button)} is cut off`);
    if (box.right > innerWidth + 1 || box.left < -1) faults.push(`${said(button)} is beyond the edge`);
  }
  return faults;
}"""

# Within each chart: texts keep to it, ticks of an axis and numbers and names stand apart, buttons cover no title.
CHART_FAULTS = """() => [...document.querySelectorAll('.stMain .js-plotly-plot')].flatMap((plot) => {
  const edge = plot.getBoundingClientRect(), faults = [];
  const of = (kind) => [...plot.querySelectorAll(kind)].filter((node) => node.textContent.trim())
    .map((node) => [node.textContent.trim(), node.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
  const apart = (some, others, least = 1) => some.forEach(([one, a], i) => others.forEach(([other, b], j) => {
    if (some === others && j <= i) return;
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > least && down > 4) faults.push(`${one} lies on ${other}`);
  }));
  const names = of('.xtick text, .x2tick text, .ytick text, .y2tick text'), numbers = of('.bartext');
  const titles = of('.gtitle'), signs = of('.textpoint text').filter(([text]) => text === '+');
  for (const [text, box] of [...names, ...numbers, ...titles, ...of('.legendtext')])
    if (box.left < edge.left - 1 || box.right > edge.right + 1) faults.push(`${text} is cut off`);
  for (const [text, box] of of('.legend .legendtext')) {
    const shown = plot.querySelector('.legend .bg').getBoundingClientRect();
    if (box.right > shown.right + 1) faults.push(`${text} is cut off`);
  }
  for (const axis of ['.xtick text', '.x2tick text', '.ytick text', '.y2tick text'].map(of)) apart(axis, axis);
  apart(numbers, of('.ytick text, .y2tick text'));
  apart(numbers, signs);
  const buttons = [...plot.querySelectorAll('.modebar-btn')].map((node) => ['a button', node.getBoundingClientRect()]);
  apart(titles, buttons.filter(() => innerWidth < 800));
  return faults;
})"""


@pytest.mark.long
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_overlaps_is_cut_off_or_scrolls_sideways(open_page, locale, size):
    (width, height), query = SIZES[size]
    found = {}
    for path in PAGES:
        opened = open_page(AppPage, path=f"{path}{'&' if '?' in path else '?'}{query}", locale=locale)
        opened.page.set_viewport_size({"width": width, "height": height})
        opened.page.locator(".js-plotly-plot").first.wait_for()
        opened.idle()
        opened.page.evaluate("new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")
        faults = opened.page.evaluate(FAULTS)
        if size == "telephone":
            faults += opened.page.evaluate(CHART_FAULTS)
        if faults:
            found[path or "train"] = faults
        opened.close()
    assert found == {}


# Of a chart: words of its legend, names beside its lines, and where it draws. None may lie on another.
CROWDED = """(name) => {
  const plot = document.querySelector(`.stMain [class*="st-key-figure-${name}"] .js-plotly-plot`);
  const all = ['.legend', '.nsewdrag', '.ytitle, .y2title', '.annotation'].flatMap((kind) =>
    [...plot.querySelectorAll(kind)].map((node) => [node, node.getBoundingClientRect()]));
  const { left, right } = plot.getBoundingClientRect();
  return all.flatMap(([one, a], i) => [
    ...(a.left < left - 1 || a.right > right + 1 ? [`${one.textContent} is cut off`] : []),
    ...all.slice(i + 1)
      .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2)
      .filter(([, b]) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2)
      .map(([other]) => `${one.textContent || one.classList} lies on ${other.textContent || other.classList}`)]);
}"""


@pytest.mark.long
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
@pytest.mark.parametrize(
    ("path", "name"), [("explore", "words2d"), ("compare?runs=negatives:1,5,20", "compare_curves")]
)
def test_on_a_telephone_legend_and_names_leave_a_chart_its_room(open_page, locale, path, name):
    opened = open_page(AppPage, path=path, locale=locale)
    opened.page.set_viewport_size({"width": 390, "height": 844})
    plot = opened.page.locator(f".stMain [class*='st-key-figure-{name}'] .js-plotly-plot")
    plot.wait_for()
    opened.idle()
    opened.page.wait_for_function(
        "plot => plot._fullLayout.width < 400", arg=plot.element_handle(), polling=100
    )
    across = plot.evaluate("plot => plot._fullLayout.xaxis._length / plot._fullLayout.width")
    assert across > 0.6
    assert opened.page.evaluate(CROWDED, name) == []
    opened.close()


@pytest.mark.long
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1280, 720)])
def test_what_is_chosen_for_a_text_of_ones_own_is_shown_whole(open_page, locale, width, height):
    page = open_page(AppPage, path="corpus", locale=locale).page
    page.set_viewport_size({"width": width, "height": height})
    page.get_by_text(LANGUAGES[locale[:2]].bring.views["own"], exact=True).first.click()
    page.locator(".st-key-read_split input").wait_for()
    cut = """() => [...document.querySelectorAll('[class*="st-key-read_"] :is(input, [data-baseweb=select] div)')]
      .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.value ?? node.textContent)"""
    assert page.evaluate(cut) == []
    assert page.locator(".st-key-read_min_count button:visible").count() == 3  # help, less, more
