"""Skilled and highly skilled workers, training and examinations over the years."""

from experiments.pages.drawing.chart import Chart
from experiments.pages.words import sentence_start
from experiments.questions.compare.findings.trends import Trend, chart, finding, read_all
from experiments.questions.compare.reading import Comparison

TRENDS = (
    Trend("skilled", "Skilled workers (grade 5 and above)", "persons"),
    Trend("high_skilled", "Highly skilled workers (grade 3 and above)", "persons"),
    Trend("examinations_passed", "Examinations passed", "person-times a year"),
    Trend(
        "training_started", "Subsidised training places taken", "person-times a year", "programme=subsidised"
    ),
)
SUBJECTS = {
    "skilled": "the number of skilled workers",
    "high_skilled": "the number of highly skilled workers",
    "examinations_passed": "the number of examinations passed a year",
    "training_started": "the number of subsidised training places taken a year",
}


def build(comparison: Comparison) -> Chart:
    """Four panels; the title speaks of the highly skilled where they are recorded."""
    series = read_all(comparison, TRENDS)
    chosen = next((item for item in series if item.trend.indicator == "high_skilled"), series[0])
    title = sentence_start(finding(comparison, chosen, SUBJECTS[chosen.trend.indicator]))
    return chart(comparison, series, title)
