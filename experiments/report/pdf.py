"""The page as PDF."""

from pathlib import Path


def check_pdf() -> None:
    """Check that a PDF can be written."""


def write_pdf(html: Path) -> Path:
    """Write the page beside itself as PDF."""
    return html
