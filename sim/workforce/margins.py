"""What is known about the industrial workforce at the end of 2014, as margins of the cell table."""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.categories import EDUCATION, GRADES, PROVINCES, SECTORS, SEX
from sim.constants import constant, constants
from sim.data import (
    REGIONS,
    migration_in_out,
    migration_matrix,
    provincial,
    provincial_employment,
    region_of_province,
    secondary_employment,
    series,
    skilled_workers,
)
from sim.workforce.ipf import Array, Labels, Margin, fit

YEAR: Final = 2014
MOBILITY: Final = ("rural_local", "rural_outgoing", "rural_inter_provincial", "urban")
INTER_PROVINCIAL, URBAN = 2, 3
AGE_LIMITS: Final = (16, 21, 26, 31, 36, 41, 46, 51, 56, 60, 65)
AGES: Final = tuple(f"{low}-{high - 1}" for low, high in pairwise(AGE_LIMITS))

AXES: Final = ("province", "sector", "grade", "mobility", "sex", "age", "education")
SHAPE: Final = (PROVINCES, len(SECTORS), len(GRADES), len(MOBILITY), len(SEX), len(AGES), len(EDUCATION))
PROVINCE, SECTOR, GRADE, MOBILITY_AXIS, SEX_AXIS, AGE, EDUCATION_AXIS = range(len(AXES))
HUKOU_OF_MOBILITY: Final[NDArray[np.int64]] = np.array([0, 0, 0, 1])  # codes of HUKOU

UNEMPLOYED_SHARE: Final = constant("unemployed_share_start")
RURAL_SHARE: Final = constant("rural_share_start")
UNSAMPLED_MIGRANTS: Final = constant("unsampled_migrants")  # nobody sampled is not nobody there
INTER_PROVINCIAL_MOST: Final = constant("inter_provincial_most")
URBAN_MALE_SHARE: Final = constant("urban_male_share")
VOCATIONAL_PART_OF_SENIOR: Final = constant("vocational_part_of_senior")
URBAN_EDUCATION: Final = constants("urban_education")
URBAN_AGES: Final = constants("urban_ages")
RURAL_AGE_DIVISION: Final = constants("rural_age_division")
GRADE_5_PART: Final = constant("grade_5_part")

SOURCES: Final = {
    "hukou by age": "Rural: migrant_share_age_* 2014, published; ten-year bands divided as assumed."
    " Urban: assumed, around industrial_worker_mean_age 2022.",
    "hukou by education": "Rural: migrant_edu_* 2015, published; the vocational part of senior secondary is"
    " assumed. Urban: assumed.",
    "hukou by sex": "Rural: migrant_share_male 2014, published, all sectors. Urban: assumed.",
    "sector by hukou": "Rural: migrant_share_manufacturing, migrant_share_construction and"
    " migrant_share_secondary_industry 2014. Urban: the remainder; derived.",
    "region by hukou": "Rural: migrant_by_destination_* 2020, the first year published. Urban: the"
    " remainder; derived.",
    "inter-provincial migrants by residence": "floating_pop_from_other_provinces 2020 times the secondary"
    " share of value added 2019; derived.",
    "mobility": "migrant_workers_total and migrant_workers_outgoing 2014, migrant_inter_provincial 2014"
    " (unverified), scaled to the assumed rural share.",
    "grade": "skilled_workers (2017 unverified), high_skilled_workers 2010-2015, an assumed share of"
    " technicians and the stock_* of 2021 that divide it, times the assumed industrial share; derived.",
    "province by sector": "employed_*_census 2020, moved to 2014 by migrant_share_construction and"
    " migrant_share_manufacturing; the split of manufacturing is assumed; derived.",
}


def workforce_persons(unemployed_share: float = UNEMPLOYED_SHARE) -> int:
    """Persons in the industrial workforce at the end of 2014, those between jobs included."""
    return round(secondary_employment()[YEAR] / (1 - unemployed_share))


