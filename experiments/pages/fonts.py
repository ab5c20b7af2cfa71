"""The letters of figures and pages: DejaVu Sans of matplotlib, and Noto Sans CJK SC for Chinese."""

import base64
import io
from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "typefaces"
CHINESE: Final = "Noto Sans CJK SC"
EMBEDDED: Final = "Workforce Chinese"  # its name in style.css, which no font of the reader has
FAMILIES: Final = ["DejaVu Sans", CHINESE]  # letters that the first lacks come from the second
FACES: Final = {400: "NotoSansCJKsc-Regular.otf", 700: "NotoSansCJKsc-Bold.otf"}  # by weight
SPACE: Final = 0x20  # a PDF sets the space after a Chinese sign in the face of the sign
LATIN: Final = {400: "DejaVuSans.ttf", 700: "DejaVuSans-Bold.ttf"}


@lru_cache(maxsize=1)
def register() -> None:
    """Make the Chinese faces known to matplotlib, once in a process."""
    from matplotlib.font_manager import fontManager

    for name in FACES.values():
        fontManager.addfont(FOLDER / name)


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """The code points that figures can show."""
    from matplotlib.ft2font import FT2Font

    files = (_latin_folder() / LATIN[400], FOLDER / FACES[400])
    return frozenset().union(*(FT2Font(str(file)).get_charmap() for file in files))


def embedded(text: str) -> str:
    """Rules of CSS that bring the Chinese signs of a text along, so that a page looks the same everywhere.

    Empty when the text has none. Signs that the faces lack are left to the fonts of the reader.
    """
    signs = sorted({code for code in map(ord, set(text)) if code >= 0x2E80} & letters())
    if not signs:
        return ""
    return "\n".join(
        f"@font-face {{ font-family: '{EMBEDDED}'; font-weight: {weight}; unicode-range: U+2E80-FFFF; "
        f"src: url(data:font/woff;base64,{_subset(FOLDER / name, [SPACE, *signs])}) format('woff'); }}"
        for weight, name in FACES.items()
    )


def latin(family: str) -> str:
    """Rules of CSS that give DejaVu Sans a name that no font of the machine has."""
    return "\n".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; "
        f"src: url('{(_latin_folder() / name).as_uri()}') format('truetype'); }}"
        for weight, name in LATIN.items()
    )


def _latin_folder() -> Path:
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def _subset(path: Path, signs: list[int]) -> str:
    """A face with these signs alone, as base64 of a WOFF file; the same bytes each time."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(path, recalcTimestamp=False)
    subsetter = Subsetter(Options(flavor="woff"))
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    font.flavor = "woff"
    stream = io.BytesIO()
    font.save(stream)
    return base64.b64encode(stream.getvalue()).decode("ascii")
