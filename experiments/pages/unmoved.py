"""What a user changed that hardly acts on the numbers of craftsmen: said, with what it does move.

Measured in four paired lives of 20,000 agents. With labour demand growing by 2 % a year, or shrinking by
4 %, the workforce of 2035 was 32 % larger or 31 % smaller, and the numbers of craftsmen of every tier were
the same within 0.1 %; with wages growing by 1 % or 8 %, within 0.03 %; with full training measures in one
province, within 0.1 %. As many were selected in all: more people qualified than there were places.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from experiments.pages.language import say
from experiments.tables.change import Change

DEMAND, WAGES = "labour_demand_growth_per_year", "wage_growth_per_year"
LIMITED: Final = ("provinces", "level_by_province")


def notes(rows: Sequence[Change], records: Sequence[Mapping[str, Any]] = ()) -> list[str]:
    """A sentence for each kind of such a change.

    Parameters
    ----------
    rows
        All changes.
    records
        Scenarios as :meth:`sim.policy.scenario.Scenario.as_dict` gives them.
    """
    keys = {part for row in rows for part in row["key"].split(".")}
    found = []
    if DEMAND in keys:
        found.append(
            say(
                "Labour demand hardly acts on the numbers of craftsmen in this model, because places are "
                "set by quota. This holds as long as more people qualify than there are places. What labour "
                "demand moves is how many people work in industry, how many of them are skilled, and how "
                "many qualify."
            )
        )
    if WAGES in keys:
        found.append(
            say(
                "General wage growth hardly acts on the numbers of craftsmen in this model, because it is "
                "the same for all: it moves wages, not who learns, qualifies or leaves."
            )
        )
    if keys & set(LIMITED) or any(_limited(record) for record in records):
        found.append(
            say(
                "Measures in single provinces hardly act on the numbers of the whole country, because the "
                "places of every province are set by quota. They move skills there, and how many qualify for "
                "its places."
            )
        )
    return found  # fmt: skip


def _limited(record: Mapping[str, Any]) -> bool:
    """Whether a measure of a scenario works in single provinces."""
    return any(row.get(key) for row in record.get("measures") or () for key in LIMITED)
