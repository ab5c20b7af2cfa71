"""Nobody appears or vanishes: heads, certificates and training places balance exactly."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from sim.calendar import FORK_YEAR
from sim.categories import PROVINCES, TIERS
from sim.life import flows
from sim.model import WorkforceModel
from sim.outcomes.indicators import INDICATORS
from sim.policy.programme import FIRST_ROUND, Programme
from sim.workforce.columns import BLOCK, EMPLOYED, UNEMPLOYED, VACANT, WAITING
from sim.workforce.newcomers import SOURCES
from tests.country import FROZEN, REFORM, future, past, take_over

YEARS = range(2015, FORK_YEAR + 5)
LIVED = YEARS[1:]  # years with a year before them
INTAKES = range(FIRST_ROUND, FORK_YEAR + 5)
FATES_OF_A_YEAR = ("quota", "selected", "completed", "failed", "lost", "in_cultivation")


@cache
def values() -> pd.Series:
    """Indicators by indicator, group, province and year."""
    return future().indicators().set_index(["indicator", "group", "province", "year"])["value"].sort_index()


def value(indicator: str, year: int, group: str = "all", province: str = "all") -> float:
    return float(values().loc[(indicator, group, province, year)])


@pytest.mark.parametrize("year", LIVED)
def test_heads_at_the_end_are_heads_at_the_start_and_entries_less_exits(year: int) -> None:
    before, after = value("workers", year - 1), value("workers", year)
    assert value("entries", year) > 0
    assert after == before + value("entries", year) - value("exits", year)


@pytest.mark.parametrize("year", YEARS)
def test_parts_sum_to_the_whole(year: int) -> None:
    reasons = ("retired", "died", "left")
    assert value("exits", year) == sum(value("exits", year, f"reason={name}") for name in reasons)
    assert value("entries", year) == sum(value("entries", year, f"source={name}") for name in SOURCES)
    assert value("workers", year) == value("employed", year) + value("unemployed", year)
    of_year = values().xs(year, level="year")
    grades = list(of_year["grade_stock"].index.get_level_values("group").unique())
    assert value("workers", year) == sum(value("grade_stock", year, group) for group in grades)
    lost = sum(value("grade_losses", year, group) for group in grades)
    assert value("exits", year) == lost


@pytest.mark.parametrize("key", ["sector", "hukou", "sex", "age", "grade", "education"])
def test_groups_of_workers_sum_to_all(key: str) -> None:
    workers = values()["workers"].xs("all", level="province").reset_index()
    split = workers[workers["group"].str.startswith(f"{key}=")].groupby("year")["value"].sum()
    whole = workers[workers["group"] == "all"].set_index("year")["value"]
    assert len(split) == len(YEARS)
    assert split.equals(whole)


@pytest.mark.parametrize("indicator", ["workers", "employed", "entries", "skilled", "examinations_taken"])
def test_provinces_sum_to_the_country(indicator: str) -> None:
    all_groups = values()[indicator].xs("all", level="group").reset_index()
    of_provinces = all_groups[all_groups["province"] != "all"].groupby("year")
    country = all_groups[all_groups["province"] == "all"].set_index("year")["value"]
    assert of_provinces["province"].nunique().eq(PROVINCES).all()
    assert of_provinces["value"].sum().equals(country)


@pytest.mark.parametrize("tier", TIERS[1:])
def test_everyone_selected_completes_fails_is_lost_or_is_still_in_cultivation(tier: str) -> None:
    group, before, taken = f"tier={tier}", 0.0, 0.0
    for year in INTAKES:
        selected = value("selected", year, group)
        gone = sum(value(fate, year, group) for fate in ("completed", "failed", "lost"))
        assert value("in_cultivation", year, group) == before + selected - gone, year
        before, taken = value("in_cultivation", year, group), taken + selected
    assert taken > 0
    done = sum(value("completed", year, group) for year in INTAKES)
    assert value("recognised", INTAKES[-1], group) == done > 0


@pytest.mark.parametrize("tier", TIERS[1:])
def test_losses_by_reason_sum_to_the_losses(tier: str) -> None:
    for year in INTAKES:
        parts = sum(value("lost", year, f"tier={tier};reason={reason}") for reason in ("retired", "left"))
        assert value("lost", year, f"tier={tier}") == parts


@pytest.mark.parametrize("tier", TIERS[1:])
def test_nobody_is_selected_beyond_the_quota_or_unqualified(tier: str) -> None:
    tables = {
        fate: values()[fate].xs(f"tier={tier}", level="group")
        for fate in ("quota", "selected", "qualified", "nominated")
    }
    assert (tables["selected"] <= tables["qualified"]).all()
    assert (tables["qualified"] <= tables["nominated"]).all()
    if tier == "national":  # one country-wide list: the seats of a province are shares, no limits
        tables = {fate: table.xs("all", level="province") for fate, table in tables.items()}
    assert (tables["selected"] <= tables["quota"]).all()
    assert tables["selected"].sum() > 0


@pytest.mark.parametrize("tier", TIERS[1:])
def test_the_places_of_a_year_are_those_of_the_scenario(tier: str) -> None:
    for year in INTAKES:
        assert value("quota", year, f"tier={tier}") == REFORM.quota(tier, year)


OTHERWISE = Programme("named", "after_naming", (24, 9, 24))


@cache
def otherwise() -> pd.Series:
    """Indicators of a country that reads the programme otherwise after the fork."""
    model = take_over(past().state, replace(FROZEN, programme=OTHERWISE))
    model.run_to(INTAKES[-1], 12)
    rows = model.indicators()
    return rows[rows["province"] == "all"].set_index(["indicator", "group", "year"])["value"].sort_index()


@pytest.mark.parametrize("tier", TIERS[1:])
def test_nobody_vanishes_under_another_reading(tier: str) -> None:
    """Rounds every second year, but of one tier that is named in the year in which it is selected."""
    group, before = f"tier={tier}", 0.0
    for year in INTAKES:
        of_year = {fate: otherwise()[fate, group, year] for fate in FATES_OF_A_YEAR}
        assert (of_year["quota"] > 0) == (year <= FORK_YEAR or OTHERWISE.takes_place(tier, year))
        gone = of_year["completed"] + of_year["failed"] + of_year["lost"]
        assert of_year["in_cultivation"] == before + of_year["selected"] - gone, year
        before = of_year["in_cultivation"]
    named = sum(otherwise()["completed", group, year] for year in INTAKES)
    assert otherwise()["recognised", group, INTAKES[-1]] == named > 0
    assert (otherwise()["in_cultivation", group, INTAKES[-1]] > 0) == (tier != "provincial")


def test_certificates_of_the_country_are_craftsmen_at_work_or_lost_or_risen() -> None:
    """Every certificate of a tier is held by somebody active, was lost, or was topped by a higher one."""
    year = INTAKES[-1]
    certificates = {tier: value("recognised", year, f"tier={tier}") for tier in TIERS[1:]}
    active = {tier: value("recognised_active", year, f"tier={tier}") for tier in TIERS[1:]}
    lost = {tier: sum(value("craftsmen_lost", y, f"tier={tier}") for y in INTAKES) for tier in TIERS[1:]}
    assert certificates["national"] == active["national"] + lost["national"]
    for tier in ("city", "provincial"):
        risen = certificates[tier] - active[tier] - lost[tier]
        assert 0 <= risen <= certificates["national"] + certificates["provincial"]
    assert sum(active.values()) + sum(lost.values()) <= sum(certificates.values())


def check_workers(model: WorkforceModel) -> None:
    """What holds for every worker at any time."""
    workers, now = model.state.population.workers, model.month
    here = workers.status != VACANT
    assert workers.status.size % BLOCK == 0
    assert set(np.unique(workers.status)) == {VACANT, EMPLOYED, UNEMPLOYED}
    assert (workers.weight[here] > 0).all()
    assert not workers.weight[~here].any()
    assert not workers.candidate[~here].any()
    training = here & (workers.candidate > 0)
    assert (workers.candidate[training] > workers.tier[training]).all()
    assert (workers.decided[training] > now - (now + 1) % 3).all()  # who was due at the last end of a quarter
    assert (workers.decided[training] <= now + 24).all()
    assert (workers.grade <= 7).all()
    assert (workers.entered[here] <= now).all()
    assert (workers.graded[here] <= now).all()
    assert (workers.hired[here] <= now).all()
    ages = (now - workers.birth[here].astype(int)) / 12
    assert ages.min() > 14
    assert ages.max() < 80
    assert (workers.course_end[here & (workers.training > WAITING)] > now).all()
    firms = model.state.enterprises
    employed = workers.status == EMPLOYED
    assert (workers.enterprise[employed] >= 0).all()
    assert (workers.enterprise[workers.status == UNEMPLOYED] == -1).all()
    assert np.array_equal(firms.province[workers.enterprise[employed]], workers.province[employed])
    assert np.array_equal(firms.sector[workers.enterprise[employed]], workers.sector[employed])


def test_the_columns_of_workers_agree_with_each_other() -> None:
    check_workers(past())
    check_workers(future())


def test_courses_never_exceed_the_places_of_any_province_and_quarter() -> None:
    model = past().fork(REFORM)
    workers_waiting, given = 0, np.zeros(PROVINCES, dtype=np.int64)
    for _ in range(4):
        for _ in range(3):
            model.step()
            check_workers(model)
        started = model.state.flows[flows.SUBSIDISED_COURSES].sum(axis=1)
        assert (started - given <= model.state.training_places).all()
        given = started.copy()
        workers_waiting += int((model.state.population.workers.training == WAITING).sum())
    assert given.sum() > 0
    assert workers_waiting > 0
    assert (given <= model.state.places_in_year).all()


def test_splitting_craftsmen_off_their_agents_keeps_every_person() -> None:
    population = past().fork(REFORM).state.population
    before = population.persons
    parents = np.flatnonzero(population.workers.weight > 3)[[5, 5, 9]]
    slots = population.split(parents, np.array([11, 12, 13], np.uint64), together=2)
    assert population.persons == before
    assert len({*slots.tolist(), *parents.tolist()}) == 4
    assert population.workers.weight[slots].tolist() == [2, 1]
    assert population.workers.identity[slots].tolist() == [11, 13]
    for name in ("birth", "grade", "enterprise", "skill", "entered"):
        column = getattr(population.workers, name)
        assert np.array_equal(column[slots], column[parents[1:]])


@pytest.mark.parametrize("together", [1, 2])
def test_an_agent_whose_persons_are_all_selected_stays_with_the_first(together: int) -> None:
    population = past().fork(REFORM).state.population
    parent, agents = np.flatnonzero(population.workers.weight > 3)[5], population.agents
    population.workers.weight[parent] = 2
    before = population.persons, population.workers.identity[parent]
    slots = population.split(np.array([parent, parent]), np.array([11, 12], np.uint64), together)
    assert slots[0] == parent
    assert (population.persons, population.workers.identity[parent]) == before
    assert population.workers.identity[slots[1:]].tolist() == [12][: 2 - together]
    assert population.agents == agents + 2 - together


def test_every_indicator_is_recorded_every_year() -> None:
    recorded = values().reset_index().groupby("indicator")["year"].agg(["min", "max", "nunique"])
    assert set(recorded.index) == set(INDICATORS)
    assert (recorded["min"] == 2015).all()
    assert (recorded["nunique"] == len(YEARS)).all()
