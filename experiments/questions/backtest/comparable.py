"""Which figures the model has a value to compare with; the others are listed with the reason."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final

import pandas as pd

from experiments.questions.backtest.observed import ALL, FIRST_YEAR
from sim.categories import PROVINCE_CODES
from sim.outcomes.published import PROVINCIAL, PUBLISHED
from sim.outcomes.seen_year import SeenYear

Key = tuple[int, str, str, str]  # year, province, group, indicator
NO_INDICATOR: Final = "the model has no such indicator"
COUNTRY_ONLY: Final = "the model has it for the whole country only"
PROVINCES_ONLY: Final = "the model has it for single provinces only"
NO_VALUE: Final = "the model has no value of this year"


def split(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows that the model can speak about; the others with ``reason`` and the ``nearest`` name it knows."""
    keys = zip(rows["indicator"], rows["province"], rows["year"].tolist(), strict=True)
    reasons = pd.Series([_reason(*key) for key in keys], rows.index, dtype=object)
    return rows[reasons == ""].reset_index(drop=True), without_value(rows, reasons)


def without_value(rows: pd.DataFrame, reasons: "pd.Series[str]") -> pd.DataFrame:
    """The rows that have a reason why they cannot be compared."""
    lacking = rows.assign(reason=reasons)[reasons != ""].reset_index(drop=True)
    names = [*PUBLISHED, *PROVINCIAL]
    nearest = [
        next(iter(get_close_matches(name, names, 1)), "") if reason == NO_INDICATOR else ""
        for name, reason in zip(lacking["indicator"], lacking["reason"], strict=True)
    ]
    return lacking.assign(nearest=nearest)


def _reason(indicator: str, province: str, year: int) -> str:
    """Why the model has nothing to compare a figure with; empty when it has."""
    if indicator not in PUBLISHED and indicator not in PROVINCIAL:
        return NO_INDICATOR
    if indicator in PUBLISHED and province != ALL:
        return COUNTRY_ONLY
    if indicator in PROVINCIAL and province == ALL:
        return PROVINCES_ONLY
    return "" if has_value(indicator, year) else NO_VALUE


@cache
def has_value(indicator: str, year: int) -> bool:
    """Whether the years from the first recorded one to this suffice; some figures sum several years."""
    seen, code = SeenYear(year, _Recorded(), defaultdict(lambda: 1.0)), str(PROVINCE_CODES[0])
    value = (
        PUBLISHED[indicator].value(seen) if indicator in PUBLISHED else PROVINCIAL[indicator][2](seen, code)
    )
    return math.isfinite(value)


class _Recorded(Mapping[Key, float]):
    """A record in which everything is 1 from the first year on: whatever is asked, only years can lack."""

    def __getitem__(self, key: Key) -> float:
        if key[0] < FIRST_YEAR:
            raise KeyError(key)
        return 1.0

    def __iter__(self) -> Iterator[Key]:
        return iter(())

    def __len__(self) -> int:
        return 0
