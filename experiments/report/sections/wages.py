"""Wages, by group as well."""

from experiments.report.body import Body
from experiments.report.figures.wages import TRENDS
from experiments.report.labels import HUKOU_LABELS, SECTOR_LABELS, SEX_LABELS
from experiments.report.reading import Comparison
from experiments.report.trend_table import trend_table
from experiments.report.trends import Trend

GROUPS = tuple(
    Trend("wage_median", f"Median wage, {label.lower()}", "yuan a month", f"{key}={name}")
    for key, labels in (("hukou", HUKOU_LABELS), ("sector", SECTOR_LABELS), ("sex", SEX_LABELS))
    for name, label in labels.items()
    if (key, name) != ("hukou", "rural")  # stands among the trends of the figure
)

INTRODUCTION = (
    "Wages are in yuan of each year. Their general growth is an assumption of the scenario, "
    "so read differences between scenarios and groups, not levels."
)


def build(comparison: Comparison) -> Body:
    """The numbers behind the figures, with ranges."""
    return Body(
        paragraphs=(INTRODUCTION,),
        tables=(trend_table(comparison, (*TRENDS, *GROUPS), "Wages, skill premium and inequality"),),
    )
