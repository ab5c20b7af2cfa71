"""The categories that workers are counted by, in the order of their codes in the columns."""

from typing import Final

SECTORS: Final = ("mining_utilities", "light_manufacturing", "equipment_manufacturing", "construction")
HUKOU: Final = ("rural", "urban")
SEX: Final = ("male", "female")
EDUCATION: Final = (
    "primary",
    "junior_secondary",
    "senior_secondary",
    "secondary_vocational",
    "higher_vocational",
)
GRADES: Final = (
    "apprentice",
    "grade_5",
    "grade_4",
    "grade_3",
    "technician",
    "senior_technician",
    "special_grade",
    "chief_technician",
)
TIERS: Final = ("none", "city", "provincial", "national")
AGE_BANDS: Final = ("16-24", "25-34", "35-44", "45-54", "55+")
FAMILIES: Final = ("guidance", "participation", "skills", "pay", "culture", "inclusion", "delivery")
PLACES: Final = "places"  # what is spent beside the families: places for craftsmen
PROVINCE_CODES: Final = (
    110000, 120000, 130000, 140000, 150000, 210000, 220000, 230000, 310000, 320000, 330000,
    340000, 350000, 360000, 370000, 410000, 420000, 430000, 440000, 450000, 460000, 500000,
    510000, 520000, 530000, 540000, 610000, 620000, 630000, 640000, 650000,
)  # fmt: skip

PROVINCES: Final = len(PROVINCE_CODES)
SKILLED: Final = GRADES.index("grade_5")
HIGHLY_SKILLED: Final = GRADES.index("grade_3")
TECHNICIAN: Final = GRADES.index("technician")
SENIOR_TECHNICIAN: Final = GRADES.index("senior_technician")
