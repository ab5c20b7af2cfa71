"""What would be published of a simulated year: units, links, sums of years, regions."""

from pathlib import Path

import pytest

from sim.categories import PROVINCE_CODES
from sim.data import REGIONS
from sim.data.files import load
from sim.inputs import Inputs
from sim.outcomes.published import PROVINCIAL, PUBLISHED, published_values

LINKS = {
    "industrial_share_of_skilled": 0.5,
    "migrants_per_rural_worker": 1.2,
    "migrant_secondary_share": 0.5,
    "migrant_secondary_share_growth_per_year": -0.1,
    "floating_per_migrant": 3.0,
}


def published(rows: list[tuple[int, str, str, str, float]]) -> dict[tuple[str, str, int], float]:
    values = {(year, province, group, indicator): value for year, province, group, indicator, value in rows}
    links = dict.fromkeys(_all_links(), 1.0) | LINKS
    return published_values(values, sorted({row[0] for row in rows}), links)


def _all_links() -> list[str]:
    return list(Inputs.read(Path(__file__).parents[2] / "configs").links())


def test_persons_become_ten_thousands_and_shares_of_industry_are_undone() -> None:
    found = published([(2021, "all", "all", "employed", 2e8), (2021, "all", "all", "skilled", 6e7)])
    assert found["employment_secondary", "all", 2021] == pytest.approx(20_000)
    assert found["skilled_workers", "all", 2021] == pytest.approx(12_000)


def test_migrants_of_all_sectors_follow_the_share_of_the_secondary_sector() -> None:
    found = published([(2014 + n, "all", "hukou=rural", "workers", 1e8) for n in (0, 1)])
    assert found["migrant_workers_total", "all", 2014] == pytest.approx(1e4 * 1.2 / 0.5)
    assert found["migrant_workers_total", "all", 2015] == pytest.approx(1e4 * 1.2 / 0.45)


def test_three_years_are_summed_only_where_all_three_are_known() -> None:
    rows = [(2018 + n, "all", "programme=subsidised", "training_started", 1e7) for n in range(4)]
    found = published(rows)
    name = "subsidised_training_2019_2021"
    assert {year for indicator, _, year in found if indicator == name} == {2020, 2021}
    assert found[name, "all", 2021] == pytest.approx(3e7 / 0.5 / 1e4)


def test_regions_sum_their_provinces() -> None:
    rows = [
        (2020, str(code), "all", name, 1e6)
        for code in PROVINCE_CODES
        for name in ("migrants_outgoing", "migrants_local")
    ]
    found = published(rows)
    parts = [found[f"migrant_by_destination_{region}", "all", 2020] for region in REGIONS]
    per_province = 2e6 * 1.2 / (0.5 * 0.9**6) / 1e4
    assert sum(parts) == pytest.approx(31 * per_province)
    assert parts[REGIONS.index("Northeast")] == pytest.approx(3 * per_province)


def test_provinces_have_rows_of_their_own() -> None:
    found = published([(2020, "110000", "all", "migrants_inter_provincial", 2e6)])
    provinces = {key: value for key, value in found.items() if key[1] != "all"}
    assert provinces == {("floating_pop_from_other_provinces", "110000", 2020): pytest.approx(6e6)}


def test_names_and_units_are_those_of_the_data() -> None:
    national, provincial = load("national_series"), load("provincial_series")
    units = dict(zip(national["indicator"], national["unit"], strict=True))
    for name, row in PUBLISHED.items():
        if name != "turnover_manufacturing":  # from effect_sizes.csv
            assert units[name] == row.unit, name
    units = dict(zip(provincial["indicator"], provincial["unit"], strict=True))
    assert all(units[name] == unit for name, (unit, _, _) in PROVINCIAL.items())
