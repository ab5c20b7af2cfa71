"""What was compared: the rule in words, the plans that perfect foresight may take, and the limits of both."""

from typing import Final

from experiments.pages.body import Body, Point
from experiments.pages.labels import FAMILY_LABELS, TIER_LABELS
from experiments.pages.language import say
from experiments.pages.words import billion_yuan, chance, exact, grouped, listed, percent
from experiments.questions.adapt.answer import Answer
from experiments.questions.adapt.tables import menu
from sim.targets import TARGET_TIERS

WATCHED: Final = {
    "certificates": "certificates of these tiers, projected for the end of {year}: {tiers}. The first review "
    "is at the end of {first}; those that can still be answered in time are {reviews}.",
    "active": "craftsmen of these tiers who are still in the trade, projected for the end of {year}: "
    "{tiers}. The first review is at the end of {first}; those that can still be answered in time are "
    "{reviews}.",
}


def asked(answer: Answer) -> Body:
    """The rule, the set of plans, and what limits both."""
    rule, keys = answer.rule, answer.keys
    budget = rule.budget_million_yuan_per_year
    points = (
        Point(say("What is watched"), say(
            WATCHED[rule.targets.counting], first=rule.first_review, year=rule.targets.year,
            tiers=listed([TIER_LABELS[tier].lower() for tier in rule.tiers]),
            reviews=listed([str(year) for year in answer.reviews]),
        )),
        Point(say("Threshold"), say(
            "a response comes when one of them is projected below {share} of the {city} city, "
            "{provincial} provincial and {national} national craftsmen.",
            share=percent(rule.threshold),
            **{tier: grouped(rule.targets.required(tier)) for tier in TARGET_TIERS},
        )),
        Point(say("Response"), say(
            "the intakes of all tiers are multiplied by {factor}, and the intensity of these families rises "
            "by {step}, at most to 1: {families}. Responses add up.",
            factor=exact(rule.quota_factor), step=exact(rule.intensity_step),
            families=listed([FAMILY_LABELS[family].lower() for family in rule.families]) or say("none"),
        )),
        Point(say("Delay"), say(
            "{months} months from the January after the review.", months=rule.delay_months,
        )),
        Point(say("Budget"), say("none.") if budget is None else say(
            "no intensity is added after a year that cost more than {budget}; other plans that perfect "
            "foresight may take keep to it in every year.",
            budget=billion_yuan(budget),
        )),
        Point(say("What perfect foresight may take"), say(
            "the fixed plan with all its intensities times {levels} (none above 1), each with {places} of "
            "the places that the rule could add at most (all of them are {most} more than planned), given "
            "evenly from 2025 on; and the monitored plan itself. It takes the cheapest that reaches all "
            "three targets, or, when none does, the one whose largest shortfall is smallest.",
            levels=listed([exact(level) for level in keys.levels], "or"),
            places=listed([chance(share) for share in keys.places], "or"),
            most=percent(answer.facts["most_places"] - 1.0),
        )),
        Point(say("To keep in mind"), say(
            "money counts for the three targets alone here, although the measures serve wider aims too. The "
            "rule can be no better than its projection, which takes the certificates per place so far for "
            "those to come. A wider set would give perfect foresight more, and widen the gap."
        )),
    )  # fmt: skip
    return Body(points=points, tables=(menu(answer),))
