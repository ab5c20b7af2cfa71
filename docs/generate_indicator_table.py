# ruff: noqa: INP001 - a script of the documentation, not a package
"""Write docs/indicators.md from the table of indicators.

Run from the repository: ``python docs/generate_indicator_table.py``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from sim.categories import AGE_BANDS, EDUCATION, FAMILIES, GRADES, HUKOU, SECTORS, SEX, TIERS
from sim.outcomes.indicators import INDICATORS
from sim.workforce.newcomers import SOURCES

PAGE = Path(__file__).parent / "indicators.md"
INTRODUCTION = """# Indicators

This page is written by `docs/generate_indicator_table.py` from `sim/outcomes/indicators.py`. A test keeps it
current.

Indicators are recorded once a year. Stocks are those at the end of the year. Flows are those within it. All
count persons, whatever the number of agents. Where there is nothing to compare with, the value is empty.
"""
GROUPS = {
    "away": ("outgoing", "local"),
    "sector": SECTORS,
    "hukou": HUKOU,
    "sex": SEX,
    "age": AGE_BANDS,
    "education": EDUCATION,
    "grade": GRADES,
    "tier": TIERS[1:],
    "source": SOURCES,
    "reason": ("retired", "died", "left"),
    "programme": ("employer", "subsidised", "apprenticeship"),
    "family": FAMILIES,
    "measure": ("each measure of `configs/parameters/measures.yaml`",),
}
NOTES = """## Groups

The column `group` is `all`, or one of these. Two keys are joined by a semicolon: `tier=city;reason=retired`.

{groups}

In `lost`, `reason=retired` includes those who died.
"""


def page() -> str:
    """The whole page."""
    rows = [f"| `{name}` | {row.unit} | {row.definition} |" for name, row in INDICATORS.items()]
    table = "\n".join(["| indicator | unit | definition |", "|---|---|---|", *rows])
    groups = [f"| `{key}` | {', '.join(names)} |" for key, names in GROUPS.items()]
    listed = "\n".join(["| key | names |", "|---|---|", *groups])
    return f"{INTRODUCTION}\n{table}\n\n{NOTES.format(groups=listed)}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
