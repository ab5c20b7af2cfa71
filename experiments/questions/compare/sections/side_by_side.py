"""All scenarios in one table: what they do and what comes of it."""

from collections.abc import Sequence
from typing import Any, Final

from experiments.pages.body import Body, NotRecorded, Point
from experiments.pages.labels import (
    FAMILY_LABELS,
    TARGET_LABELS,
    TIER_LABELS,
    measure_label,
)
from experiments.pages.language import Labels, say
from experiments.pages.likelihood import of_row, with_interval
from experiments.pages.scenario import Scenario
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import (
    DASH,
    by_unit,
    clauses,
    count,
    exact,
    grouped,
    known,
    listed,
    month,
    percent,
    plain,
)
from experiments.questions.compare.findings.differences import HEADLINES
from experiments.questions.compare.reading import TARGETS, Comparison
from sim.policy.intakes import QUOTA_TIERS
from sim.policy.programme import AFTER_NAMING, EVERY_YEAR, NAMED, SELECTED, Programme

ABOUT: Final = Labels(
    {
        SELECTED: "the announced numbers are those selected in each round",
        NAMED: "the announced numbers are those named in the end, so that more are selected",
    }
)
ROUNDS: Final = Labels(
    {
        EVERY_YEAR: "a round every year",
        AFTER_NAMING: "the next round comes after the last is named",
    }
)


def build(comparison: Comparison) -> Body:
    """One sentence per scenario, and the table."""
    rows = [*_targets(comparison), *_outcomes(comparison), *_measures(comparison), *_settings(comparison)]
    table = Table(
        caption=say("The scenarios side by side"),
        columns=(Column("", "text"), *(Column(scenario.label) for scenario in comparison.scenarios)),
        rows=tuple(rows),
        note=say(
            "A measure: intensity from 0 (as at the end of 2024) to 1 (full), start, time until reached. "
            "{dash}: the measure stays as at the end of 2024. Outcomes: median of the runs. "
            "Places are those before any response to monitoring.",
            dash=DASH,
        ),
    )
    points = tuple(Point(scenario.label, _description(scenario)) for scenario in comparison.scenarios)
    return Body(paragraphs=readings(comparison.scenarios), points=points, tables=(table,))


