"""Pages on paper: the wide figures, all of every table, and nothing that only a screen needs."""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Opened

pytestmark = pytest.mark.browser
UNWANTED = ".skip, .back, .files"


def test_the_narrow_figure_is_for_telephones_and_never_for_paper(opened: Opened, page: Path) -> None:
    wide = "() => [...document.images].every((one) => one.currentSrc === one.src)"
    with opened(page, 360) as seen:
        assert not seen.page.evaluate(wide) or not seen.page.locator("img").count()
        seen.page.emulate_media(media="print")
        seen.page.wait_for_function(wide)


def test_paper_shows_all_of_a_table_and_no_controls(opened: Opened, page: Path) -> None:
    with opened(page) as seen:
        seen.page.emulate_media(media="print")
        assert not seen.page.locator(UNWANTED).evaluate_all("all => all.some((one) => one.checkVisibility())")
        assert seen.page.locator(".table").evaluate_all(
            "all => all.every((one) => getComputedStyle(one).overflowX === 'visible')"
        )
        as_text = "all => all.every((one) => getComputedStyle(one).display === 'contents')"
        assert seen.page.locator("thead button").evaluate_all(as_text), "else no page repeats the head"


def test_a_page_is_printed_on_a4(opened: Opened, page: Path, pictures: Path) -> None:
    with opened(page) as seen:
        path = pictures / f"{page.parent.name}-{page.stem}.pdf"
        seen.page.pdf(path=path, prefer_css_page_size=True)
    sheets = set(re.findall(rb"/MediaBox \[([^\]]*)\]", path.read_bytes()))
    assert [[round(float(end)) for end in sheet.split()] for sheet in sheets] == [[0, 0, 595, 842]]
