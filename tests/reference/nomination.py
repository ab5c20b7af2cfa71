"""Nomination: whom enterprises and unions put forward for a tier, and with what score."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from sim.categories import SENIOR_TECHNICIAN
from sim.chance import bits, mix, uniform
from sim.workforce.columns import EMPLOYED
from tests.reference.ageing import statutory_age
from tests.reference.chance import key, piece, probability
from tests.reference.training import eager

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker

CITY, PROVINCIAL, NATIONAL = 1, 2, 3
PURPOSE: Final = 400  # and the tier
JURY: Final = 0x5851F42D4C957F2D
NOMINEES_MOST: Final = 4096  # of one agent
WORD: Final = (1 << 64) - 1


class Nominee(NamedTuple):
    """A person put forward. The best come first when nominees are sorted."""

    lack: float  # the score with its sign turned
    ticket: int  # breaks ties, and is the identity of a person who leaves the agent
    worker: "Worker"


def is_eligible(worker: "Worker", world: "Twin", tier: int, months: int) -> bool:
    """Whether somebody at work may be put forward, with years enough behind and ahead."""
    now = world.now
    return (
        worker.status == EMPLOYED
        and worker.candidate == 0
        and worker.tier < tier
        and now - worker.entered >= 12 * world.law.front_line_years
        and now - worker.birth + months <= statutory_age(worker)
    )


def tier_factor(worker: "Worker", world: "Twin", tier: int) -> float:
    """How much likelier a nomination is for what the worker has reached; 0 where it is too little."""
    law = world.law
    if tier == CITY:
        qualified = worker.grade >= law.nomination_grade
        return law.nomination_grade_factor[worker.grade] if qualified else 0.0
    factors = law.nomination_provincial_factor if tier == PROVINCIAL else law.nomination_national_factor
    if worker.tier == tier - 1:
        return factors[0]
    return factors[1] if worker.grade >= SENIOR_TECHNICIAN else 0.0


def nomination_per_year(worker: "Worker", world: "Twin", tier: int) -> float:
    """Hazard of a person of being put forward."""
    factor = tier_factor(worker, world, tier) * eager(worker, world.law.nomination_engagement_slope)
    return world.rates[worker.province].nomination_per_year * factor


def binomial(persons: int, chance: float, u: float) -> int:
    """How many of some persons are put forward: the first number whose cumulative chance exceeds ``u``."""
    term = power(1 - chance, persons)
    number = 0
    while u >= term and number < min(persons, NOMINEES_MOST):
        u -= term
        term *= chance / (1 - chance) * (persons - number) / (number + 1)
        number += 1
    return number


def power(base: float, exponent: int) -> float:
    """Power by squaring, which is the same on every machine."""
    result = 1.0
    while exponent > 0:
        if exponent % 2 == 1:
            result *= base
        base *= base
        exponent //= 2
    return result


def merit(worker: "Worker", world: "Twin") -> float:
    """Points for what the jury knows of a worker, before its judgement."""
    weight = world.law.score_weight
    years = min(30.0, (world.now - worker.entered) / 12)
    return (
        weight[0] * worker.skill * (1 / 65535)
        + weight[1] * worker.grade
        + weight[2] * years
        + weight[3] * worker.tier
        + weight[4] * worker.engagement * (1 / 255)
    )


def nominees(world: "Twin", tier: int, months: int) -> Iterator[Nominee]:
    """All persons put forward for a tier, whose cultivation takes so many months."""
    draws = key(world.seed, world.now, PURPOSE + tier)
    for worker in world.workers:
        if not is_eligible(worker, world, tier, months):
            continue
        hazard = nomination_per_year(worker, world, tier)
        if hazard > 0:
            chance = min(0.9, probability(hazard))
            persons = binomial(worker.weight, chance, uniform(draws, worker.identity))
            for ordinal in range(persons):
                yield judged(worker, world, draws, ordinal)


def judged(worker: "Worker", world: "Twin", draws: int, ordinal: int) -> Nominee:
    """The ``ordinal``-th nominee of an agent with the jury's judgement, which is bell-shaped."""
    word = mix(bits(draws ^ JURY, worker.identity) + ordinal & WORD)
    judgement = piece(word, 0) + piece(word, 1) + piece(word, 2) + piece(word, 3) - 2
    score = merit(worker, world) + world.law.score_weight[5] * judgement
    return Nominee(-score, mix(word), worker)
