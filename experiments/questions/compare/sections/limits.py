"""What the model cannot say."""

from experiments.pages.body import Body, Point
from experiments.pages.language import say, sentences
from experiments.pages.words import grouped, percent
from experiments.questions.compare.reading import Comparison
from sim.calendar import FORK_YEAR


def build(comparison: Comparison) -> Body:
    """Limits of the model, with the numbers of this comparison where they matter."""
    points = [
        Point(
            say("Head-counts are close to a decision."),
            say(
                "The yearly places are set by policy. The model says how many of them end in a certificate, "
                "not how excellent the holders are."
            ),
        ),
        Point(
            say("Effects of measures are uncertain."),
            sentences(
                [_assumed(comparison), say("A scenario that looks better does so under these assumptions.")]
            ),
        ),
        Point(
            say("The future economy is given."),
            say(
                "Labour demand and general wage growth are paths of the scenario. Recessions, trade and "
                "technology are not simulated."
            ),
        ),
        Point(
            say("The world outside industry is simple."),
            say("Services, farming and families appear only as places that people come from and leave to."),
        ),
        Point(
            say("Probabilities are conditional."),
            say(
                "They hold for this model, these ranges and these scenarios. What the model leaves out is "
                "not in the intervals."
            ),
        ),
        Point(
            say("Provinces are coarse."),
            say(
                "Cities are not separate, and provincial figures rest on national totals shared out by "
                "published structure."
            ),
        ),
        _scale(comparison),
        Point(
            say("History ends in {year}.", year=FORK_YEAR),
            _history(),
        ),
    ]
    return Body(points=tuple(points))


def _history() -> str:
    return sentences(
        (
            say(
                "Published figures drive the model up to 2024, so the level of {year} is simulated, not "
                "observed.",
                year=FORK_YEAR,
            ),
            say("Until then measures are assumed to have stayed as they were at the end of 2024."),
        )
    )


def _assumed(comparison: Comparison) -> str:
    effects = [row for row in comparison.assumptions if row.get("kind") == "effect"]
    if not effects:
        return ""
    assumed = sum(str(row.get("evidence")) == "C" for row in effects)
    return say(
        "{assumed} of {effects} effects ({share}) are assumed, without measurement.",
        assumed=grouped(assumed),
        effects=grouped(len(effects)),
        share=percent(assumed / len(effects)),
    )


def _scale(comparison: Comparison) -> Point:
    scale = comparison.manifest.get("persons_per_agent")
    if not isinstance(scale, int | float):
        return Point(say("Scale."), say("The number of persons for each agent is not recorded."))
    if scale <= 1:
        return Point(
            say("Scale."),
            say("One agent stands for one person, so rare events are counted person by person."),
        )
    return Point(
        say("Scale."),
        say(
            "One agent stands for about {persons} persons. Craftsmen are rare, so the candidates of one "
            "province rest on few agents; groups below some thousand persons should not be read one by one.",
            persons=grouped(scale),
        ),
    )
