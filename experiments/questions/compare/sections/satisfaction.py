"""Satisfaction, engagement and the practices of enterprises."""

from experiments.pages.body import Body
from experiments.pages.language import say
from experiments.questions.compare.figures.satisfaction import TRENDS
from experiments.questions.compare.findings.trend_table import trend_table
from experiments.questions.compare.findings.trends import Trend
from experiments.questions.compare.reading import Comparison

MORE = (
    Trend("satisfaction", "Satisfaction, rural hukou", "points of 100", "hukou=rural"),
    Trend("satisfaction", "Satisfaction, urban hukou", "points of 100", "hukou=urban"),
    Trend("training_effort", "Training effort of enterprises", "index"),
)

INTRODUCTION = (
    "Satisfaction and engagement are states of the model between 0 and 100. No survey measures them on "
    "this scale: read the direction and the order of scenarios, not the level."
)


def build(comparison: Comparison) -> Body:
    """The numbers behind the figures, with ranges."""
    return Body(
        paragraphs=(say(INTRODUCTION),),
        tables=(trend_table(comparison, (*TRENDS, *MORE), say("Satisfaction, engagement and practices")),),
    )
