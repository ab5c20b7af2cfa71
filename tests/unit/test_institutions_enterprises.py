"""Enterprises: sizes, draws by size, practices that spread, effort that poaching holds back, climate."""

import numpy as np
import pytest
from numba import njit
from numpy.typing import NDArray
from scipy import stats

from sim.alias import alias_tables, draw_enterprise
from sim.calendar import FORK_YEAR
from sim.institutions.enterprise_sizes import SIZE_CLASSES, class_shares, enterprise_sizes
from sim.institutions.enterprises import CELL_MINIMUM, EFFORT_BY_SIZE, Enterprises
from sim.life.flows import CLIMATE_SUM, POACHED, REVIEWED
from sim.records import Table
from tests.country import GUANGDONG, future, past

NOBODY = 1e-5  # least probability of a fair draw; the numbers are fixed


@njit
def draw_many(
    province: int, sector: int, u: NDArray[np.float64], table: Table, cell_start: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Enterprise row for each number."""
    rows = np.empty(u.size, np.int64)
    for n in range(u.size):
        rows[n] = draw_enterprise(province, sector, u[n], table, cell_start)
    return rows


@pytest.fixture
def firms() -> Enterprises:
    return past().state.enterprises.copy()


def no_tally(firms: Enterprises) -> NDArray[np.int64]:
    return np.zeros((len(firms), 3), dtype=np.int64)


def test_sizes_follow_the_power_law_of_the_exponent() -> None:
    law = past().law
    heads = np.full((31, 4), 400_000.0 * law.enterprise_persons)
    firms = Enterprises(heads[:, :] / 1000, 1.0, law, 1)
    for cell in (0, 60, 123):
        size = np.sort(firms.size[firms.cell_start[cell] : firms.cell_start[cell + 1]])[::-1]
        rank = np.arange(1, size.size + 1)
        middle = slice(3, size.size // 2)
        slope = np.polyfit(np.log(size[middle]), np.log(rank[middle]), 1)[0]
        assert slope == pytest.approx(-law.enterprise_size_exponent, rel=0.05)
        assert size.mean() == pytest.approx(law.enterprise_persons)


def test_an_enterprise_that_stands_for_itself_has_the_class_of_its_size() -> None:
    law = past().law
    firms = Enterprises(np.full((31, 4), 3_000.0 * law.enterprise_persons), 1.0, law, 1)
    classes = np.searchsorted(SIZE_CLASSES, firms.size)
    assert set(classes) == {0, 1, 2, 3}
    assert np.array_equal(firms.usual_effort, np.take(EFFORT_BY_SIZE, classes))


@pytest.mark.parametrize("exponent", [1.0, 1.2])
def test_workers_meet_the_size_classes_of_the_country_at_every_scale(exponent: float) -> None:
    """A market of 2 to 30,000 rows that stand for as many enterprises: each class keeps its employment."""
    enterprises, found = np.array([30_000]), []
    for rows in (2, 3, 17, 400, 29_999, 30_000):
        size = enterprise_sizes(np.array([rows]), 33.0, exponent)
        shares = class_shares(size, np.array([rows]), enterprises, 33.0, exponent)
        assert np.allclose(shares.sum(axis=1), 1.0)
        assert shares.min() >= 0.0
        found.append(size @ shares / size.sum())
    assert np.allclose(found, found[-1], atol=1e-6)
    assert found[-1].min() > 0.05


def test_enterprises_stand_in_the_order_of_provinces_and_sectors(firms: Enterprises) -> None:
    cells = firms.province.astype(int) * 4 + firms.sector
    assert np.all(np.diff(cells) >= 0)
    assert np.array_equal(np.bincount(cells, minlength=124), np.diff(firms.cell_start))
    assert np.diff(firms.cell_start).min() >= CELL_MINIMUM


def test_alias_tables_hold_exactly_the_shares_of_size() -> None:
    size = np.array([5.0, 1.0, 1.0, 13.0, 2.0, 2.0, 7.0])
    start = np.array([0, 4, 7])
    threshold, alias = alias_tables(size, start)
    for first, last in ((0, 4), (4, 7)):
        chance = np.zeros(size.size)
        for row in range(first, last):
            chance[row] += threshold[row] / (last - first)
            chance[alias[row]] += (1.0 - threshold[row]) / (last - first)
        assert np.allclose(chance[first:last], size[first:last] / size[first:last].sum())
        assert chance[:first].sum() + chance[last:].sum() == pytest.approx(0.0, abs=1e-12)


def test_workers_are_drawn_by_size(firms: Enterprises) -> None:
    cell = GUANGDONG * 4 + 1
    first, last = firms.cell_start[cell], firms.cell_start[cell + 1]
    u = np.random.default_rng(11).random(300_000)
    rows = draw_many(GUANGDONG, 1, u, firms.table, firms.cell_start)
    assert first <= rows.min() <= rows.max() < last
    expected = firms.size[first:last] / firms.size[first:last].sum() * u.size
    counted = np.bincount(rows - first, minlength=last - first)
    assert stats.chisquare(counted, expected).pvalue > NOBODY


def test_employment_follows_size_in_the_country() -> None:
    """Large enterprises keep their share of workers through ten years of hiring and quitting."""
    state = past().state
    workers, firms = state.population.workers, state.enterprises
    employed = workers.enterprise[workers.status == 1]
    large = firms.size > np.quantile(firms.size, 0.9)
    expected = np.bincount(firms.province[large], firms.size[large]).sum() / firms.size.sum()
    assert large[employed].mean() == pytest.approx(expected, abs=0.08)


def test_practices_spread_and_are_never_given_up(firms: Enterprises) -> None:
    rates = past().rates
    for year in range(FORK_YEAR + 1, 2036):
        before = firms.democratic.copy(), firms.pay_by_skill.copy()
        firms.decide(year, rates, no_tally(firms))
        assert np.all(firms.democratic >= before[0])
        assert np.all(firms.pay_by_skill >= before[1])
        assert firms.democratic.mean() > before[0].mean()
    assert set(np.unique(firms.democratic)) <= {0, 1}


def test_practices_spread_faster_where_the_rate_is_higher(firms: Enterprises) -> None:
    rates, slow = past().rates, firms.copy()
    spread = rates.democratic_spread_per_year.copy()
    spread[GUANGDONG] *= 8.0
    firms.decide(FORK_YEAR + 1, rates._replace(democratic_spread_per_year=spread), no_tally(firms))
    slow.decide(FORK_YEAR + 1, rates, no_tally(slow))
    there = firms.province == GUANGDONG
    assert firms.democratic[there].mean() > slow.democratic[there].mean()
    assert np.array_equal(firms.democratic[~there], slow.democratic[~there])


def test_practices_spread_faster_among_neighbours_who_have_them() -> None:
    adopted = []
    for share in (0, 1):
        firms = past().state.enterprises.copy()
        firms.democratic[:] = (np.arange(len(firms)) % 2) * share
        others = firms.democratic == 0
        chosen = others & (np.arange(len(firms)) % 2 == 0)
        firms.decide(FORK_YEAR + 1, past().rates, no_tally(firms))
        adopted.append(firms.democratic[chosen].mean())
    assert adopted[1] > adopted[0]


def test_poaching_holds_training_effort_back(firms: Enterprises) -> None:
    calm = firms.copy()
    tally = no_tally(firms)
    tally[:, REVIEWED] = 3_000
    firms_robbed = tally.copy()
    firms_robbed[::2, POACHED] = 500
    calm.decide(FORK_YEAR + 1, past().rates, tally)
    firms.decide(FORK_YEAR + 1, past().rates, firms_robbed)
    assert np.all(firms.effort[::2] < calm.effort[::2])
    assert np.array_equal(firms.effort[1::2], calm.effort[1::2])
    assert firms.poached_share[0] == pytest.approx(500 / (3_000 / (12 / past().law.review_months)))


def test_climate_is_the_mean_satisfaction_of_those_heard(firms: Enterprises) -> None:
    tally, before = no_tally(firms), firms.climate.copy()
    tally[3, REVIEWED], tally[3, CLIMATE_SUM] = 40, 40 * 51
    firms.update_climate(tally)
    assert firms.climate[3] == pytest.approx(0.2)
    assert np.array_equal(np.delete(firms.climate, 3), np.delete(before, 3))


def test_climate_and_effort_stay_in_their_bounds_through_a_run() -> None:
    firms = future().state.enterprises
    assert 0.0 <= firms.climate.min() < firms.climate.max() <= 1.0
    assert firms.effort.min() > 0.0
    assert np.isfinite(firms.effort).all()


def test_a_copy_shares_nothing_that_changes(firms: Enterprises) -> None:
    twin = firms.copy()
    changing = ("table", "climate", "democratic", "pay_by_skill")
    before = {name: getattr(firms, name).copy() for name in changing}
    twin.decide(FORK_YEAR + 1, past().rates, no_tally(twin))
    twin.climate[:] = 0.1
    for name, kept in before.items():
        assert np.array_equal(getattr(firms, name), kept), name
        assert not np.array_equal(getattr(twin, name), kept), name
