"""Wages, what skill adds to them, and how unequal they are."""

from experiments.pages.drawing.chart import Chart
from experiments.pages.language import say
from experiments.pages.words import sentence_start
from experiments.questions.compare.findings.trends import Trend, chart, finding, read_all
from experiments.questions.compare.reading import Comparison

TRENDS = (
    Trend("wage_median", "Median wage", "yuan a month"),
    Trend("skill_premium", "Skill premium", "mean wage, highly skilled over unskilled"),
    Trend("wage_gini", "Inequality of wages", "Gini coefficient, 0 equal to 1"),
    Trend("wage_median", "Median wage, rural hukou", "yuan a month", "hukou=rural"),
)
SUBJECTS = {
    "wage_median": "the median wage a month",
    "skill_premium": "the skill premium",
    "wage_gini": "the Gini coefficient of wages",
}


def build(comparison: Comparison) -> Chart:
    """Four panels; the title speaks of the first that is recorded."""
    series = read_all(comparison, TRENDS)
    title = sentence_start(finding(comparison, series[0], SUBJECTS[series[0].trend.indicator]))
    return chart(comparison, series, title, say("Yuan of each year, as the scenario sets wage growth."))
