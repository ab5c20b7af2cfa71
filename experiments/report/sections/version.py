"""How the numbers were made: version, seeds, draws and Monte-Carlo error."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from experiments.report.body import Body
from experiments.report.labels import TARGET_LABELS, TIERS_TOP_DOWN
from experiments.report.reading import Comparison, NotRecorded
from experiments.report.tables import Column, Row, Table
from experiments.report.words import DASH, chance, count, grouped, known, missing, persons, plain
from sim.outcomes.targets import worth

Z_95 = 1.96
HASH_LETTERS = 16


def build(comparison: Comparison) -> Body:
    """What was run, and how exact the numbers are for that many runs."""
    paragraphs = [_uncertainty(comparison)]
    tables = []
    try:
        rows = _errors(comparison)
        tables.append(
            Table(
                caption="Monte-Carlo error: how far the numbers may be off because the runs are few",
                columns=(
                    Column("Scenario", "text"),
                    Column("Standard error of the mean, persons"),
                    Column("Half width of the 95 % interval of the probability"),
                    Column("Runs needed for a half width of 5 percentage points"),
                ),
                rows=tuple(rows),
            )
        )
    except NotRecorded as missing:
        paragraphs.append(f"Monte-Carlo error: not recorded ({missing}).")
    tables.append(_facts(comparison))
    return Body(paragraphs=tuple(paragraphs), tables=tuple(tables))


def _uncertainty(comparison: Comparison) -> str:
    runs, draws = comparison.number_of_runs, comparison.draws
    if runs == 1:
        return (
            "There is one run. It shows one possible life of the country and says nothing about uncertainty."
        )
    if len(draws) == 1:
        values = _draw_zero(comparison) if draws == [0] else "one set of values"
        return (
            f"All {grouped(runs)} runs use {values} of all parameters. The ranges show chance alone, not "
            f"what is unknown about the world. {_knowledge(comparison)}"
        )
    each = "each run has its own" if len(draws) >= runs else f"they share {count(len(draws), 'set')}"
    return (
        f"The {grouped(runs)} runs of a scenario differ by chance (seed) and by knowledge (values of the "
        f"uncertain parameters; {each}). The ranges show both together. Runs that share a set count as less "
        "than one in the errors and intervals below. Scenarios share seeds, parameters and history, so "
        f"differences between them are more exact than their levels. {_knowledge(comparison)}"
    )


def _draw_zero(comparison: Comparison) -> str:
    """What draw 0 is."""
    return "the central values" if _known(comparison) == "prior" else "the best fit"


def _known(comparison: Comparison) -> str:
    """Name of the calibration that draws come from."""
    return str(comparison.manifest.get("knowledge") or "prior")


def _knowledge(comparison: Comparison) -> str:
    """Where the values of parameters come from."""
    name = _known(comparison)
    if name == "prior":
        return "Values come from the assumed ranges alone; nothing compared them with published history."
    return (
        f"Values are calibrated on published figures ({name.replace('_', ' ')}): each set reproduces them "
        "within stated tolerances. Effects of measures are not calibrated: history could not show them."
    )


def _errors(comparison: Comparison) -> list[Row]:
    rows = []
    for tier in TIERS_TOP_DOWN:
        matrix = comparison.runs(comparison.counted, f"tier={tier}")
        for scenario in comparison.scenarios:
            ends = comparison.of(scenario, matrix).iloc[:, -1]
            target = comparison.target(scenario, tier)
            independent = worth(ends.index.get_level_values("draw").tolist())
            error = float(ends.std(ddof=1)) / math.sqrt(independent) if len(ends) > 1 else float("nan")
            half = (float(target["probability_high"]) - float(target["probability_low"])) / 2
            rows.append(
                Row(
                    cells=(
                        scenario.label,
                        persons(error) if known(error) else "one run, unknown",
                        chance(half).replace("%", "percentage points"),
                        _needed(target, len(ends) / independent),
                    ),
                    group=TARGET_LABELS[tier] if scenario == comparison.baseline else "",
                )
            )
    return rows


def _needed(target: pd.Series, dependence: float) -> str:
    """Runs for a half width of five points: normal approximation, the share drawn to the middle.

    ``dependence`` is the number of runs that are worth one independent run.
    """
    share = (float(target["probability"]) * float(target["runs"]) + 2) / (float(target["runs"]) + 4)
    runs = dependence * Z_95**2 * share * (1 - share) / 0.05**2
    return f"about {plain(runs, 2)}" if known(share) else missing()


def _facts(comparison: Comparison) -> Table:
    facts = comparison.manifest
    rows = [
        ("Comparison", _text(facts.get("name"))),
        ("Written", _text(facts.get("created"))),
        ("Runs of each scenario", grouped(comparison.number_of_runs)),
        ("Seeds", _numbers(facts.get("seeds"))),
        ("Parameter draws", _numbers(facts.get("draws"), zero=f" (0: {_draw_zero(comparison)})")),
        ("Agents", _number(facts.get("agents"))),
        ("Persons for each agent", _number(facts.get("persons_per_agent"))),
        ("Time taken, seconds", _number(facts.get("seconds"))),
        ("Worker-months a second", _number(facts.get("worker_months_per_second"))),
        ("Peak memory, megabytes", _number(facts.get("peak_memory_bytes"), divisor=1e6)),
        ("Versions", _versions(facts.get("versions"))),
        ("Hash of the data, first letters", _text(facts.get("data_hash"))[:HASH_LETTERS]),
        ("Hash of the code, first letters", _text(facts.get("code_hash"))[:HASH_LETTERS]),
    ]
    return Table(
        caption="How the numbers were made",
        columns=(Column("Fact", "text"), Column("Value", "text")),
        rows=tuple(Row(row) for row in rows),
        note="The same version, data, seeds and draws give the same numbers on any machine.",
    )


def _text(value: Any) -> str:
    return str(value) if value not in (None, "") else missing()


def _number(value: Any, divisor: float = 1.0) -> str:
    return grouped(round(float(value) / divisor)) if isinstance(value, int | float) else missing()


def _numbers(values: Any, zero: str = "") -> str:
    """A list of whole numbers, runs of neighbours as ranges."""
    if not isinstance(values, Sequence) or not values:
        return missing()
    ordered = sorted({int(value) for value in values})
    ranges: list[list[int]] = []
    for value in ordered:
        if ranges and value == ranges[-1][1] + 1:
            ranges[-1][1] = value
        else:
            ranges.append([value, value])
    text = ", ".join(str(low) if low == high else f"{low}{DASH}{high}" for low, high in ranges)
    return text + zero if ordered[0] == 0 else text


def _versions(versions: Any) -> str:
    if not isinstance(versions, dict) or not versions:
        return missing()
    return ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
