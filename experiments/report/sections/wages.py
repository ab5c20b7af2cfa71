"""Wages, by group as well."""

from experiments.report.body import Body
from experiments.report.figures.wages import TRENDS
from experiments.report.language import say
from experiments.report.reading import Comparison
from experiments.report.trend_table import trend_table
from experiments.report.trends import Trend
from sim.categories import SECTORS, SEX

MORE = (
    Trend("wage_median", "Median wage, urban hukou", "yuan a month", "hukou=urban"),
    Trend("wage_median", "Median wage, mining and utilities", "yuan a month", f"sector={SECTORS[0]}"),
    Trend("wage_median", "Median wage, light manufacturing", "yuan a month", f"sector={SECTORS[1]}"),
    Trend(
        "wage_median", "Median wage, equipment and high technology", "yuan a month", f"sector={SECTORS[2]}"
    ),
    Trend("wage_median", "Median wage, construction", "yuan a month", f"sector={SECTORS[3]}"),
    Trend("wage_median", "Median wage, men", "yuan a month", f"sex={SEX[0]}"),
    Trend("wage_median", "Median wage, women", "yuan a month", f"sex={SEX[1]}"),
)

INTRODUCTION = (
    "Wages are in yuan of each year. Their general growth is an assumption of the scenario, "
    "so read differences between scenarios and groups, not levels."
)


def build(comparison: Comparison) -> Body:
    """The numbers behind the figures, with ranges."""
    return Body(
        paragraphs=(say(INTRODUCTION),),
        tables=(trend_table(comparison, (*TRENDS, *MORE), say("Wages, skill premium and inequality")),),
    )
