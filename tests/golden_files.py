"""Golden files: what was answered before, which every later answer must equal word for word."""

import os
from difflib import unified_diff
from pathlib import Path
from typing import Final

import pytest

GOLDEN: Final = Path(__file__).parent / "golden"
RENEW: Final = os.environ.get("GOLDEN") == "renew"
MOST_LINES: Final = 60  # of the difference of one file
WAY_OUT: Final = "If the answer shall change: make golden, and an entry 'Changes results' in CHANGELOG.md."


def check(name: str, found: dict[str, str]) -> None:
    """Compare texts with those in ``tests/golden/NAME/``, or write them there when they are renewed."""
    folder = GOLDEN / name
    before = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    after = {part: text.rstrip("\n") + "\n" for part, text in found.items()}
    if RENEW:
        folder.mkdir(exist_ok=True, parents=True)
        for part in before.keys() - after.keys():
            (folder / f"{part}.txt").unlink()
        for part, text in after.items():
            (folder / f"{part}.txt").write_text(text, encoding="utf-8", newline="\n")
        return
    differences = [
        line
        for part in sorted(before.keys() | after.keys())
        for line in _difference(f"{name}/{part}.txt", before.get(part, ""), after.get(part, ""))
    ]
    if differences:
        pytest.fail("\n".join([*differences, WAY_OUT]), pytrace=False)


def _difference(name: str, before: str, after: str) -> list[str]:
    """Lines that differ, with one line around them."""
    names = f"tests/golden/{name}", "what is answered now"
    found = list(unified_diff(before.splitlines(), after.splitlines(), *names, n=1, lineterm=""))
    more = len(found) - MOST_LINES
    return found if more <= 0 else [*found[:MOST_LINES], f"... and {more} more lines"]
