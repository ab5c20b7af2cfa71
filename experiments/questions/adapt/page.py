"""The page of a comparison of plans."""

from pathlib import Path
from typing import Final

from experiments.answers.read import write_answer_page
from experiments.pages.body import Body, Point, Section
from experiments.pages.drawing.chart import Entry
from experiments.pages.labels import TARGET_LABELS
from experiments.pages.language import say
from experiments.pages.page import Page
from experiments.pages.words import grouped
from experiments.questions.adapt import regrets, tables, timeline, words
from experiments.questions.adapt.answer import TABLES, Answer
from experiments.questions.adapt.asked import asked
from experiments.questions.adapt.lived import FIXED, FORESIGHT, MONITORED
from experiments.questions.adapt.words import ALL, WHO_LABELS


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


SECTIONS: Final = (
    Section("answer", "The answer", _answer),
    Section("regret", "Regret, future by future", _regret),
    Section("responses", "When the rule responds", _responses),
    Section("asked", "What was compared", asked),
)
FIGURES: Final = (
    Entry("regret", "regret", regrets.build),
    Entry("timeline", "responses", timeline.build),
)
