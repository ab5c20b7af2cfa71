"""Migrants between provinces, and how many have settled where they live."""

from experiments.pages.drawing.chart import Chart
from experiments.pages.words import sentence_start
from experiments.questions.compare.findings.trends import Trend, chart, finding, read_all
from experiments.questions.compare.reading import Comparison

TRENDS = (
    Trend("settled_share", "Settled", "share of inter-provincial migrants"),
    Trend("migrants_inter_provincial", "Inter-provincial migrants", "persons"),
    Trend("migrants_settled", "Migrants settled with urban rights", "persons"),
    Trend("returns", "Returns to the home province", "persons a year"),
)
SUBJECTS = {
    "settled_share": "the settled share of inter-provincial migrants",
    "migrants_inter_provincial": "the number of inter-provincial migrants",
    "migrants_settled": "the number of settled migrants",
    "returns": "the number of returns home a year",
}


def build(comparison: Comparison) -> Chart:
    """Four panels; the title speaks of the first that is recorded."""
    series = read_all(comparison, TRENDS)
    title = sentence_start(finding(comparison, series[0], SUBJECTS[series[0].trend.indicator]))
    return chart(comparison, series, title)
