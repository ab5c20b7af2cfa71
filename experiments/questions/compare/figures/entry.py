"""Who enters the industry: the young, school leavers, vocational graduates, rural adults."""

from experiments.pages.drawing.chart import Chart
from experiments.pages.words import sentence_start
from experiments.questions.compare.findings.trends import Trend, chart, finding, read_all
from experiments.questions.compare.reading import Comparison

TRENDS = (
    Trend("young_entries", "Young entrants", "persons a year"),
    Trend("entries", "Entrants from vocational schools", "persons a year", "source=vocational"),
    Trend("entries", "Entrants, adults", "persons a year", "source=adult"),
    Trend("mean_age", "Mean age of workers", "years of age"),
)
SUBJECTS = {
    "young_entries": "the number of young entrants a year",
    "entries": "the number of entrants a year",
    "mean_age": "the mean age of workers",
}


def build(comparison: Comparison) -> Chart:
    """Four panels; the title speaks of the first that is recorded."""
    series = read_all(comparison, TRENDS)
    title = sentence_start(finding(comparison, series[0], SUBJECTS[series[0].trend.indicator]))
    return chart(comparison, series, title)
