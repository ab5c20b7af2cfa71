"""Satisfaction (sense of gain and ownership) and engagement (study, participation): bounded, slow."""

import numpy as np

from sim.categories import GRADES, TIERS
from sim.chance import Word
from sim.compiled import compiled, inlined, place_of
from sim.life import flows
from sim.life.arithmetic import bounded, either
from sim.life.draws import rounding
from sim.life.flows import Counts
from sim.life.surroundings import World
from sim.life.training import COURSES_MOST
from sim.life.wages import wage_yuan_month
from sim.records import Table
from sim.workforce.columns import ATTITUDE_UNIT, EMPLOYED, NO_COURSE, Workers


@compiled
def fill_terms(rates: Table, law: Table, terms: Table) -> None:
    """Fill in what satisfaction and engagement relax towards, as far as few categories decide it.

    Participation, respect and rights are each between 0 and 1, times their weight. ``terms``: shape (31,).
    """
    own, weight = law[0], law[0].satisfaction_weight
    for province in range(terms.size):
        rate, term = rates[province], terms[province]
        for courses in range(COURSES_MOST + 1):
            term.trained[courses] = weight[1] * (courses / COURSES_MOST)
        for democratic in range(2):
            taking_part = rate.participation + own.participation_democratic * democratic
            term.participation[democratic] = weight[2] * bounded(taking_part)
            term.engagement[democratic] = rate.engagement_level + own.engagement_democratic * democratic
        for grade in range(len(GRADES)):
            respect = rate.respect + own.respect_per_grade * grade
            for tier in range(len(TIERS)):
                term.respect[grade, tier] = weight[3] * bounded(respect + own.respect_per_tier * tier)
        term.rights[0] = weight[4] * bounded(rate.rights)
        term.rights[1] = weight[4] * bounded(rate.rights * own.migrant_rights_factor)


@inlined
def is_democratic(i: int, workers: Workers, world: World) -> int:
    """1 for those at work in an enterprise with democratic management, else 0."""
    enterprise = place_of(max(0, int(workers.enterprise[i])))
    managed = int(world.around.democratic[enterprise]) * int(workers.status[i] == EMPLOYED)
    return place_of(managed)


@inlined
def satisfaction_target(i: int, workers: Workers, world: World) -> float:
    """What satisfaction relaxes to: relative wage, training, participation, respect, rights, climate."""
    province = workers.province[i]
    wage = wage_yuan_month(i, workers, world)
    relative = wage / world.around.markets[province, workers.sector[i]].wage_mean
    trained = max(int(workers.courses[i]), COURSES_MOST * int(workers.training[i] != NO_COURSE))
    climate = world.around.climate[place_of(max(0, int(workers.enterprise[i])))]
    climate = either(workers.status[i] == EMPLOYED, climate, world.law.climate_out_of_work)
    migrant = int(workers.away[i] != 0) * int(workers.settled[i] == 0)
    weight, terms = world.law.satisfaction_weight, world.month.terms[province]
    return float(
        weight[0] * bounded(0.5 + world.law.satisfaction_wage_slope * (relative - 1.0))
        + terms.trained[place_of(min(trained, COURSES_MOST))]
        + terms.participation[is_democratic(i, workers, world)]
        + terms.respect[workers.grade[i], workers.tier[i]]
        + terms.rights[place_of(migrant)]
        + weight[5] * climate
    )


@inlined
def engagement_target(i: int, workers: Workers, world: World) -> float:
    """What engagement relaxes to: guidance, democratic management, satisfaction."""
    level = world.month.terms[workers.province[i]].engagement[is_democratic(i, workers, world)]
    satisfaction = float(workers.satisfaction[i]) * ATTITUDE_UNIT
    return bounded(level + world.law.engagement_satisfaction * (satisfaction - 0.5))


@inlined
def relaxed(state: int, target: float, share: float, u: float) -> int:
    """The state after moving the share of the way to the target; ``u`` rounds without bias."""
    level = float(state) + share * (target * 255.0 - float(state))
    return min(255, max(0, int(level + u)))


@inlined
def review_attitudes(i: int, workers: Workers, world: World, u: float) -> None:
    """Let satisfaction and engagement relax for one review period."""
    share = world.month.review_share
    happy = satisfaction_target(i, workers, world)
    workers.satisfaction[i] = relaxed(int(workers.satisfaction[i]), happy, share, u)
    eager = engagement_target(i, workers, world)
    workers.engagement[i] = relaxed(int(workers.engagement[i]), eager, share, u)


@inlined
def tell_enterprise(i: int, workers: Workers, counts: Counts) -> None:
    """Add the worker's satisfaction to the climate of the enterprise."""
    if workers.status[i] == EMPLOYED:
        persons = np.int64(workers.weight[i])
        tally = counts.enterprises[workers.enterprise[i]]
        tally[flows.REVIEWED] += persons
        tally[flows.CLIMATE_SUM] += persons * np.int64(workers.satisfaction[i])


@inlined
def feel_and_tell(i: int, workers: Workers, world: World, draw_head: Word, counts: Counts) -> None:
    """Review the attitudes of a worker who is due, and let the enterprise hear of it."""
    review_attitudes(i, workers, world, rounding(draw_head))
    tell_enterprise(i, workers, counts)
