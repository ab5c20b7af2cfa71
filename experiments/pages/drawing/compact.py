"""Smaller files for the drawings of matplotlib, which look the same."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

Element = ET.Element

SVG: Final = "{http://www.w3.org/2000/svg}"
XLINK: Final = "{http://www.w3.org/1999/xlink}"
GROUP, USE, METADATA = (f"{SVG}{tag}" for tag in ("g", "use", "metadata"))
WORDS: Final = (f"{SVG}title", f"{SVG}style")
REFERENCE: Final = f"{XLINK}href"
LENGTHS: Final = ("d", "x", "y", "width", "height")
NUMBER: Final = re.compile(r"-?\d+\.\d+")
TRANSLATION: Final = re.compile(r"translate\(([^ )]+) ([^ )]+)\)")
STEP: Final = re.compile(r"([MLQCz])([^MLQCz]*)")
REPEATED: Final = ("L", "Q", "C")
TAG: Final = re.compile("<[^>]*>")  # no value of matplotlib has a quotation mark
PAINTED: Final = re.compile(r"url\(#([^)]+)\)")


def compact(svg: bytes, without: str = "") -> bytes:
    """The same picture in half the bytes.

    Lengths are rounded to hundredths of a point, which no eye sees. Comments, metadata, groups that change
    nothing and names that nothing asks for go; names that stay are numbered in their order.

    Parameters
    ----------
    svg
        What matplotlib wrote, with its letters as paths.
    without
        Groups of this name are left out.
    """
    for prefix, address in (("", SVG), ("xlink", XLINK)):
        ET.register_namespace(prefix, address.strip("{}"))
    root = ET.fromstring(svg)  # noqa: S314 - matplotlib wrote it a moment ago
    for element in root.iter():
        element[:] = [child for child in element if not without or child.get("id") != without]
    names = {name: f"n{place:x}" for place, name in enumerate(dict.fromkeys(_asked_for(root)))}
    for element in root.iter():
        _name(element, names)
        _shorten(element)
    for element in root.iter():
        element[:] = list(_needed(element))
    text = ET.tostring(root, encoding="unicode").replace(" />", "/>")
    return TAG.sub(lambda tag: tag[0].replace('"', "'"), text).encode("utf-8")


def _asked_for(root: Element) -> Iterator[str]:
    """Names that the picture refers to."""
    for element in root.iter():
        yield from (name for value in element.attrib.values() for name in PAINTED.findall(value))
        if REFERENCE in element.attrib:
            yield element.attrib[REFERENCE].removeprefix("#")


def _name(element: Element, names: dict[str, str]) -> None:
    """Give an element its short name, or none, and what it refers to likewise."""
    name = element.attrib.pop("id", "")
    if name in names:
        element.set("id", names[name])
    for key, value in element.attrib.items():
        if key == REFERENCE:
            element.set(key, f"#{names[value.removeprefix('#')]}")
        elif "url(#" in value:
            element.set(key, PAINTED.sub(lambda found: f"url(#{names[found[1]]})", value))


def _shorten(element: Element) -> None:
    """Round lengths, and leave out spaces that part nothing."""
    if element.tag not in WORDS:
        element.text = None
    element.tail = None
    for key in LENGTHS:
        if key in element.attrib:
            element.set(key, NUMBER.sub(_rounded, element.attrib[key]))
    if "d" in element.attrib:
        element.set("d", _path(element.attrib["d"]))
    if "style" in element.attrib:
        element.set("style", element.attrib["style"].replace(": ", ":").replace("; ", ";"))
    if "transform" in element.attrib:
        _move(element)


def _move(element: Element) -> None:
    """Round a move; one that is all there is of a transformation becomes a place."""
    moved = TRANSLATION.sub(lambda found: NUMBER.sub(_rounded, found[0]), element.attrib["transform"])
    alone = TRANSLATION.fullmatch(moved)
    if alone and element.tag == USE and not {"x", "y"} & set(element.attrib):
        del element.attrib["transform"]
        element.attrib.update({key: at for key, at in zip("xy", alone.groups(), strict=True) if at != "0"})
    else:
        element.set("transform", moved)


def _path(path: str) -> str:
    """A path without spaces; the letter of equal steps is said once."""
    steps, last = [], ""
    for letter, numbers in STEP.findall(path):
        steps.append("," if letter == last in REPEATED else letter)
        steps.append(",".join(numbers.split()))
        last = letter
    return "".join(steps).replace(",-", "-")


def _needed(element: Element) -> Iterator[Element]:
    """The children of an element; those of a group that changes nothing stand in its place."""
    for child in element:
        if child.tag == GROUP and not child.attrib:
            yield from _needed(child)
        elif child.tag != METADATA and (child.tag != GROUP or len(child)):
            yield child


def _rounded(number: re.Match[str]) -> str:
    """A number to two decimals, as short as it can be."""
    text = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
