import os
import pickle
import runpy
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest
import yaml

from sim.calendar import MONTHS_PER_YEAR, START
from sim.categories import GRADES, HIGHLY_SKILLED, HUKOU, PROVINCES, SECTORS, SEX
from sim.data import provincial_employment
from sim.errors import InputError
from sim.workforce import prior
from sim.workforce.columns import EMPLOYED, UNEMPLOYED, VACANT
from sim.workforce.ipf import Margin, achieved, fit
from sim.workforce.laying import AGENTS_WANTED, density
from sim.workforce.margins import (
    AXES,
    GRADE,
    PROVINCE,
    SHAPE,
    YEAR,
    grade_shares,
    home_shares,
    inter_provincial_shares,
    margins,
    workforce_persons,
)
from sim.workforce.synthesis import cell_shares, first_workers, tabulate

ROOT = Path(__file__).parents[2]
AGENTS = 100_000
LAW = yaml.safe_load((ROOT / "configs/parameters/law.yaml").read_text(encoding="utf-8"))
INDUSTRIAL = LAW["industrial_share_of_skilled"]["value"]
TECHNICIANS = LAW["technician_share_start"]["value"]
RURAL, URBAN = HUKOU.index("rural"), HUKOU.index("urban")


@pytest.fixture(scope="module")
def shares():
    return cell_shares(INDUSTRIAL, TECHNICIANS)


@pytest.fixture(scope="module")
def workers(shares):
    return first_workers(AGENTS, AGENTS, workforce_persons(), 1, shares)


def years(months):
    return months / MONTHS_PER_YEAR


def since(column):
    return START - column.astype(np.int64)


# the fit


def test_fit_finds_the_known_solution_and_keeps_the_odds():
    prior_weights = np.array([[1.0, 2.0], [3.0, 4.0]])
    fitted = fit(
        prior_weights,
        [Margin("", "", (0,), np.array([0.3, 0.7])), Margin("", "", (1,), np.array([0.6, 0.4]))],
    )
    np.testing.assert_allclose(fitted.sum(axis=1), [0.3, 0.7], atol=1e-6)
    np.testing.assert_allclose(fitted.sum(axis=0), [0.6, 0.4], atol=1e-6)
    assert fitted[0, 0] * fitted[1, 1] / (fitted[0, 1] * fitted[1, 0]) == pytest.approx(4 / 6)


def test_fit_keeps_zeros():
    table = np.array([[0.0, 1.0], [1.0, 1.0]])
    assert fit(table, [Margin("", "", (0,), np.array([0.4, 0.6]))])[0, 0] == 0


def test_fit_knows_groups_of_categories():
    groups = {1: np.array([0, 1, 0])}
    margin = Margin("", "", (0, 1), np.array([[0.1, 0.3], [0.4, 0.2]]), groups)
    fitted = fit(np.ones((2, 3)), [margin])
    np.testing.assert_allclose(fitted, [[0.05, 0.3, 0.05], [0.2, 0.2, 0.2]])
    np.testing.assert_allclose(achieved(fitted, margin), margin.target)


def test_fit_refuses_margins_that_contradict_each_other():
    contradiction = [Margin("", "", (0,), np.array([0.5, 0.5])), Margin("", "", (0,), np.array([0.2, 0.8]))]
    with pytest.raises(ValueError, match="cannot be met together"):
        fit(np.ones((2, 2)), contradiction, rounds=20)


# the cell table


@pytest.mark.parametrize("industrial_share", [0.29, 0.40, 0.55])
def test_all_margins_are_shares_with_a_source_and_are_met(industrial_share):
    table = cell_shares(industrial_share, TECHNICIANS).share
    for margin in margins(industrial_share, TECHNICIANS):
        assert margin.source
        assert margin.target.sum() == pytest.approx(1)
        assert (margin.target >= 0).all()
        np.testing.assert_allclose(achieved(table, margin), margin.target, atol=1e-6)


def test_the_industrial_share_scales_the_skilled():
    skilled = [cell_shares(share, TECHNICIANS).share[:, :, 1:].sum() for share in (0.30, 0.45)]
    assert skilled[1] / skilled[0] == pytest.approx(1.5, rel=1e-5)


