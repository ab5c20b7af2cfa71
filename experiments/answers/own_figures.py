"""A user's own figures of the country: read, checked, and refused in one line; what is not used is named."""

from collections.abc import Mapping, Sequence
from math import isclose
from pathlib import Path
from typing import Final

import pandas as pd

from experiments.outcomes.fitted import is_fitted
from experiments.outcomes.given import ALL, Given, check_size, read_given
from experiments.runs.snapshots import say
from experiments.tables.handed_in import Row
from experiments.tables.own_figures import FILE, OwnFigure, table_of
from sim.calendar import END, year_of
from sim.checks import way_out
from sim.data.derived import TEN_THOUSAND, births
from sim.data.series import indicators, series
from sim.errors import InputError
from sim.outcomes.published import PUBLISHED

BIRTHS: Final = "births"
LISTED_IN: Final = "sim/data/national_series.csv"
MOST_NAMED: Final = 5
KNOWN_ALREADY: Final = "it stands among the published figures already"
COME_OF_AGE_LATER: Final = f"those born then begin to work after {year_of(END)}"
NO_USE: Final = "the model takes it neither to drive a life nor to be fitted"


def read_data(names: Sequence[str]) -> tuple[OwnFigure, ...]:
    """Read the files of ``data=[...]``; figures that no verb uses are named and left out.

    Raises
    ------
    InputError
        Naming the file, the line and what was expected, for the first thing that is wrong.
    """
    used: dict[tuple[str, int], OwnFigure] = {}
    unused: list[str] = []
    places: dict[tuple[str, int], str] = {}
    for name in names:
        for row, given in read_given(Path(name).expanduser()):
            key = given.indicator, given.year
            if key in places:
                raise InputError(
                    f"{row.where}: {given.indicator} of {given.year} stands there twice, before it in "
                    f"{places[key]}; leave one of them"
                )
            places[key], figure = row.where, _checked(given, row)
            if reason := _reason(figure):
                unused.append(f"{figure.indicator} of {figure.year} ({reason})")
            else:
                used[key] = figure
    named = "; ".join((*unused[:MOST_NAMED], *(["and others"] if len(unused) > MOST_NAMED else [])))
    if names and not used:
        raise InputError(f"data={','.join(names)} has no figure that the model uses: {named}")
    if unused:
        say(f"{len(unused)} figures of data are not used: {named}")
    return tuple(used[key] for key in sorted(used))


def with_data(
    tables: Mapping[str, pd.DataFrame | str], figures: Sequence[OwnFigure]
) -> dict[str, pd.DataFrame | str]:
    """Tables of an answer, and one of the figures that it was given, with all their digits."""
    more = {Path(FILE).stem: table_of(figures).astype(object)} if figures else {}
    return {**tables, **more}


def _checked(given: Given, row: Row) -> OwnFigure:
    """A figure that contradicts nothing that is known."""
    where, cells = row
    name, value, unit = given.indicator, given.observed, given.unit
    if given.province != ALL:
        raise InputError(f"{where}: only figures of the whole country are taken; leave the row out")
    known = [*indicators(), *PUBLISHED, BIRTHS]
    if name not in known:
        raise InputError(f"{where}: unknown indicator '{name}': {way_out(name, known, LISTED_IN)}")
    if not given.given_unit:
        raise InputError(f"{where}: {name} has no unit; name it in a column unit, for example 10k persons")
    if name in PUBLISHED:
        check_size((name, ALL, given.year), value, f"{given.given} in '{given.given_unit}'", where)
    published = _published(name).get(given.year)
    if published is not None and not isclose(value, published):
        raise InputError(
            f"{where}: {name} of {given.year} is {value:.10g} {unit}, and was published as {published:.10g}; "
            "leave the row out, or mend it"
        )
    return OwnFigure(name, given.year, value, unit, cells.get("evidence", ""), cells.get("source", ""))


def _published(indicator: str) -> dict[int, float]:
    if indicator == BIRTHS:
        return {year: persons / TEN_THOUSAND for year, persons in births().items()}
    return series(indicator) if indicator in indicators() else {}


def _reason(figure: OwnFigure) -> str:
    """Why nothing uses a figure; empty when something does."""
    if figure.year in _published(figure.indicator):
        return KNOWN_ALREADY
    if figure.indicator == BIRTHS:
        return COME_OF_AGE_LATER
    return "" if figure.drives or is_fitted(figure.indicator) else NO_USE
