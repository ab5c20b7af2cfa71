"""Every page in a real browser: it loads by itself, fits every window, and shuts nobody out."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, Page

from tests.browser.conftest import Opened

pytestmark = pytest.mark.browser
WIDTHS = (360, 800, 1280)  # CSS pixels: a telephone, a tablet, a desk
AXE_WIDTH = {"en": 1280, "zh": 360}
PICTURES = os.environ.get("PICTURES", "")  # the folder that keeps pictures of all pages, when one is wanted
SLICE = 16_000  # pixels of a page in one picture; browsers draw no higher ones

# What stands beyond the window, beyond its cell, or on other words; what may be scrolled to is there.
MISPLACED = """() => {
  const faults = [], seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const holder = node.parentElement;
    const unseen = holder.closest("script, style, .skip, .unseen") || !holder.checkVisibility();
    if (unseen || !node.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const said = node.data.trim().slice(0, 40);
    const cell = holder.closest("td, th");
    const room = (cell ?? holder).getBoundingClientRect();
    for (const box of range.getClientRects()) {
      const right = holder.closest(".table") ? Infinity : innerWidth;
      if (box.left < -1 || box.right > right + 1) faults.push(`beyond the window: ${said}`);
      const inside = box.left >= room.left - 1 && box.right <= room.right + 1;
      if (cell && !inside) faults.push(`beyond its cell: ${said}`);
      seen.push([box, said]);
    }
  }
  seen.sort(([first], [second]) => first.top - second.top);
  seen.forEach(([box, said], place) => {
    for (let next = place + 1; next < seen.length && seen[next][0].top < box.bottom - 4; next++) {
      const other = seen[next][0];
      if (Math.min(box.right, other.right) - Math.max(box.left, other.left) > 2)
        faults.push(`one on the other: ${said} | ${seen[next][1]}`);
    }
  });
  return faults;
}"""
HIDDEN = """() => [...document.querySelectorAll("body :not(.unseen)")].filter((one) => {
  const style = getComputedStyle(one);
  const more = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0;
  const scrolls = ["auto", "scroll"].includes(style.overflowX);
  return more && style.overflowX !== "visible" && (!scrolls || one.tabIndex < 0);
}).map((one) => one.outerHTML.slice(0, 80))"""

# Words of figures, drawn as paths, that reach beyond their figure.
CUT = """() => [...document.images].flatMap((image) => {
  const drawings = [image.src, image.previousElementSibling.srcset];
  return drawings.flatMap((address, place) => {
    const holder = document.body.appendChild(document.createElement("div"));
    holder.innerHTML = decodeURIComponent(address.slice(address.indexOf(",") + 1));
    const sheet = holder.firstElementChild.getBoundingClientRect();
    const words = [...holder.querySelectorAll("g[transform*='scale']")].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.left < sheet.left - 1 || box.right > sheet.right + 1
        || box.top < sheet.top - 1 || box.bottom > sheet.bottom + 1;
    });
    holder.remove();
    return words.map(() => `${image.closest("figure").id}, ${["wide", "narrow"][place]}`);
  });
})"""


def test_everything_loads_and_nothing_is_asked_of_others(opened: Opened, page: Path) -> None:
    with opened(page) as seen:
        broken = "() => [...document.images].filter((one) => !one.complete || !one.naturalWidth).length"
        assert seen.page.evaluate(broken) == 0
        assert seen.page.evaluate("() => [...document.fonts].every((one) => one.status !== 'error')")
        assert seen.asked[0] == page.as_uri()
        assert {urlsplit(address).scheme for address in seen.asked[1:]} <= {"data"}
        assert seen.faults == []
        for link in seen.page.evaluate("() => [...document.links].map((one) => one.href)"):
            parts = urlsplit(link)
            assert parts.scheme in ("file", "data")
            assert parts.scheme == "data" or Path(unquote(parts.path)).exists()
            if parts.fragment:
                assert seen.page.locator(f"id={parts.fragment}").count() == 1


def test_no_word_is_cut_or_covered(opened: Opened, page: Path) -> None:
    with opened(page) as seen:
        for width in WIDTHS:
            seen.page.set_viewport_size({"width": width, "height": 900})
            if PICTURES:
                keep_pictures(seen.page, Path(PICTURES) / f"{page.parent.name}-{page.stem}-{width}")
            assert seen.page.evaluate("() => document.documentElement.scrollWidth") <= width
            assert (width, seen.page.evaluate(MISPLACED)) == (width, [])
            assert (width, seen.page.evaluate(HIDDEN)) == (width, [])


def test_no_word_of_a_figure_is_cut(opened: Opened, page: Path) -> None:
    with opened(page) as seen:
        assert seen.page.evaluate(CUT) == []


def keep_pictures(page: Page, name: Path) -> None:
    """Pictures of the whole page, to be looked at."""
    height = page.evaluate("() => document.documentElement.scrollHeight")
    width = page.evaluate("() => innerWidth")
    for top in range(0, height, SLICE):
        clip: FloatRect = {"x": 0, "y": top, "width": width, "height": min(SLICE, height - top)}
        page.screenshot(path=f"{name}-{top // SLICE}.jpeg", type="jpeg", full_page=True, clip=clip)


def test_axe_finds_no_barrier(opened: Opened, page: Path) -> None:
    language = "zh" if page.stem.endswith("_zh") else "en"
    with opened(page, AXE_WIDTH[language]) as seen:
        found = Axe().run(seen.page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(one["impact"], one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
