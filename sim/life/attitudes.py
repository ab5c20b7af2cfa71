"""Satisfaction (sense of gain and ownership) and engagement (study, participation): bounded, slow."""

import numpy as np

from sim.compiled import inlined, place_of
from sim.life import flows
from sim.life.arithmetic import bounded, either
from sim.life.flows import Counts
from sim.life.surroundings import World
from sim.life.training import COURSES_MOST
from sim.life.wages import wage_yuan_month
from sim.workforce.columns import ATTITUDE_UNIT, EMPLOYED, NO_COURSE, Workers


@inlined
def satisfaction_target(i: int, workers: Workers, world: World) -> float:
    """What satisfaction relaxes to: relative wage, training, participation, respect, rights, climate."""
    province = workers.province[i]
    wage = wage_yuan_month(i, workers, world)
    relative = wage / world.around.markets[province, workers.sector[i]].wage_mean
    courses = min(int(workers.courses[i]), COURSES_MOST)
    trained = either(workers.training[i] == NO_COURSE, courses / float(COURSES_MOST), 1.0)
    enterprise = place_of(max(0, int(workers.enterprise[i])))
    employed = workers.status[i] == EMPLOYED
    climate = either(employed, world.around.climate[enterprise], world.law.climate_out_of_work)
    managed = employed & (world.around.democratic[enterprise] != 0)
    participation = world.rates[province].participation
    participation += either(managed, world.law.participation_democratic, 0.0)
    migrant = (workers.away[i] != 0) & (workers.settled[i] == 0)
    rights = world.rates[province].rights * either(migrant, world.law.migrant_rights_factor, 1.0)
    respect = world.rates[province].respect + world.law.respect_per_grade * workers.grade[i]
    respect += world.law.respect_per_tier * workers.tier[i]
    weight = world.law.satisfaction_weight
    return float(
        weight[0] * bounded(0.5 + world.law.satisfaction_wage_slope * (relative - 1.0))
        + weight[1] * trained
        + weight[2] * bounded(participation)
        + weight[3] * bounded(respect)
        + weight[4] * bounded(rights)
        + weight[5] * climate
    )


@inlined
def engagement_target(i: int, workers: Workers, world: World) -> float:
    """What engagement relaxes to: guidance, democratic management, satisfaction."""
    enterprise = place_of(max(0, int(workers.enterprise[i])))
    managed = (workers.status[i] == EMPLOYED) & (world.around.democratic[enterprise] != 0)
    target = world.rates[workers.province[i]].engagement_level
    target += either(managed, world.law.engagement_democratic, 0.0)
    satisfaction = float(workers.satisfaction[i]) * ATTITUDE_UNIT
    return bounded(target + world.law.engagement_satisfaction * (satisfaction - 0.5))


@inlined
def relaxed(state: int, target: float, share: float, u: float) -> int:
    """The state after moving the share of the way to the target; ``u`` rounds without bias."""
    level = float(state) + share * (target * 255.0 - float(state))
    return min(255, max(0, int(level + u)))


@inlined
def review_attitudes(i: int, workers: Workers, world: World, u: float) -> None:
    """Let satisfaction and engagement relax for one review period."""
    share = min(1.0, world.law.attitude_speed_per_year * float(world.month.review_months) / 12.0)
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
