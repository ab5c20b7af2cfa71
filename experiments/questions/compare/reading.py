"""The store of one comparison, as the page reads it. The only file here that opens the store."""

import json
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import pandas as pd

from experiments.outcomes.commitments import FILE as COMMITMENTS
from experiments.outcomes.commitments import Commitment, read_commitments
from experiments.pages.body import NotRecorded
from experiments.pages.labels import labels_of
from experiments.pages.language import say
from experiments.pages.scenario import FORK_YEAR, Scenario
from experiments.pages.words import bracketed
from experiments.questions.compare.wide import wide
from experiments.tables.handed_out import read_csv
from experiments.tables.parquet import read_figures

BIOGRAPHIES: Final = "biographies.parquet"
NATIONAL: Final = "all"
EVERYBODY: Final = "all"
TARGETS: Final = ("national", "provincial", "city", "all")
NO_SECOND_SCENARIO: Final = "a second scenario to compare with"
RUN: Final = ["scenario", "draw", "seed"]
QUANTILES: Final = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}


class Comparison:
    """Everything a page is made from: all figures up to the year of the targets, and none after it.

    Parameters
    ----------
    folder
        A folder ``results/compare/<name>``.

    Raises
    ------
    NotRecorded
        From each reader, when the store lacks the figures asked for.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] = _json(folder / "manifest.json", {})
        self.assumptions: list[dict[str, Any]] = _json(folder / "assumptions.json", [])
        recorded = _indicators(folder, [("province", "==", NATIONAL)])
        if recorded.empty:
            raise NotRecorded("nothing is recorded in {file}", file=folder / "indicators.parquet")
        self.lived_until = int(recorded["year"].max())  # whatever the year of the targets is
        self.national = recorded[recorded["year"] <= self._wanted_year]
        self.last_year = int(self.national["year"].max())
        self.scenarios = _scenarios(folder, self.national, self.manifest)
        self._provincial = lru_cache(maxsize=64)(self._read_provincial)
        self._matrix = lru_cache(maxsize=None)(lambda *key: _by_run(self._rows(*key)))

    @property
    def _wanted_year(self) -> int:
        """The targets count at the end of this year."""
        return int((self.manifest.get("targets") or {}).get("year", self.lived_until))

    @cached_property
    def targets(self) -> pd.DataFrame:
        """``targets.csv``, a row per scenario and target, in the order of the scenarios."""
        path = self.folder / "targets.csv"
        if not path.exists():
            raise NotRecorded("targets.csv")
        return read_csv(path)

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """What provinces promise; nothing when no file was given."""
        path = self.folder / COMMITMENTS
        return read_commitments(path) if path.exists() else ()

    @cached_property
    def paired(self) -> pd.DataFrame:
        """Paired lives, as the mean over the runs of each scenario."""
        if len(self.scenarios) < 2:
            raise NotRecorded(NO_SECOND_SCENARIO)
        frame = _parquet(self.folder / "paired.parquet")
        if frame.empty:
            raise NotRecorded("paired lives")
        keys = ["scenario", "baseline", "group", "outcome", "unit"]
        values = ["persons", "better", "unchanged", "worse", "mean_difference"]
        return frame.groupby(keys, observed=True, sort=False)[values].mean().reset_index()

    @cached_property
    def biographies(self) -> pd.DataFrame:
        """A few lives of one run, a row per person (``group``), scenario and year."""
        if len(self.scenarios) < 2:
            raise NotRecorded(NO_SECOND_SCENARIO)
        path = self.folder / BIOGRAPHIES
        if not path.exists():
            raise NotRecorded("single lives year by year")
        return pd.read_parquet(path, filters=[("year", "<=", self.last_year)])

    def target(self, scenario: Scenario, target: str) -> pd.Series:
        """One row of the table against the targets."""
        rows = self.targets
        row = rows[(rows["scenario"] == scenario.name) & (rows["target"] == target)]
        if row.empty:
            raise NotRecorded("target {target} of {scenario}", target=target, scenario=scenario.label)
        return row.iloc[0]

    @cached_property
    def _table(self) -> dict[tuple[str, str], pd.DataFrame]:
        grouped = self.national.groupby(["indicator", "group"], observed=True, sort=False)
        return {(str(key[0]), str(key[1])): rows for key, rows in grouped}

    def has(self, indicator: str, group: str = EVERYBODY) -> bool:
        """Whether the store holds a national series of this indicator and group."""
        return (indicator, group) in self._table

    def unit(self, indicator: str, group: str = EVERYBODY) -> str:
        """Unit of an indicator as recorded."""
        return str(self._rows(indicator, group)["unit"].iloc[0])

    def groups(self, indicator: str, key: str) -> list[str]:
        """Recorded values of a group key, for example the families of ``spending``."""
        found = (group for name, group in self._table if name == indicator and "=" in group)
        parts = (group.split(";")[0].partition("=") for group in found)
        return list(dict.fromkeys(value for name, _, value in parts if name == key))

    def _rows(self, indicator: str, group: str) -> pd.DataFrame:
        try:
            return self._table[indicator, group]
        except KeyError:
            name = indicator if group == EVERYBODY else bracketed(indicator, group)
            raise NotRecorded(name) from None

    def runs(self, indicator: str, group: str = EVERYBODY) -> pd.DataFrame:
        """National figures: a row per run (scenario, draw, seed), a column per year."""
        return self._matrix(indicator, group)

    def years(self, indicator: str, group: str = EVERYBODY) -> list[int]:
        """Recorded years in order."""
        return sorted(int(year) for year in self._rows(indicator, group)["year"].unique())

    def of(self, scenario: Scenario, matrix: pd.DataFrame) -> pd.DataFrame:
        """The rows of one scenario, by its place among the names: words of all rows are slow to compare."""
        runs = cast("pd.MultiIndex", matrix.index)
        level = runs.names.index("scenario")
        (place,) = runs.levels[level].get_indexer(pd.Index([scenario.name]))
        chosen = np.asarray(runs.codes[level]) == place
        if place < 0 or not chosen.any():
            raise NotRecorded("runs of {scenario}", scenario=scenario.label)
        rows: pd.DataFrame = matrix[chosen]
        return rows

    def quantiles(self, scenario: Scenario, matrix: pd.DataFrame) -> pd.DataFrame:
        """Quantiles over the runs of one scenario: a row per year, columns p05 to p95."""
        rows = self.of(scenario, matrix)
        with np.errstate(all="ignore"):
            table = rows.quantile(list(QUANTILES.values())).T
        table.columns = pd.Index(list(QUANTILES))
        return table

    def provincial(self, indicator: str, group: str = EVERYBODY) -> pd.DataFrame:
        """Provincial figures: a row per run and year, a column per province code."""
        return self._provincial(indicator, group)

    def _read_provincial(self, indicator: str, group: str) -> pd.DataFrame:
        chosen = [("indicator", "==", indicator), ("group", "==", group), ("province", "!=", NATIONAL)]
        frame = _indicators(self.folder, [*chosen, ("year", "<=", self.last_year)])
        if frame.empty:
            raise NotRecorded("{indicator} by province", indicator=indicator)
        return wide(frame, [*RUN, "year"], "province")

    @property
    def counted(self) -> str:
        """The indicator that the targets are compared with."""
        counting = (self.manifest.get("targets") or {}).get("counting", "certificates")
        return "recognised_active" if counting == "active" else "recognised"

    @property
    def baseline(self) -> Scenario:
        """The first scenario, against which the others are paired."""
        return self.scenarios[0]

    @cached_property
    def number_of_runs(self) -> int:
        """Runs of the first scenario."""
        return self.runs_of(self.baseline)

    def runs_of(self, scenario: Scenario) -> int:
        """Recorded runs of one scenario."""
        rows = self.national.loc[self.national["scenario"] == scenario.name, RUN]
        return len(rows.drop_duplicates())

    @cached_property
    def draws(self) -> list[int]:
        """Numbers of the parameter draws; 0 is the best fit, or the central values."""
        return sorted(int(draw) for draw in self.national["draw"].unique())


def after_fork(matrix: pd.DataFrame) -> pd.DataFrame:
    """The columns of the years in which scenarios differ."""
    return matrix.loc[:, [int(str(year)) > FORK_YEAR for year in matrix.columns]]


def mean_after_fork(matrix: pd.DataFrame) -> float:
    """Mean over runs and over the years in which scenarios differ; nan when there are none."""
    values = after_fork(matrix).to_numpy(dtype=float)
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def _json(path: Path, empty: Any) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else empty


def _indicators(folder: Path, filters: list[tuple[str, str, Any]]) -> pd.DataFrame:
    """Chosen indicators; where nothing could be measured, nothing counts as recorded."""
    return _parquet(folder / "indicators.parquet", filters).dropna(subset="value")


def _parquet(path: Path, filters: list[tuple[str, str, Any]] | None = None) -> pd.DataFrame:
    """Rows of a table of the store; an empty table when the file is not there."""
    if not path.exists():
        return pd.DataFrame(columns=[*RUN, "year", "province", "group", "indicator", "unit", "value"])
    frame: pd.DataFrame = read_figures(path, filters or ()).to_pandas(ignore_metadata=True)
    return frame


def _by_run(rows: pd.DataFrame) -> pd.DataFrame:
    matrix = wide(rows, RUN, "year")
    return matrix.reindex(columns=sorted(matrix.columns))


def _scenarios(folder: Path, national: pd.DataFrame, manifest: dict[str, Any]) -> tuple[Scenario, ...]:
    """Scenarios in the order of the comparison; names alone when nothing more is kept."""
    records: Sequence[dict[str, Any]] = _json(folder / "scenarios.json", [])
    by_name = {str(record.get("name")): record for record in records}
    names = list(by_name) or [str(name) for name in manifest.get("scenarios") or []]
    names = names or [str(name) for name in national["scenario"].unique()]
    titles = {name: str(record.get("title") or "") for name, record in by_name.items()}
    if not names:
        raise NotRecorded("any scenario in {folder}", folder=folder)
    labels = labels_of({name: titles.get(name, "") for name in names})
    return tuple(
        Scenario(
            place=place,
            name=name,
            label=label,
            sentence=say(str(by_name.get(name, {}).get("sentence") or "")),
            record=by_name.get(name, {}),
        )
        for place, (name, label) in enumerate(labels.items())
    )
