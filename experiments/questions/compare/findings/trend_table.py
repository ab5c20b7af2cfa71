"""Tables of indicators: at the start, when the scenarios part, and at the end of each scenario."""

from collections.abc import Sequence

import pandas as pd

from experiments.pages.language import say
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import bracketed, known, missing, span
from experiments.questions.compare.findings.trends import Series, Trend, last_year, read_all
from experiments.questions.compare.reading import Comparison
from sim.calendar import FORK_YEAR


def trend_table(comparison: Comparison, trends: Sequence[Trend], caption: str) -> Table:
    """One row per recorded trend; raises NotRecorded when none is."""
    series = read_all(comparison, trends)
    first, last = int(series[0].matrix.columns[0]), last_year(series[0])
    moments = [year for year in (first, FORK_YEAR) if year < last]
    several = comparison.number_of_runs > 1
    return Table(
        caption=caption,
        columns=(
            Column(say("Indicator"), "text"),
            *(Column(str(year)) for year in moments),
            *(
                Column(say("{scenario}, {year}", scenario=scenario.label, year=last))
                for scenario in comparison.scenarios
            ),
        ),
        rows=tuple(_row(comparison, item, moments, several=several) for item in series),
        note=say("Median of the runs; in brackets the range that holds 90 % of them.") if several else "",
    )


def _row(comparison: Comparison, item: Series, moments: list[int], *, several: bool) -> Row:
    base = item.quantiles[comparison.baseline]
    then = [item.formatter(float(base["p50"].get(year, float("nan")))) for year in moments]
    ends = [
        _end(item, scenario_table.iloc[-1], several=several) for scenario_table in item.quantiles.values()
    ]
    title = say("{title}, {unit}", title=say(item.trend.title), unit=say(item.trend.unit))
    return Row((title, *then, *ends))


def _end(item: Series, end: pd.Series, *, several: bool) -> str:
    if not known(end["p50"]):
        return missing()
    middle = item.formatter(end["p50"])
    return bracketed(middle, span(end["p05"], end["p95"], item.formatter)) if several else middle
