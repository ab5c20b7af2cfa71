"""What the model cannot say."""

from experiments.report.body import Body, Point
from experiments.report.reading import FORK_YEAR, Comparison
from experiments.report.words import grouped, percent


def build(comparison: Comparison) -> Body:
    """Limits of the model, with the numbers of this comparison where they matter."""
    points = [
        Point(
            "Head-counts are close to a decision.",
            "The yearly places are set by policy. The model says how many of them end in a certificate, "
            "not how excellent the holders are.",
        ),
        Point(
            "Effects of measures are uncertain.",
            _assumed(comparison) + "A scenario that looks better does so under these assumptions.",
        ),
        Point(
            "The future economy is given.",
            "Labour demand and general wage growth are paths of the scenario. Recessions, trade and "
            "technology are not simulated.",
        ),
        Point(
            "The world outside industry is simple.",
            "Services, farming and families appear only as places that people come from and leave to.",
        ),
        Point(
            "Probabilities are conditional.",
            "They hold for this model, these ranges and these scenarios. What the model leaves out is not "
            "in the intervals.",
        ),
        Point(
            "Provinces are coarse.",
            "Cities are not separate, and provincial figures rest on national totals shared out by published "
            "structure.",
        ),
        _scale(comparison),
        Point(
            f"History ends in {FORK_YEAR}.",
            "Published figures up to 2021 built the model. Later ones were left aside to test it, so the "
            f"level of {FORK_YEAR} is simulated, not observed.",
        ),
    ]
    return Body(points=tuple(points))


def _assumed(comparison: Comparison) -> str:
    effects = [row for row in comparison.assumptions if row.get("kind") == "effect"]
    if not effects:
        return ""
    assumed = sum(str(row.get("evidence")) == "C" for row in effects)
    return (
        f"{grouped(assumed)} of {grouped(len(effects))} effects ({percent(assumed / len(effects))}) are "
        "assumed, without measurement. "
    )


def _scale(comparison: Comparison) -> Point:
    scale = comparison.manifest.get("persons_per_agent")
    if not isinstance(scale, int | float):
        return Point("Scale.", "The number of persons for each agent is not recorded.")
    if scale <= 1:
        return Point(
            "Scale.", "One agent stands for one person, so rare events are counted person by person."
        )
    return Point(
        "Scale.",
        f"One agent stands for about {grouped(scale)} persons. Craftsmen are rare, so the candidates of one "
        "province rest on few agents; groups below some thousand persons should not be read one by one.",
    )
