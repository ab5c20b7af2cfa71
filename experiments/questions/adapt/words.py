"""A comparison of plans as it lies in its folder, in sentences and numbers as a planner reads them."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from experiments.answers.keys import as_dict
from experiments.answers.read import AnswerFolder
from experiments.pages.labels import TIER_LABELS
from experiments.pages.language import Labels, say, sentences
from experiments.pages.likelihood import with_interval
from experiments.pages.words import (
    Formatter,
    billion_yuan,
    bracketed,
    count,
    grouped,
    known,
    listed,
    percent,
    persons,
    signed,
    span,
    unit_said_once,
    with_unit,
)
from experiments.questions.adapt.foresight import FIXED, FORESIGHT, MONITORED
from experiments.questions.adapt.keys import AdaptKeys
from experiments.questions.adapt.plans import reviews
from experiments.tables.rows import records
from sim.calendar import FORK_YEAR
from sim.policy.monitoring import MonitoringRule, read_rule
from sim.targets import TARGET_TIERS, Targets

Row = dict[str, Any]
TABLES: Final = ("chances", "costs", "worth", "regret", "alarms", "responses", "plans", "futures")
ALL: Final = "all"
YUAN: Final = "billion_yuan"
WHO_LABELS: Final = Labels(
    {FIXED: "Fixed plan", MONITORED: "With monitoring", FORESIGHT: "Perfect foresight"}
)


class Answer(AnswerFolder[AdaptKeys]):
    """The tables of one comparison."""

    kind = AdaptKeys
    texts = ("responses",)

    @cached_property
    def rule(self) -> MonitoringRule:
        """The rule of the monitored plan, watching what is to be reached."""
        rule = read_rule(self.keys.scenario["monitoring"], "monitoring")
        return replace(rule, targets=Targets(**as_dict(self.keys.targets)))

    @property
    def reviews(self) -> tuple[int, ...]:
        """Years of the reviews whose responses come in time."""
        return reviews(self.rule, self.keys.targets.year)

    @property
    def number(self) -> int:
        """Futures that were lived."""
        return self.keys.draws

    def row(self, name: str, **keys: str) -> Row:
        """The row of a table with these values."""
        return next(row for row in self.rows(name) if all(row[key] == value for key, value in keys.items()))

    def best_kept(self) -> Row:
        """The plan without a rule that reaches all targets most often, of equal ones the cheapest."""
        kept = self.table("plans").dropna(subset=["level"])
        kept = kept[kept["allowed"] == 1.0]
        return records(kept.sort_values(["all", "billion_yuan"], ascending=[False, True]))[0]

    def places_alone(self) -> Row | None:
        """The fixed plan with most of the rule's places; None when the set has no such plan."""
        rows = [row for row in self.rows("plans") if row["level"] == 1.0 and row["added_places"] > 0.0]
        return max(rows, key=lambda row: float(row["added_places"]), default=None)


def billions(value: float) -> str:
    """Billion yuan in words."""
    return billion_yuan(1e3 * value)


def percentage_points(value: float) -> str:
    """A difference of probabilities."""
    return with_unit(grouped(100 * value), say("percentage points"))


def hundredths(value: float) -> str:
    """The same in a table whose heading has the unit."""
    return grouped(100 * value)


def of_futures(number: float) -> str:
    """``12 futures``."""
    return count(round(number), "future")


def ranged(row: dict[str, Any], formatter: Formatter, prefix: str = "", key: str = "mean") -> str:
    """A difference with its sign and its 95 % interval, as far as they are known."""
    value, low, high = row[f"{prefix}{key}"], row[f"{prefix}low"], row[f"{prefix}high"]
    text = signed(value, formatter)
    if not (known(low) and known(high)) or low == high:
        return text
    return bracketed(text, unit_said_once(span(low, high, formatter), text))


def likely(row: dict[str, Any]) -> str:
    """A probability with its interval."""
    return with_interval(row["probability"], row["low"], row["high"])


def gained(row: dict[str, Any], said: Formatter = percentage_points) -> str:
    """What the rule adds to a probability."""
    named = {"mean": row["gained"], "low": row["gained_low"], "high": row["gained_high"]}
    return ranged(named, said)


def closed(row: dict[str, Any]) -> str:
    """How much of the gap the rule closes."""
    if not known(row["closed"]):
        return say("no gap")
    return with_interval(row["closed"], row["closed_low"], row["closed_high"])


def how_likely(answer: Answer) -> str:
    """How likely all three targets are under each plan."""
    said = {who: likely(answer.row("chances", target=ALL, who=who)) for who in WHO_LABELS}
    return say(
        "{fixed} with the fixed plan, {monitored} with monitoring, {foresight} with perfect foresight.",
        **said,
    )


def what_it_is_worth(answer: Answer) -> str:
    """What the rule gains on the fixed plan, and what that costs."""
    return say(
        "{gained} in the probability of all three targets against the fixed plan, for {cost} until {year}.",
        gained=gained(answer.row("worth", target=ALL)),
        cost=ranged(answer.row("costs", who=MONITORED), billions, "added_"),
        year=answer.keys.targets.year,
    )


