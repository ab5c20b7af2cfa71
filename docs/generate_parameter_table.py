# ruff: noqa: INP001 - a script of the documentation, not a package
"""Write docs/parameters.md from the registers of rates, law, links, constants, measures and places.

Run from the repository: ``python docs/generate_parameter_table.py``.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from sim.constants import register
from sim.inputs import Inputs
from sim.parameters import UNBOUNDED, Parameter, Value
from sim.policy.measures import Measure

PAGE = Path(__file__).parent / "parameters.md"
CONFIGS = Path(__file__).parent.parent / "configs"
INTRODUCTION = """# Parameters

This page is written by `docs/generate_parameter_table.py` from `configs/parameters/`. A test keeps it
current.

*Value* is the central one. *Range* is what draws of the parameters come from; where it is empty the value is
fixed in every draw. Constants are fixed too; their range says how far off they may be. Lists run over the
codes that the meaning names, in the order of `sim/categories.py`, and are drawn together. *Evidence*: A
measured in China; B sign or size from elsewhere, or derived; C assumed. File names in the sources are files
of `sim/data/`.

A test fails on any number in `sim/` that decides a result and has no row here.
"""
RATES = """## Named rates

The only handles by which a measure can change a life. No draw, choice or measure passes the bounds.
"""
LAW = """## Law of motion

Structural parameters that measures do not touch.
"""
LINKS = """## Links to what is published

They lead from the industrial workforce of the model to figures of the whole economy, and change no life.
"""
CONSTANTS = """## Constants of the model

The numbers of its structure. No draw varies them and history does not inform them.
"""
EFFECTS = """## Effects of measures

Log coefficients: at full effective intensity the rate is multiplied by the exponential of the coefficient.
"""
PLACES = """## Costs of places for craftsmen

For each place beyond those announced in 2024, booked in the year of the intake. They change no life.
"""
COSTS = """## Costs of measures

Additional to those of the end of 2024, a year at full intensity.
"""


def shown(value: Value) -> str:
    """A number, or numbers one after the other."""
    return ", ".join(f"{number:g}" for number in (value if isinstance(value, tuple) else (value,)))


def span(low: float, high: float) -> str:
    """A range in one cell."""
    return f"{low:g} to {high:g}"


def between(parameter: Parameter) -> str:
    """The range of a parameter; nothing when it has none."""
    if parameter.low == parameter.high:
        return ""
    return f"{shown(parameter.low)} to {shown(parameter.high)}"


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table."""
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)])


def limits(parameter: Parameter) -> str:
    """The bounds of a parameter; nothing when it has none."""
    return "" if parameter.bounds == UNBOUNDED else span(*parameter.bounds)


def parameters(register: Iterable[Parameter]) -> str:
    """The table of one register."""
    rows = [
        [
            f"`{one.name}`",
            shown(one.value),
            between(one),
            limits(one),
            one.unit,
            one.evidence,
            one.meaning,
            one.source,
        ]
        for one in register
    ]
    return markdown(["name", "value", "range", "bounds", "unit", "evidence", "meaning", "source"], rows)


def effects(measures: Iterable[Measure]) -> str:
    """One row for each effect of each measure."""
    rows = [
        [
            f"`{measure.name}`" if place == 0 else "",
            measure.family if place == 0 else "",
            f"`{effect.rate}`",
            f"{effect.central:g}",
            span(effect.low, effect.high),
            effect.evidence,
            effect.source,
        ]
        for measure in measures
        for place, effect in enumerate(measure.effects)
    ]
    return markdown(["measure", "family", "rate", "central", "range", "evidence", "source"], rows)


def costs(measures: Iterable[Measure]) -> str:
    """One row for each measure: what it is, its own lag, and its cost."""
    rows = [
        [
            f"`{measure.name}`",
            measure.meaning,
            str(measure.lag_months),
            f"{measure.cost.value:,.0f}",
            f"{measure.cost.low:,.0f} to {measure.cost.high:,.0f}",
            measure.cost.unit,
            measure.cost.evidence,
            measure.cost.source,
        ]
        for measure in measures
    ]
    return markdown(
        ["measure", "meaning", "own lag, months", "cost", "range", "unit", "evidence", "source"], rows
    )


def page() -> str:
    """The whole page."""
    inputs = Inputs.read(CONFIGS)
    parts = (
        (RATES, parameters(inputs.rates)),
        (LAW, parameters(inputs.law)),
        (LINKS, parameters(inputs.observation)),
        (CONSTANTS, parameters(register())),
        (EFFECTS, effects(inputs.catalogue)),
        (COSTS, costs(inputs.catalogue)),
        (PLACES, parameters(inputs.places)),
    )
    return INTRODUCTION + "".join(f"\n{heading}\n{table}\n" for heading, table in parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
