import shutil

import numpy as np
import pytest

from sim import data
from sim.categories import PROVINCE_CODES, PROVINCES, SECTORS
from sim.data import files
from sim.errors import InputError


@pytest.fixture
def copied(tmp_path, monkeypatch):
    for path in files.FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    return tmp_path


def test_all_files_are_listed_and_unchanged():
    data.verify_all()
    assert set(files.expected_sums()) == {path.name for path in files.FOLDER.glob("*.csv")}
    assert len(data.data_hash()) == 64


def test_a_missing_file_is_one_clear_line(copied):
    (copied / "births.csv").unlink()
    with pytest.raises(InputError, match=r"births\.csv is missing") as caught:
        data.verify_all()
    assert "\n" not in str(caught.value)


def test_a_changed_file_is_one_clear_line(copied):
    with (copied / "provinces.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(InputError, match=r"provinces\.csv has changed") as caught:
        data.data_hash()
    assert "\n" not in str(caught.value)


def test_missing_sums_are_one_clear_line(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "SUMS", tmp_path / "SHA256SUMS")
    files.expected_sums.cache_clear()
    try:
        with pytest.raises(InputError, match="SHA256SUMS is missing"):
            data.verify_all()
    finally:
        files.expected_sums.cache_clear()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: data.load("nonsense"), "no data file nonsense"),
        (lambda: data.series("nonsense"), "no indicator nonsense"),
        (lambda: data.provincial("gdp", 1900), "gdp for 1900"),
    ],
)
def test_unknown_names_are_input_errors(call, message):
    with pytest.raises(InputError, match=message):
        call()


def test_a_loaded_table_is_the_callers_own():
    table = data.load("births")
    table["value"] = 0
    assert (data.load("births")["value"] > 0).all()


def test_every_row_of_the_series_has_a_source_and_an_evidence_mark():
    for name in ("national_series", "provincial_series", "births"):
        table = data.load(name)
        assert table["source"].notna().all()
        assert set(table["evidence"]) <= {"published", "derived", "unverified"}


def test_provinces_stand_in_the_order_of_the_codes():
    assert list(data.load("provinces")["code"]) == list(PROVINCE_CODES)
    population = data.provincial("population_census", 2020)
    assert population[PROVINCE_CODES.index(440000)] == population.max()


def test_provincial_figures_that_were_not_published_are_nan():
    assert np.isnan(data.provincial("industrial_legal_unit_employees", 2018)).sum() == PROVINCES - 1


def test_shared_arrays_cannot_be_written():
    with pytest.raises(ValueError, match="read-only"):
        data.distances_km()[0, 1] = 0


def test_distances_and_borders():
    distances, borders = data.distances_km(), data.adjacency()
    assert distances.shape == borders.shape == (PROVINCES, PROVINCES)
    np.testing.assert_allclose(distances, distances.T)
    np.testing.assert_array_equal(borders, borders.T)
    assert not np.diag(borders).any()
    hainan, guangdong = PROVINCE_CODES.index(460000), PROVINCE_CODES.index(440000)
    assert borders[hainan].sum() == borders[hainan, guangdong] == 1


def test_migration_matrices_run_from_origin_to_destination():
    hunan, guangdong = PROVINCE_CODES.index(430000), PROVINCE_CODES.index(440000)
    for year in (2000, 2005):
        matrix = data.migration_matrix(year)
        assert matrix[hunan, guangdong] > 20 * matrix[guangdong, hunan]
    empty = np.isnan(data.migration_matrix(2005)).any(axis=1)
    assert [PROVINCE_CODES[p] for p in np.flatnonzero(empty)] == [460000, 540000]
    into, out = data.migration_in_out("2010-2015").sum(axis=0)
    assert into == pytest.approx(out, rel=1e-6)
    assert into == pytest.approx(53.3e6, rel=0.01)


def test_secondary_employment_meets_the_published_anchors():
    employment = data.secondary_employment()
    assert sorted(employment) == list(range(2014, 2025))
    assert employment[2024] == pytest.approx(212.75e6)
    assert employment[2021] == pytest.approx(217.12e6)
    assert employment[2017] == pytest.approx(0.281 * 776.4e6)
    assert employment[2014] == pytest.approx(227e6, rel=0.005)


def test_births_reach_back_to_the_oldest_school_leavers_of_2015():
    births = data.births()
    assert set(range(1993, 2020)) <= set(births)
    assert births[1993] == births[1995] == 20.63e6
    assert births[2021] == 10.62e6


def test_skilled_workers_meet_the_published_stocks():
    assert data.skilled_workers(2021) == pytest.approx((200e6, 60e6))
    assert data.skilled_workers(2017) == pytest.approx((165e6, 47.91e6))
    skilled, high = data.skilled_workers(2014)
    assert 0.25 < high / skilled < 0.31
    assert data.skilled_workers(2013)[0] < skilled < data.skilled_workers(2015)[0]


def by_kind(employment):
    """Mining and utilities, manufacturing, construction; shape (31, 3)."""
    return np.column_stack((employment[:, 0], employment[:, 1:3].sum(axis=1), employment[:, 3]))


@pytest.mark.parametrize("year", [2014, 2020, 2024, 2035])
def test_provincial_employment_adds_up(year):
    employment = data.provincial_employment(year)
    assert employment.shape == (PROVINCES, len(SECTORS))
    assert (employment > 0).all()
    np.testing.assert_allclose(employment.sum(axis=0), data.sector_shares(year), rtol=1e-9)
    assert employment.sum() == pytest.approx(1)


def test_provinces_have_their_industry_of_the_census():
    counted = {
        kind: data.provincial(f"employed_{kind}_census", 2020)
        for kind in ("mining", "utilities", "manufacturing", "construction")
    }
    census = np.column_stack(
        (counted["mining"] + counted["utilities"], counted["manufacturing"], counted["construction"])
    )
    np.testing.assert_allclose(by_kind(data.provincial_employment(2020)), census / census.sum(), rtol=1e-6)
    earlier = by_kind(data.provincial_employment(2014))
    np.testing.assert_allclose(earlier / earlier.sum(axis=0), census / census.sum(axis=0), rtol=1e-6)


def test_construction_shrinks_as_among_migrant_workers_and_as_the_economic_census_found():
    shares = {year: by_kind(data.provincial_employment(year)).sum(axis=0) for year in (2021, 2023, 2024)}
    ratio = {year: share[2] / share[1] for year, share in shares.items()}
    assert ratio[2024] / ratio[2021] == pytest.approx((14.3 / 27.9) / (19.0 / 27.1))
    found = [
        sum(data.series(f"{sector}_{kind}_employees")[2023] for kind in ("legal_unit", "individual_business"))
        for sector in ("construction", "manufacturing")
    ]
    assert ratio[2023] == pytest.approx(found[0] / found[1], rel=0.06)  # not used for the shares


def test_richer_provinces_make_more_equipment():
    employment, income = data.provincial_employment(2020), data.provincial("gdp_per_capita", 2019)
    part = employment[:, 2] / employment[:, 1:3].sum(axis=1)
    assert np.corrcoef(part, income)[0, 1] > 0.9


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_change_no_figure(copied, end):
    before = data.data_hash()
    for path in copied.glob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", end))
    data.verify_all()
    assert data.data_hash() == before