def gap(answer: Answer) -> str:
    """How much of the gap to perfect foresight the rule closes."""
    row = answer.row("worth", target=ALL)
    if row["helped"] == 0:
        first = say("Knowing the future would have helped nowhere; there is no gap to close.")
    else:
        first = say(
            "In {helped} the fixed plan misses a target that another plan would have reached. In {won} of "
            "them the rule reaches all three: it closes {closed} of the gap.",
            helped=of_futures(row["helped"]), won=grouped(row["won"]), closed=closed(row),
        )  # fmt: skip
    lost = say("In {lost} it loses what the fixed plan reaches.", lost=of_futures(row["lost"]))
    return sentences((first, lost if row["lost"] else ""))


def regret(answer: Answer, who: str) -> str:
    """What one plan loses against knowing the future beforehand, in yuan and in craftsmen."""
    row = answer.row("regret", who=who, measure=YUAN)
    money = (
        say(
            "in the {futures} in which it reaches all three, it spends {yuan} more than the cheapest plan "
            "that suffices there.",
            futures=of_futures(row["futures"]), yuan=ranged(row, billions).removeprefix("+"),
        )
        if row["futures"]
        else say("it reaches all three in no future.")
    )  # fmt: skip
    lacking = say(
        "Craftsmen that it lacks, on average over all futures, beyond those that lack under perfect "
        "foresight too: {craftsmen}.",
        craftsmen=listed(
            [
                say("{tier} {number}", tier=TIER_LABELS[tier].lower(), number=lacks(answer, who, tier))
                for tier in TARGET_TIERS
            ]
        ),
    )
    return sentences((money, lacking))


def lacks(answer: Answer, who: str, tier: str) -> str:
    """Craftsmen of a tier that lack beyond those that lack under perfect foresight."""
    return ranged(answer.row("regret", who=who, measure=tier), persons).removeprefix("+")


def alarms(answer: Answer) -> str:
    """When the rule responds, how often for nothing, and what it misses."""
    row = answer.row("alarms", target=ALL)
    responded = row["right"] + row["false"]
    if not responded:
        return say(
            "the rule never responds; the fixed plan misses a target in {missed}.",
            missed=of_futures(row["missed"]),
        )
    text = "the rule responds in {responded} of {futures}, never for nothing."
    if row["false"]:
        text = (
            "the rule responds in {responded} of {futures}. In {false} of these it does so for nothing, as "
            "the fixed plan would have reached all three targets there."
        )
    first = say(
        text,
        responded=grouped(responded), futures=of_futures(answer.number), false=grouped(row["false"]),
    )  # fmt: skip
    missed = (
        say("It misses {missed}: no response, and a target not reached.", missed=of_futures(row["missed"]))
        if row["missed"]
        else say("Where it does not respond, no target is missed.")
    )
    return sentences((first, missed, first_responses(answer)))


def first_responses(answer: Answer) -> str:
    """In which years the first responses come."""
    rows = [row for row in answer.rows("responses") if row["first"]]
    years = [say("{year} in {futures}", year=row["year"], futures=of_futures(row["first"])) for row in rows]
    return say("The first response comes after the review of {years}.", years=listed(years))


def taken(answer: Answer) -> str:
    """How often perfect foresight takes no measure, and what that means for regret in yuan."""
    plans = answer.table("plans")
    none = float(plans.loc[plans["level"] == 0.0, "chosen"].sum())
    if not none:
        return ""
    return say(
        "In {futures} perfect foresight takes no measure at all: luck or more places are enough there. "
        "Regret in yuan is above all the price of measures that these targets do not need; with places=[0] "
        "foresight may change the measures alone.",
        futures=of_futures(none * answer.number),
    )


def without_rule(answer: Answer) -> str:
    """What one plan for all futures does without a rule: the best of the set, and the rule's places alone."""
    best, places = answer.best_kept(), answer.places_alone()
    first = say(
        "the plan of the set that does best ({plan}) reaches all three in {futures} for {cost}. It was "
        "picked by these same futures, which flatters it.",
        plan=plan(best), futures=of_futures(best[ALL] * answer.number), cost=billions(best[YUAN]),
    )  # fmt: skip
    second = places and say(
        "The fixed plan with {places} more places from {first} on reaches all three in {futures} for {cost}.",
        first=FORK_YEAR + 1, places=percent(places["added_places"]),
        futures=of_futures(places[ALL] * answer.number), cost=billions(places[YUAN]),
    )  # fmt: skip
    return sentences((first, second or ""))


def plan(row: dict[str, Any]) -> str:
    """A plan of the set in words."""
    if not known(row["level"]):
        return WHO_LABELS[MONITORED]
    return say(
        "intensity x {level}, places +{places}",
        level=f"{row['level']:g}", places=percent(row["added_places"]),
    )  # fmt: skip


def in_words(folder: Path) -> str:
    """What was found, in a sentence or two for each question."""
    answer = Answer(folder)
    said = {
        "All three targets": how_likely(answer),
        "The rule": what_it_is_worth(answer),
        "Gap to perfect foresight": gap(answer),
        "Regret of the fixed plan": regret(answer, FIXED),
        "Regret with monitoring": regret(answer, MONITORED),
        "Perfect foresight": taken(answer),
        "Without a rule": without_rule(answer),
        "Responses": alarms(answer),
    }
    return "\n".join(f"{lead}: {text}" for lead, text in said.items() if text)
