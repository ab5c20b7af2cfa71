"""Readers without a mouse: every page can be walked through, and what has the focus is seen."""

from pathlib import Path

import pytest

from tests.browser.conftest import Opened

pytestmark = pytest.mark.browser
PLACES = """() => [...document.querySelectorAll("a[href], button, [tabindex='0']")]
  .map((one) => one.outerHTML.slice(0, 80))"""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const framed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [one.outerHTML.slice(0, 80), inside && framed];
}"""


def test_every_place_is_reached_in_order_and_seen(opened: Opened, used: Path) -> None:
    with opened(used, 360) as seen:
        places = seen.page.evaluate(PLACES)
        assert len(places) > 2
        for place in places:
            seen.page.keyboard.press("Tab")
            assert seen.page.evaluate(FOCUSED) == [place, True]


def test_the_skip_link_leads_past_the_contents(opened: Opened, used: Path) -> None:
    with opened(used) as seen:
        if used.stem.startswith("index"):
            assert seen.page.locator("nav").count() == 0, "nothing to skip"
            return
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("() => document.activeElement.matches('.skip')")
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("() => document.activeElement.closest('section').id") == "answer"


def test_contents_lead_to_each_section_and_back(opened: Opened, used: Path) -> None:
    with opened(used) as seen:
        sections = seen.page.locator("main > section")
        links = seen.page.locator("nav a")
        assert links.count() in (0, sections.count())
        for place in range(links.count()):
            links.nth(place).press("Enter")
            assert abs(sections.nth(place).evaluate("one => one.getBoundingClientRect().top")) < 2 or (
                seen.page.evaluate("() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
            )
            sections.nth(place).locator(".back a").press("Enter")
            seen.page.keyboard.press("Tab")
            assert links.first.evaluate("one => one === document.activeElement")
