"""The pyramid of skill and what feeds it."""

from experiments.pages.body import Body
from experiments.pages.language import say
from experiments.questions.compare.figures.skills import TRENDS
from experiments.questions.compare.findings.trend_table import trend_table
from experiments.questions.compare.findings.trends import Trend
from experiments.questions.compare.reading import Comparison

MORE = (
    Trend("examinations_taken", "Examinations taken", "person-times a year"),
    Trend("training_started", "Employer courses", "person-times a year", "programme=employer"),
    Trend("training_started", "Apprenticeships begun", "person-times a year", "programme=apprenticeship"),
    Trend("training_waiting", "Waiting for a subsidised place", "persons"),
    Trend("turnover", "Turnover", "share of workers a year"),
)

INTRODUCTION = (
    "Skilled means grade 5 and above, highly skilled grade 3 and above. "
    "Candidates for the three tiers come from the upper grades."
)


def build(comparison: Comparison) -> Body:
    """The numbers behind the figures, with ranges."""
    return Body(
        paragraphs=(say(INTRODUCTION),),
        tables=(trend_table(comparison, (*TRENDS, *MORE), say("Skill, training and examinations")),),
    )
