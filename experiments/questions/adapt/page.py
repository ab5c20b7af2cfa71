"""The page of a comparison of plans."""

from pathlib import Path
from typing import Final

from experiments.answers.read import write_answer_page
from experiments.pages.body import Body, Point, Section
from experiments.pages.drawing.chart import Entry
from experiments.pages.labels import FAMILY_LABELS, TARGET_LABELS, TIER_LABELS
from experiments.pages.language import say
from experiments.pages.page import Page
from experiments.pages.words import billion_yuan, chance, exact, grouped, listed, percent
from experiments.questions.adapt import figures, tables, words
from experiments.questions.adapt.foresight import FIXED, FORESIGHT, MONITORED
from experiments.questions.adapt.tables import menu
from experiments.questions.adapt.words import ALL, TABLES, WHO_LABELS, Answer
from sim.calendar import FORK_YEAR
from sim.targets import TARGET_TIERS

WATCHED: Final = {
    "certificates": "certificates of these tiers, projected for the end of {year}: {tiers}. The first review "
    "is at the end of {first}; those that can still be answered in time are {reviews}.",
    "active": "craftsmen of these tiers who are still in the trade, projected for the end of {year}: "
    "{tiers}. The first review is at the end of {first}; those that can still be answered in time are "
    "{reviews}.",
}


def write_report(folder: Path) -> Path:
    """Write ``report.html`` and ``figures/`` from the tables in a folder."""
    answer = Answer(folder)
    keys = answer.keys
    values = {
        "name": keys.name,
        "date": answer.facts["created"][:10],
        "draws": keys.draws,
        "agents": grouped(keys.agents),
        "scenario": say(keys.scenario["title"]),
    }
    page = Page(
        title=say("Workforce 2035: adaptation {name}", **values),
        headline=say("What monitoring is worth: {scenario}", **values),
        facts=say(
            "Adaptation {name}, {date}. {draws} sets of parameter values with a chance each, {agents} "
            "agents. All figures are simulated, not observed.",
            **values,
        ),
        origin=say("Made from the tables of the adaptation {name} alone.", **values),
        sections=SECTIONS,
        figures=FIGURES,
        source=say("Workforce 2035, adaptation {name}, {draws} draws. Simulated, not observed.", **values),
        tables=TABLES,
    )
    return write_answer_page(page, answer)


def _answer(answer: Answer) -> Body:
    """What the rule is worth, in five sentences."""
    introduction = say(
        "Every future is one set of parameter values with a luck of its own, {futures} in all. In each of "
        "them the same people lived the fixed plan, the same plan with monitoring, and {others} other "
        "plans, after one and the same past. Perfect foresight knows each future beforehand and takes what "
        "serves best there. Nobody can: it is a bound that the rule cannot pass.",
        futures=answer.number,
        others=len(answer.table("plans")) - 2,
    )
    points = (
        Point(TARGET_LABELS[ALL], words.how_likely(answer)),
        Point(say("What the rule is worth"), words.what_it_is_worth(answer)),
        Point(say("Gap to perfect foresight"), words.gap(answer)),
        Point(say("Responses"), words.alarms(answer)),
    )
    return Body(
        paragraphs=(introduction,),
        points=points,
        lead_tables=(tables.chances(answer),),
        tables=(tables.worth(answer),),
    )


def _regret(answer: Answer) -> Body:
    """What each plan loses against knowing the future."""
    introduction = say(
        "Regret is what is lost against knowing the future beforehand: yuan where a plan reaches all three "
        "targets and a cheaper one would have done, craftsmen where it lacks more of them than need be."
    )
    points = [Point(WHO_LABELS[who], words.regret(answer, who)) for who in (FIXED, MONITORED)]
    if words.taken(answer):
        points.append(Point(WHO_LABELS[FORESIGHT], words.taken(answer)))
    points.append(Point(say("One plan for all futures, without a rule"), words.without_rule(answer)))
    return Body(
        paragraphs=(introduction,),
        points=tuple(points),
        tables=(tables.regrets(answer), tables.costs(answer)),
    )


def _responses(answer: Answer) -> Body:
    """When the rule responds, and how well."""
    introduction = say(
        "A false alarm is a response where the fixed plan would have reached the target in the same future. "
        "A miss is no response, and a target not reached. For a single tier, the alarm is that this tier was "
        "behind."
    )
    return Body(paragraphs=(introduction,), tables=(tables.reviews(answer), tables.alarms(answer)))


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
            "evenly from {first} on; and the monitored plan itself. It takes the cheapest that reaches all "
            "three targets, or, when none does, the one whose largest shortfall is smallest.",
            first=FORK_YEAR + 1, levels=listed([exact(level) for level in keys.levels], "or"),
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


SECTIONS: Final = (
    Section("answer", "The answer", _answer),
    Section("regret", "Regret, future by future", _regret),
    Section("responses", "When the rule responds", _responses),
    Section("asked", "What was compared", asked),
)
FIGURES: Final = (
    Entry("regret", "regret", figures.regrets),
    Entry("timeline", "responses", figures.timeline),
)
