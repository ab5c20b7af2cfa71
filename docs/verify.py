# ruff: noqa: INP001 - a script of the documentation, not a package
"""Run the long proofs of exactness and write docs/verification.md.

Run from the repository: ``python docs/verify.py``. With ``--only streams`` one part is run and the last
results of the others are kept; with ``--quick`` it takes seconds and writes nothing; ``--page`` runs nothing
and writes the page afresh.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

from page_parts import circumstances, laid_out_page

from tests.statistical import battery, report_bounds, report_counts, report_steps, report_streams

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/verification.md"
RESULTS = ROOT / "docs/verification.json"
PARTS: Final = {
    "bounds": report_bounds,
    "counts": report_counts,
    "streams": report_streams,
    "steps": report_steps,
}
INTRODUCTION: Final = """# Verification

This page is written by `make verify`, from results that it keeps in `verification.json`. Shorter versions of
all parts are among the ordinary tests. A part can be run alone, as its section says.

| part | required beforehand |
|---|---|
"""


def run(name: str, *, quick: bool) -> dict[str, Any]:
    """Measure one part."""
    part, told, start = PARTS[name], circumstances(), time.monotonic()
    result = part.measure(**(part.QUICK if quick else part.FULL))
    minutes = (time.monotonic() - start) / 60.0
    return {**told, "minutes": f"{minutes:.1f}", "result": result}


def section(name: str, told: dict[str, Any]) -> str:
    """One part's section of the page."""
    text = f"""## {PARTS[name].TITLE}

`python docs/verify.py --only {name}` repeats this. Last run: {told["date"]}, version {told["version"]},
{told["software"]}; {told["machine"]}; {told["minutes"]} minutes.

{PARTS[name].text(told["result"])}"""
    return laid_out_page(text)


def verdict(name: str, results: dict[str, Any]) -> str:
    """Whether a part meets what was required of it."""
    if name not in results:
        return "not run yet"
    return "met" if PARTS[name].accepted(results[name]["result"]) else "**not met**"


def page(results: dict[str, Any]) -> str:
    """The whole page."""
    verdicts = [f"| {PARTS[name].TITLE} | {verdict(name, results)} |" for name in PARTS]
    sections = [section(name, results[name]) for name in PARTS if name in results]
    return INTRODUCTION + "\n".join([*verdicts, "", *sections])


def stored() -> dict[str, Any]:
    """The last results of all parts."""
    return dict(json.loads(RESULTS.read_text(encoding="utf-8"))) if RESULTS.exists() else {}


def store(results: dict[str, Any]) -> None:
    """Keep the results, one part a line, and write the page."""
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(told)}" for name, told in results.items())
    RESULTS.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    PAGE.write_text(page(results), encoding="utf-8")


def main() -> None:
    """Run what is asked for, and write the page after each part."""
    parser = argparse.ArgumentParser(description="Run the long proofs of exactness and write the page.")
    parser.add_argument("--only", choices=PARTS, action="append", help="run this part; may be repeated")
    parser.add_argument("--quick", action="store_true", help="run it in seconds, write nothing")
    parser.add_argument("--page", action="store_true", help="write the page afresh from the last results")
    asked = parser.parse_args()
    if asked.page:
        store(stored())
        return
    for name in asked.only or PARTS:
        if name == "streams" and not battery.available():
            sys.stderr.write("streams: left out, the battery dieharder is not installed\n")
            continue
        told = run(name, quick=asked.quick)
        sys.stdout.write(section(name, told) + "\n")
        if not asked.quick:
            store(stored() | {name: told})


if __name__ == "__main__":
    main()
