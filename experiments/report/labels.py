"""Plain English for the categories and groups of the store."""

from typing import Final

from sim.categories import AGE_BANDS, FAMILIES, GRADES, HUKOU, SECTORS, SEX

GRADE_LABELS: Final = dict(
    zip(
        GRADES,
        (
            "Apprentice", "Grade 5", "Grade 4", "Grade 3", "Technician", "Senior technician",
            "Special grade", "Chief technician",
        ),
        strict=True,
    )
)  # fmt: skip
SECTOR_LABELS: Final = dict(
    zip(
        SECTORS,
        ("Mining and utilities", "Light manufacturing", "Equipment and high technology", "Construction"),
        strict=True,
    )
)
HUKOU_LABELS: Final = {HUKOU[0]: "Rural hukou", HUKOU[1]: "Urban hukou"}
SEX_LABELS: Final = {SEX[0]: "Men", SEX[1]: "Women"}
AGE_LABELS: Final = {
    band: f"Age {band.replace('-', chr(0x2013))}" if "-" in band else f"Age {band.rstrip('+')} and over"
    for band in AGE_BANDS
}
TIER_LABELS: Final = {"city": "City", "provincial": "Provincial", "national": "National"}
TIERS_TOP_DOWN: Final = ("national", "provincial", "city")
TARGET_LABELS: Final = {
    "national": "National leading craftsmen",
    "provincial": "Provincial-level artisans",
    "city": "City-level craftsmen",
    "all": "All three targets together",
}
FAMILY_LABELS: Final = {name: name.capitalize() for name in FAMILIES}
OUTCOME_LABELS: Final = {
    "wage": "Wage",
    "grade": "Grade of skill",
    "satisfaction": "Satisfaction",
    "settled": "Settled where they live",
}

_BY_KEY: Final[dict[str, dict[str, str]]] = {
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
        return "All workers"
    key, _, value = group.partition("=")
    return _BY_KEY.get(key, {}).get(value, value.replace("_", " ").capitalize())


def measure_label(name: str) -> str:
    """The name of a measure in words."""
    return name.replace("_", " ").capitalize()
