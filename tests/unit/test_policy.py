import copy
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.calendar import FORK, month_index
from sim.categories import FAMILIES, PROVINCE_CODES
from sim.errors import InputError
from sim.inputs import Inputs
from sim.parameters import Register
from sim.policy.cost import spending, spending_on_places
from sim.policy.measures import BASES, Catalogue
from sim.policy.modifiers import Modifiers, exponential
from sim.policy.scenario import (
    MeasurePath,
    load_scenario,
    load_scenarios,
    read_scenario,
)
from sim.rates import Rates

CONFIGS = Path(__file__).parents[2] / "configs"
SHIPPED = ("adaptive", "frozen", "people_first", "reform", "skills_first", "slower", "weak_delivery")
INPUTS = Inputs.read(CONFIGS)
CATALOGUE = INPUTS.catalogue
PLAIN = INPUTS.rates.with_overrides(
    {"delivery_fidelity": 0.75, "delivery_lag_months": 6, "examination_per_year": 0.2, "quit_per_year": 0.15}
)
FROZEN = load_scenario("frozen", CONFIGS / "scenario", CATALOGUE)
REFORM = load_scenario("reform", CONFIGS / "scenario", CATALOGUE)
GUANGDONG = PROVINCE_CODES.index(440000)
START = FORK + 1
LATE = month_index(2034)


def lines(**changes: Any) -> dict[str, Any]:
    """Lines of the frozen scenario with changes."""
    content = yaml.safe_load((CONFIGS / "scenario" / "frozen.yaml").read_text(encoding="utf-8"))
    return {**content, **changes}


def modifiers(*paths: MeasurePath, draw: int = 0, **changes: Any) -> Modifiers:
    return Modifiers(replace(FROZEN, paths=paths, **changes), CATALOGUE, PLAIN, draw)


def coefficient(measure: str, rate: str) -> float:
    return float(CATALOGUE.coefficients(0)[CATALOGUE.index(measure), Rates._fields.index(rate)])


def same_bits(first: Rates, second: Rates) -> bool:
    return np.array(first).tobytes() == np.array(second).tobytes()


# The catalogue.


def test_each_family_has_its_measures() -> None:
    measures = {
        family: [measure.name for measure in CATALOGUE if measure.family == family] for family in FAMILIES
    }
    assert measures == {
        "guidance": ["study_programmes", "online_engagement"],
        "participation": ["staff_congress", "open_affairs", "worker_representatives"],
        "skills": [
            "vocational_seats",
            "subsidised_training",
            "school_enterprise_cooperation",
            "enterprise_training_duty",
            "examination_access",
        ],
        "pay": ["pay_by_skill", "low_grade_wage_growth", "job_security"],
        "culture": ["campaigns_and_honours", "skill_competitions", "craft_in_schools"],
        "inclusion": ["youth_attraction", "hukou_and_services", "migrant_training"],
        "delivery": ["coordination", "enterprise_take_up", "social_support", "monitoring"],
    }


def test_assumed_effects_include_zero_and_all_are_modest() -> None:
    for measure in CATALOGUE:
        for effect in measure.effects:
            assert effect.evidence != "C" or effect.low <= 0.0 <= effect.high, (measure.name, effect.rate)
            assert effect.evidence in ("A", "B", "C")
            assert 0.0 < abs(effect.central) <= 0.5
            assert max(-effect.low, effect.high) <= 0.8


def test_drawn_effects_and_costs_stay_in_their_ranges() -> None:
    for draw in range(1, 40):
        table, costs = CATALOGUE.coefficients(draw), CATALOGUE.unit_costs(draw)
        for row, measure in enumerate(CATALOGUE):
            assert measure.cost.low <= costs[measure.name] <= measure.cost.high
            for effect in measure.effects:
                assert effect.low <= table[row, Rates._fields.index(effect.rate)] <= effect.high


