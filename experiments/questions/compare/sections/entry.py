"""Who enters and who leaves."""

from experiments.pages.body import Body
from experiments.pages.language import say
from experiments.questions.compare.figures.entry import TRENDS
from experiments.questions.compare.findings.trend_table import trend_table
from experiments.questions.compare.findings.trends import Trend
from experiments.questions.compare.reading import Comparison

MORE = (
    Trend("entries", "All entrants", "persons a year"),
    Trend("entries", "Entrants straight from school", "persons a year", "source=school"),
    Trend("exits", "Retired", "persons a year", "reason=retired"),
    Trend("exits", "Left for other work or home", "persons a year", "reason=left"),
    Trend("workers", "Workers", "persons"),
)

INTRODUCTION = (
    "Young entrants come straight from general or vocational school. Their number follows the births of "
    "16 to 22 years before, so it is largely given."
)


def build(comparison: Comparison) -> Body:
    """The numbers behind the figures, with ranges."""
    return Body(
        paragraphs=(say(INTRODUCTION),),
        tables=(trend_table(comparison, (*TRENDS, *MORE), say("Entry and exit")),),
    )