def _rural_and_urban(rural: Array, urban: Array) -> Array:
    return np.stack([RURAL_SHARE * rural / rural.sum(), (1 - RURAL_SHARE) * urban / urban.sum()])


def mobility_shares() -> Array:
    """Share of each kind of mobility, shape ``(4,)``.

    Assumes that migrant workers in industry go away as often as those of all sectors.
    """
    total = series("migrant_workers_total")[YEAR]
    outgoing, inter = series("migrant_workers_outgoing")[YEAR], series("migrant_inter_provincial")[YEAR]
    rural = np.array([total - outgoing, outgoing - inter, inter]) / total * RURAL_SHARE
    return np.append(rural, 1 - RURAL_SHARE)


def inter_provincial_shares() -> Array:
    """Inter-provincial migrants by province of residence, share of the workforce, shape ``(31,)``.

    The census's floating population from other provinces (2020), weighted by the secondary sector's
    part of value added, because in the capitals most of them work in services; capped.
    """
    weight = provincial("floating_pop_from_other_provinces", 2020)
    weight = weight * provincial("secondary_value_added", 2019) / provincial("gdp", 2019)
    total = mobility_shares()[INTER_PROVINCIAL]
    most = INTER_PROVINCIAL_MOST * provincial_employment(YEAR).sum(axis=1)
    shares = np.zeros(PROVINCES)
    for _ in range(PROVINCES):
        free = shares < most
        shares[free] = weight[free] / weight[free].sum() * (total - most[~free].sum())
        shares = np.minimum(shares, most)
    return shares


@cache
def home_shares() -> Array:
    """Home province of inter-provincial migrants by residence, shape ``(31 residences, 31 homes)``.

    The matrix of 2005 by province of registration, scaled to the residences above and, as homes, to
    the out-migrants of 2010-2015. Rows of Hainan and Tibet, empty in 2005, come from 2000.
    """
    old, homes = migration_matrix(2000), migration_matrix(2005).copy()
    scale = np.nansum(homes) / np.nansum(old)
    homes = np.where(np.isnan(homes), old * scale, homes) + UNSAMPLED_MIGRANTS
    np.fill_diagonal(homes, 0.0)
    residences, out = inter_provincial_shares(), migration_in_out("2010-2015")[:, 1]
    table = fit(
        homes.T,
        [
            Margin("residence", "", (0,), residences / residences.sum()),
            Margin("home", "", (1,), out / out.sum()),
        ],
    )
    return np.asarray(table / table.sum(axis=1, keepdims=True))


def grade_shares(
    industrial_share_of_skilled: float, technician_share: float, unemployed_share: float = UNEMPLOYED_SHARE
) -> Array:
    """Share of each grade, shape ``(8,)``; technicians and senior technicians divide as in 2021.

    The two appointed grades exist since 2022 only and are empty.

    Parameters
    ----------
    industrial_share_of_skilled, unemployed_share : float
        As for :func:`margins`.
    technician_share : float
        Technicians and senior technicians among the highly skilled.
    """
    skilled, high = (industrial_share_of_skilled * persons for persons in skilled_workers(YEAR))
    stock = np.array([series(name)[2021] for name in ("stock_jishi", "stock_gaoji_jishi")])
    low, above = skilled - high, technician_share * high
    counts = np.array(
        [
            0.0,
            GRADE_5_PART * low,
            (1 - GRADE_5_PART) * low,
            high - above,
            *(above * stock / stock.sum()),
            0,
            0,
        ]
    )
    shares = counts / workforce_persons(unemployed_share)
    shares[0] = 1 - shares.sum()
    return shares


def _ages() -> Array:
    bands = ("16_20", "21_30", "31_40", "41_50", "gt50")
    published = np.array([series(f"migrant_share_age_{band}")[YEAR] for band in bands])
    rural = np.repeat(published, (1, 2, 2, 2, 3)) * np.array(RURAL_AGE_DIVISION)
    return _rural_and_urban(rural, np.array(URBAN_AGES))


