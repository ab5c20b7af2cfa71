"""Chinese signs are drawn with the face that the page brings along, whatever the machine has."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opened

pytestmark = pytest.mark.browser
MARKED = """() => [...document.querySelectorAll("body :not(script)")]
  .filter((one) => !one.childElementCount && one.checkVisibility())
  .map((one) => [one, (one.textContent.match(/[\\u2e80-\\uffee]/g) ?? []).length])
  .filter(([, signs]) => signs).slice(0, 400)
  .map(([one, signs], place) => (one.dataset.place = place, signs))"""


def drawn_with_own_face(page: Page, count: int) -> list[int]:
    """Signs that each marked element draws with a face of the page."""
    asked = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        asked.send(f"{domain}.enable")
    root = asked.send("DOM.getDocument")["root"]["nodeId"]
    found = []
    for place in range(count):
        selector = {"nodeId": root, "selector": f"[data-place='{place}']"}
        node = asked.send("DOM.querySelector", selector)["nodeId"]
        fonts = asked.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        found.append(sum(font["glyphCount"] for font in fonts if font["isCustomFont"]))
    return found


def test_every_chinese_sign_is_drawn(opened: Opened, page: Path) -> None:
    with opened(page) as seen:
        counts = seen.page.evaluate(MARKED)
        assert counts or not page.stem.endswith("_zh")
        assert drawn_with_own_face(seen.page, len(counts)) == counts
