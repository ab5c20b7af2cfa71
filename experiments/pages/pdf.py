"""A page as PDF: A4 with contents, page numbers and bookmarks, the same bytes each time."""

import hashlib
import io
import warnings
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

from experiments.pages.fonts import latin
from experiments.pages.page import TEMPLATES, replace
from sim.errors import InputError

PANGO: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"  # as Debian names its packages
SANS: Final = "Page Sans"  # as print.css names it


def check_pdf() -> None:
    """Raise an InputError where the libraries that set a page are missing."""
    try:
        # What it prints at length is said in one line, and a page brings its fonts along.
        with redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
            import weasyprint  # noqa: F401
    except OSError as error:
        raise InputError(
            "a PDF needs the library Pango, which this machine lacks; install it (Debian and Ubuntu: "
            f"apt-get install {PANGO}), or leave report.pdf=true out"
        ) from error


def write_pdf(html: Path) -> Path:
    """Write a page beside itself as PDF, whole or not at all.

    Parameters
    ----------
    html
        A page that ``rendered`` made. Its title, description, language and date become those of the PDF.

    Returns
    -------
    pathlib.Path
        The PDF, named like the page.

    Raises
    ------
    InputError
        When Pango is missing.
    """
    check_pdf()
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    page = html.read_text(encoding="utf-8")
    fonts = FontConfiguration()
    content = HTML(string=on_paper(page), url_fetcher=URLFetcher(allowed_protocols=("data",))).write_pdf(
        stylesheets=[CSS(string=latin(SANS), font_config=fonts)],
        font_config=fonts,
        pdf_identifier=hashlib.sha256(page.encode("utf-8")).hexdigest()[:32],
        pdf_tags=True,
    )
    path = html.with_suffix(".pdf")
    replace(path, content)
    return path


def on_paper(page: str) -> str:
    """The page with the style of paper, its contents behind the first section, which is the answer."""
    style = (TEMPLATES / "print.css").read_text(encoding="utf-8")
    page = page.replace("</style>", f"{style}</style>", 1)
    before, opened, rest = page.partition("<nav")
    contents, closed, rest = rest.partition("</nav>")
    answer, end, rest = rest.partition("</section>")
    return f"{before}{answer}{end}{opened}{contents}{closed}{rest}"
