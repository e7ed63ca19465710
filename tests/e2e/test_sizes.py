"""Pages on a telephone, and in large type on a small projector: nothing overlaps, is cut off or scrolls sideways."""

import pytest

from tests.e2e.driver import AppPage

PAGES = ("", "corpus", "explore", "inside", "compare", "cost", "pmi", "lookup")
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


@pytest.mark.long
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_overlaps_is_cut_off_or_scrolls_sideways(open_page, locale, size):
    (width, height), query = SIZES[size]
    found = {}
    for path in PAGES:
        opened = open_page(AppPage, path=f"{path}?{query}", locale=locale)
        opened.page.set_viewport_size({"width": width, "height": height})
        opened.page.locator(".js-plotly-plot").first.wait_for()
        opened.idle()
        opened.page.evaluate("new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")
        if faults := opened.page.evaluate(FAULTS):
            found[path or "train"] = faults
        opened.close()
    assert found == {}
