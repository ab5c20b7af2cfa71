"""City-tier certificates per 100,000 workers in each province at the end."""

from functools import partial

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing import tilemap
from experiments.pages.drawing.chart import Chart
from experiments.pages.language import say, sentences
from experiments.pages.provinces import PROVINCE_LABELS
from experiments.pages.scenario import Scenario
from experiments.pages.words import grouped, listed, plain
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.supply import NAMES

GROUP = "tier=city"


def build(comparison: Comparison) -> Chart:
    """One tile map per scenario."""
    panels = [tilemap.Panel(scenario, values) for scenario, values in per_100_000(comparison).items()]
    scale = tilemap.classes(panels, _tile)
    year = last_year(comparison)
    return Chart(
        title=_title(panels, year),
        alternative=_alternative(panels, year),
        data=_data(panels, year),
        draw=partial(tilemap.draw, panels=panels, scale=scale, unit=say("certificates per 100,000 workers")),
        note=say(
            "Each province is one tile of the same size. Darker: more. Mean of the runs; city tier, "
            "the one that every province fills with its own people."
        ),
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
            raise NotRecorded(say("recognised by province")) from None
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
        return say("City-level craftsmen per 100,000 workers in {year}, by province", year=year)
    low, high = str(values.index[0]), str(values.index[-1])
    return say(
        "City-level craftsmen per 100,000 workers in {year} under {scenario}: from {least} in {low} to "
        "{most} in {high}",
        year=year, scenario=last.scenario.label, least=plain(values.iloc[0]), low=PROVINCE_LABELS[low],
        most=plain(values.iloc[-1]), high=PROVINCE_LABELS[high],
    )  # fmt: skip


def _alternative(panels: list[tilemap.Panel], year: int) -> str:
    parts = [say("Tile maps of the 31 provinces, certificates per 100,000 workers in {year}.", year=year)]
    for panel in panels:
        values = panel.by_province.dropna().sort_values(ascending=False)
        most, least = (
            listed([f"{PROVINCE_LABELS[str(code)]} {plain(value)}" for code, value in end.items()])
            for end in (values.head(3), values.tail(3))
        )
        text = "{scenario}: most in {most}; least in {least}."
        parts.append(say(text, scenario=panel.scenario.label, most=most, least=least))
    return sentences(parts)


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
