"""One thing that somebody changed from the shipped defaults, as every answer keeps it."""

from typing import Any, TypedDict


class Change(TypedDict):
    """A row; plain data.

    Attributes
    ----------
    key
        As it is typed.
    kind
        ``world``, what the country is like; ``question``, what is asked of it; ``policy``, lines of a
        scenario; ``effort``, how thoroughly it was simulated.
    meaning, unit
        Of the key.
    chosen
        The value; those of all settings of a study that differs in it, where ``by_setting``.
    shipped
        The value as shipped.
    best_fit
        The shipped one by calibration; None where there is none.
    low, high
        Range of the shipped value, as far as it has one.
    outside
        Whether the chosen value lies outside it.
    source
        Of the shipped value; empty where it has none.
    scenarios
        Titles by name of those that it holds for; none: all.
    by_setting
        Whether ``chosen`` is a list over the settings of a study.
    """

    key: str
    kind: str
    meaning: str
    unit: str
    chosen: Any
    shipped: Any
    best_fit: Any
    low: Any
    high: Any
    outside: bool
    source: str
    scenarios: dict[str, str]
    by_setting: bool
