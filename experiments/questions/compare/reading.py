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
from experiments.pages.scenario import Scenario
from experiments.pages.words import bracketed
from experiments.questions.compare.moved import TABLE as MOVED
from experiments.questions.compare.wide import wide
from experiments.tables.handed_out import read_csv
from experiments.tables.own_figures import FILE as OWN_FIGURES
from experiments.tables.parquet import Filter, read_batches, read_figures
from experiments.tables.series import RUN, Figures
from sim.calendar import FORK_YEAR

BIOGRAPHIES: Final = "biographies.parquet"
NATIONAL: Final = "all"
EVERYBODY: Final = "all"
TARGETS: Final = ("national", "provincial", "city", "all")
NO_SECOND_SCENARIO: Final = "a second scenario to compare with"
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
        recorded = _figures(folder, [("province", "==", NATIONAL)])
        if not recorded:
            raise NotRecorded("nothing is recorded in {file}", file=folder / "indicators.parquet")
        self.lived_until = int(recorded.years.max())  # whatever the year of the targets is
        self._national = recorded.until(self._wanted_year)
        self.last_year = int(self._national.years.max())
        self._runs = self._national.runs()
        self.scenarios = _scenarios(folder, self._runs, self.manifest)
        self._provinces = lru_cache(maxsize=None)(self._read_provinces)
        self._provincial = lru_cache(maxsize=None)(self._lay_provincial)
        self._of: dict[tuple[int, str], tuple[pd.DataFrame, pd.DataFrame]] = {}  # with the matrix itself
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
    def own_figures(self) -> pd.DataFrame:
        """What the user added to the published figures, with what the model has there; perhaps nothing."""
        path = self.folder / OWN_FIGURES
        return read_csv(path, ("indicator", "unit")) if path.exists() else pd.DataFrame()

    @cached_property
    def moved(self) -> pd.DataFrame:
        """What these figures move, a row per scenario and tier."""
        path = self.folder / MOVED
        if not path.exists():
            raise NotRecorded("the runs without the figures that were added")
        return read_csv(path)

    @cached_property
    def paired(self) -> pd.DataFrame:
        """Paired lives, as the mean over the runs of each scenario."""
        if len(self.scenarios) < 2:
            raise NotRecorded(NO_SECOND_SCENARIO)
        path = self.folder / "paired.parquet"
        if not path.exists():
            raise NotRecorded("paired lives")
        frame: pd.DataFrame = read_figures(path).to_pandas(ignore_metadata=True)
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

    def has(self, indicator: str, group: str = EVERYBODY) -> bool:
        """Whether the store holds a national series of this indicator and group."""
        return (indicator, group) in self._national.series

    def unit(self, indicator: str, group: str = EVERYBODY) -> str:
        """Unit of an indicator as recorded."""
        return self._national.unit(indicator, group)

    def groups(self, indicator: str, key: str) -> list[str]:
        """Recorded values of a group key, for example the families of ``spending``."""
        found = (group for name, group in self._national.series if name == indicator and "=" in group)
        parts = (group.split(";")[0].partition("=") for group in found)
        return list(dict.fromkeys(value for name, _, value in parts if name == key))

    def _rows(self, indicator: str, group: str) -> pd.DataFrame:
        try:
            return self._national.frame(indicator, group)
        except KeyError:
            name = indicator if group == EVERYBODY else bracketed(indicator, group)
            raise NotRecorded(name) from None

    def runs(self, indicator: str, group: str = EVERYBODY) -> pd.DataFrame:
        """National figures: a row per run (scenario, draw, seed), a column per year."""
        return self._matrix(indicator, group)

    def years(self, indicator: str, group: str = EVERYBODY) -> list[int]:
        """Recorded years in order."""
        return [int(year) for year in self.runs(indicator, group).columns]

    def of(self, scenario: Scenario, matrix: pd.DataFrame) -> pd.DataFrame:
        """The rows of one scenario, by its place among the names: words of all rows are slow to compare."""
        known = self._of.get((id(matrix), scenario.name))
        if known is None:
            runs = cast("pd.MultiIndex", matrix.index)
            level = runs.names.index("scenario")
            (place,) = runs.levels[level].get_indexer(pd.Index([scenario.name]))
            chosen = np.asarray(runs.codes[level]) == place
            if place < 0 or not chosen.any():
                raise NotRecorded("runs of {scenario}", scenario=scenario.label)
            known = self._of[id(matrix), scenario.name] = matrix, matrix[chosen]
        return known[1]

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

    def _read_provinces(self, indicator: str) -> Figures:
        of_provinces = [("indicator", "==", indicator), ("province", "!=", NATIONAL)]
        return _figures(self.folder, [*of_provinces, ("year", "<=", self.last_year)])

    def _lay_provincial(self, indicator: str, group: str) -> pd.DataFrame:
        try:
            frame = self._provinces(indicator).frame(indicator, group)
        except KeyError:
            raise NotRecorded("{indicator} by province", indicator=indicator) from None
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
        return int((self._runs["scenario"] == scenario.name).sum())

    @cached_property
    def draws(self) -> list[int]:
        """Numbers of the parameter draws; 0 is the best fit, or the central values."""
        return sorted(int(draw) for draw in self._runs["draw"].unique())


def after_fork(matrix: pd.DataFrame) -> pd.DataFrame:
    """The columns of the years in which scenarios differ."""
    return matrix.loc[:, [int(str(year)) > FORK_YEAR for year in matrix.columns]]


def mean_after_fork(matrix: pd.DataFrame) -> float:
    """Mean over runs and over the years in which scenarios differ; nan when there are none."""
    values = after_fork(matrix).to_numpy(dtype=float)
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def _json(path: Path, empty: Any) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else empty


def _figures(folder: Path, filters: Sequence[Filter]) -> Figures:
    """Rows that fit, none where nothing is recorded of them."""
    path = folder / "indicators.parquet"
    if not path.exists():
        raise NotRecorded("nothing is recorded in {file}", file=path)
    return Figures.of(read_batches(path, filters))


def _by_run(rows: pd.DataFrame) -> pd.DataFrame:
    matrix = wide(rows, RUN, "year")
    return matrix.reindex(columns=sorted(matrix.columns))


def _scenarios(folder: Path, runs: pd.DataFrame, manifest: dict[str, Any]) -> tuple[Scenario, ...]:
    """Scenarios in the order of the comparison; names alone when nothing more is kept."""
    records: Sequence[dict[str, Any]] = _json(folder / "scenarios.json", [])
    by_name = {str(record.get("name")): record for record in records}
    names = list(by_name) or [str(name) for name in manifest.get("scenarios") or []]
    names = names or [str(name) for name in runs["scenario"].unique()]
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
