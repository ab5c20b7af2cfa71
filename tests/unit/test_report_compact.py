"""Smaller drawings: what goes, what stays, and that every name that is asked for is there."""

import re
from urllib.parse import unquote

import pytest
from matplotlib.patches import Rectangle

from experiments.pages.drawing.canvas import WIDE, Picture, data_uri, drawing_style, sheet
from experiments.pages.drawing.compact import compact

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<path d="M 0 0 \nL 1.005 2.5 \nL 3 -4.123456 \nz\n"/>', "<path d='M0,0L1,2.5,3-4.12z'/>"),
        ('<path d="M 0 0 \nM 1 1 \nQ 1 2 3 4 \nQ 5 6 7 8"/>', "<path d='M0,0M1,1Q1,2,3,4,5,6,7,8'/>"),
        ('<path style="fill: none; stroke-width: 0.625"/>', "<path style='fill:none;stroke-width:0.625'/>"),
        ('<g id="a"><!-- b --><g><path id="c"/></g></g><metadata>d</metadata><g id="e"/>', "<path/>"),
        ('<use transform="translate(63.625 -0.001)"/>', "<use x='63.62'/>"),
        (
            '<g transform="translate(1.999 2) scale(0.075 -0.075)"><path/></g>',
            "<g transform='translate(2 2) scale(0.075 -0.075)'><path/></g>",
        ),
        (
            '<path id="long-name"/><use xlink:href="#long-name" clip-path="url(#p1)"/><rect id="p1"/>',
            "<path id='n1'/><use xlink:href='#n1' clip-path='url(#n0)'/><rect id='n0'/>",
        ),
        ('<title>One "word" &amp; more</title>', '<title>One "word" &amp; more</title>'),
    ],
)
def test_what_changes_nothing_goes(written: str, kept: str) -> None:
    drawing = compact(f'<svg {NAMESPACES} width="9.123">{written}</svg>'.encode()).decode()
    assert drawing.partition(" width='9.12'>")[2] == f"{kept}</svg>"


def drawn() -> Picture:
    with drawing_style():
        figure, (axes,) = sheet(WIDE, 1, 2.0)
        axes.plot([1.0, 2.0, 3.0], [1.0, 4.0, 2.0], marker="o")
        axes.add_patch(Rectangle((1, 1), 1, 1, hatch="//"))
        return Picture(figure, "A <title> & more", "Source")


def test_every_name_that_is_asked_for_is_there_once() -> None:
    picture = drawn()
    for svg in (picture.svg().decode(), picture.cropped().decode()):
        asked = set(re.findall(r"href='#([^']+)'|url\(#([^)]+)\)", svg))
        names = re.findall(r" id='([^']+)'", svg)
        assert {"".join(pair) for pair in asked} == set(names)
        assert len(names) == len(set(names)) > 5


def test_the_page_has_the_drawing_without_title_and_source() -> None:
    picture = drawn()
    whole, cropped = picture.svg().decode(), picture.cropped().decode()
    letters = len("A<title>&more" + "Source")
    assert whole.count("<use") - cropped.count("<use") == pytest.approx(letters, abs=4)  # and spaces
    assert "viewBox='0 24.48 547.2 144'" in cropped
    assert "height='144pt'" in cropped


def test_an_address_holds_its_content_and_no_sign_of_html() -> None:
    svg = drawn().cropped()
    address = data_uri(svg, "image/svg+xml")
    assert not set(address) & set('"<>& \n')
    assert unquote(address.partition(",")[2]).encode() == svg
