# ruff: noqa: INP001 - a script of the documentation, not a package
"""What the pages of verification and validation share: layout, and with what a part was run."""

import platform
import subprocess
import textwrap
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from sim.compiled import most_threads

ROOT: Final = Path(__file__).parent.parent
WIDTH: Final = 110


@cache  # what is written meanwhile changes no code
def circumstances() -> dict[str, str]:
    """When, with what and where a part was run."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    from llvmlite import binding  # after numba, which brings it

    features = binding.get_host_cpu_features()
    lanes = next((name for name in ("avx512f", "avx2") if features.get(name)), "no wide lanes")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "version": f"{version('workforce2035')} ({commit or 'no git'})",
        "software": f"Python {platform.python_version()}, numpy {version('numpy')}, numba {version('numba')}",
        "machine": f"{platform.machine()} with {lanes}, {most_threads()} threads",
    }


def laid_out(paragraph: str) -> str:
    """The paragraph in lines of even length, unless it is a heading or a table."""
    if paragraph.startswith("- "):
        items = (" ".join(item.split()) for item in paragraph[2:].split("\n- "))
        return "\n".join(textwrap.fill(f"- {item}", WIDTH, subsequent_indent="  ") for item in items)
    return paragraph if paragraph.startswith(("#", "|")) else textwrap.fill(paragraph, WIDTH)


def laid_out_page(text: str) -> str:
    """All paragraphs of a text, laid out."""
    return "\n\n".join(laid_out(paragraph) for paragraph in text.split("\n\n"))
