"""What each province can give: places, qualified candidates and expected craftsmen, by tier and year."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.labels import TIERS_TOP_DOWN
from experiments.pages.provinces import PROVINCES
from experiments.pages.scenario import Scenario
from experiments.questions.compare.reading import Comparison
from experiments.tables.handed_out import write_csv
from sim.policy.programme import FIRST_ROUND

FILE: Final = "provinces.csv"
DIGITS: Final = 6  # significant ones
CODES: Final = [province.code for province in PROVINCES]
NAMES: Final = {province.code: province.name for province in PROVINCES}


@dataclass(frozen=True)
class Supply:
    """One scenario and tier: a row per run and year from the first intake on, a column per province.

    ``quota``, ``qualified`` and ``selected`` in persons a year; ``craftsmen`` are the persons that the
    targets count at the end of the year.
    """

    quota: pd.DataFrame
    qualified: pd.DataFrame
    selected: pd.DataFrame
    craftsmen: pd.DataFrame

    @property
    def unfilled(self) -> pd.DataFrame:
        """Places of the year that were not filled, persons."""
        return (self.quota - self.selected).clip(lower=0)


def supply(comparison: Comparison, scenario: Scenario, tier: str) -> Supply:
    """Figures of one scenario and tier; raises NotRecorded when the store lacks them."""

    def of(indicator: str) -> pd.DataFrame:
        rows = comparison.of(scenario, comparison.provincial(indicator, f"tier={tier}"))
        recorded = rows[rows.index.get_level_values("year") >= FIRST_ROUND]
        if recorded.empty:
            raise NotRecorded("{indicator} by province since {year}", indicator=indicator, year=FIRST_ROUND)
        return recorded.reindex(columns=CODES).fillna(0.0).sort_index()

    return Supply(of("quota"), of("qualified"), of("selected"), of(comparison.counted))


def by_province(comparison: Comparison) -> pd.DataFrame:
    """One row per scenario, tier, year and province.

    Returns
    -------
    pandas.DataFrame
        ``quota``, ``qualified`` and ``unfilled`` in persons a year, mean of the runs; ``unfilled_so_far``
        since the first intake; ``expected_mean``, ``expected_p05`` and ``expected_p95`` in persons at the
        end of the year; ``commitment`` and ``short_of_commitment`` (commitment less expected, at least 0)
        in persons, empty without one.
    """
    parts = []
    for scenario in comparison.scenarios:
        for tier in TIERS_TOP_DOWN:
            try:
                found = supply(comparison, scenario, tier)
            except NotRecorded:
                continue
            parts.append(_rows(found).assign(scenario=scenario.name, tier=tier))
    if not parts:
        raise NotRecorded("places and qualified candidates by province")
    table = pd.concat(parts).reset_index()
    promised = {(row.province, row.tier): float(row.commitment) for row in comparison.commitments}
    keys = zip(table["province"], table["tier"], strict=True)
    table["commitment"] = pd.Series([promised.get(key, float("nan")) for key in keys], dtype=float)
    table["short_of_commitment"] = (table["commitment"] - table["expected_mean"]).clip(lower=0)
    table["name"] = table["province"].map(NAMES)
    first = ["scenario", "province", "name", "tier", "year"]
    return table[[*first, *(column for column in table if column not in first)]]


def _rows(found: Supply) -> pd.DataFrame:
    """Means and quantiles over the runs, by year and province."""
    quota, qualified, unfilled, craftsmen = (
        rows.groupby(level="year") for rows in (found.quota, found.qualified, found.unfilled, found.craftsmen)
    )
    tables = {
        "quota": quota.mean(),
        "qualified": qualified.mean(),
        "unfilled": unfilled.mean(),
        "unfilled_so_far": unfilled.mean().cumsum(),
        "expected_mean": craftsmen.mean(),
        "expected_p05": craftsmen.quantile(0.05),
        "expected_p95": craftsmen.quantile(0.95),
    }
    keys = pd.MultiIndex.from_product([tables["quota"].index, CODES], names=["year", "province"])
    return pd.DataFrame(
        {name: table.reindex(tables["quota"].index).to_numpy().ravel() for name, table in tables.items()},
        keys,
    )


def write_provinces(comparison: Comparison) -> None:
    """Write ``provinces.csv`` beside the other files of a comparison; nothing when they hold no provinces."""
    try:
        table = by_province(comparison)
    except NotRecorded:
        return
    write_csv(table, comparison.folder / FILE, digits=DIGITS)
