"""Sentences of two comparisons side by side."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from experiments.pages.body import Point
from experiments.pages.labels import FAMILY_LABELS, TARGET_LABELS, TIER_LABELS
from experiments.pages.language import Labels, say, sentences
from experiments.pages.likelihood import of_row, with_interval
from experiments.pages.provinces import PROVINCE_LABELS
from experiments.pages.scenario import Scenario
from experiments.pages.words import (
    DASH,
    Formatter,
    bracketed,
    clauses,
    count,
    exact,
    grouped,
    known,
    listed,
    percent,
    persons,
    signed,
    span,
    with_unit,
)
from experiments.questions.compare.beside.joined import lines
from experiments.questions.compare.beside.read import Beside
from experiments.questions.compare.findings import choice_words
from experiments.questions.compare.findings.choice import Option, Verdict, choose
from experiments.questions.compare.findings.choice_words import worst
from experiments.questions.compare.sections import brief
from experiments.questions.compare.sections.side_by_side import measure_path
from sim.targets import TARGET_TIERS

LINES: Final = Labels({
    "labour_demand_growth_per_year": "Growth of labour demand a year",
    "wage_growth_per_year": "Growth of wages a year",
    "delivery_factor": "Delivery, against expected",
    "programme.about": "Craftsman programme: what the announced numbers are",
    "programme.rounds": "Craftsman programme: rounds",
    "programme.months.city": "Craftsman programme: months of cultivation, city",
    "programme.months.provincial": "Craftsman programme: months of cultivation, provincial",
    "programme.months.national": "Craftsman programme: months of cultivation, national",
    "monitoring.tiers": "Monitoring: tiers that are watched",
    "monitoring.first_review": "Monitoring: first review",
    "monitoring.every_years": "Monitoring: years between reviews",
    "monitoring.threshold": "Monitoring: share of a target below which it answers",
    "monitoring.quota_factor": "Monitoring: places are multiplied by",
    "monitoring.intensity_step": "Monitoring: rise of the intensity of measures",
    "monitoring.families": "Monitoring: families that rise",
    "monitoring.delay_months": "Monitoring: months until an answer is in force",
    "monitoring.budget_million_yuan_per_year": "Monitoring: budget, million yuan a year",
})  # fmt: skip
Cells = tuple[str, ...]  # of a row: a line in words, and what it is in each
YEARS: Final = ("monitoring.first_review",)
SHARES: Final = ("labour_demand_growth_per_year", "wage_growth_per_year")


def chosen(page: Beside) -> tuple[Verdict, dict[Scenario, Option]]:
    """What the scenarios come to, by the rule of every comparison, and what is known of each."""
    options = choice_words.options(page, brief.prices(page))
    return choose(options), dict(zip(page.scenarios, options, strict=True))


def answer(page: Beside) -> tuple[Point, ...]:
    """Which scenario of whom is likeliest to reach all targets, and by how much."""
    verdict, options = chosen(page)
    if verdict.kind == "few":
        runs = count(page.number_of_runs, "run")
        text = say("{runs} of each scenario are too few to tell which is likeliest.", runs=runs)
        return (Point(say("The likeliest"), text),)
    best = page.scenarios[verdict.best[0].place]
    never = verdict.kind == "never"
    return (
        _first(page, verdict, options),
        *(_rival(page, best, rival, whose, never=never) for whose, rival in rivals(page, best, options)),
    )


def _first(page: Beside, verdict: Verdict, options: Mapping[Scenario, Option]) -> Point:
    best = [page.scenarios[option.place] for option in verdict.best]
    named = listed([scenario.label for scenario in best])
    if verdict.kind == "never":
        share, tier = worst(page, best[0])
        text = say(
            "no scenario of either comparison reaches all three targets in any of its runs. Nearest comes "
            "{nearest}: {tier}, its worst tier, end on average at {share} of their target.",
            nearest=named,
            tier=TARGET_LABELS[tier].lower(),
            share=percent(share),
        )
        return Point(say("The nearest"), text)
    values = {"scenario": named, "chance": with_interval(*options[best[0]][1:4])}
    if len(best) > 1:
        text = say("{scenario} reach all three targets with the same probability of {chance}.", **values)
    else:
        text = say("{scenario} reaches all three targets with a probability of {chance}.", **values)
    return Point(say("The likeliest"), text)


def rivals(page: Beside, best: Scenario, options: Mapping[Scenario, Option]) -> list[tuple[str, Scenario]]:
    """The likeliest of the comparison that lacks the best one; where both have it, what is likeliest besides.

    Of equally likely ones, that which comes nearer to its targets.
    """
    have = page.whose(best)
    found = []
    for side in page.sides:
        if have == (side,):
            continue
        shared = len(have) < 2  # then what both have stands against the best, too
        of_side = [one for one in page.scenarios if side in page.whose(one)]
        own = [one for one in of_side if shared or page.whose(one) == (side,)]
        if own:
            found.append((side, max(own, key=lambda one: (options[one].probability, options[one].attained))))
    return found


def _rival(page: Beside, best: Scenario, rival: Scenario, side: str, *, never: bool) -> Point:
    """How far behind the best it is, in the same runs."""
    tier = worst(page, best)[1]
    row = page.difference(rival, best, tier)
    values = {"scenario": rival.label, "best": best.label, "tier": TARGET_LABELS[tier].lower()}
    if never:
        text = say(
            "{scenario}: on average {difference} {tier} against {best} in the same runs.",
            difference=heads(row), **values,
        )  # fmt: skip
        return Point(say("The nearest of {side}", side=side), text)
    chances = page.difference(rival, best, "all")
    said = [
        say(
            "{scenario}, with a probability of {chance}: {difference} against {best} in the same runs.",
            chance=with_interval(*of_row(page.target(rival, "all"))), difference=points(chances), **values,
        ),
        _doubt(chances),
        say("On average: {difference} {tier}.", difference=heads(row), **values),
    ]  # fmt: skip
    return Point(say("The likeliest of {side}", side=side), sentences(said))


def _doubt(row: pd.Series) -> str:
    """That a difference of probabilities may be none; nothing where it is not."""
    low, high = _ends(row, "probability")
    return "" if low > 0 or high < 0 else say("The runs do not show which of the two is likelier.")


def points(row: pd.Series) -> str:
    """A difference of probabilities with its interval, in percentage points."""
    low, high = _ends(row, "probability")
    text = with_unit(signed(float(row["probability"]), hundredths), say("percentage points"))
    return bracketed(text, say("95 % interval {interval}", interval=span(low, high, hundredths)))


def heads(row: pd.Series) -> str:
    """A difference of persons with its interval."""
    low, high = _ends(row, "persons")
    text = signed(float(row["persons"]), persons)
    return bracketed(text, say("95 % interval {interval}", interval=span(low, high, persons)))


def cell(row: pd.Series, what: str, formatter: Formatter) -> str:
    """A difference with its interval, in a table whose heading has the unit."""
    low, high = _ends(row, what)
    text = signed(float(row[what]), formatter)
    return bracketed(text, span(low, high, formatter)) if known(low) else text


def hundredths(share: float) -> str:
    """A share in per cent, without the unit."""
    return grouped(100 * share)


def _ends(row: pd.Series, what: str) -> tuple[float, float]:
    return float(row[f"{what}_low"]), float(row[f"{what}_high"])


def apart(page: Beside, one: Scenario, other: Scenario) -> str:
    """What the lines that differ between two scenarios of one name bring."""
    tiers = [
        say(
            "{tier} {difference}",
            tier=TARGET_LABELS[tier].lower(),
            difference=heads(page.difference(one, other, tier)),
        )
        for tier in TARGET_TIERS
    ]
    return say(
        "{scenario} against {other}, in the same runs: all three targets {difference}; {tiers}.",
        scenario=one.label, other=other.label, difference=points(page.difference(one, other, "all")),
        tiers=clauses(tiers, "; "),
    )  # fmt: skip


def unequal(page: Beside) -> list[str]:
    """What should have come out equal in both comparisons and did not."""
    called = {scenario.name: scenario.label for scenario in page.scenarios}
    return [
        say(
            "A fault: {scenario} has the same lines, and {number} of its {runs} ended differently, the first "
            "of them {first}. One of the two was damaged, or lived with packages that compute otherwise. "
            "Shown is what {shown} has; make both again before you trust either.",
            scenario=called[row["scenario"]],
            number=grouped(row["runs"]),
            runs=count(row["of"], "run"),
            first=row["first"],
            shown=page.sides[0],
        )
        for row in page.manifest["unequal"]
    ]


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Cells]:
    """Each line that two scenarios differ in, in words, and what it is in both."""
    first, second = lines(one), lines(other)
    keys = [key for key in {**first, **second} if first.get(key) != second.get(key)]
    rows = _measures(one, other, keys)
    ruled = [bool(record.get("monitoring")) for record in (one, other)]
    if ruled[0] != ruled[1]:
        keys = [key for key in keys if not key.startswith("monitoring.")]
        rows.append(
            (say("Adapts when monitoring finds it behind"), *(say("yes" if has else "no") for has in ruled))
        )
    return rows + [
        (_line(key), _value(key, first.get(key)), _value(key, second.get(key)))
        for key in keys
        if not key.startswith("measures.")
    ]


def _measures(one: Mapping[str, Any], other: Mapping[str, Any], keys: list[str]) -> list[Cells]:
    """A row for each measure that differs, and one for its provinces where those do."""
    first, second = ({path["measure"]: path for path in record["measures"]} for record in (one, other))
    rows: list[Cells] = []
    for name, path in {**second, **first}.items():
        parts = {key.split(".")[2] for key in keys if key.startswith(f"measures.{name}.")}
        title, both = say(str(path["title"])), [found.get(name) or {} for found in (first, second)]
        if parts:
            rows.append((title, *(measure_path(dict(found)) if found else DASH for found in both)))
        if "provinces" in parts:
            where = say("{measure}: provinces", measure=title)
            rows.append((where, *(_provinces(found.get("provinces")) for found in both)))
        if "level_by_province" in parts:
            where = say("{measure}: levels of single provinces", measure=title)
            rows.append((where, *(_provinces(found.get("level_by_province")) for found in both)))
    return rows


def _provinces(found: Any) -> str:
    """Names of provinces, with the level of each where it has its own."""
    if not found:
        return DASH
    if isinstance(found, Mapping):
        return clauses([f"{PROVINCE_LABELS[code]} {exact(level)}" for code, level in found.items()])
    return clauses([PROVINCE_LABELS[str(code)] for code in found])


def _line(key: str) -> str:
    """A line of a scenario in words; as it is typed where there are none."""
    group, _, rest = key.partition(".")
    year, _, tier = rest.rpartition(".")
    if group == "quota_per_year":
        return say("{tier} places a year, before any response to monitoring", tier=TIER_LABELS[tier])
    if group == "quota_in_year":
        return say(
            "{tier} places in {year}, before any response to monitoring", tier=TIER_LABELS[tier], year=year
        )
    return LINES.get(key, key)


def _value(key: str, value: Any) -> str:
    if value is None:
        return DASH
    if isinstance(value, list | tuple):
        names = {**TIER_LABELS, **FAMILY_LABELS}
        return clauses([names.get(one, str(one)).lower() for one in value]) or DASH
    if not isinstance(value, int | float) or key in YEARS:
        return str(value)
    if key in SHARES:
        return percent(value)
    return grouped(value) if isinstance(value, int) else exact(value)