def _education() -> Array:
    share = {
        name: series(f"migrant_edu_{name}")[2015]
        for name in ("none", "primary", "junior", "senior", "college_plus")
    }
    senior, vocational = 1 - VOCATIONAL_PART_OF_SENIOR, VOCATIONAL_PART_OF_SENIOR
    rural = np.array(
        [
            share["none"] + share["primary"],
            share["junior"],
            share["senior"] * senior,
            share["senior"] * vocational,
            share["college_plus"],
        ]
    )
    return _rural_and_urban(rural, np.array(URBAN_EDUCATION))


def _sectors() -> Array:
    """Sector by hukou: the migrants' sectors are published, urban hukou is what remains."""
    national = provincial_employment(YEAR).sum(axis=0)
    secondary = series("migrant_share_secondary_industry")[YEAR]
    manufacturing = series("migrant_share_manufacturing")[YEAR] / secondary
    construction = series("migrant_share_construction")[YEAR] / secondary
    rural = RURAL_SHARE * np.array([1 - manufacturing - construction, 0, 0, construction])
    rural[1:3] = RURAL_SHARE * manufacturing * national[1:3] / national[1:3].sum()
    return np.column_stack([rural, national - rural])


def _regions() -> Array:
    rural = np.array([series(f"migrant_by_destination_{region}")[2020] for region in REGIONS])
    region = np.bincount(region_of_province(), provincial_employment(YEAR).sum(axis=1), len(REGIONS))
    rural = RURAL_SHARE * rural / rural.sum()
    return np.column_stack([rural, region - rural])


def _residence(inter: Array) -> Array:
    """Each province's workforce without and with inter-provincial migrants, shape ``(31, 2)``."""
    return np.column_stack([provincial_employment(YEAR).sum(axis=1) - inter, inter])


def _sexes() -> Array:
    male = series("migrant_share_male")[YEAR] / 100
    return _rural_and_urban(np.array([male, 1 - male]), np.array([URBAN_MALE_SHARE, 1 - URBAN_MALE_SHARE]))


def margins(
    industrial_share_of_skilled: float, technician_share: float, unemployed_share: float = UNEMPLOYED_SHARE
) -> list[Margin]:
    """All margins of the first population, shares of the workforce, in the order of fitting.

    Parameters
    ----------
    industrial_share_of_skilled : float
        Share of the nation's skilled workers that belongs to the industrial workforce.
    technician_share : float
        Technicians and senior technicians among the highly skilled.
    unemployed_share : float
        Share of the workforce between jobs.
    """
    hukou = {MOBILITY_AXIS: HUKOU_OF_MOBILITY}
    targets: dict[str, tuple[tuple[int, ...], Array, Mapping[int, Labels]]] = {
        "hukou by age": ((MOBILITY_AXIS, AGE), _ages(), hukou),
        "hukou by education": ((MOBILITY_AXIS, EDUCATION_AXIS), _education(), hukou),
        "hukou by sex": ((MOBILITY_AXIS, SEX_AXIS), _sexes(), hukou),
        "sector by hukou": ((SECTOR, MOBILITY_AXIS), _sectors(), hukou),
        "region by hukou": ((PROVINCE, MOBILITY_AXIS), _regions(), hukou | {PROVINCE: region_of_province()}),
        "inter-provincial migrants by residence": (
            (PROVINCE, MOBILITY_AXIS),
            _residence(inter_provincial_shares()),
            {MOBILITY_AXIS: np.array([0, 0, 1, 0])},
        ),
        "mobility": ((MOBILITY_AXIS,), mobility_shares(), {}),
        "grade": (
            (GRADE,),
            grade_shares(industrial_share_of_skilled, technician_share, unemployed_share),
            {},
        ),
        "province by sector": ((PROVINCE, SECTOR), provincial_employment(YEAR), {}),
    }
    return [Margin(name, SOURCES[name], *target) for name, target in targets.items()]
