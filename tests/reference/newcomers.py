"""Newcomers: school leavers, vocational graduates and adults who fill the gap."""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import year_of
from sim.categories import EDUCATION, HUKOU, PROVINCES, SECTORS, SEX
from sim.chance import bits, mix, uniform
from sim.data import births, provincial
from sim.workforce.columns import EMPLOYED, LOCAL, NO_COURSE, OUTGOING
from sim.workforce.origins import origins
from tests.reference.chance import key, long_piece, piece, place_in
from tests.reference.worker import Worker

if TYPE_CHECKING:
    from tests.reference.twin import Twin

Array = NDArray[np.float64]
SOURCES: Final = ("school", "vocational", "adult")
SCHOOL, VOCATIONAL, ADULT = range(3)
WHO_PURPOSE, ROUNDING_PURPOSE = 210, 220
FIRST_IDENTITY: Final = 0xA5A5000000000000
WORD: Final = (1 << 64) - 1
MOST_GAP: Final = 0.08  # of the workforce, that adults answer in a quarter
GRADE_4_SHARE: Final = 0.4  # of the vocational graduates; the others have grade 5


def entrants(world: "Twin") -> Array:
    """Persons who enter in this quarter, shape (31 provinces, 4 sectors, 3 sources)."""
    supply = world.labour.supply
    gap = world.labour.wanted(world.now) - supply
    population = provincial("population_census", 2020)
    cohort = births()[year_of(world.now) - 19] / 4
    leavers = cohort * population / population.sum() * of_rates(world, "school_entry_share")
    asked = np.maximum(gap, 0) + 1
    young = leavers[:, None] * (asked / asked.sum(axis=1, keepdims=True))
    young = young * np.clip(1 + gap / supply, 0, 1)
    vocational = young * of_rates(world, "vocational_entry_share")[:, None]
    missing = np.minimum(np.maximum(gap - young, 0), MOST_GAP * supply)
    adults = missing * of_rates(world, "adult_entry_share")[:, None]
    return np.stack((young - vocational, vocational, adults), axis=2)


def of_rates(world: "Twin", name: str) -> Array:
    """One rate of this month by province, shape (31,)."""
    return np.array([getattr(rates, name) for rates in world.rates])


def let_in(world: "Twin", homes: list[list[float]]) -> None:
    """Let this quarter's newcomers begin; ``homes`` are cumulative chances of those from outside."""
    lot = key(world.seed, world.now, ROUNDING_PURPOSE)
    for cell, persons in enumerate(entrants(world).ravel().tolist()):
        agents = int(persons / world.persons_per_agent + uniform(lot, cell))
        market, source = divmod(cell, len(SOURCES))
        for ordinal in range(agents):
            come(world, market, source, homes, identity_of(world.now, cell, ordinal))


def identity_of(now: int, cell: int, ordinal: int) -> int:
    """Who a newcomer is: which quarter, which market and source, which place in line."""
    label = now // 3 * PROVINCES * len(SECTORS) * len(SOURCES) + cell
    return mix(FIRST_IDENTITY + (label << 24) + ordinal & WORD)


def come(world: "Twin", market: int, source: int, homes: list[list[float]], identity: int) -> None:
    """Make one newcomer, at work from this month."""
    first = key(world.seed, 0, WHO_PURPOSE)
    words = [bits(first + nth & WORD, identity) for nth in range(4)]
    worker = Worker(world, world.vacant_slot())
    worker.identity, worker.weight = identity, world.persons_per_agent
    worker.province, worker.sector = divmod(market, len(SECTORS))
    worker.entered = worker.hired = worker.graded = world.now
    worker.training, worker.courses, worker.course_end = NO_COURSE, 0, 0
    worker.tier = worker.candidate = worker.decided = 0
    be_born(worker, world, source, words[0])
    come_from(worker, world, source, (words[0], words[1]), homes[worker.province])
    learn(worker, world, source, words[0], words[3])
    worker.enterprise = world.firms.drawn(worker.province, worker.sector, long_piece(words[2], 32))
    worker.status = EMPLOYED
    world.fill(worker)


def be_born(worker: Worker, world: "Twin", source: int, word: int) -> None:
    """Sex and age."""
    law = world.law
    youngest, oldest = law.adult_entry_age_years if source == ADULT else law.school_entry_age_years
    female = piece(word, 0) < law.entrant_female_share
    worker.sex = SEX.index("female" if female else "male")
    worker.birth = world.now - int((youngest + piece(word, 2) * (oldest - youngest)) * 12)


def come_from(worker: Worker, world: "Twin", source: int, words: tuple[int, int], homes: list[float]) -> None:
    """Hukou, home, and whether the newcomer has left it; nobody is settled yet."""
    law, u = world.law, piece(words[1], 0)
    stem = origins(law)
    rural_share = stem.rural[worker.province, worker.sector]
    outside_share = min(1.0, stem.outside[worker.province] * world.rates[worker.province].openness)
    if source == VOCATIONAL:
        rural_share *= law.vocational_rural_factor
    rural = piece(words[0], 1) < rural_share
    worker.hukou = HUKOU.index("rural" if rural else "urban")
    outside = rural and u < outside_share
    stays_below = outside_share + (1 - outside_share) * law.entrant_local_share
    stays = not rural or (not outside and u < stays_below)
    worker.home = place_in(homes, long_piece(words[1], 16)) if outside else worker.province
    worker.away = LOCAL if stays else OUTGOING
    worker.arrival = worker.birth if stays else world.now
    worker.settled = 0


def learn(worker: Worker, world: "Twin", source: int, word: int, other: int) -> None:
    """Education, grade, skill and first attitudes."""
    law, u = world.law, piece(word, 3)
    worker.grade = 0
    if source == VOCATIONAL:
        higher = u < GRADE_4_SHARE
        worker.education = EDUCATION.index("higher_vocational" if higher else "secondary_vocational")
        worker.grade = 2 if higher else 1
    else:
        if source == SCHOOL:
            shares = law.school_entrant_education
        elif worker.hukou == HUKOU.index("rural"):
            shares = law.rural_entrant_education
        else:
            shares = law.urban_entrant_education
        worker.education = place_in(np.cumsum(shares).tolist(), u)
    if source == ADULT:
        worker.grade = place_in(np.cumsum(law.adult_entrant_grade).tolist(), piece(other, 2))
    least = law.grade_standard[worker.grade - 1] if worker.grade > 0 else 0.15
    worker.skill = int((least + 0.12 * piece(other, 0)) * 65535)
    worker.satisfaction = int(90 + 80 * piece(other, 1))
    worker.engagement = int(70 + 80 * (1 - piece(other, 1)))
