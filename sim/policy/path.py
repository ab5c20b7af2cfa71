"""When, where and how strongly one measure is meant to work."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import END, FORK, calendar_month, month_index, year_of
from sim.categories import PROVINCE_CODES, PROVINCES
from sim.checks import as_mapping, check_keys, number, whole
from sim.errors import InputError
from sim.policy.provinces import province_indices

PATH_KEYS: Final = ("start", "ramp_months", "level", "end", "provinces", "level_by_province")
_DATE: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def date_text(month: int) -> str:
    """Date such as 2027-01 of a month index."""
    return f"{year_of(month)}-{calendar_month(month):02d}"


A_MONTH_AHEAD: Final = f"a month from {date_text(FORK + 1)} to {date_text(END)}"


@dataclass(frozen=True)
class MeasurePath:
    """Intended intensity of one measure over time, relative to the end of 2024.

    It is 0 up to ``start_month``, rises in a straight line for ``ramp_months`` to ``level`` (0 to 1) and
    falls back to 0 after ``end_month``. ``provinces`` are indices 0 to 30, all if None;
    ``level_by_province`` replaces the level in single provinces.
    """

    measure: str
    start_month: int
    ramp_months: int
    level: float
    end_month: int | None = None
    provinces: tuple[int, ...] | None = None
    level_by_province: tuple[tuple[int, float], ...] | None = None

    def levels(self) -> NDArray[np.float64]:
        """Level by province, shape (31,)."""
        levels = np.zeros(PROVINCES)
        levels[slice(None) if self.provinces is None else list(self.provinces)] = self.level
        for province, level in self.level_by_province or ():
            levels[province] = level
        return levels

    def as_dict(self) -> dict[str, Any]:
        """The path in plain words, dates and province codes."""
        own = self.level_by_province
        return {
            "measure": self.measure,
            "start": date_text(self.start_month),
            "ramp_months": self.ramp_months,
            "level": self.level,
            "end": None if self.end_month is None else date_text(self.end_month),
            "provinces": None
            if self.provinces is None
            else [PROVINCE_CODES[index] for index in self.provinces],
            "level_by_province": own and {str(PROVINCE_CODES[index]): level for index, level in own},
        }


def read_path(measure: str, content: object, where: str) -> MeasurePath:
    """Read the path of one measure from its lines in a scenario.

    Raises
    ------
    InputError
        One line that begins with ``where`` and names the way out.
    """
    row = as_mapping(content, where)
    check_keys(row, PATH_KEYS, ("start", "level"), where)
    start = read_date(row["start"], f"{where}.start")
    if not FORK < start <= END:
        raise InputError(f"{where}.start is {row['start']}: write {A_MONTH_AHEAD}")
    end = None if row.get("end") is None else read_date(row["end"], f"{where}.end")
    if end is not None and start > end:
        raise InputError(
            f"{where} starts in {row['start']}, after its end in {row['end']}: swap or mend the dates"
        )
    return MeasurePath(
        measure=measure,
        start_month=start,
        ramp_months=whole(row.get("ramp_months", 0), f"{where}.ramp_months"),
        level=number(row["level"], f"{where}.level", 0.0, 1.0),
        end_month=end,
        provinces=_provinces(row.get("provinces"), f"{where}.provinces"),
        level_by_province=_level_by_province(row.get("level_by_province"), f"{where}.level_by_province"),
    )


def read_date(content: object, where: str) -> int:
    """Month index of a date such as 2027-01; InputError for anything else."""
    match = _DATE.fullmatch(content) if isinstance(content, str) else None
    if match is None:
        raise InputError(f"{where} is {content!r}: write year and month, such as '{date_text(FORK + 1)}'")
    return month_index(int(match[1]), int(match[2]))


def _provinces(content: object, where: str) -> tuple[int, ...] | None:
    """Read a list of provinces, or none for all."""
    if content is None:
        return None
    if not isinstance(content, list | tuple) or not content:
        raise InputError(
            f"{where} is {content!r}: write a list such as [GD, 320000, Hunan], or leave it out for all"
        )
    return tuple(sorted(province_indices(content, where)))


def _level_by_province(content: object, where: str) -> tuple[tuple[int, float], ...] | None:
    """Read levels by province."""
    if content is None:
        return None
    if not isinstance(content, Mapping):
        raise InputError(f"{where} is {content!r}: write lines such as 'GD: 0.8'")
    levels = [number(level, f"{where}.{name}", 0.0, 1.0) for name, level in content.items()]
    return tuple(sorted(zip(province_indices(content, where), levels, strict=True)))
