"""Part of the validation: years that the calibration has not seen, beside two naive forecasts."""

import tempfile
from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.command.choices import choose
from experiments.outcomes.observed import figures
from experiments.questions.backtest.histories import Backtest, plan, simulated
from experiments.questions.backtest.scores import (
    by_indicator,
    overall,
    read_residuals,
    score_rows,
    widened,
    with_naive,
)
from experiments.questions.calibrate.fit import read_targets
from experiments.runs.execute import years_of
from experiments.runs.inputs import PAST, read_inputs, scenario_named
from experiments.runs.life import read_world
from experiments.runs.machine import cores
from experiments.runs.worker import Means
from experiments.study.folder import Study
from experiments.study.launch import Work
from experiments.validation.country import BLIND
from experiments.validation.wording import table
from sim.outcomes.published import PUBLISHED

TITLE: Final = "Fitted to 2018, predicting 2019-2021"
FULL: Final = {"draws": 40, "agents": 40_000}
QUICK: Final = {"draws": 2, "agents": 10_000}
KNOWN_UNTIL, LAST, EPIDEMIC = 2018, 2021, 2020
MOST_STOCK_PERCENT, LEAST_BETTER, COVERAGE = 5.0, 2.0 / 3.0, (0.80, 0.97)  # required beforehand
FLOWS: Final = ("skill_certificates_issued", "five_year_inter_provincial_migrants")  # persons, but no stock
BAD_PERCENT: Final = 10.0


def measure(draws: int, agents: int) -> dict[str, Any]:
    """Scores with and without the year of the epidemic, and errors by indicator."""
    chosen = (f"knowledge={BLIND}", f"known_until={KNOWN_UNTIL}", f"draws={draws}", f"agents={agents}")
    rows = read_targets(LAST)
    rows = rows[(rows["year"] > KNOWN_UNTIL) & (rows["province"] == "all")]
    rows = rows[["indicator", "province", "year", "observed"]].reset_index(drop=True)
    none = pd.DataFrame({"year": pd.Series(dtype=int)})
    keys = choose("backtest", chosen)
    with tempfile.TemporaryDirectory() as folder:
        backtest = Backtest(
            keys=keys,
            rows=rows,
            not_compared=rows[:0],
            flows=none,
            scenario=scenario_named(PAST, read_inputs({}, BLIND)),
            world=read_world({}, BLIND, agents),
            work=Work(Study(Path(folder), "backtest", "blind"), keys, Means(cores())),
            user_set=[],
        )
        with backtest.work.executing(years_of(plan(backtest))) as live:
            histories = simulated(backtest, live)
    sd = widened(read_residuals(BLIND), rows, KNOWN_UNTIL)
    scored = with_naive(score_rows(rows, histories.figures, sd), figures(), KNOWN_UNTIL)
    quiet = scored[scored["year"] != EPIDEMIC]
    return {
        "draws": draws,
        "agents": agents,
        "with": scores(scored),
        "without": scores(quiet),
        "indicators": [_plain(row) for row in by_indicator(scored).to_dict("records")],
    }


def scores(scored: pd.DataFrame) -> dict[str, float]:
    """Overall scores, and the error of stocks."""
    stocks = [
        name for name, row in PUBLISHED.items() if row.unit == "10k persons" and name not in FLOWS
    ]  # fmt: skip
    error = scored.loc[scored["indicator"].isin(stocks), "error_percent"].abs().mean()
    found = {**overall(scored, by_indicator(scored)), "stock_error_percent": float(error)}
    return {name: round(value, 3) for name, value in found.items()}


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A row that JSON can hold: rounded, and None where there is no number."""
    return {
        str(name): None if pd.isna(value) else round(value, 3) if isinstance(value, float) else value
        for name, value in row.items()
    }


def verdicts(result: dict[str, Any]) -> dict[str, bool]:
    """What was required beforehand, and whether it is met, with the year of the epidemic."""
    found = result["with"]
    better = found["indicators_better_than_naive"] / max(1, found["indicators_with_naive"])
    return {
        f"mean absolute error of stocks at most {MOST_STOCK_PERCENT:g} %": found["stock_error_percent"]
        <= MOST_STOCK_PERCENT,
        "better than both naive forecasts for at least two thirds of the indicators": better >= LEAST_BETTER,
        "80 to 97 % of the figures in the 90 % range": COVERAGE[0] <= found["coverage"] <= COVERAGE[1],
    }


def accepted(result: dict[str, Any]) -> bool:
    """Whether all that was required is met."""
    return all(verdicts(result).values())


def failures(result: dict[str, Any]) -> list[str]:
    """Requirements that are not met, and indicators that are missed widely."""
    unmet = [name for name, met in verdicts(result).items() if not met]
    missed = [
        f"{row['indicator']} is predicted with a mean error of {row['mean_error_percent']:.1f} %"
        for row in result["indicators"]
        if row["mean_error_percent"] > BAD_PERCENT
    ]
    return unmet + missed


def text(result: dict[str, Any]) -> str:
    """What the page says."""
    rows = [[name, "met" if met else "**not met**"] for name, met in verdicts(result).items()]
    head = ["", "with 2020", "without 2020"]
    kinds = {
        "figures": ("rows", "{:.0f}"),
        "mean absolute error, %": ("mean_error_percent", "{:.1f}"),
        "of stocks, %": ("stock_error_percent", "{:.1f}"),
        "in the 90 % range": ("coverage", "{:.0%}"),
        "last value, %": ("last_value_error_percent", "{:.1f}"),
        "linear trend of five years, %": ("trend_error_percent", "{:.1f}"),
        "indicators with a naive forecast": ("indicators_with_naive", "{:.0f}"),
        "better than both": ("indicators_better_than_naive", "{:.0f}"),
    }
    overview = [
        [what, *(form.format(result[side][key]) for side in ("with", "without"))]
        for what, (key, form) in kinds.items()
    ]
    columns = ["mean_error_percent", "last_value_error_percent", "trend_error_percent"]
    errors = [
        [f"`{row['indicator']}`", str(row["rows"]), *(_shown(row[column]) for column in columns),
         f"{row['coverage']:.0%}"]
        for row in result["indicators"]
    ]  # fmt: skip
    error_head = ["indicator", "figures", "model, %", "last value, %", "trend, %", "in range"]
    return f"""A calibration that used no figure after 2018 (`workforce calibrate until=2018`) predicts the
fitted indicators of 2019 to 2021 with {result["draws"]} draws and {result["agents"]:,} agents. The naive
forecasts know what it knew: the last value, and the linear trend of the last five years. 2020 carries the
epidemic, of which the model knows nothing. This is not quite blind: wage growth and labour demand follow
their published paths to 2021, so that incomes are a weaker test than the rest, and the rules for newcomers
were mended with the figures to 2021 in sight. Years after 2021 are the real test and were not looked at.

{table(["required beforehand", "verdict"], rows)}

{table(head, overview, head[1:])}

By indicator, mean absolute errors in per cent, the worst first:

{table(error_head, errors, error_head[1:])}
"""


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
