"""Tables of observed figures that somebody hands in: read, checked line by line, and refused in one line."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.calendar import END, START, year_of
from sim.categories import PROVINCE_CODES
from sim.errors import InputError

ALL: Final = "all"
FIRST_YEAR, LAST_YEAR = year_of(START) + 1, year_of(END)
HEADER_LINES: Final = 1
# How units of one kind may be written; a figure in another kind would be off by a power of ten.
KINDS: Final = {
    "10k": ("10k", "万"),
    "100m": ("100m", "亿"),
    "million": ("million", "mn"),
    "%": ("%", "percent", "per cent"),
    "yuan/month": ("yuan/month", "yuan a month", "元/月"),
    "yuan/yr": ("yuan/yr", "yuan/year", "yuan a year", "元/年"),
    "years": ("years", "岁"),
    "persons": ("persons", "人"),
}


def read_table(path: Path, columns: Sequence[str], known: str) -> pd.DataFrame:
    """Read a CSV file as text.

    Raises
    ------
    InputError
        When it is not there, is not such a file, has no rows, or lacks one of ``columns``; ``known`` says
        what a row should look like.
    """
    try:
        table = pd.read_csv(
            path, dtype=str, keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True
        )
    except FileNotFoundError as error:
        raise InputError(f"{path} is not there; name a CSV file with the columns {known}") from error
    except (OSError, ValueError, OverflowError) as error:
        raise InputError(f"{path} is not a CSV file in UTF-8 with the columns {known}") from error
    for column in columns:
        if column not in table.columns:
            raise InputError(f"{path} has no column '{column}'; expected {known}")
    if table.empty:
        raise InputError(f"{path} has no rows; expected lines with {known}")
    return table


def read_observed(path: Path) -> pd.DataFrame:
    """Read figures of the form indicator, year, value, with province and unit if given.

    Returns
    -------
    pandas.DataFrame
        Columns indicator, province ("all" or the code), year, observed and unit, in the order of the file.

    Raises
    ------
    InputError
        Naming the file, the line and what was expected, for the first thing that is wrong.
    """
    table = read_table(path, ("indicator", "year", "value"), "indicator,year,value")
    provinces = _provinces()
    seen: set[tuple[str, str, int]] = set()
    kinds: dict[str, str] = {}
    rows = []
    for place, row in enumerate(table.to_dict("records"), start=1 + HEADER_LINES):
        where = f"{path} line {place}"
        indicator = row["indicator"].strip()
        if not indicator:
            raise InputError(f"{where}: the indicator is empty; expected a name as in national_series.csv")
        province = _province(row.get("province", ""), provinces, where)
        year = whole_year(row["year"], FIRST_YEAR, where)
        key = (indicator, province, year)
        if key in seen:
            raise InputError(
                f"{where}: {indicator} of {year} stands there twice; expected one row for each year"
            )
        seen.add(key)
        unit = str(row.get("unit", "")).strip()
        _check_unit(indicator, unit, kinds, where)
        rows.append((*key, amount(row["value"], where), unit))
    return pd.DataFrame(rows, columns=["indicator", "province", "year", "observed", "unit"])


def read_flows(path: Path) -> pd.DataFrame:
    """Read flows of the form origin_code, dest_code, year, value; columns origin, dest, year, value.

    Raises
    ------
    InputError
        Naming the file, the line and what was expected, for the first thing that is wrong.
    """
    expected = "origin_code,dest_code,year,value"
    table = read_table(path, expected.split(","), expected)
    seen: set[tuple[str, str, int]] = set()
    rows = []
    for place, row in enumerate(table.to_dict("records"), start=1 + HEADER_LINES):
        where = f"{path} line {place}"
        origin, dest = (_code(row[column], where) for column in ("origin_code", "dest_code"))
        key = (origin, dest, whole_year(row["year"], 1990, where))
        if key in seen:
            raise InputError(f"{where}: the flow from {origin} to {dest} stands there twice")
        seen.add(key)
        rows.append((*key, amount(row["value"], where)))
    return pd.DataFrame(rows, columns=["origin", "dest", "year", "value"])


def whole_year(text: str, first: int, where: str) -> int:
    """Read a year that the model lives."""
    try:
        year = float(text)
    except ValueError:
        year = float("nan")
    if not (first <= year <= LAST_YEAR) or year != int(year):
        raise InputError(f"{where}: year '{text}' is not one of the run; expected {first} to {LAST_YEAR}")
    return int(year)


def amount(text: str, where: str) -> float:
    """Read a number that is not negative."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0.0 <= value < float("inf"):
        shown = f"'{text}'" if text.strip() else "missing"
        raise InputError(f"{where}: the value is {shown}; expected a number that is not negative")
    return value


def _provinces() -> dict[str, str]:
    """Every way to write a province, and its code."""
    from sim.data import load

    table, ways = load("provinces"), {"": ALL, "all": ALL, "national": ALL}
    for row in table.to_dict("records"):
        for column in ("code", "abbr", "short", "name_zh", "name_en"):
            ways[str(row[column]).casefold()] = str(row["code"])
    return ways


def _province(text: Any, ways: dict[str, str], where: str) -> str:
    """Code of a province, or all."""
    word = str(text).strip().casefold()
    if word not in ways:
        raise InputError(
            f"{where}: unknown province '{text}'; expected a code such as 110000, a name, or all"
        )
    return ways[word]


def _code(text: str, where: str) -> str:
    """Code of a province in a table of flows."""
    word = text.strip().removesuffix(".0")
    if word not in {str(code) for code in PROVINCE_CODES}:
        raise InputError(f"{where}: unknown province '{text}'; expected one of the 31 codes such as 110000")
    return word


def _check_unit(indicator: str, unit: str, kinds: dict[str, str], where: str) -> None:
    """Refuse a unit of another kind than published, or than in the lines before."""
    from sim.outcomes.published import PROVINCIAL, PUBLISHED

    published = PUBLISHED[indicator].unit if indicator in PUBLISHED else ""
    published = PROVINCIAL[indicator][0] if indicator in PROVINCIAL else published
    kind, expected = kind_of(unit), kinds.get(indicator) or kind_of(published)
    if kind and expected and kind != expected:
        raise InputError(
            f"{where}: {indicator} is in '{unit}'; expected {published or expected} in all lines"
        )
    if kind:
        kinds[indicator] = kind


def kind_of(unit: str) -> str:
    """Kind of a unit; empty when it is none of those that are known."""
    text = unit.casefold()
    return next((kind for kind, ways in KINDS.items() if any(way in text for way in ways)), "")


def split(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows that the model can speak about, and the others with the nearest name that it knows."""
    from difflib import get_close_matches

    from sim.outcomes.published import PROVINCIAL, PUBLISHED

    in_country, whole = rows["indicator"].isin(PUBLISHED), rows["province"] == ALL
    known = (in_country & whole) | (rows["indicator"].isin(PROVINCIAL) & ~whole)
    unknown = rows[~known].copy()
    names = [*PUBLISHED, *PROVINCIAL]
    unknown["nearest"] = [", ".join(get_close_matches(name, names, 1)) for name in unknown["indicator"]]
    return rows[known].reset_index(drop=True), unknown.reset_index(drop=True)


def no_rows() -> pd.DataFrame:
    """No figures."""
    columns = {"indicator": str, "province": str, "year": int, "observed": float, "unit": str}
    return pd.DataFrame(columns=list(columns)).astype(columns)


def no_flows() -> pd.DataFrame:
    """No flows."""
    columns = {"origin": str, "dest": str, "year": int, "value": float}
    return pd.DataFrame(columns=list(columns)).astype(columns)
