"""Migrants and their settlement."""

from experiments.pages.body import Body
from experiments.pages.language import say
from experiments.questions.compare.figures.migrants import TRENDS
from experiments.questions.compare.findings.trend_table import trend_table
from experiments.questions.compare.findings.trends import Trend
from experiments.questions.compare.reading import Comparison

MORE = (
    Trend("moves", "Moves to another province", "persons a year"),
    Trend("migrants_outgoing", "Rural workers away from their township", "persons"),
    Trend("migrants_local", "Rural workers in their township", "persons"),
    Trend("share_rural_hukou", "Rural hukou", "share of workers"),
)

INTRODUCTION = (
    "An inter-provincial migrant lives outside the home province. "
    "Settled means having urban rights in the place of residence."
)


def build(comparison: Comparison) -> Body:
    """The numbers behind the figures, with ranges."""
    return Body(
        paragraphs=(say(INTRODUCTION),),
        tables=(trend_table(comparison, (*TRENDS, *MORE), say("Migration and settlement")),),
    )
