"""Satisfaction and engagement, and two practices of enterprises that move them."""

from experiments.pages.drawing.chart import Chart
from experiments.pages.words import sentence_start
from experiments.questions.compare.findings.trends import Trend, chart, finding, read_all
from experiments.questions.compare.reading import Comparison

TRENDS = (
    Trend("satisfaction", "Satisfaction", "points of 100"),
    Trend("engagement", "Engagement", "points of 100"),
    Trend("democratic_share", "Democratic management", "share of workers in such enterprises"),
    Trend("pay_by_skill_share", "Pay by skill", "share of workers in such enterprises"),
)
SUBJECTS = {
    "satisfaction": "mean satisfaction",
    "engagement": "mean engagement",
    "democratic_share": "the share of workers in enterprises with democratic management",
    "pay_by_skill_share": "the share of workers in enterprises that pay by skill",
}


def build(comparison: Comparison) -> Chart:
    """Four panels; the title speaks of the first that is recorded."""
    series = read_all(comparison, TRENDS)
    title = sentence_start(finding(comparison, series[0], SUBJECTS[series[0].trend.indicator]))
    return chart(comparison, series, title)
