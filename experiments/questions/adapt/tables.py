"""The tables of the page."""

from experiments.pages.labels import TARGET_LABELS, TIER_LABELS
from experiments.pages.language import say
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import DASH, chance, grouped, known, month, persons, signed
from experiments.questions.adapt import words
from experiments.questions.adapt.foresight import FIXED, MONITORED, TARGETS
from experiments.questions.adapt.words import (
    WHO_LABELS,
    YUAN,
    Answer,
    billions,
    hundredths,
    of_futures,
    ranged,
)
from sim.calendar import FORK_YEAR
from sim.targets import TARGET_TIERS


def chances(answer: Answer) -> Table:
    """How likely each target is under each plan."""
    rows = []
    for target in TARGETS:
        for place, who in enumerate(WHO_LABELS):
            row = answer.row("chances", target=target, who=who)
            heads = [persons(row[key]) if known(row[key]) else DASH for key in ("mean", "lacking")]
            group = "" if place else TARGET_LABELS[target]
            rows.append(Row((WHO_LABELS[who], words.likely(row), *heads), group=group))
    return Table(
        caption=say("Target by target"),
        columns=columns(
            say("Plan"), say("Reached, 95 % interval"), say("Mean at the end"), say("Lacking on average")
        ),
        rows=tuple(rows),
        note=say("Perfect foresight chooses for all three targets together, not for a single one."),
    )  # fmt: skip


def worth(answer: Answer) -> Table:
    """What the rule gains, and how much of the gap it closes."""
    rows = [
        Row(
            (
                TARGET_LABELS[row["target"]],
                words.gained(row, hundredths),
                signed(row["gap"], hundredths),
                grouped(row["helped"]),
                grouped(row["won"]),
                words.closed(row),
                grouped(row["lost"]),
            )
        )
        for row in answer.rows("worth")
    ]
    return Table(
        caption=say("What the rule gains, and how much of the gap to perfect foresight it closes"),
        columns=columns(
            say("Target"),
            say("Gained on the fixed plan, percentage points, 95 % interval"),
            say("Gap of the fixed plan, percentage points"),
            say("Futures in which knowing helps"),
            say("Won by the rule"),
            say("Closed, 95 % interval"),
            say("Lost by the rule"),
        ),
        rows=tuple(rows),
        note=say(
            "Knowing helps where the fixed plan misses the target and perfect foresight reaches it. Closed "
            "is the share of these futures in which the rule reaches it too. Lost are futures that the "
            "fixed plan reaches and the rule does not."
        ),
    )


def regrets(answer: Answer) -> Table:
    """Regret of both plans."""
    rows = []
    for who in (FIXED, MONITORED):
        for place, measure in enumerate((YUAN, *TARGET_TIERS)):
            row = answer.row("regret", who=who, measure=measure)
            said = billions if measure == YUAN else persons
            label = say("Spent in vain") if measure == YUAN else TIER_LABELS[measure]
            cells = (label, grouped(row["futures"]), ranged(row, said).removeprefix("+"), said(row["most"]))
            rows.append(
                Row(cells if row["futures"] else (label, "0", DASH, DASH), "" if place else WHO_LABELS[who])
            )
    return Table(
        caption=say("Regret, in yuan where all targets are reached and in craftsmen in all futures"),
        columns=columns(say("Measure"), say("Futures"), say("Mean, 95 % interval"), say("Most")),
        rows=tuple(rows),
        note=say(
            "Below zero, perfect foresight lets more of this tier lack to bring the worst one nearer to its "
            "target."
        ),
    )  # fmt: skip


def costs(answer: Answer) -> Table:
    """What each plan spends."""
    rows = [
        Row(
            (
                WHO_LABELS[row["who"]],
                billions(row["mean"]),
                DASH if row["who"] == FIXED else ranged(row, billions, "added_"),
            )
        )
        for row in answer.rows("costs")
    ]
    return Table(
        caption=say(
            "Spending on measures and places from {first} to {year}",
            first=FORK_YEAR + 1, year=answer.keys.targets.year,
        ),
        columns=columns(say("Plan"), say("Mean"), say("Added to the fixed plan, 95 % interval")),
        rows=tuple(rows),
        note=say("Places beyond those announced in 2024 count too; their unit costs are assumed."),
    )  # fmt: skip


def reviews(answer: Answer) -> Table:
    """All reviews."""
    rows = [
        Row(
            (
                say("end of {year}", year=row["year"]),
                month(str(row["in_force"])),
                *(grouped(row[key]) for key in ("responded", "false", "first", *TARGET_TIERS)),
            )
        )
        for row in answer.rows("responses")
    ]
    return Table(
        caption=say("Review by review, of {futures}", futures=of_futures(answer.number)),
        columns=columns(
            say("Review"), say("In force"), say("Responses"), say("For nothing"), say("First response"),
            *(say("{tier} behind", tier=TIER_LABELS[tier]) for tier in TARGET_TIERS),
        ),
        rows=tuple(rows),
    )  # fmt: skip


def alarms(answer: Answer) -> Table:
    """Right and false alarms, and misses."""
    rows = [
        Row(
            (
                TARGET_LABELS[row["target"]],
                *(grouped(row[key]) for key in ("right", "false", "missed", "quiet")),
            )
        )
        for row in answer.rows("alarms")
    ]
    return Table(
        caption=say("Alarms and misses by target, of {futures}", futures=of_futures(answer.number)),
        columns=columns(
            say("Target"), say("Right alarm"), say("False alarm"), say("Miss"), say("Quiet with reason")
        ),
        rows=tuple(rows),
    )  # fmt: skip


def menu(answer: Answer) -> Table:
    """Every plan of the set."""
    rows = [
        Row(
            (
                words.plan(row),
                *(chance(row[target]) for target in TARGETS),
                billions(row[YUAN]),
                chance(row["chosen"]),
            )
        )
        for row in answer.rows("plans")
    ]
    return Table(
        caption=say("All plans: share of the futures in which targets are reached, and cost"),
        columns=columns(
            say("Plan"), *(TARGET_LABELS[target] for target in TARGETS), say("Mean cost"),
            say("Taken by foresight"),
        ),
        rows=tuple(rows),
    )  # fmt: skip


def columns(first: str, *others: str) -> tuple[Column, ...]:
    """Columns of numbers behind a first one of text."""
    return (Column(first, "text"), *(Column(heading) for heading in others))
