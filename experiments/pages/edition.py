"""How the pages of a command are written: in which language, and whether as PDF too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.pages.language import LANGUAGES, spoken
from sim.errors import InputError


@dataclass(frozen=True)
class Edition:
    """Language of a page, one of ``LANGUAGES``, and whether it is printed as PDF.

    English pages are ``report.html``; those of another language stand beside them, as ``report_zh.html``.
    """

    language: str = "en"
    pdf: bool = False

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> "Edition":
        """Check the keys ``report.*`` before anything starts; InputError in one line."""
        chosen = settings["report"]
        language, pdf = chosen["language"], chosen["pdf"]
        if language not in LANGUAGES:
            names = ", ".join(f"{code} ({name})" for code, name in LANGUAGES.items())
            raise InputError(f"report.language={language} is not possible; choose one of: {names}")
        if pdf:
            from experiments.pages.pdf import check_pdf

            check_pdf()
        return cls(language, pdf)

    def write(self, make: Callable[[Path], Path], folder: Path) -> Path:
        """Have a page made in a folder, and printed when asked for; returns the page."""
        with spoken(self.language):
            page = make(folder)
            if self.pdf:
                from experiments.pages.pdf import write_pdf

                write_pdf(page)
        return page
