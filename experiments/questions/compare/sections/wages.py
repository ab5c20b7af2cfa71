"""Wages, by group as well."""

from experiments.pages.body import Body
from experiments.pages.language import say
from experiments.questions.compare.figures.wages import TRENDS
from experiments.questions.compare.findings.trend_table import trend_table
from experiments.questions.compare.findings.trends import Trend
from experiments.questions.compare.reading import Comparison
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
