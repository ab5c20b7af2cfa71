# ruff: noqa: INP001 - a script of the documentation, not a package
"""Write docs/sensitivity.md and its figure from a study of ``workforce sensitivity``.

Run from the repository: ``python docs/generate_sensitivity_page.py results/sensitivity/NAME``.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

from page_parts import laid_out_page

from experiments.outcomes.attained import MEANINGS, NAMES
from experiments.questions.sensitivity.indices import KINDS
from experiments.questions.sensitivity.words import MATTERS
from experiments.runs.files import read_json
from experiments.validation.wording import table

DOCS = Path(__file__).parent
SHOWN = 4  # numbers in a row
FIGURE = "moves_national"  # that is shown


def moves(indices: pd.DataFrame) -> str:
    """The numbers that move an outcome most, with total indices."""
    named = [
        f"`{row['factor']}` ({row['evidence']}) {100 * row['total']:.0f} ± "
        f"{100 * row['total_interval']:.0f} %"
        for row in indices.sort_values("total", ascending=False).head(SHOWN).to_dict("records")
        if row["total"] > MATTERS
    ]
    return ", ".join(named) or "nothing that was kept"


def page(folder: Path) -> str:
    """The whole page."""
    indices, facts = pd.read_csv(folder / "sobol.csv"), read_json(folder / "summary.json")
    good = facts["converged"]
    rows = [
        (MEANINGS[name], kind, moves(indices[(indices["outcome"] == name) & (indices["kind"] == kind)]),
         "yes" if good[f"{name} {kind}"] else "no")
        for name in NAMES
        for kind in KINDS
    ]  # fmt: skip
    date = read_json(folder / "manifest.json")["created"][:10]
    kept = ", ".join(f"`{name}`" for name in dict.fromkeys(indices["factor"]))
    text = f"""# Sensitivity

{introduction(facts, date, kept)}

{table(("outcome", "", "moved most by (total index)", "converged"), rows)}

{sum(good.values())} of {len(good)} sets have converged.

![What moves the number of national craftsmen](images/sensitivity.png)"""
    return laid_out_page(text) + "\n"


def introduction(facts: dict[str, Any], date: str, kept: str) -> str:
    """What was done, and how to read it."""
    chosen = facts["settings"]
    words = " ".join(f"{key}={chosen[key]}" for key in ("trajectories", "keep", "samples", "seeds"))
    return f"""Which uncertain number moves which outcome? Written by `docs/generate_sensitivity_page.py` from
a study of {date} (`workforce sensitivity {words}`).

{facts["factors"]} uncertain numbers were screened (Morris). For those that move an outcome most the variance
was split (Sobol indices): {kept}. Each sample is a pair of lives, {chosen["scenario"]["name"]} and
{chosen["baseline"]["name"]}, with the same chances, averaged over {chosen["seeds"]} seeds of
{chosen["agents"]:,} agents; {facts["pairs_of_lives"]:,} pairs. Ranges are what
`knowledge={chosen["knowledge"]}` leaves; numbers that are not looked at stand at the best fit.

*Level* is the outcome at the end of 2035 under the scenario, *difference* what the scenario changes. A total
index is the share of the variance that would be left if all others were known, with its 95 % interval; the
letter is the grade of evidence. A set has converged when the intervals that matter are narrow, and half of
the samples names the same first few."""


if __name__ == "__main__":
    study = Path(sys.argv[1])
    (DOCS / "sensitivity.md").write_text(page(study), encoding="utf-8")
    shutil.copy(study / f"figures/{FIGURE}.png", DOCS / "images/sensitivity.png")