def readings(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """How the scenarios read the craftsman programme, as far as it is kept; a sentence for each reading."""
    by_reading: dict[Programme, list[str]] = {}
    for scenario in scenarios:
        if scenario.record.get("programme"):
            by_reading.setdefault(scenario.programme, []).append(scenario.label)
    return tuple(
        say(
            "The craftsman programme, as read under {scenarios}: {about}; {rounds}; cultivation takes "
            "{national} months for national craftsmen, {provincial} for provincial and {city} for city ones.",
            scenarios=say("all scenarios") if len(by_reading) == 1 else listed(labels),
            about=ABOUT[reading.about],
            rounds=ROUNDS[reading.rounds],
            **{tier: reading.months_of(tier) for tier in QUOTA_TIERS},
        )
        for reading, labels in by_reading.items()
    )


def _description(scenario: Scenario) -> str:
    if not scenario.sentence:
        return say("no description is kept.")
    return say("{text}.", text=scenario.sentence.rstrip(".。"))


def _grouped(heading: str, rows: list[tuple[str, ...]]) -> list[Row]:
    return [Row(cells, group="" if number else heading) for number, cells in enumerate(rows)]


def _targets(comparison: Comparison) -> list[Row]:
    rows = []
    for target in TARGETS:
        cells = []
        for scenario in comparison.scenarios:
            try:
                row = comparison.target(scenario, target)
            except NotRecorded:
                cells.append(DASH)
                continue
            cells.append(with_interval(*of_row(row)))
        rows.append((TARGET_LABELS[target], *cells))
    return _grouped(say("Probability of the target, with 95 % interval"), rows)


def _outcomes(comparison: Comparison) -> list[Row]:
    rows = []
    for indicator, group, label in HEADLINES:
        if not comparison.has(indicator, group):
            continue
        matrix = comparison.runs(indicator, group)
        formatter = by_unit(comparison.unit(indicator, group))
        ends = [
            float(comparison.of(scenario, matrix).iloc[:, -1].median()) for scenario in comparison.scenarios
        ]
        rows.append((say(label), *(formatter(value) for value in ends)))
    return _grouped(say("Outcomes in {year}", year=comparison.last_year), rows)


def _measures(comparison: Comparison) -> list[Row]:
    """Rows by family, a cell per scenario."""
    found: dict[str, dict[str, tuple[str, dict[str, str]]]] = {}
    for scenario in comparison.scenarios:
        for measure in scenario.measures:
            family, name = str(measure.get("family") or "other"), str(measure.get("measure"))
            title = say(str(measure.get("title") or measure_label(name)))
            cells = found.setdefault(family, {}).setdefault(name, (title, {}))[1]
            path = measure_path(measure)
            before = [cells[scenario.name]] if scenario.name in cells else []
            cells[scenario.name] = clauses([*before, path], "; ")
    families = [name for name in FAMILY_LABELS if name in found] + [
        name for name in found if name not in FAMILY_LABELS
    ]
    rows = []
    for family in families:
        lines = [
            (title, *(cells.get(scenario.name, DASH) for scenario in comparison.scenarios))
            for title, cells in found[family].values()
        ]
        label = FAMILY_LABELS[family] if family in FAMILY_LABELS else say(family)
        rows += _grouped(say("Measures: {family}", family=label.lower()), lines)
    return rows


def measure_path(measure: dict[str, Any]) -> str:
    """The path of a measure, such as ``0.8 from 2027-01, over 4 years``."""
    level = measure.get("level")
    parts = [exact(float(level)) if isinstance(level, int | float) else str(level)]
    if measure.get("start"):
        parts.append(say("from {month}", month=month(str(measure["start"]))))
    months = measure.get("ramp_months")
    if isinstance(months, int | float) and months > 0:
        parts.append(say("over {time}", time=count_of_years(months)))
    if measure.get("end"):
        parts.append(say("to {month}", month=month(str(measure["end"]))))
    if measure.get("provinces"):
        parts.append(say("in {number} provinces", number=len(measure["provinces"])))
    if measure.get("level_by_province"):
        parts.append(say("other levels in some provinces"))
    return clauses(parts, " ")


def count_of_years(months: float) -> str:
    """Months as years where they are whole years."""
    return count(int(months) // 12, "year") if months % 12 == 0 else count(int(months), "month")


def _settings(comparison: Comparison) -> list[Row]:
    """Quotas and the assumptions about the future that a scenario makes."""
    rows = []
    for tier, label in TIER_LABELS.items():
        values = [
            (scenario.record.get("quota_per_year") or {}).get(tier) for scenario in comparison.scenarios
        ]
        if any(value is not None for value in values):
            rows.append(
                (
                    say("{tier} places a year, before any response to monitoring", tier=label),
                    *(_number(value) for value in values),
                )
            )
    for key, label, formatter in (
        ("labour_demand_growth_per_year", "Growth of labour demand a year", percent),
        ("wage_growth_per_year", "Growth of wages a year", percent),
        ("delivery_factor", "Delivery, against expected", plain),
    ):
        values = [scenario.record.get(key) for scenario in comparison.scenarios]
        if any(isinstance(value, int | float) for value in values):
            rows.append(
                (say(label), *(formatter(float(value)) if value is not None else DASH for value in values))
            )
        elif any(key in scenario.record for scenario in comparison.scenarios):
            rows.append((say(label), *(say("as drawn for each run") for _ in values)))
    rules = [say("yes" if scenario.rule else "no") for scenario in comparison.scenarios]
    rows.append((say("Adapts when monitoring finds it behind"), *rules))
    if any(scenario.watched for scenario in comparison.scenarios):
        watched = [watched_targets(scenario) or DASH for scenario in comparison.scenarios]
        rows.append((say("What monitoring watches, persons"), *watched))
    return _grouped(say("Settings"), rows)


def watched_targets(scenario: Scenario) -> str:
    """The targets that the monitoring rule watches; empty without a rule."""
    found = scenario.watched
    if not found:
        return ""
    tiers = [
        say("{tier} {number}", tier=TIER_LABELS[tier].lower(), number=grouped(found[tier]))
        for tier in scenario.rule["tiers"]
    ]
    counting = (
        "certificates by the end of {year}"
        if found["counting"] == "certificates"
        else "still in the trade at the end of {year}"
    )
    return clauses([*tiers, say(counting, year=found["year"])])


def _number(value: object) -> str:
    return grouped(float(value)) if isinstance(value, int | float) and known(float(value)) else DASH
