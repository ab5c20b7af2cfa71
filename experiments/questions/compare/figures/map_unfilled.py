"""City-tier places that each province could not fill with qualified people."""

from functools import partial
from typing import Final

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing import tilemap
from experiments.pages.drawing.chart import Chart
from experiments.pages.language import say, sentences
from experiments.pages.provinces import PROVINCE_LABELS
from experiments.pages.scenario import Scenario
from experiments.pages.words import clauses, count, grouped, listed, percent
from experiments.questions.compare.figures.map_recognised import GROUP
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.supply import NAMES
from experiments.tables.series import RUN

NOTABLE: Final = 0.05  # shortfalls below one place in twenty are not worth a sentence


def build(comparison: Comparison) -> Chart:
    """One tile map per scenario."""
    shortfall = unfilled(comparison)
    panels = [tilemap.Panel(scenario, values) for scenario, values in shortfall.items()]
    return Chart(
        title=_title(shortfall),
        alternative=_alternative(shortfall),
        data=_data(shortfall),
        draw=partial(
            tilemap.draw,
            panels=panels,
            scale=tilemap.classes(panels, _tile),
            unit=say("% of city places not filled"),
        ),
        note=say(
            "Places of the city tier offered from the first intake to the last year and not filled for "
            "want of qualified people. Darker: more. Mean of the runs."
        ),
    )


def unfilled(comparison: Comparison) -> dict[Scenario, pd.Series]:
    """Share of places not filled, per cent, by province code."""
    quota, selected = comparison.provincial("quota", GROUP), comparison.provincial("selected", GROUP)
    result = {}
    for scenario in comparison.scenarios:
        offered = comparison.of(scenario, quota).groupby(RUN, observed=True).sum().mean()
        filled = comparison.of(scenario, selected).groupby(RUN, observed=True).sum().mean()
        share = (1 - filled / offered.where(offered > 0)).clip(lower=0)
        result[scenario] = share.reindex(list(NAMES)) * 100
    if all(values.isna().all() for values in result.values()):
        raise NotRecorded(say("quota by province"))
    return result


def short_of_people(values: pd.Series) -> list[str]:
    """Names of the provinces with a notable shortfall, the largest first."""
    notable = values[values > NOTABLE * 100].sort_values(ascending=False)
    return [PROVINCE_LABELS[str(code)] for code in notable.index]


def _tile(value: float) -> str:
    return grouped(value, 0 if value == 0 or value >= 9.95 else 1)


def _title(shortfall: dict[Scenario, pd.Series]) -> str:
    counts = {scenario: len(short_of_people(values)) for scenario, values in shortfall.items()}
    most, least = max(counts, key=lambda item: counts[item]), min(counts, key=lambda item: counts[item])
    limit = percent(NOTABLE).replace(".0", "")
    if not counts[most]:
        return say(
            "No province leaves more than {limit} of its city places unfilled, in any scenario", limit=limit
        )
    text = say(
        "{provinces} leaves more than {limit} of the city places unfilled under {scenario}"
        if counts[most] == 1
        else "{provinces} leave more than {limit} of the city places unfilled under {scenario}",
        provinces=count(counts[most], "province"), limit=limit, scenario=most.label,
    )  # fmt: skip
    if counts[most] == counts[least]:
        return text
    rest = "{number} under {scenario}" if counts[least] else "none under {scenario}"
    return clauses([text, say(rest, number=grouped(counts[least]), scenario=least.label)])


def _alternative(shortfall: dict[Scenario, pd.Series]) -> str:
    parts = [say("Tile maps of the 31 provinces, share of city places not filled.")]
    for scenario, values in shortfall.items():
        if (values == 0.0).all():
            everywhere = say("{title}: {share} in every province.", title=scenario.label, share=percent(0.0))
            parts.append(everywhere)
            continue
        worst = values.dropna().sort_values(ascending=False).head(3)
        words = [f"{PROVINCE_LABELS[str(code)]} {percent(value / 100)}" for code, value in worst.items()]
        parts.append(say("{title}: most in {provinces}.", title=scenario.label, provinces=listed(words)))
    return sentences(parts)


def _data(shortfall: dict[Scenario, pd.Series]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"scenario": scenario.name, "province": code, "name": NAMES[str(code)], "unfilled_percent": value}
            for scenario, values in shortfall.items()
            for code, value in values.items()
        ]
    )
