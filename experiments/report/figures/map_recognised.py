"""City-tier certificates per 100,000 workers in each province at the end."""

import pandas as pd

from experiments.report import tilemap
from experiments.report.chart import Chart
from experiments.report.provinces import PROVINCES
from experiments.report.reading import Comparison, NotRecorded, Scenario
from experiments.report.words import grouped, listed, plain

GROUP = "tier=city"
NAMES = {province.code: province.name for province in PROVINCES}


def build(comparison: Comparison) -> Chart:
    """One tile map per scenario."""
    panels = [tilemap.Panel(scenario, values) for scenario, values in per_100_000(comparison).items()]
    scale = tilemap.classes(panels, _tile)
    year = last_year(comparison)
    return Chart(
        title=_title(panels, year),
        alternative=_alternative(panels, year),
        data=_data(panels, year),
        draw=lambda layout: tilemap.draw(layout, panels, scale, "certificates per 100,000 workers"),
        note="Each province is one tile of the same size. Darker: more. Mean of the runs; city tier, "
        "the one that every province fills with its own people.",
    )


def last_year(comparison: Comparison) -> int:
    """The last recorded year of the provincial certificates."""
    return int(comparison.provincial("recognised", GROUP).index.get_level_values("year").max())


def per_100_000(comparison: Comparison) -> dict[Scenario, pd.Series]:
    """Certificates per 100,000 workers at the end: scenario to values by province code."""
    certificates = comparison.provincial("recognised", GROUP)
    workers = comparison.provincial("workers")
    year = last_year(comparison)
    result: dict[Scenario, pd.Series] = {}
    for scenario in comparison.scenarios:
        try:
            given = _mean(comparison.of(scenario, certificates), year)
            heads = _mean(comparison.of(scenario, workers), year)
        except KeyError:
            raise NotRecorded("recognised by province") from None
        result[scenario] = (given / heads.where(heads > 0) * 1e5).reindex(list(NAMES))
    return result


def _mean(rows: pd.DataFrame, year: int) -> pd.Series:
    """Mean over the runs in one year, by province code."""
    chosen = rows[rows.index.get_level_values("year") == year]
    if chosen.empty:
        raise KeyError(year)
    return chosen.mean()


def _tile(value: float) -> str:
    return grouped(value) if value >= 99.5 else grouped(value, 1)


def _title(panels: list[tilemap.Panel], year: int) -> str:
    last = panels[-1]
    values = last.by_province.dropna().sort_values()
    if values.empty:
        return f"City-level craftsmen per 100,000 workers in {year}, by province"
    low, high = str(values.index[0]), str(values.index[-1])
    return (
        f"City-level craftsmen per 100,000 workers in {year} under {last.scenario.label}: from "
        f"{plain(values.iloc[0])} in {NAMES[low]} to {plain(values.iloc[-1])} in {NAMES[high]}"
    )


def _alternative(panels: list[tilemap.Panel], year: int) -> str:
    parts = []
    for panel in panels:
        values = panel.by_province.dropna().sort_values(ascending=False)
        most = [f"{NAMES[str(code)]} {plain(value)}" for code, value in values.head(3).items()]
        least = [f"{NAMES[str(code)]} {plain(value)}" for code, value in values.tail(3).items()]
        parts.append(f"{panel.scenario.label}: most in {listed(most)}; least in {listed(least)}.")
    return f"Tile maps of the 31 provinces, certificates per 100,000 workers in {year}. " + " ".join(parts)


def _data(panels: list[tilemap.Panel], year: int) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "scenario": panel.scenario.name,
                "year": year,
                "province": code,
                "name": NAMES[str(code)],
                "certificates_per_100000_workers": value,
            }
            for panel in panels
            for code, value in panel.by_province.items()
        ]
    )
