"""Plain words for the categories and groups of the store."""

from collections.abc import Mapping
from typing import Final

from experiments.report.language import Labels, say
from sim.categories import AGE_BANDS, FAMILIES, GRADES, HUKOU, SECTORS, SEX

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
OUTCOME_LABELS: Final = Labels(
    {
        "wage": "Wage",
        "grade": "Grade of skill",
        "satisfaction": "Satisfaction",
        "settled": "Settled where they live",
    }
)

_BY_KEY: Final[Mapping[str, Labels]] = {
    "sector": SECTOR_LABELS,
    "hukou": HUKOU_LABELS,
    "sex": SEX_LABELS,
    "age": AGE_LABELS,
    "grade": GRADE_LABELS,
    "tier": TIER_LABELS,
    "family": FAMILY_LABELS,
}


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
