"""Part of the validation: what knowing less or more of the parameters does to the answer."""

import tempfile
from typing import Any, Final

import pandas as pd

from experiments.command.choices import choose
from experiments.questions.compare import question as compare
from experiments.questions.compare.assemble import write_comparison
from experiments.validation.country import FULL as CALIBRATION
from experiments.validation.wording import table

TITLE: Final = "What knowledge does to the probabilities"
FULL: Final = {"seeds": 24, "agents": 100_000}
QUICK: Final = {"seeds": 1, "agents": 5_000}
SCENARIOS: Final = ("frozen", "reform", "adaptive")
WAYS: Final = {
    "chance alone, best fit": [f"knowledge={CALIBRATION}", "draws=0"],
    "chance and calibrated draws": [f"knowledge={CALIBRATION}"],
    "chance and the whole ranges": ["knowledge=prior"],
}


def measure(seeds: int, agents: int) -> dict[str, Any]:
    """Probability, mean and range of each target under each scenario, in three ways to know."""
    found = {way: _compared(words, seeds, agents) for way, words in WAYS.items()}
    return {"seeds": seeds, "agents": agents, "ways": found}


def _compared(words: list[str], seeds: int, agents: int) -> list[list[Any]]:
    """Rows of scenario, target, probability, mean, 5 and 95 %."""
    with tempfile.TemporaryDirectory() as folder:
        asked = [f"scenarios=[{','.join(SCENARIOS)}]", f"seeds={seeds}", f"population.agents={agents}"]
        keys = choose("compare", [*words, *asked, "history=none", "report.page=false", f"results={folder}"])
        comparison = compare.check(keys)
        compare.simulate(comparison)
        write_comparison(comparison, 0.0)
        targets = pd.read_csv(comparison.store.results / "compare" / keys.name / "targets.csv")
    columns = ["scenario", "target", "probability", "mean", "p05", "p95"]
    rows = targets[columns].astype(object).where(targets[columns].notna(), None)
    return [list(row) for row in rows.itertuples(index=False, name=None)]


def accepted(result: dict[str, Any]) -> bool:
    """Nothing is required: this part tells."""
    return bool(result["ways"])


def failures(_: dict[str, Any]) -> list[str]:
    """Nothing can fail."""
    return []


def text(result: dict[str, Any]) -> str:
    """What the page says."""
    ways = list(result["ways"])
    head = ["scenario", "target", *ways]
    rows = []
    for place, first in enumerate(result["ways"][ways[0]]):
        cells = [result["ways"][way][place] for way in ways]
        rows.append([first[0], first[1], *(_cell(cell) for cell in cells)])
    return f"""The default comparison with {result["seeds"]} runs of each scenario and {result["agents"]:,}
agents, in three ways to know. Each cell gives the share of runs that reach the target by the end of 2035, and
the mean and the 5 to 95 % range of certificates. The best fit is a single set of values: parameters of which
history says nothing have one of their many possible values in it, so that it may stand anywhere among the
draws. Judge by the draws.

{table(head, rows, ways)}
"""


def _cell(row: list[Any]) -> str:
    _, _, probability, mean, low, high = row
    shown = f"{100 * probability:.0f} %"
    return shown if mean is None else f"{shown}; {mean:,.0f} ({low:,.0f} to {high:,.0f})"
