"""Recognition: who may be nominated, how seats are shared out, who passes; and the planner who watches."""

import random

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit
from numpy.typing import NDArray
from scipy import stats

from sim.calendar import FORK
from sim.categories import SENIOR_TECHNICIAN, TIERS
from sim.chance import make_key
from sim.institutions.nomination import (
    NOMINEES_MOST,
    Nominees,
    binomial,
    nominate,
    nomination_per_year,
)
from sim.institutions.recognition import apportion
from sim.institutions.selection import NOT_LISTED, best
from sim.life.ageing import statutory_age_months
from sim.model import WorkforceModel
from sim.outcomes.census import take_census
from sim.policy.monitoring import PUBLISHED
from sim.policy.programme import MONTHS, Programme
from sim.policy.scenario import load_scenario
from sim.records import Table, law_record, rate_records
from sim.targets import Targets
from sim.workforce.columns import EMPLOYED, SKILL_UNIT, VACANT, Workers
from sim.year import certificates_or_active
from tests.country import CONFIGS, FROZEN, INPUTS, REFORM, future, past, take_over

CLAIMS = st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40).filter(lambda claims: sum(claims) > 1.0)


@njit
def binomials(persons: int, chance: float, u: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number of persons for each number in [0, 1)."""
    found = np.empty(u.size, np.int64)
    for n in range(u.size):
        found[n] = binomial(persons, chance, u[n])
    return found


@njit
def statutory_and_hazard(
    workers: Workers, rates: Table, law: Table, call: tuple[int, int, int]
) -> NDArray[np.float64]:
    """Statutory age in months and hazard of nomination, shape (workers, 2)."""
    found = np.empty((workers.status.size, 2), np.float64)
    for i in range(workers.status.size):
        found[i, 0] = statutory_age_months(i, workers)
        found[i, 1] = nomination_per_year(i, workers, rates, law[0], call)
    return found


@given(st.integers(0, 10_000), CLAIMS)
def test_seats_are_shared_out_whole_exactly_and_fairly(seats: int, claims: list[float]) -> None:
    shares = apportion(seats, np.array(claims))
    exact = seats * np.array(claims) / sum(claims)
    assert shares.sum() == seats
    assert shares.min() >= 0
    assert np.all(np.abs(shares - exact) < 1.0 + 1e-6)


@given(st.integers(0, 1_000), CLAIMS)
def test_equal_claims_differ_by_one_seat_at_most(seats: int, claims: list[float]) -> None:
    shares = apportion(seats, np.full(len(claims), 7.0))
    assert shares.max() - shares.min() <= 1


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30), st.integers(0, 20), st.randoms())
def test_the_best_do_not_depend_on_position(scores: list[int], seats: int, luck: random.Random) -> None:
    number = len(scores)
    ticket = np.arange(number, dtype=np.uint64) * np.uint64(977) % np.uint64(1_009)
    order = list(range(number))
    luck.shuffle(order)
    chosen = []
    for entries in (list(range(number)), order):
        nominees = Nominees(np.array(entries), np.array(scores, float)[entries], ticket[entries])
        picked = best(nominees, np.zeros(number, np.int8), np.array([seats]))
        assert picked.size == min(seats, number)
        chosen.append(sorted(nominees.slot[picked].tolist()))
        rest = np.delete(nominees.score, picked)
        assert picked.size == 0 or rest.size == 0 or nominees.score[picked].min() >= rest.max()
    assert chosen[0] == chosen[1]


@given(
    st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 5)), max_size=60),
    st.lists(st.integers(0, 9), min_size=4, max_size=4),
)
def test_each_list_has_its_best_in_order(entries: list[tuple[int, int]], seats: list[int]) -> None:
    lists = np.array([entry[0] for entry in entries], np.int8)
    score = np.array([entry[1] for entry in entries], float)
    ticket = np.arange(len(entries), dtype=np.uint64) * np.uint64(977) % np.uint64(1_009)
    nominees = Nominees(np.arange(len(entries)), score, ticket)
    sorted_lists = [
        sorted(np.flatnonzero(lists == k), key=lambda entry: (-score[entry], ticket[entry]))[: seats[k]]
        for k in range(4)
    ]
    assert best(nominees, lists, np.array(seats)).tolist() == [
        entry for part in sorted_lists for entry in part
    ]
    assert not (lists[best(nominees, lists, np.array(seats))] == NOT_LISTED).any()


@settings(deadline=None)
@given(st.integers(1, 12_000), st.floats(1e-6, 0.001))
def test_nominees_of_an_agent_are_binomial(persons: int, chance: float) -> None:
    u = (np.arange(200) + 0.5) / 200
    expected = stats.binom.ppf(u, persons, chance)
    found = binomials(persons, chance, u)
    assert np.mean(found != expected) <= 0.005
    assert found.max() <= min(persons, NOMINEES_MOST)


def nominees_of(tier: int, now: int = FORK + 1, seed: int = 1) -> tuple[WorkforceModel, Nominees]:
    model = future()
    rates, law = rate_records(model.rates), law_record(model.law)
    return model, nominate(
        model.state.population.workers,
        rates,
        law,
        (tier, now, MONTHS[tier - 1]),
        make_key(seed, now, 400 + tier),
    )


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_only_the_eligible_are_nominated(tier: int) -> None:
    now = future().month + 1
    model, nominees = nominees_of(tier, now)
    workers, slot = model.state.population.workers, nominees.slot
    assert slot.size > 0
    assert (workers.status[slot] == EMPLOYED).all()
    assert (workers.candidate[slot] == 0).all()
    assert (workers.tier[slot] < tier).all()
    assert (now - workers.entered[slot].astype(int) >= model.law.front_line_years * 12).all()
    call = (tier, now, MONTHS[tier - 1])
    statutory = statutory_and_hazard(workers, rate_records(model.rates), law_record(model.law), call)[slot, 0]
    assert (now - workers.birth[slot].astype(int) + MONTHS[tier - 1] <= statutory).all()
    grade, held = workers.grade[slot], workers.tier[slot]
    if tier == 1:
        assert (grade >= model.law.nomination_grade).all()
    elif tier == 2:
        assert ((held == 1) | (grade >= SENIOR_TECHNICIAN)).all()
    else:
        assert ((held == 2) | (grade >= SENIOR_TECHNICIAN)).all()
    assert np.unique(nominees.ticket).size == slot.size
    assert (np.bincount(slot) <= workers.weight[: slot.max() + 1]).all()


@pytest.mark.parametrize("most", [1, 3_000, 60_000])
def test_as_many_are_nominated_as_the_hazard_says(most: int) -> None:
    """``most``: persons that an agent stands for at most."""
    model, now = take_over(future().state, REFORM), future().month + 1
    workers, seeds = model.state.population.workers, range(60)
    workers.weight[:] = np.minimum(workers.weight, most)
    call, rates, law = (1, now, 24), rate_records(model.rates), law_record(model.law)
    hazard = statutory_and_hazard(workers, rates, law, call)[:, 1]
    early = now - workers.entered.astype(int) < model.law.front_line_years * 12
    chance = np.where(early | (workers.status == VACANT), 0.0, -np.expm1(-hazard))
    mean = (chance * workers.weight).sum()
    spread = np.sqrt((chance * (1 - chance) * workers.weight).sum())
    keys = [make_key(seed, now, 401) for seed in seeds]
    counted = [nominate(workers, rates, law, call, key).slot.size for key in keys]
    assert np.mean(counted) == pytest.approx(mean, abs=4 * spread / np.sqrt(len(seeds)))
    assert np.std(counted) == pytest.approx(spread, rel=0.5)


def test_evaluation_passes_the_share_that_completion_says() -> None:
    twin = take_over(past().state)
    workers, recognition, law = twin.state.population.workers, twin.state.recognition, twin.law
    recognition.open_year()
    workers.candidate[:], workers.tier[:] = 0, 0
    due = np.flatnonzero(workers.status == EMPLOYED)
    workers.weight[due], workers.candidate[due], workers.decided[due] = 1, 1, twin.month
    effort = twin.state.enterprises.effort
    chance = twin.rates.completion_factor[workers.province[due]] * law.completion_city
    chance = chance + law.completion_skill_slope * (workers.skill[due] * SKILL_UNIT - 0.75)
    chance = np.clip(chance + law.completion_effort_slope * (effort[workers.enterprise[due]] - 1), 0.02, 0.99)
    before = recognition.recognised.sum()
    recognition.evaluate(workers, twin.rates, effort, twin.month)
    passed = int(recognition.counts["completed"].sum())
    assert passed + recognition.counts["failed"].sum() == due.size
    assert recognition.recognised.sum() - before == passed == (workers.tier[due] > 0).sum()
    assert passed == pytest.approx(chance.sum(), abs=4 * np.sqrt((chance * (1 - chance)).sum()))
    assert not workers.candidate.any()


def test_those_in_cultivation_wait_for_their_month() -> None:
    twin = take_over(past().state)
    workers = twin.state.population.workers
    waiting = (workers.candidate > 0) & (workers.decided > twin.month)
    assert waiting.any()
    twin.state.recognition.evaluate(workers, twin.rates, twin.state.enterprises.effort, twin.month)
    assert (workers.candidate[waiting] > 0).all()


def test_certificates_of_a_copy_are_its_own() -> None:
    recognition = past().state.recognition
    before, intakes = recognition.recognised.copy(), dict(recognition.intakes)
    twin = recognition.copy()
    twin.recognised += 5
    twin.counts["selected"] += 5
    twin.intakes[2030] = np.zeros(4, np.int64)
    assert np.array_equal(recognition.recognised, before)
    assert recognition.intakes == intakes


def test_the_planner_projects_the_certificates_of_intakes_to_come() -> None:
    """At the end of 2028 the intakes of 2028 to 2034 are still to be evaluated by the end of 2035."""
    planner = past().fork(FROZEN).planner
    planner.project(2028, np.array([0, 9_000, 1_500, 300]), np.array([0.0, 0.5, 0.6, 0.8]))
    assert planner.projected == {
        "city": 9_000 + 7 * 5_000 * 0.5,
        "provincial": 1_500 + 7 * 1_000 * 0.6,
        "national": 300 + 7 * 200 * 0.8,
    }


def test_the_planner_watches_the_targets_that_are_chosen() -> None:
    adaptive = load_scenario("adaptive", CONFIGS / "scenario", INPUTS.catalogue)
    assert adaptive.monitoring is not None
    assert adaptive.watching(PUBLISHED) == adaptive
    assert FROZEN.watching(Targets(2030, 1, 1, 1)) == FROZEN
    more = adaptive.watching(Targets(2030, national=2_000, provincial=10_000, city=60_000))
    planner = past().fork(more).planner
    planner.project(2028, np.array([0, 9_000, 1_500, 300]), np.array([0.0, 0.5, 0.6, 0.8]))
    assert planner.projected["city"] == 9_000 + 2 * 5_000 * 0.5  # the intakes of 2028 and 2029
    planner.projected = {"city": 59_999.0, "provincial": 1e6, "national": 1e6}
    assert planner.behind(2029) == ("city",)
    assert past().fork(adaptive).planner.targets == PUBLISHED
    assert more.monitoring is not None
    assert [year for year in range(2025, 2036) if more.monitoring.is_due(year)] == [2029]
    watched = more.as_dict()["monitoring"]["targets"]
    assert (watched["year"], watched["city"], watched["counting"]) == (2030, 60_000, "certificates")


def test_what_is_watched_may_be_who_is_still_in_the_trade() -> None:
    adaptive = load_scenario("adaptive", CONFIGS / "scenario", INPUTS.catalogue)
    model = past().fork(adaptive.watching(Targets(2035, 2_000, 10_000, 50_000, "active")))
    census = take_census(model.state.population.workers, *model.world())
    active = [int(census.tiers[:, 0, tier].sum()) for tier in range(4)]
    assert certificates_or_active(model.state, census, model.planner.targets.counting).tolist() == active


def test_the_published_targets_are_those_that_commands_begin_with() -> None:
    chosen = yaml.safe_load((CONFIGS / "targets/reform_2035.yaml").read_text(encoding="utf-8"))
    assert Targets(**chosen) == PUBLISHED


def test_success_counts_only_intakes_that_have_been_evaluated() -> None:
    recognition = past().state.recognition.copy()
    recognition.intakes = {2024: np.array([0, 50, 10, 2]), 2025: np.array([0, 50, 10, 2])}
    recognition.recognised[:] = 0
    recognition.recognised[1, 3], recognition.recognised[3, 4] = 40, 1
    certificates = recognition.recognised.sum(axis=1)
    assert recognition.success(Programme(), 2025, certificates).tolist() == [0.0, 0.8, 0.0, 0.5]
    assert recognition.success(Programme(), 2024, certificates).tolist() == [0.0, 0.0, 0.0, 0.0]


def test_the_planner_answers_only_when_behind_and_when_a_review_is_due() -> None:
    adaptive = load_scenario("adaptive", CONFIGS / "scenario", INPUTS.catalogue)
    rule = adaptive.monitoring
    assert rule is not None
    due = next(year for year in range(2025, 2036) if rule.is_due(year))
    planner = past().fork(adaptive).planner
    planner.projected = {"city": 1e6, "provincial": 1e6, "national": 1e6}
    planner.adapt(due)
    assert not planner.modifiers.responses
    planner.projected = {"city": 1e6, "provincial": 0.0, "national": 1e6}
    assert planner.behind(due) == ("provincial",)
    planner.adapt(next(year for year in range(2025, 2036) if not rule.is_due(year)))
    assert not planner.modifiers.responses
    before = {tier: planner.places(tier, 2035) for tier in TIERS[1:]}
    planner.adapt(due)
    assert len(planner.modifiers.responses) == 1
    after = {tier: planner.places(tier, 2035) for tier in TIERS[1:]}
    assert all(after[tier] == round(before[tier] * rule.quota_factor) for tier in before)


def test_without_a_rule_the_planner_never_answers() -> None:
    planner = past().fork(FROZEN).planner
    planner.projected = {"city": 0.0, "provincial": 0.0, "national": 0.0}
    planner.adapt(2028)
    assert not planner.modifiers.responses