def test_technicians_are_their_share_of_the_highly_skilled_and_divide_as_in_2021():
    grades = grade_shares(INDUSTRIAL, 0.30)
    assert grades[4:].sum() / grades[3:].sum() == pytest.approx(0.30)
    assert grades[4] / grades[5] == pytest.approx(10 / 3)
    assert grades[:3] == pytest.approx(grade_shares(INDUSTRIAL, 0.20)[:3])


def test_nobody_holds_a_grade_too_young_or_one_not_yet_created(shares):
    by_grade_and_age = shares.share.sum(
        axis=tuple(axis for axis, name in enumerate(AXES) if name not in ("grade", "age"))
    )
    technician = GRADES.index("technician")
    assert by_grade_and_age[technician:, :2].sum() == 0  # 16 to 25
    assert by_grade_and_age[GRADES.index("special_grade") :].sum() == 0


def test_minimum_years_are_those_of_the_law():
    waits = LAW["grade_wait_years"]["value"]
    reached = np.concatenate([[0], np.cumsum(waits)])
    assert list(prior.GRADE_YEARS[:6]) == list(reached[:6])
    vocational = np.maximum(reached[:6] - reached[2], 0)
    assert list(prior.GRADE_YEARS_VOCATIONAL[:6]) == list(vocational)


def test_homes_are_shares_outside_the_province_of_residence():
    homes = home_shares()
    np.testing.assert_allclose(homes.sum(axis=1), 1)
    assert not np.diag(homes).any()
    assert (homes + np.eye(PROVINCES) > 0).all()


def test_migrants_never_outnumber_the_workforce_of_their_province():
    assert (inter_provincial_shares() < 0.66 * provincial_employment(YEAR).sum(axis=1)).all()


# the draw


@pytest.mark.parametrize("agents", [1_000, 9_973, 100_000, 1_234_567])
def test_weights_are_whole_and_sum_exactly(shares, agents):
    persons = 1_234_567
    workers = first_workers(agents + 5, agents, persons, 1, shares)
    weight, common = workers.weight[:agents].astype(int), workers.grade[:agents] < HIGHLY_SKILLED
    assert weight.sum() == persons
    assert weight.min() >= 1
    assert np.ptp(weight[common]) <= 1
    assert weight.max() == weight[common].max()
    assert not workers.weight[agents:].any()


@pytest.mark.parametrize("agents", [5_000, 20_000, 400_000])
def test_high_grades_are_laid_densely_where_they_are_rare(shares, agents):
    """At least nine tenths of the agents wanted, for all are laid a little thinner to make room."""
    persons = workforce_persons()
    workers = first_workers(agents, agents, persons, 1, shares)
    times = density(shares.share, agents, persons)[:, 0, :6, 0, 0, 0, 0]
    found = np.zeros((PROVINCES, 6), int)
    np.add.at(found, (workers.province, workers.grade), 1)
    held = np.zeros((PROVINCES, 6))
    np.add.at(held, (workers.province, workers.grade), workers.weight)
    assert (times[:, :HIGHLY_SKILLED] == 1).all()
    assert (times[:, HIGHLY_SKILLED:] > 1).any()
    if agents > 5_000:
        assert found[:, HIGHLY_SKILLED:].min() >= 0.8 * AGENTS_WANTED
    expected = (
        persons * shares.share.sum(axis=tuple(a for a in range(7) if a not in (PROVINCE, GRADE)))[:, :6]
    )
    heaviest = int(workers.weight.max())
    np.testing.assert_allclose(held.sum(axis=0), expected.sum(axis=0), atol=20 * heaviest)
    assert np.abs(held - expected).max() < 4 * heaviest


