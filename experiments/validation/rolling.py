"""Parts of the validation: years that a calibration has not seen, beside two naive forecasts."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

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
from experiments.validation.country import CALIBRATIONS
from experiments.validation.wording import table
from sim.outcomes.published import PUBLISHED

FLOWS: Final = ("skill_certificates_issued", "five_year_inter_provincial_migrants")  # persons, but no stock
EPIDEMIC: Final = 2020
BAD_PERCENT: Final = 10.0
ROW: Final = ["indicator", "province", "year", "observed"]
SCORES: Final = {
    "figures": "rows",
    "mean absolute error, %": "mean_error_percent",
    "of stocks, %": "stock_error_percent",
    "in the 90 % range": "coverage",
    "last value, %": "last_value_error_percent",
    "linear trend of five years, %": "trend_error_percent",
    "indicators with a naive forecast": "indicators_with_naive",
    "better than both": "indicators_better_than_naive",
}


def fitted_until(last: int) -> pd.DataFrame:
    """National figures that are fitted, of all years to the last."""
    rows = read_targets(last)
    return rows.loc[rows["province"] == "all", ROW]


def frozen_rows(last: int) -> pd.DataFrame:
    """Figures of 2022 to 2024 as they were listed before any rule was mended; none has left the list."""
    listed = pd.read_csv(CALIBRATIONS / "held_out_2022_2024.csv").assign(province="all")
    rows = listed.merge(figures(), on=["indicator", "province", "year"], validate="one_to_one")
    return rows.loc[rows["year"] <= last, ROW]


@dataclass(frozen=True)
class Fold:
    """A calibration that ends before the figures that it is compared with.

    Attributes
    ----------
    known_until, last
        The last year that it knows, and the last that it predicts.
    rows
        Figures to the last year; later ones than ``known_until`` are compared.
    required
        What was required beforehand of the scores, in words.
    said
        The first paragraph of its section.
    """

    known_until: int
    last: int
    rows: Callable[[int], pd.DataFrame]
    required: Mapping[str, Callable[[dict[str, float]], bool]]
    said: str

    FULL: ClassVar[dict[str, int]] = {"draws": 40, "agents": 40_000}
    QUICK: ClassVar[dict[str, int]] = {"draws": 2, "agents": 10_000}

    @property
    def TITLE(self) -> str:  # noqa: N802 (every part of the validation has one)
        """Heading of its section."""
        return f"Fitted to {self.known_until}, predicting {self.known_until + 1}-{self.last}"

    @property
    def knowledge(self) -> str:
        """Name of the calibration."""
        return f"until_{self.known_until}"

    def measure(self, draws: int, agents: int) -> dict[str, Any]:
        """Scores with and without the year of the epidemic, and errors by indicator."""
        rows = self.rows(self.last)
        rows = rows[rows["year"] > self.known_until].reset_index(drop=True)
        simulated = self._simulated(rows, draws, agents)
        sd = widened(read_residuals(self.knowledge), rows, self.known_until)
        scored = with_naive(score_rows(rows, simulated, sd), figures(), self.known_until)
        return {
            "draws": draws,
            "agents": agents,
            "with": scores(scored),
            "without": scores(scored[scored["year"] != EPIDEMIC]),
            "indicators": [_plain(row) for row in by_indicator(scored).to_dict("records")],
        }

    def _simulated(self, rows: pd.DataFrame, draws: int, agents: int) -> Any:
        """What draws make of the rows, shape (rows, draws)."""
        known = self.knowledge
        chosen = (
            f"knowledge={known}",
            f"known_until={self.known_until}",
            f"draws={draws}",
            f"agents={agents}",
        )
        keys = choose("backtest", chosen)
        with tempfile.TemporaryDirectory() as folder:
            backtest = Backtest(
                keys=keys,
                rows=rows,
                not_compared=rows[:0],
                flows=pd.DataFrame({"year": pd.Series(dtype=int)}),
                scenario=scenario_named(PAST, read_inputs({}, known)),
                world=read_world({}, known, agents, known_until=self.known_until),
                work=Work(Study(Path(folder), "backtest", known), keys, Means(cores())),
                user_set=[],
            )
            with backtest.work.executing(years_of(plan(backtest))) as live:
                return simulated(backtest, live).figures

    def verdicts(self, result: dict[str, Any]) -> dict[str, bool]:
        """What was required beforehand, and whether it is met, with the year of the epidemic."""
        return {name: met(result["with"]) for name, met in self.required.items()}

    def accepted(self, result: dict[str, Any]) -> bool:
        """Whether all that was required is met."""
        return all(self.verdicts(result).values())

    def failures(self, result: dict[str, Any]) -> list[str]:
        """Requirements that are not met, and indicators that are missed widely."""
        unmet = [name for name, met in self.verdicts(result).items() if not met]
        missed = [
            f"{row['indicator']} is predicted with a mean error of {row['mean_error_percent']:.1f} %"
            for row in result["indicators"]
            if row["mean_error_percent"] > BAD_PERCENT
        ]
        return unmet + missed

    def text(self, result: dict[str, Any]) -> str:
        """What the page says."""
        rows = [[name, "met" if met else "**not met**"] for name, met in self.verdicts(result).items()]
        epidemic = self.known_until < EPIDEMIC <= self.last
        sides = ("with", "without") if epidemic else ("with",)
        names = ("with 2020", "without 2020") if epidemic else ("",)
        overview = [
            [what, *(_score(key, result[side][key]) for side in sides)] for what, key in SCORES.items()
        ]
        told = f"{result['draws']} draws and {result['agents']:,} agents"
        return "\n\n".join((
            self.said.format(told=told),
            table(["required beforehand", "verdict"], rows),
            table(["", *names], overview, list(names)),
            "By indicator, mean absolute errors in per cent, the worst first:",
            _by_indicator(result),
        )) + "\n"  # fmt: skip


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


def _score(key: str, value: float) -> str:
    if key == "coverage":
        return f"{value:.0%}"
    return f"{value:.1f}" if key.endswith("percent") else f"{value:.0f}"


def _by_indicator(result: dict[str, Any]) -> str:
    columns = ["mean_error_percent", "last_value_error_percent", "trend_error_percent"]
    errors = [
        [f"`{row['indicator']}`", str(row["rows"]), *(_shown(row[column]) for column in columns),
         f"{row['coverage']:.0%}"]
        for row in result["indicators"]
    ]  # fmt: skip
    head = ["indicator", "figures", "model, %", "last value, %", "trend, %", "in range"]
    return table(head, errors, head[1:])


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def better_than_naive(found: dict[str, float]) -> float:
    """Share of the indicators with a naive forecast of which the model errs less than both."""
    return found["indicators_better_than_naive"] / max(1, found["indicators_with_naive"])


BETTER: Final[Mapping[str, Callable[[dict[str, float]], bool]]] = {
    "better than both naive forecasts for at least two thirds of the indicators": (
        lambda found: better_than_naive(found) >= 2.0 / 3.0
    ),
}
EARLIER: Final = Fold(
    2018,
    2021,
    fitted_until,
    {
        "mean absolute error of stocks at most 5 %": lambda found: found["stock_error_percent"] <= 5.0,
        **BETTER,
        "80 to 97 % of the figures in the 90 % range": lambda found: 0.80 <= found["coverage"] <= 0.97,
    },
    """A calibration that used no figure after 2018 (`workforce calibrate until=2018`) predicts the
fitted indicators of 2019 to 2021 with {told}; nothing published after 2018 drives its lives. The naive
forecasts know what it knew: the last value, and the linear trend of the last five years. 2020 carries the
epidemic, of which the model knows nothing. The rules for newcomers were mended with the figures to 2021 in
sight, and the first people are laid by the census of 2020: rows by province are not compared.""",
)
LATER: Final = Fold(
    2021,
    2024,
    frozen_rows,
    {
        "mean absolute error over all rows at most 5 %": lambda found: found["mean_error_percent"] <= 5.0,
        **BETTER,
        "85 to 97 % of the figures in the 90 % range": lambda found: 0.85 <= found["coverage"] <= 0.97,
    },
    """A calibration that used no figure after 2021 (`workforce calibrate until=2021`) predicts all
national figures of 2022 to 2024 that the model can speak about, with {told}; nothing published after 2021
drives its lives. Held out from the fit; rules were mended in sight of these figures. The list of rows was
laid down before that and none has left it (`configs/calibration/held_out_2022_2024.csv`).""",
)