MEASURE = """
talks:
  family: guidance
  title: Talks
  meaning: Talks with workers.
  effects:
    respect: {low: 0.0, central: 0.1, high: 0.2, evidence: C, source: "assumed: for the test"}
  cost: {value: 2, low: 1, high: 3, unit: yuan/worker/year, basis: workers, evidence: C, source: "assumed"}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("low: 0.0", "low: 0.05", "'talks' effect on 'respect': evidence C needs a range that includes 0"),
        ("central: 0.1", "central: 0.3", "write low <= central <= high"),
        ("respect:", "respekt:", "did you mean 'respect'?"),
        (
            "respect:",
            "delivery_fidelity:",
            "only measures of the family delivery may act on 'delivery_fidelity'",
        ),
        ("guidance", "guidence", "did you mean 'guidance'?"),
        ("basis: workers", "basis: people", "unknown 'people'"),
        ("value: 2", "value: 4", "write low <= value <= high"),
        ("low: 1", "low: -1", "write a number of 0 or more"),
        ("  title: Talks\n", "", "has no 'title'"),
        ("  title: Talks\n", "  title: Talks\n  lag_months: 1.5\n", "write a whole number"),
        ("family: guidance", "family: delivery\n  lag_months: 3", "have no lag"),
    ],
)
def test_a_broken_measure_is_one_clear_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "measures.yaml"
    path.write_text(MEASURE, encoding="utf-8")
    assert Catalogue.read(path)["talks"].cost.basis == "workers"
    path.write_text(MEASURE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Catalogue.read(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


# Scenarios.


def test_the_shipped_scenarios_are_there() -> None:
    scenarios = load_scenarios(CONFIGS / "scenario", CATALOGUE)
    assert set(SHIPPED) <= set(scenarios)
    for name in SHIPPED:
        assert scenarios[name].quota_per_year == (5000, 1000, 200)
        assert isinstance(hash(scenarios[name]), int)
    assert scenarios["frozen"].paths == ()
    assert [path.measure for path in scenarios["reform"].paths] == list(CATALOGUE.names)
    assert scenarios["adaptive"].paths == scenarios["reform"].paths
    assert scenarios["adaptive"].monitoring is not None
    assert scenarios["weak_delivery"].delivery_factor < 1.0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"titel": "x"}, "unknown key 'titel': did you mean 'title'?"),
        ({"title": 3}, "title is 3: write a text"),
        ({"quota_per_year": None}, "has no 'quota_per_year'"),
        (
            {"measures": {"staf_congress": {}}},
            "measures: unknown 'staf_congress': did you mean 'staff_congress'?",
        ),
        ({"families": {"skill": {}}}, "families: unknown 'skill': did you mean 'skills'?"),
        ({"measures": ["staff_congress"]}, "measures must hold lines"),
        ({"quota_per_year": {"city": -1, "provincial": 1, "national": 1}}, "quota_per_year.city is -1"),
        ({"quota_per_year": {"city": 1.5, "provincial": 1, "national": 1}}, "write a whole number"),
        ({"quota_per_year": {"city": 1, "provincial": 1}}, "has no 'national'"),
        ({"quota_per_year": {"city": 1, "provincial": 1, "natonal": 1}}, "did you mean 'national'?"),
        ({"quota_in_year": {2028: {"city": -5}}}, "quota_in_year.2028.city is -5"),
        ({"quota_in_year": {2050: {"city": 5}}}, "write a year from 2027 to 2035"),
        ({"quota_in_year": [1]}, "write lines such as"),
        (
            {"labour_demand_growth_per_year": math.nan},
            "labour_demand_growth_per_year is nan: write a finite number",
        ),
        ({"wage_growth_per_year": "fast"}, "'fast', which is not a number"),
        ({"wage_growth_per_year": 4.5}, "write a number from -0.3 to 0.3"),
        ({"delivery_factor": 1.5}, "delivery_factor is 1.5: write a number from 0 to 1"),
        ({"monitoring": {"tiers": ["city"]}}, "monitoring has no 'first_review'"),
    ],
)
def test_a_broken_scenario_is_one_clear_line(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_scenario(lines(**changes), CATALOGUE)
    assert message in str(caught.value)
    assert str(caught.value).startswith("scenario 'frozen'")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"level": 0.5}, "has no 'start'"),
        ({"start": "2027-01"}, "has no 'level'"),
        ({"start": "2027-01", "levl": 1}, "unknown key 'levl': did you mean 'level'?"),
        ({"start": "2027-13", "level": 1}, "write year and month, such as '2027-01'"),
        ({"start": 2027, "level": 1}, "write year and month"),
        ({"start": "2026-12", "level": 1}, "write a month from 2027-01 to 2035-12"),
        ({"start": "2036-01", "level": 1}, "write a month from 2027-01 to 2035-12"),
        ({"start": "2030-02", "end": "2030-01", "level": 1}, "starts in 2030-02, after its end in 2030-01"),
        ({"start": "2027-01", "level": 1.2}, "level is 1.2: write a number from 0 to 1"),
        ({"start": "2027-01", "level": -0.1}, "write a number from 0 to 1"),
        ({"start": "2027-01", "level": math.nan}, "finite"),
        ({"start": "2027-01", "level": True}, "not a number"),
        ({"start": "2027-01", "level": "high"}, "not a number"),
        (
            {"start": "2027-01", "level": 1, "ramp_months": -1},
            "ramp_months is -1: write a number of 0 or more",
        ),
        ({"start": "2027-01", "level": 1, "provinces": ["GX", "Guangdon"]}, "did you mean 'Guangdong'?"),
        ({"start": "2027-01", "level": 1, "provinces": [440001]}, "unknown province '440001'"),
        (
            {"start": "2027-01", "level": 1, "provinces": ["GD", 33, "广东省"]},
            "provinces: 'GD' and '广东省' are one province; leave one of them",
        ),
        (
            {"start": "2027-01", "level": 1, "level_by_province": {"GD": 0.2, 440000: 0.9}},
            "level_by_province: 'GD' and '440000' are one province",
        ),
        ({"start": "2027-01", "level": 1, "provinces": "GD"}, "write a list such as"),
        ({"start": "2027-01", "level": 1, "provinces": []}, "write a list such as"),
        ({"start": "2027-01", "level": 1, "level_by_province": {"GD": 2}}, "level_by_province.GD is 2"),
        ({"start": "2027-01", "level": 1, "level_by_province": {"ZZ": 1}}, "unknown province 'ZZ'"),
        ({"start": "2027-01", "level": 1, "level_by_province": 0.5}, "write lines such as 'GD: 0.8'"),
        ("on", "must hold lines"),
    ],
)
def test_a_broken_measure_path_is_one_clear_line(row: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_scenario(lines(measures={"staff_congress": row}), CATALOGUE)
    assert message in str(caught.value)
    assert "measures.staff_congress" in str(caught.value)
    assert "\n" not in str(caught.value)


RULE = {
    "tiers": ["national"],
    "first_review": 2029,
    "every_years": 2,
    "threshold": 1.0,
    "quota_factor": 1.1,
    "intensity_step": 0.2,
    "families": ["skills"],
    "delay_months": 12,
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tiers": ["nation"]}, "did you mean 'national'?"),
        ({"tiers": "national"}, "write a list"),
        ({"families": ["skill"]}, "did you mean 'skills'?"),
        ({"tiers": []}, "nothing is watched"),
        ({"families": []}, "name those that rise by 0.2, or write intensity_step: 0"),
        ({"first_review": 2019}, "write a year from 2027 to 2034"),
        ({"first_review": 2035}, "write a year from 2027 to 2034"),
        ({"threshold": "high"}, "'high', which is not a number"),
        ({"delay_months": 1.5}, "write a whole number"),
        ({"delay_months": 72}, "write 71 or less, or review before 2029"),
        ({"every_years": 0}, "write a number of 1 or more"),
        ({"quota_factor": -1}, "write a number from 0 to 10"),
        ({"intensity_step": 1.1}, "write a number from 0 to 1"),
        ({"budget_million_yuan_per_year": -3}, "write a number from 0 to 1000000000"),
    ],
)
def test_a_broken_monitoring_rule_is_one_clear_line(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=r"scenario 'frozen': monitoring\.") as caught:
        read_scenario(lines(monitoring={**RULE, **changes}), CATALOGUE)
    assert message in str(caught.value)


def test_reviews_fall_due_as_the_rule_says() -> None:
    rule = read_scenario(lines(monitoring=RULE), CATALOGUE).monitoring
    assert rule is not None
    assert [year for year in range(2025, 2036) if rule.is_due(year)] == [2029, 2031, 2033]
    assert rule.in_force(2029) == month_index(2031, 1)


def test_provinces_by_code_abbreviation_or_name() -> None:
    row = {"start": "2027-01", "level": 0.5, "provinces": [440000.0, "bj", "内蒙古自治区"]}
    path = read_scenario(lines(measures={"staff_congress": row}), CATALOGUE).paths[0]
    assert path.provinces == (0, 4, GUANGDONG)
    own = {"start": "2027-01", "level": 0.5, "level_by_province": {"GD": 0.9}}
    levels = read_scenario(lines(measures={"staff_congress": own}), CATALOGUE).paths[0].levels()
    assert levels[GUANGDONG] == 0.9
    assert np.delete(levels, GUANGDONG).tolist() == [0.5] * 30


def test_a_measure_goes_before_its_family() -> None:
    family = {"start": "2027-01", "level": 0.5, "ramp_months": 12}
    content = lines(families={"pay": family}, measures={"pay_by_skill": {"level": 0.9}})
    paths = {path.measure: path for path in read_scenario(content, CATALOGUE).paths}
    assert {name: path.level for name, path in paths.items()} == {
        "pay_by_skill": 0.9,
        "low_grade_wage_growth": 0.5,
        "job_security": 0.5,
    }
    assert paths["pay_by_skill"].ramp_months == 12


def test_quotas_of_single_years() -> None:
    scenario = read_scenario(lines(quota_in_year={2028: {"national": 250}}), CATALOGUE)
    assert [scenario.quota("national", year) for year in (2027, 2028, 2029)] == [200, 250, 200]
    assert scenario.quota("city", 2028) == 5000


def test_files_that_cannot_be_loaded(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown scenario 'refrom': did you mean 'reform'"):
        load_scenario("refrom", CONFIGS / "scenario", CATALOGUE)
    (tmp_path / "one.yaml").write_text("defaults: [two]\nname: one\n", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("defaults: [one]\nname: two\n", encoding="utf-8")
    (tmp_path / "three.yaml").write_text("name: four\n", encoding="utf-8")
    (tmp_path / "five.yaml").write_text("defaults: one\nname: five\n", encoding="utf-8")
    for name, message in [
        ("one", "one -> two -> one"),
        ("three", 'must say .name: "three"'),
        ("five", "write a list such as"),
    ]:
        with pytest.raises(InputError, match=message):
            load_scenario(name, tmp_path, CATALOGUE)


def test_a_scenario_as_a_dictionary_has_the_words_of_the_store() -> None:
    row = {
        "start": "2028-03",
        "level": 0.5,
        "end": "2030-12",
        "provinces": ["GD"],
        "level_by_province": {"BJ": 1},
    }
    scenario = read_scenario(lines(measures={"staff_congress": row}, monitoring=RULE), CATALOGUE)
    plain = scenario.as_dict(CATALOGUE)
    assert plain["measures"] == [
        {
            "measure": "staff_congress",
            "family": "participation",
            "title": "Staff congress coverage",
            "start": "2028-03",
            "ramp_months": 0,
            "level": 0.5,
            "end": "2030-12",
            "provinces": [440000],
            "level_by_province": {"110000": 1.0},
        }
    ]
    assert plain["quota_per_year"] == {"city": 5000, "provincial": 1000, "national": 200}
    assert plain["monitoring"]["families"] == ["skills"]
    assert "family" not in scenario.as_dict()["measures"][0]


# Modifiers.


@pytest.mark.parametrize("draw", [0, 3])
def test_frozen_is_the_identity_to_the_bit(draw: int) -> None:
    frozen, values = Modifiers(FROZEN, CATALOGUE, INPUTS.rates, draw), INPUTS.rates.values(draw)
    for month in (month_index(2015), FORK, START, LATE):
        for name, array in frozen.rates(month)._asdict().items():
            assert array.dtype == np.float64
            assert array.shape == (31,)
            assert array.flags.c_contiguous
            assert (array == values[name]).all()
        assert not frozen.effective(month).any()


def test_history_and_intensity_zero_are_the_identity_to_the_bit() -> None:
    reform = Modifiers(REFORM, CATALOGUE, PLAIN)
    idle = modifiers(*(replace(path, level=0.0) for path in REFORM.paths))
    frozen = modifiers()
    for month in (month_index(2015), FORK, START):
        assert same_bits(reform.rates(month), frozen.rates(month))
    assert same_bits(idle.rates(LATE), frozen.rates(LATE))
    assert not same_bits(reform.rates(LATE), frozen.rates(LATE))


@given(
    used=st.sets(st.sampled_from(CATALOGUE.names), max_size=6),
    idle=st.sampled_from(CATALOGUE.names),
    month=st.integers(START, LATE),
)
def test_one_more_measure_at_zero_changes_no_bit(used: set[str], idle: str, month: int) -> None:
    paths = [MeasurePath(name, START, 24, 0.7) for name in sorted(used - {idle})]
    with_idle = [*paths, MeasurePath(idle, START, 0, 0.0)]
    assert same_bits(modifiers(*paths).rates(month), modifiers(*with_idle).rates(month))


@given(measure=st.sampled_from(CATALOGUE.names), month=st.integers(START, LATE))
def test_a_measure_in_one_province_touches_no_other(measure: str, month: int) -> None:
    below = [MeasurePath(name, START, 24, 0.7) for name in CATALOGUE.names if name != measure]
    local = MeasurePath(measure, START, 0, 1.0, provinces=(GUANGDONG,))
    for first, second in zip(
        modifiers(*below).rates(month), modifiers(*below, local).rates(month), strict=True
    ):
        assert np.delete(first, GUANGDONG).tobytes() == np.delete(second, GUANGDONG).tobytes()
    changed = modifiers(local).rates(LATE + 12)
    assert any(array[GUANGDONG] != array[0] for array in changed)


def test_the_law_of_composition() -> None:
    measures = ("pay_by_skill", "examination_access")
    rates = modifiers(*(MeasurePath(name, START, 0, 0.5) for name in measures), delivery_factor=0.8).rates(
        LATE
    )
    total = sum(coefficient(name, "examination_per_year") for name in measures)
    np.testing.assert_allclose(
        rates.examination_per_year, 0.2 * math.exp(total * 0.5 * 0.75 * 0.8), rtol=1e-12
    )
    np.testing.assert_array_equal(rates.quit_per_year, 0.15)


def test_rates_stay_inside_their_bounds() -> None:
    steep = replace(
        CATALOGUE["enterprise_take_up"].effects[0], rate="completion_factor", high=9.0, central=9.0
    )
    catalogue = Catalogue((replace(CATALOGUE["enterprise_take_up"], effects=(steep,)),))
    scenario = replace(FROZEN, paths=(MeasurePath("enterprise_take_up", START, 0, 1.0),))
    rates = Modifiers(scenario, catalogue, PLAIN).rates(LATE)
    assert rates.completion_factor.tolist() == [PLAIN["completion_factor"].bounds[1]] * 31


def test_ramps_are_linear_and_ends_are_inclusive() -> None:
    row = CATALOGUE.index("coordination")
    path = MeasurePath("coordination", START, 10, 0.5, end_month=START + 20)
    plan = modifiers(path)
    intended = list(plan.intended(START + np.array([[-1], [0], [1], [5], [10], [20], [21]]))[row, :, 0])
    np.testing.assert_allclose(intended, [0.0, 0.0, 0.05, 0.25, 0.5, 0.5, 0.0])
    at_once = modifiers(MeasurePath("coordination", START, 0, 0.5))
    assert list(at_once.intended(np.array([[START - 1], [START]]))[row, :, 0]) == [0.0, 0.5]


def test_delivery_lags_and_thins_all_but_itself() -> None:
    names = ("staff_congress", "coordination")
    plain = modifiers(MeasurePath("staff_congress", START, 0, 1.0))
    helped = modifiers(*(MeasurePath(name, START, 0, 1.0) for name in names))
    staff, coordination = (CATALOGUE.index(name) for name in names)
    fidelity, lag = (
        coefficient("coordination", rate) for rate in ("delivery_fidelity", "delivery_lag_months")
    )
    assert [plain.effective(START + month)[staff, 0] for month in (5, 6)] == [0.0, 0.75]
    assert helped.effective(START)[coordination, 0] == 1.0
    assert helped.rates(START).delivery_lag_months[0] == pytest.approx(6 * math.exp(lag))
    assert helped.effective(START + 5)[staff, 0] == pytest.approx(0.75 * math.exp(fidelity))
    slow = modifiers(MeasurePath("vocational_seats", START, 0, 1.0))
    seats, months = CATALOGUE.index("vocational_seats"), 6 + CATALOGUE["vocational_seats"].lag_months
    assert months > 6
    assert [slow.effective(START + month)[seats, 0] for month in (months - 1, months)] == [0.0, 0.75]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_changes_rates_in_the_direction_it_says(family: str) -> None:
    paths = [MeasurePath(measure.name, START, 0, 1.0) for measure in CATALOGUE if measure.family == family]
    plan, frozen = modifiers(*paths), modifiers()
    after, before = plan.rates(LATE)._asdict(), frozen.rates(LATE)._asdict()
    changed = {name for name in after if (after[name] != before[name]).any()}
    assert changed == {e.rate for measure in CATALOGUE if measure.family == family for e in measure.effects}
    wanted_down = {
        "quit_per_year",
        "leave_industry_per_year",
        "lose_job_per_year",
        "return_home_per_year",
        "delivery_lag_months",
    }
    for name in changed:
        assert ((after[name] < before[name]) == (name in wanted_down)).all(), name
    assert plan.intensity(LATE)[family] > 0.7
    assert sum(plan.intensity(LATE).values()) == plan.intensity(LATE)[family]


def test_responses_raise_intensity_and_quotas_from_their_month_on() -> None:
    plan = Modifiers(REFORM, CATALOGUE, INPUTS.rates)
    month = month_index(2030)
    before, later = plan.rates(month - 1), plan.rates(LATE)
    twin = copy.deepcopy(plan)
    plan.respond(["skills"], 0.1, 1.1, month)
    plan.respond(["skills"], 0.5, 1.2, month)
    skills = CATALOGUE.in_family("skills")
    assert plan.rates(month - 1) is before
    assert (plan.rates(LATE).examination_per_year > later.examination_per_year).all()
    assert (plan.intended(np.array([[LATE]]))[skills] == 1.0).all()
    assert (plan.intended(np.array([[LATE]]))[~skills] == twin.intended(np.array([[LATE]]))[~skills]).all()
    assert [plan.quota("national", when) for when in (month - 1, month)] == [200, 264]
    assert twin.quota("national", month) == 200
    plan.respond([], 0.5, 1.0, month)
    assert (plan.intended(np.array([[LATE]]))[~skills] == twin.intended(np.array([[LATE]]))[~skills]).all()


def test_draws_change_effects_but_not_their_order() -> None:
    first, again, other = (Modifiers(REFORM, CATALOGUE, INPUTS.rates, draw) for draw in (1, 1, 2))
    assert same_bits(first.rates(LATE), again.rates(LATE))
    assert not same_bits(first.rates(LATE), other.rates(LATE))


def test_a_rate_may_differ_by_province() -> None:
    def with_values(*values: float) -> Register:
        row = replace(PLAIN["find_job_per_year"], value=values, low=values, high=values)
        return Register({**PLAIN.parameters, row.name: row})

    by_province = [2.0 + province / 31 for province in range(31)]
    plan = Modifiers(FROZEN, CATALOGUE, with_values(*by_province), draw=2)
    assert plan.rates(LATE).find_job_per_year.tolist() == by_province
    with pytest.raises(InputError, match="'find_job_per_year' has 5 numbers"):
        Modifiers(FROZEN, CATALOGUE, with_values(*by_province[:5]))


def test_exponential_is_exact_at_zero_and_close_elsewhere() -> None:
    exponent = np.linspace(-8.0, 8.0, 4001)
    np.testing.assert_allclose(exponential(exponent), np.exp(exponent), rtol=1e-13)
    assert exponential(np.array([0.0, -0.0])).tolist() == [1.0, 1.0]


# Cost.


def test_spending_follows_what_is_intended() -> None:
    quantities = {basis: np.full(31, 1000.0) for basis in BASES}
    path = MeasurePath("staff_congress", START, 12, 1.0, provinces=(GUANGDONG,))
    year = range(START, START + 12)
    unit = CATALOGUE["staff_congress"].cost.value
    spent = spending(modifiers(path, delivery_factor=0.0), year, quantities)
    assert spent["staff_congress"] == pytest.approx(unit * 1000 * np.mean(np.arange(12) / 12) / 1e6)
    assert sum(spent.values()) == spent["staff_congress"]
    half_a_year = spending(modifiers(replace(path, ramp_months=0)), range(START, START + 6), quantities)
    assert half_a_year["staff_congress"] == pytest.approx(unit * 1000 / 2 / 1e6)
    assert set(spending(modifiers(), year, quantities).values()) == {0.0}


def test_places_cost_what_is_offered_beyond_the_announced_ones() -> None:
    unit_costs = {"city_place_yuan": 50_000.0, "provincial_place_yuan": 1e5, "national_place_yuan": 2e5}
    frozen = load_scenario("frozen", CONFIGS / "scenario", CATALOGUE)
    announced = {tier: frozen.quota(tier, 2030) for tier in ("city", "provincial", "national")}
    assert (
        spending_on_places(announced, announced, unit_costs) == 0.0
    )  # the baseline offers what was announced
    assert spending_on_places(announced | {"city": 7000, "national": 210}, announced, unit_costs) == 102.0
    assert spending_on_places(announced | {"provincial": 0}, announced, unit_costs) == -100.0


def test_a_draw_takes_the_cost_of_a_place_from_its_range_and_a_user_may_set_it() -> None:
    chosen = Inputs.read(CONFIGS, {"city_place_yuan": 80_000}).places
    assert [chosen.values(draw)["city_place_yuan"] for draw in (0, 5)] == [80_000, 80_000]
    for one in INPUTS.places:
        drawn = [INPUTS.places.values(draw)[one.name] for draw in range(1, 50)]
        assert len(set(drawn)) > 40
        assert one.low <= min(drawn) <= max(drawn) <= one.high
        assert "assumed" in one.source


def test_intended_is_shared_by_several_paths_of_one_measure() -> None:
    row = CATALOGUE.index("staff_congress")
    phases = (
        MeasurePath("staff_congress", START, 0, 0.3),
        MeasurePath("staff_congress", START + 24, 12, 1.0),
    )
    plan = modifiers(*phases)
    np.testing.assert_allclose(
        plan.intended(START + np.array([[0], [24], [30], [36]]))[row, :, 0], [0.3, 0.3, 0.5, 1.0]
    )
