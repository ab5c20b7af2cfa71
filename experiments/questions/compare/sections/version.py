"""How the numbers were made: version, seeds, draws and Monte-Carlo error."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from experiments.pages.body import Body, NotRecorded
from experiments.pages.labels import TARGET_LABELS, TIERS_TOP_DOWN
from experiments.pages.language import say, sentences
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import DASH, chance, clauses, count, grouped, known, missing, persons, plain
from experiments.questions.compare.reading import Comparison
from sim.outcomes.attainment import worth

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
                caption=say("Monte-Carlo error: how far the numbers may be off because the runs are few"),
                columns=(
                    Column(say("Scenario"), "text"),
                    Column(say("Standard error of the mean, persons")),
                    Column(say("Half width of the 95 % interval of the probability")),
                    Column(say("Runs needed for a half width of 5 percentage points")),
                ),
                rows=tuple(rows),
            )
        )
    except NotRecorded as lack:
        paragraphs.append(say("Monte-Carlo error: not recorded ({lack}).", lack=lack))
    tables.append(_facts(comparison))
    return Body(paragraphs=tuple(paragraphs), tables=tuple(tables))


def _uncertainty(comparison: Comparison) -> str:
    runs, draws = comparison.number_of_runs, comparison.draws
    if runs == 1:
        return say(
            "There is one run. It shows one possible life of the country and says nothing about uncertainty."
        )
    if len(draws) == 1:
        values = _draw_zero(comparison) if draws == [0] else say("one set of values")
        said = say(
            "All {runs} runs use {values} of all parameters. The ranges show chance alone, not what is "
            "unknown about the world.",
            runs=grouped(runs),
            values=values,
        )
        return sentences([said, _knowledge(comparison)])
    said = say(
        "The {runs} runs of a scenario differ by chance (seed) and by knowledge (values of the uncertain "
        "parameters; {each}). The ranges show both together. Runs that share a set count as less than one in "
        "the errors and intervals below. Scenarios share seeds, parameters and history, so differences "
        "between them are more exact than their levels.",
        runs=grouped(runs),
        each=say("each run has its own")
        if len(draws) >= runs
        else say("they share {sets}", sets=count(len(draws), "set")),
    )
    return sentences([said, _knowledge(comparison)])


def _draw_zero(comparison: Comparison) -> str:
    """What draw 0 is."""
    return say("the central values" if _known(comparison) == "prior" else "the best fit")


def _known(comparison: Comparison) -> str:
    """Name of the calibration that draws come from."""
    return str(comparison.manifest.get("knowledge") or "prior")


def _knowledge(comparison: Comparison) -> str:
    """Where the values of parameters come from."""
    name = _known(comparison)
    if name == "prior":
        return say("Values come from the assumed ranges alone; nothing compared them with published history.")
    return say(
        "Values are calibrated on published figures ({name}): each set reproduces them within stated "
        "tolerances. Effects of measures are not calibrated: history could not show them.",
        name=name.replace("_", " "),
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
                        persons(error) if known(error) else say("one run, unknown"),
                        chance(half).replace("%", say("percentage points")),
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
    return say("about {runs}", runs=plain(runs, 2)) if known(share) else missing()


def _facts(comparison: Comparison) -> Table:
    facts = comparison.manifest
    rows = [
        (say("Comparison"), _text(facts.get("name"))),
        (say("Written"), _text(facts.get("created"))),
        (say("Runs of each scenario"), grouped(comparison.number_of_runs)),
        (say("Seeds"), _numbers(facts.get("seeds"))),
        (say("Parameter draws"), _draws(comparison)),
        (say("Agents"), _number(facts.get("agents"))),
        (say("Persons for each agent"), _number(facts.get("persons_per_agent"))),
        (say("Time taken, seconds"), _number(facts.get("seconds"))),
        (say("Worker-months a second"), _number(facts.get("worker_months_per_second"))),
        (say("Peak memory, megabytes"), _number(facts.get("peak_memory_bytes"), divisor=1e6)),
        (say("Versions"), _versions(facts.get("versions"))),
        (say("Hash of the data, first letters"), _text(facts.get("data_hash"))[:HASH_LETTERS]),
        (say("Hash of the code, first letters"), _text(facts.get("code_hash"))[:HASH_LETTERS]),
    ]
    return Table(
        caption=say("How the numbers were made"),
        columns=(Column(say("Fact"), "text"), Column(say("Value"), "text")),
        rows=tuple(Row(row) for row in rows),
        note=say("The same version, data, seeds and draws give the same numbers on any machine."),
    )


def _draws(comparison: Comparison) -> str:
    """The draws as numbers, and what draw 0 is."""
    draws = comparison.manifest.get("draws")
    if not isinstance(draws, Sequence) or 0 not in draws:
        return _numbers(draws)
    return say("{draws} (0: {meaning})", draws=_numbers(draws), meaning=_draw_zero(comparison))


def _text(value: Any) -> str:
    return str(value) if value not in (None, "") else missing()


def _number(value: Any, divisor: float = 1.0) -> str:
    return grouped(round(float(value) / divisor)) if isinstance(value, int | float) else missing()


def _numbers(values: Any) -> str:
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
    return clauses([str(low) if low == high else f"{low}{DASH}{high}" for low, high in ranges])


def _versions(versions: Any) -> str:
    if not isinstance(versions, dict) or not versions:
        return missing()
    return clauses([f"{name} {version}" for name, version in sorted(versions.items())])
