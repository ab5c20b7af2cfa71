"""Plain words for the categories and groups of the store."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from experiments.pages.language import Labels, say
from experiments.pages.words import bracketed
from sim.categories import AGE_BANDS, FAMILIES, GRADES, HUKOU, PLACES, SECTORS, SEX

GRADE_LABELS: Final = Labels(
    dict(zip(
        GRADES,
        (
            "Apprentice", "Grade 5", "Grade 4", "Grade 3", "Technician", "Senior technician",
            "Special grade", "Chief technician",
        ),
        strict=True,
    ))
)  # fmt: skip
SECTOR_LABELS: Final = Labels(
    dict(
        zip(
            SECTORS,
            ("Mining and utilities", "Light manufacturing", "Equipment and high technology", "Construction"),
            strict=True,
        )
    )
)
HUKOU_LABELS: Final = Labels({HUKOU[0]: "Rural hukou", HUKOU[1]: "Urban hukou"})
SEX_LABELS: Final = Labels({SEX[0]: "Men", SEX[1]: "Women"})
AGE_LABELS: Final = Labels(
    {
        band: f"Age {band.replace('-', chr(0x2013))}" if "-" in band else f"Age {band.rstrip('+')} and over"
        for band in AGE_BANDS
    }
)
TIER_LABELS: Final = Labels({"city": "City", "provincial": "Provincial", "national": "National"})
TIERS_TOP_DOWN: Final = ("national", "provincial", "city")
TARGET_LABELS: Final = Labels(
    {
        "national": "National leading craftsmen",
        "provincial": "Provincial-level artisans",
        "city": "City-level craftsmen",
        "all": "All three targets together",
    }
)
FAMILY_LABELS: Final = Labels({name: name.capitalize() for name in FAMILIES})
COST_LABELS: Final = Labels(
    {**{name: name.capitalize() for name in FAMILIES}, PLACES: "Places for craftsmen"}
)
OUTCOME_LABELS: Final = Labels(
    {
        "wage": "Wage",
        "grade": "Grade of skill",
        "satisfaction": "Satisfaction",
        "settled": "Settled where they live",
    }
)

TURNS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # marks that turn the direction
APART: Final = ("\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}")

_BY_KEY: Final[Mapping[str, Labels]] = {
    "sector": SECTOR_LABELS,
    "hukou": HUKOU_LABELS,
    "sex": SEX_LABELS,
    "age": AGE_LABELS,
    "grade": GRADE_LABELS,
    "tier": TIER_LABELS,
    "family": COST_LABELS,
}


def labels_of(titles: Mapping[str, str]) -> dict[str, str]:
    """What scenarios are called, by the names of their files: by their titles as they are.

    A title that several share is followed by the name; the name stands for a title that is empty.
    """
    called = {
        name: say(" ".join(title.split())) or say(name.replace("_", " ").strip().capitalize())
        for name, title in titles.items()
    }
    shared = Counter(called.values())
    return {
        name: _apart(label if shared[label] == 1 else bracketed(label, name))
        for name, label in called.items()
    }


def _apart(label: str) -> str:
    """A label whose direction marks do not turn the words after it."""
    return label.join(APART) if TURNS.search(label) else label


def labels_of_ends(baseline: str, scenario: str) -> tuple[str, str]:
    """What a baseline and a scenario of these titles are called: two, also when the command changed one."""
    if baseline == scenario:
        return say(baseline), say("{title}, changed", title=say(scenario))
    return say(baseline), say(scenario)


def group_label(group: str) -> str:
    """A group of the store in words, for example ``hukou=rural`` as ``Rural hukou``."""
    if group == "all":
        return say("All workers")
    key, _, value = group.partition("=")
    name = value.replace("_", " ").capitalize()
    return _BY_KEY[key].get(value, name) if key in _BY_KEY else name


def measure_label(name: str) -> str:
    """The name of a measure in words."""
    return say(name.replace("_", " ").capitalize())
