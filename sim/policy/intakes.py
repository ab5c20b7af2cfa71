"""Intakes of craftsmen: how many persons are selected for cultivation in a year, by tier."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from sim.calendar import END, FORK_YEAR, year_of
from sim.categories import TIERS
from sim.checks import as_mapping, check_keys, number, whole
from sim.errors import InputError
from sim.policy.monitoring import LARGEST_FACTOR

QUOTA_TIERS: Final = TIERS[1:]
YEARS: Final = tuple(str(year) for year in range(FORK_YEAR + 1, year_of(END) + 1))
MOST_PLACES: Final = 10_000_000  # a year: answers of monitoring multiply, and places must stay countable

Quota = tuple[int, int, int]
Factors = tuple[float, float, float]
QuotaInYear = tuple[tuple[int, Quota], ...]
T = TypeVar("T")
AS_ANNOUNCED: Final[Factors] = (1.0, 1.0, 1.0)


def read_intakes(content: Mapping[str, Any], where: str) -> tuple[Quota, QuotaInYear]:
    """Read ``quota_per_year`` and ``quota_in_year``, both times ``quota_factor``, from a scenario's lines.

    Parameters
    ----------
    content
        Lines of a scenario. The factor is one number, or one by tier, by year, or by year and tier; what it
        does not name stays as announced.
    where
        What a message begins with.

    Returns
    -------
    tuple
        Whole persons a year in the order of ``QUOTA_TIERS``: of every year, and of single years instead.

    Raises
    ------
    InputError
        In one line, for an unknown tier or year, and for numbers out of bounds.
    """
    always = _quota(content["quota_per_year"], None, f"{where}: quota_per_year")
    place = f"{where}: quota_in_year"
    single = _by_year(content.get("quota_in_year"), place, lambda row, at: _quota(row, always, at))
    factors, factors_in_year = _factors(content.get("quota_factor"), f"{where}: quota_factor")

    def intake(quota: Quota, times: Factors) -> Quota:
        city, provincial, national = (
            whole(round(persons * factor), f"{where}: {tier} times quota_factor", high=MOST_PLACES)
            for persons, factor, tier in zip(quota, times, QUOTA_TIERS, strict=True)
        )
        return city, provincial, national

    in_year = {
        year: intake(single.get(year, always), factors_in_year.get(year, factors))
        for year in sorted({*single, *factors_in_year})
    }
    return intake(always, factors), tuple(in_year.items())


def _quota(content: object, default: Quota | None, where: str) -> Quota:
    """Read persons a year by tier; without a default every tier is required."""
    row = as_mapping(content, where)
    check_keys(row, QUOTA_TIERS, () if default else QUOTA_TIERS, where)
    base = dict(zip(QUOTA_TIERS, default or (0, 0, 0), strict=True))
    city, provincial, national = (
        whole(row.get(tier, base[tier]), f"{where}.{tier}", high=MOST_PLACES) for tier in QUOTA_TIERS
    )
    return city, provincial, national


def _factors(content: object, where: str) -> tuple[Factors, dict[int, Factors]]:
    """Read the factors of all years, and those of single years."""
    if content is None:
        return AS_ANNOUNCED, {}
    if isinstance(content, Mapping) and any(str(key).isdigit() for key in content):
        return AS_ANNOUNCED, _by_year(content, where, _by_tier)
    return _by_tier(content, where), {}


def _by_tier(content: object, where: str) -> Factors:
    """Read one factor for all tiers, or one for each that is named."""
    row = content if isinstance(content, Mapping) else dict.fromkeys(QUOTA_TIERS, content)
    check_keys(row, QUOTA_TIERS, (), where)
    city, provincial, national = (
        number(row.get(tier, 1.0), f"{where}.{tier}" if row is content else where, 0.0, LARGEST_FACTOR)
        for tier in QUOTA_TIERS
    )
    return city, provincial, national


def _by_year(content: object, where: str, read: Callable[[object, str], T]) -> dict[int, T]:
    """Read what stands under single years."""
    if content is None:
        return {}
    if not isinstance(content, Mapping):
        raise InputError(f"{where} is {content!r}: write lines such as '{YEARS[0]}: {{national: 250}}'")
    found: dict[int, T] = {}
    for year, row in content.items():
        if str(year) not in YEARS:
            raise InputError(f"{where} has the year '{year}': write a year from {YEARS[0]} to {YEARS[-1]}")
        if int(year) in found:
            raise InputError(f"{where} names {year} twice; each may stand once")
        found[int(year)] = read(row, f"{where}.{year}")
    return found
