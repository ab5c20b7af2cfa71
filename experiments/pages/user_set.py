"""What a user set, in words: banner and last section of a page, a sheet, and lines for the terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

import pandas as pd

from experiments.pages.body import Body, Section
from experiments.pages.labels import labels_of
from experiments.pages.language import Labels, say
from experiments.pages.tables import Column, Row, Table
from experiments.pages.unmoved import notes
from experiments.pages.words import DASH, MINUS, bracketed, clauses, count, grouped, listed, per_cent
from experiments.pages.workbook import Sheet
from experiments.tables.change import Change
from experiments.tables.rows import in_a_cell

MOST_SHOWN: Final = 4  # in the banner; the section says all
MOST_NUMBERS: Final = 10  # of a list
GROWTH: Final = ("labour_demand_growth_per_year", "wage_growth_per_year")
KINDS: Final = Labels({
    "world": "About the world",
    "question": "About the targets",
    "policy": "About the measures",
    "effort": "About the simulation",
})  # fmt: skip
WORDS: Final = Labels({
    "certificates": "all certificates ever given",
    "active": "those still in the trade",
    "prior": "the whole assumed ranges",
    "until_2018": "figures published to 2018",
    "until_2021": "figures published to 2021",
    "until_2024": "figures published to 2024",
})  # fmt: skip


@dataclass(frozen=True)
class UserSet:
    """What the user set, and what is said of it where more is known than the rows."""

    rows: Sequence[Change] = ()
    more_said: tuple[str, ...] | None = None

    def __bool__(self) -> bool:
        """Whether anything was changed."""
        return bool(self.rows or self.notes)

    @property
    def notes(self) -> tuple[str, ...]:
        """What of it hardly acts on the numbers of craftsmen."""
        return tuple(notes(self.rows)) if self.more_said is None else self.more_said

    @property
    def heading(self) -> str:
        """What all have in common."""
        return say("Set by the user, not as shipped")

    @property
    def shown(self) -> list[Change]:
        """The first of every kind, and as many more as a banner holds."""
        by_kind = [list(rows) for _, rows in groupby(self.rows, key=lambda row: row["kind"])]
        ranked = sorted((rank, place) for place, rows in enumerate(by_kind) for rank in range(len(rows)))
        chosen = sorted((place, rank) for rank, place in ranked[:MOST_SHOWN])
        return [by_kind[place][rank] for place, rank in chosen]

    @property
    def more(self) -> int:
        """How many the banner leaves out."""
        return len(self.rows) - len(self.shown)

    @property
    def sentences(self) -> list[str]:
        """Those of the banner."""
        return [say("{lead}: {text}", lead=KINDS[row["kind"]], text=sentence(row)) for row in self.shown]

    @property
    def evidence(self) -> str:
        """That letters of evidence know nothing of the change; empty where they need not."""
        world = any(row["kind"] == "world" for row in self.rows)
        return say("Letters of evidence on this page are those of the shipped values.") if world else ""

    def table(self) -> Table:
        """All rows."""
        return _table(self.rows)

    def section(self) -> Section[Any]:
        """All rows, as the last section of a page."""
        return Section("user-set", "What the user set", lambda _: Body(tables=(self.table(),)))

    def sheet(self) -> Sheet:
        """All rows as they are kept."""
        return Sheet("set_by_user", self.heading, pd.DataFrame([_flat(row) for row in self.rows]))


NOTHING: Final = UserSet()


def tell(rows: Sequence[Change], scenarios: Sequence[Mapping[str, Any]] = ()) -> None:
    """Print all of them, and what of them hardly acts; nothing when nothing was changed.

    ``scenarios`` are those that were lived, as plain values, where measures may be limited to provinces.
    """
    if rows:
        print("\n".join([f"{NOTHING.heading}:", *(f"  {sentence(row)}" for row in rows)]))
    for note in notes(rows, scenarios):
        print(note)


def sentence(row: Change) -> str:
    """One change: what, from what value and source to what value."""
    if row["key"] == "draws":
        return say("All runs take the best fit of every parameter (draws=0): the ranges hold chance alone.")
    values = {
        "what": _what(row),
        "chosen": _chosen(row),
        "shipped": _shipped(row),
        "range": _range(row),
        "source": row["source"],
    }
    if row["outside"]:
        return say(
            "{what}: {chosen} instead of {shipped}, outside the range {range} of its source ({source}).",
            **values,
        )
    if row["low"] is not None:
        return say("{what}: {chosen} instead of {shipped} (range {range}; source: {source}).", **values)
    if row["source"]:
        return say("{what}: {chosen} instead of {shipped} (source: {source}).", **values)
    return say("{what}: {chosen} instead of {shipped}.", **values)


def _what(row: Change) -> str:
    """Meaning, key and unit, and under which scenarios."""
    meaning = say(row["meaning"]).rstrip(".\N{IDEOGRAPHIC FULL STOP}")
    unit = say(row["unit"]) if row["unit"] and not _growth(row) else ""
    what = bracketed(meaning, clauses([part for part in (row["key"], unit) if part]))
    if not row["scenarios"]:
        return what
    return say(
        "{what} under {scenarios}", what=what, scenarios=listed(list(labels_of(row["scenarios"]).values()))
    )


def _chosen(row: Change) -> str:
    chosen = _amount(row, row["chosen"])
    return say("{values} by setting", values=chosen) if row["by_setting"] else chosen


def _shipped(row: Change) -> str:
    shipped = _amount(row, row["shipped"])
    if row["best_fit"] is None:
        return shipped
    return say("{central} (calibrated: {fit})", central=shipped, fit=_amount(row, _rounded(row["best_fit"])))


def _range(row: Change) -> str:
    low, high = row["low"], row["high"]
    if low is None:
        return DASH
    if isinstance(low, list) and len(low) > MOST_NUMBERS:
        low, high = min(low), max(high)
    return say("{low} to {high}", low=_amount(row, low), high=_amount(row, high))


def _amount(row: Change, value: Any) -> str:
    """A value as it was given."""
    if value is None and _growth(row):
        return say("as drawn for each run")
    if value is None:
        return say("one agent per person") if row["key"].endswith("agents") else say("not set")
    if value == []:
        return say("nothing added")
    if isinstance(value, list | tuple):
        return (
            clauses([_amount(row, one) for one in value])
            if len(value) <= MOST_NUMBERS
            else count(len(value), "number")
        )
    if isinstance(value, str):
        return WORDS.get(value, value)
    if row["key"] == "targets.year":
        return str(value)
    if isinstance(value, int):
        return grouped(value)
    return per_cent(_given(value, 100)) if _growth(row) else _given(value)


def _given(value: float, times: int = 1) -> str:
    """A number with all digits it was given with."""
    number = (Decimal(repr(float(value))) * times).normalize()
    return f"{number:,f}".replace("-", MINUS)


def _rounded(value: Any) -> Any:
    """A calibrated value, as exact as it is worth."""
    return [_rounded(one) for one in value] if isinstance(value, list) else float(f"{value:.3g}")


def _growth(row: Change) -> bool:
    return bool(row["key"].rpartition(".")[2] in GROWTH)


def _table(rows: Sequence[Change]) -> Table:
    seen: set[str] = set()
    lines = []
    for row in rows:
        group = "" if row["kind"] in seen else KINDS[row["kind"]]
        seen.add(row["kind"])
        lines.append(Row(_cells(row), group=group))
    return Table(
        caption=say("All that differs from the shipped defaults"),
        columns=(
            Column(say("What"), "text"),
            Column(say("Set by the user")),
            Column(say("As shipped")),
            Column(say("Range as shipped")),
            Column(say("Source as shipped"), "text"),
        ),
        rows=tuple(lines),
        note=say("Every other number and choice is as the project ships it."),
        widths=(38, 12, 12, 12, 26),
    )


def _cells(row: Change) -> tuple[str, ...]:
    ranged = _range(row)
    if row["outside"]:
        ranged = say("outside {range}", range=ranged)
    return (_what(row), _chosen(row), _shipped(row), ranged, row["source"] or DASH)


def _flat(row: Change) -> dict[str, Any]:
    """A row as cells of a sheet."""
    cells = {**row, "scenarios": list(row["scenarios"])}
    return {key: in_a_cell(value) for key, value in cells.items()}
