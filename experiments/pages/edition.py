"""How the pages of a command are written: in which language, and whether as PDF too."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from experiments.pages.language import spoken


@dataclass(frozen=True)
class Edition:
    """Language of a page, one of ``LANGUAGES``, and whether it is printed as PDF.

    English pages are ``report.html``; those of another language stand beside them, as ``report_zh.html``.
    """

    language: str = "en"
    pdf: bool = False

    def write(self, make: Callable[[Path], Path], folder: Path) -> Path:
        """Have a page made in a folder, and printed when asked for; returns the page."""
        with spoken(self.language):
            page = make(folder)
            if self.pdf:
                from experiments.pages.pdf import write_pdf

                write_pdf(page)
        return page