def test_all_are_laid_alike_when_agents_are_many_or_as_few_as_may_be(shares):
    persons = workforce_persons()
    for agents in (persons, persons // 65_535 + 1):
        assert (density(shares.share, agents, persons) == 1).all()


def test_heavier_agents_are_spread_evenly(shares):
    weight = first_workers(AGENTS, AGENTS, 2.5 * AGENTS, 1, shares).weight
    assert set(np.unique(weight)) == {2, 3}
    halves = (weight[: AGENTS // 2].sum(dtype=int), weight[AGENTS // 2 :].sum(dtype=int))
    assert abs(halves[0] - halves[1]) < 100


def test_slots_beyond_the_agents_stay_vacant(shares):
    workers = first_workers(1_200, 1_000, 10_000, 1, shares)
    assert (workers.status[1_000:] == VACANT).all()
    assert (workers.status[:1_000] != VACANT).all()
    assert (workers.enterprise == -1).all()


def test_identities_are_distinct_and_belong_to_no_seed(shares, workers):
    assert np.unique(workers.identity).size == AGENTS
    other = first_workers(AGENTS, AGENTS, workforce_persons(), 2, shares)
    for name in ("identity", "weight", "province", "sector", "grade", "hukou", "sex", "education", "away"):
        np.testing.assert_array_equal(getattr(workers, name), getattr(other, name))
    for name in ("birth", "entered", "home", "skill", "satisfaction"):
        assert (getattr(workers, name) != getattr(other, name)).any(), name


@pytest.mark.skipif(numba.config.NUMBA_NUM_THREADS < 2, reason="needs two threads")
def test_threads_do_not_matter(shares, workers):
    numba.set_num_threads(1)
    try:
        alone = first_workers(AGENTS, AGENTS, workforce_persons(), 1, shares)
    finally:
        numba.set_num_threads(numba.config.NUMBA_NUM_THREADS)
    for name, column in workers._asdict().items():
        np.testing.assert_array_equal(column, getattr(alone, name), err_msg=name)


FIT_AND_DRAW = """
import hashlib, pickle, sys, warnings
import numpy as np
from sim.workforce.ipf import Margin, fit
from sim.workforce.synthesis import first_workers

warnings.simplefilter("ignore")  # plain numpy warns where 64 bits wrap around

def digests(shares):
    rows, columns = np.arange(1.0, 12.0), np.arange(7.0, 0.0, -1.0)
    margins = [Margin("", "", (axis,), side / side.sum()) for axis, side in enumerate((rows, columns))]
    fitted = fit(np.outer(rows, columns) + np.eye(11, 7), margins)
    workers = first_workers(500, 500, 1e5, 3, shares)
    content = ([column.tobytes() for column in found] for found in ([fitted], workers))
    return [hashlib.sha256(b"".join(columns)).hexdigest() for columns in content]
"""


def test_compiled_fit_and_draw_equal_the_same_code_as_plain_python(shares, tmp_path):
    """The draw is that from shares fitted here: plain Python takes minutes to fit the whole table."""
    (tmp_path / "shares").write_bytes(pickle.dumps(shares))
    plain = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{FIT_AND_DRAW}\nprint(digests(pickle.load(open(sys.argv[1], 'rb'))))",
            tmp_path / "shares",
        ],
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    here: dict = {}
    exec(FIT_AND_DRAW, here)
    assert plain.stdout.strip() == str(here["digests"](shares))


def test_agents_stand_in_order_of_province_and_sector_right_to_one(workers):
    cell = workers.province.astype(int) * len(SECTORS) + workers.sector
    assert (np.diff(cell) >= 0).all()
    persons = np.bincount(cell, workers.weight, PROVINCES * len(SECTORS))
    exact = provincial_employment(YEAR).ravel() * workforce_persons()
    assert np.abs(persons - exact).max() <= workers.weight.max()


def test_drawn_margins_are_close_to_their_targets(workers):
    drawn = tabulate(workers) / workforce_persons()
    assert drawn.shape == SHAPE
    assert drawn.sum() == pytest.approx(1)
    for margin in margins(INDUSTRIAL, TECHNICIANS):
        np.testing.assert_allclose(achieved(drawn, margin), margin.target, atol=1e-3, err_msg=margin.name)


def test_even_a_tiny_population_has_the_grades(shares):
    workers = first_workers(20_000, 20_000, workforce_persons(), 1, shares)
    found = np.bincount(workers.grade, workers.weight, len(GRADES)) / workforce_persons()
    np.testing.assert_allclose(
        found, shares.share.sum(axis=tuple(a for a in range(7) if a != GRADE)), atol=0.003
    )


def test_careers_keep_the_minimum_years(workers):
    age, entry = years(since(workers.birth)), years(since(workers.birth) - since(workers.entered))
    assert age.min() >= 16
    assert age.max() < 65
    assert entry.min() >= 16
    climb = np.array([prior.GRADE_YEARS, prior.GRADE_YEARS_VOCATIONAL])
    needed = climb[(workers.education >= prior.VOCATIONAL).astype(int), workers.grade]
    taken = years(since(workers.entered) - since(workers.graded))
    assert (taken >= needed).all()
    assert (since(workers.graded) >= 0).all()
    assert (workers.graded[workers.grade == 0] == workers.entered[workers.grade == 0]).all()


def test_everyone_holds_the_standard_of_the_grade(workers):
    standard = np.array([0.0, *LAW["grade_standard"]["value"][:-1]])
    skill = workers.skill / 65535
    assert (skill >= standard[workers.grade]).all()
    means = [skill[workers.grade == grade].mean() for grade in range(6)]
    assert (np.diff(means) > 0.05).all()


def test_jobs_follow_entry_and_arrival(workers):
    employed = workers.status == EMPLOYED
    assert set(np.unique(workers.status)) == {EMPLOYED, UNEMPLOYED}
    assert 0.037 < (~employed).mean() < 0.043
    assert (workers.hired >= workers.entered).all()
    assert (workers.hired >= workers.arrival).all()
    assert (workers.hired <= START).all()
    assert 1 < np.median(years(since(workers.hired[employed]))) < 4


def test_the_share_between_jobs_is_an_argument():
    shares = cell_shares(0.40, TECHNICIANS, 0.05)
    persons = workforce_persons(0.05)
    drawn = first_workers(AGENTS, AGENTS, persons, 1, shares)
    assert 0.047 < (drawn.status == UNEMPLOYED).mean() < 0.053
    usual = cell_shares(0.40, TECHNICIANS).share[:, :, 1:].sum() * workforce_persons()
    assert shares.share[:, :, 1:].sum() * persons == pytest.approx(usual, rel=1e-6)


def test_migrants_are_rural_away_and_rarely_settled(workers):
    outside = workers.home != workers.province
    assert (workers.hukou[outside] == RURAL).all()
    assert (workers.away[outside] == 1).all()
    assert (workers.away[workers.hukou == URBAN] == 0).all()
    assert (workers.settled[(workers.hukou == URBAN) & (workers.away == 0)] == 0).all()
    assert (workers.settled[(workers.hukou == RURAL) & (workers.away == 0)] == 0).all()
    assert 0.01 < workers.settled[workers.away == 1].mean() < 0.10
    stayed = workers.away == 0
    np.testing.assert_array_equal(workers.arrival[stayed], workers.birth[stayed])


def test_ages_have_no_steps_between_bands(workers):
    age = since(workers.birth) // MONTHS_PER_YEAR
    counts = np.bincount(age)[21:51]
    assert (np.abs(np.diff(counts)) < 0.25 * counts[1:]).all()


def test_urban_women_are_rare_past_the_statutory_age(workers):
    urban_women = (workers.hukou == URBAN) & (workers.sex == SEX.index("female"))
    assert (years(since(workers.birth[urban_women])) >= 56).mean() < 0.01


def test_attitudes_start_in_the_middle(workers):
    for column in (workers.satisfaction, workers.engagement):
        assert 0.49 < column.mean() / 255 < 0.51
        assert column.min() / 255 > 0.29
        assert column.max() / 255 < 0.71
    assert 0.33 < workers.courses.mean() < 0.37


@pytest.mark.parametrize(
    ("slots", "agents", "persons", "message"),
    [
        (10, 11, 100, "11 agents cannot stand for 100 persons in 10 slots"),
        (10, 0, 100, "cannot stand"),
        (10, 5, 4, "cannot stand"),
        (10, 10, 1_000_000, "too few for 1,000,000 persons: choose at least 16"),
    ],
)
def test_impossible_sizes_are_input_errors(shares, slots, agents, persons, message):
    with pytest.raises(InputError, match=message):
        first_workers(slots, agents, persons, 1, shares)


def test_the_smallest_size_named_in_the_error_works(shares):
    assert first_workers(16, 16, 1_000_000, 1, shares).weight.sum() == 1_000_000


def test_the_page_on_the_population_is_current():
    script = runpy.run_path(str(ROOT / "docs/generate_population_table.py"))
    assert script["page"]() == script["PAGE"].read_text(encoding="utf-8"), (
        "docs/population.md is out of date: run python docs/generate_population_table.py"
    )
