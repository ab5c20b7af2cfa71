"""Answers of made-up lives to the verbs that ask how far the model is to be trusted."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from experiments.command.choices import choose
from experiments.outcomes.attained import NAMES
from experiments.outcomes.published import published_units
from experiments.pages.language import language
from experiments.questions.backtest.histories import Histories
from experiments.questions.backtest.question import write as write_backtest
from experiments.questions.calibrate.fit import Calibrated, read_targets
from experiments.questions.calibrate.question import write as write_calibration
from experiments.questions.sensitivity.factors import factors
from experiments.questions.sensitivity.indices import KINDS
from experiments.questions.sensitivity.question import write as write_sensitivity
from experiments.runs.files import read_json
from experiments.runs.inputs import scenario_named
from sim.inputs import Inputs
from tests.country import CONFIGS

KEPT = 6
UNTIL = 2018


def asked_of(results: Path) -> tuple[str, str]:
    """Words for every verb: where its answer stands, and in the language that is spoken."""
    return f"results={results}", f"report.language={language()}"


def sensitivity(results: Path) -> Path:
    """A study whose effects are those of ``configs/evidence.csv``, as far as they stand there."""
    keys: Any = choose("sensitivity", [f"keep={KEPT}", *asked_of(results)])
    inputs = Inputs.read(CONFIGS, knowledge="until_2024")
    found = factors(inputs)
    known = pd.read_csv(CONFIGS / "evidence.csv", comment="#").set_index(["outcome", "kind", "factor"])[
        "part"
    ]
    parts = pd.DataFrame(
        {(name, kind): known.get((name, kind), pd.Series(dtype=float)) for name in NAMES for kind in KINDS},
        index=[factor.name for factor in found],
    ).fillna(0.0)
    kept = parts.max(axis=1).sort_values(ascending=False, kind="stable").index[:KEPT]
    screening, indices = [], []
    for outcome, kind in parts:
        part = parts[outcome, kind]
        told = {"outcome": outcome, "kind": kind}
        effects = {"factor": part.index, "mu": part**0.5, "mu_star": part**0.5, "mu_star_interval": 0.1}
        screening.append(pd.DataFrame({**effects, "sigma": 0.2}).assign(**told))
        shares = {"factor": kept, "first": 0.8 * part[kept], "first_interval": 0.08}
        indices.append(
            pd.DataFrame({**shares, "total": 1.1 * part[kept], "total_interval": 0.12}).assign(**told)
        )
    good = {f"{outcome} {kind}": kind == "level" for outcome, kind in parts}
    study: Any = SimpleNamespace(
        keys=keys,
        factors=found,
        ends=tuple(scenario_named(name, inputs) for name in ("reform", "frozen")),
        work=SimpleNamespace(answer=results / "sensitivity" / "default"),
        user_set=[],
        pairs_needed=lambda: 1_618,
    )
    return write_sensitivity(study, pd.concat(screening), pd.concat(indices), good, 1.0).parent


def backtest(results: Path) -> Path:
    """Published figures beside what the calibration makes of them, some with a unit and some without."""
    keys: Any = choose("backtest", ["observed=figures.csv", f"known_until={UNTIL}", *asked_of(results)])
    fit = pd.read_csv(CONFIGS / "calibration/until_2018/fit.csv")
    fit = fit[fit["province"] == "all"].reset_index(drop=True)
    later = read_targets(2021)
    later = later[(later["year"] > UNTIL) & (later["province"] == "all")]
    rows = pd.concat([fit, later], ignore_index=True)[["indicator", "province", "year", "observed"]]
    given = {
        "unit": "",
        "given": rows["observed"].astype(str),
        "given_unit": np.where(rows.index % 9, "%", ""),
    }
    rows = rows.assign(**given)
    rows["unit"] = [published_units()[name] for name in rows["indicator"]]
    chance = np.random.default_rng(1)
    off = chance.normal(1.0, 0.04, (rows["indicator"].nunique(), 1))[pd.factorize(rows["indicator"])[0]]
    figures = rows["observed"].to_numpy()[:, None] * off * chance.normal(1.0, 0.02, (len(rows), 20))
    lacking = rows.head(2).assign(indicator=["births_on_the_moon", "skilled_workers"])
    reasons = ["the model has no such indicator", "the model has no value of this year"]
    flows = pd.DataFrame(
        [
            ("340000", "310000", 2015, 900.0),
            ("430000", "440000", 2015, 2000.0),
            ("510000", "440000", 2015, 1500.0),
        ],
        columns=["origin", "dest", "year", "value"],
    )
    asked: Any = SimpleNamespace(
        keys=keys,
        rows=rows,
        not_compared=lacking.assign(reason=reasons, nearest=["new_jishi_and_gaoji_jishi", ""]),
        flows=flows,
        work=SimpleNamespace(answer=results / "backtest" / "default"),
        user_set=[],
        last_year=2021,
    )
    return write_backtest(asked, Histories(figures, chance.uniform(0.0, 9.0, (1, 20, 31, 31)))).parent


def calibration(results: Path) -> Path:
    """Draws near the published figures; they leave as much of the parameters as the shipped ones."""
    keys: Any = choose("calibrate", ["draws=40", *asked_of(results)])
    inputs, targets = Inputs.read(CONFIGS), read_targets(2021)
    names = [parameter.name for parameter in inputs.uncertain()]
    left = pd.Series(read_json(CONFIGS / "calibration/until_2024/calibration.json")["spread_left"])
    chance = np.random.default_rng(1)
    noise = chance.normal(0.0, 1.0, (len(targets), 40))
    simulated = targets["observed"].to_numpy()[:, None] + 1.5 * targets["sd"].to_numpy()[:, None] * noise
    simulated += (2.0 * targets["sd"] * chance.normal(0.0, 1.0, len(targets))).to_numpy()[:, None]
    plan: Any = SimpleNamespace(
        keys=keys,
        names=names,
        targets=targets,
        world=SimpleNamespace(inputs=inputs),
        folder=results / "calibrate" / "default",
        user_set=[],
    )
    draws = chance.normal(0.0, 1.0, (len(names), 40))
    return write_calibration(plan, Calibrated(draws[:, 0], draws, simulated, left), 1.0).parent
