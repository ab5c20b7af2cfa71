"""The state of the workforce: one table of columns, from which everything else is generated."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

BLOCK: Final = 4096  # slots per block of the engine; the number of slots is a multiple
VACANT, EMPLOYED, UNEMPLOYED = 0, 1, 2  # status
LOCAL, OUTGOING = 0, 1  # away: has a person of rural hukou left the home township?
NO_COURSE, WAITING, EMPLOYER_COURSE, SUBSIDISED_COURSE, APPRENTICESHIP = 0, 1, 2, 3, 4  # training
SKILL_UNIT: Final = 1 / 65535  # the skill column counts 0 to 65535 for a skill of 0 to 1
ATTITUDE_UNIT: Final = 1 / 255  # satisfaction and engagement count 0 to 255 for 0 to 1


class Column(NamedTuple):
    """One column: its type, the unit of one count, and what it means."""

    dtype: type[np.generic]
    unit: str
    meaning: str


COLUMNS: Final[dict[str, Column]] = {
    "identity": Column(np.uint64, "key", "who this is; keys every random draw of the life"),
    "weight": Column(np.uint16, "persons", "how many persons the agent stands for"),
    "birth": Column(np.uint16, "month", "month of birth"),
    "sex": Column(np.uint8, "code", "male, female"),
    "hukou": Column(np.uint8, "code", "rural, urban"),
    "home": Column(np.uint8, "code", "province of registration"),
    "province": Column(np.uint8, "code", "province of residence"),
    "away": Column(np.uint8, "code", "0 in the home township or city, 1 left it"),
    "arrival": Column(np.uint16, "month", "month of the last move to the place of residence"),
    "settled": Column(np.uint8, "code", "1 has gained urban rights where it lives"),
    "education": Column(np.uint8, "code", "primary to higher vocational"),
    "sector": Column(np.uint8, "code", "sector of the enterprise"),
    "enterprise": Column(np.int32, "index", "row of the enterprise, -1 when unemployed"),
    "status": Column(np.uint8, "code", "vacant slot, employed, unemployed"),
    "hired": Column(np.uint16, "month", "month of hire, or of losing the job"),
    "entered": Column(np.uint16, "month", "month of entry to the industry"),
    "grade": Column(np.uint8, "code", "apprentice to chief technician"),
    "graded": Column(np.uint16, "month", "month in which the grade was reached"),
    "skill": Column(np.uint16, "1/65535", "skill from 0 to 1"),
    "training": Column(np.uint8, "code", "none, waiting for a place, or the programme"),
    "course_end": Column(np.uint16, "month", "month in which the present course ends"),
    "courses": Column(np.uint8, "courses", "courses finished since the last grade"),
    "satisfaction": Column(np.uint8, "1/255", "sense of gain and ownership from 0 to 1"),
    "engagement": Column(np.uint8, "1/255", "study and participation from 0 to 1"),
    "tier": Column(np.uint8, "code", "highest recognition reached"),
    "candidate": Column(np.uint8, "code", "tier for which the worker is in cultivation, or none"),
    "decided": Column(np.uint16, "month", "month in which the cultivation is evaluated"),
}


class Workers(NamedTuple):
    """The columns as plain arrays, one entry per slot, for the compiled decisions."""

    identity: NDArray[np.uint64]
    weight: NDArray[np.uint16]
    birth: NDArray[np.uint16]
    sex: NDArray[np.uint8]
    hukou: NDArray[np.uint8]
    home: NDArray[np.uint8]
    province: NDArray[np.uint8]
    away: NDArray[np.uint8]
    arrival: NDArray[np.uint16]
    settled: NDArray[np.uint8]
    education: NDArray[np.uint8]
    sector: NDArray[np.uint8]
    enterprise: NDArray[np.int32]
    status: NDArray[np.uint8]
    hired: NDArray[np.uint16]
    entered: NDArray[np.uint16]
    grade: NDArray[np.uint8]
    graded: NDArray[np.uint16]
    skill: NDArray[np.uint16]
    training: NDArray[np.uint8]
    course_end: NDArray[np.uint16]
    courses: NDArray[np.uint8]
    satisfaction: NDArray[np.uint8]
    engagement: NDArray[np.uint8]
    tier: NDArray[np.uint8]
    candidate: NDArray[np.uint8]
    decided: NDArray[np.uint16]


def empty_columns(slots: int) -> Workers:
    """All columns with every slot vacant; ``slots`` entries each."""
    return Workers(*(np.zeros(slots, column.dtype) for column in COLUMNS.values()))
