"""Pages on paper: the wide figures, all of every table, and nothing that only a screen needs."""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Opened

pytestmark = pytest.mark.browser
WIDE = "() => [...document.images].every((one) => one.currentSrc === one.src)"


def test_paper_shows_wide_figures_all_of_a_table_and_no_controls(opened: Opened, used: Path) -> None:
    with opened(used, 360) as seen:
        assert seen.page.evaluate(WIDE) == (seen.page.locator("img").count() == 0)
        seen.page.emulate_media(media="print")
        seen.page.wait_for_function(WIDE)
        unwanted = seen.page.locator(".skip, .back, .files")
        assert not unwanted.evaluate_all("all => all.some((one) => one.checkVisibility())")
        whole = "all => all.every((one) => getComputedStyle(one).overflowX === 'visible')"
        assert seen.page.locator(".table").evaluate_all(whole)
        as_text = "all => all.every((one) => getComputedStyle(one).display === 'contents')"
        assert seen.page.locator("thead button").evaluate_all(as_text), "else no page repeats the head"


def test_a_page_is_printed_on_a4(opened: Opened, used: Path, tmp_path: Path) -> None:
    with opened(used) as seen:
        path = tmp_path / "page.pdf"
        seen.page.pdf(path=path, prefer_css_page_size=True)
    sheets = set(re.findall(rb"/MediaBox \[([^\]]*)\]", path.read_bytes()))
    assert [[round(float(end)) for end in sheet.split()] for sheet in sheets] == [[0, 0, 595, 842]]
