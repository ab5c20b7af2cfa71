"""A user's own figures: refused in one line, named when unused, part of a life's name, and of no other life.

All figures are made up: those of the last published year, moved on by a year.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.answers.own_figures import read_data
from experiments.command.choices import choose
from experiments.questions.calibrate import question as calibrate
from experiments.questions.calibrate.fit import read_targets
from experiments.runs import plain
from experiments.runs.inputs import read_inputs
from experiments.runs.life import Life, read_world
from experiments.tables.handed_out import write_csv
from experiments.tables.own_figures import FILE, OwnFigure, table_of
from sim.data import secondary_employment, series
from sim.data.derived import total_employment
from sim.data.figures import figures_with
from sim.errors import InputError
from sim.institutions.labour_market import demand_path, wage_growth_path
from tests.country import REFORM

HEAD = "indicator,year,value,unit\n"
LAST = max(series("employment_secondary"))
NEXT = LAST + 1  # the first year whose figures are not published
PERSONS, INCOME, AGE = "employment_secondary", "migrant_monthly_income", "migrant_mean_age"
EMPLOYED = OwnFigure(PERSONS, NEXT, 22_000.5, "10k persons")
MEAN_AGE = OwnFigure(AGE, NEXT, 42.5, "years")
Written = Callable[..., str]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(*lines: str, name: str = "own.csv", head: str = HEAD, encoding: str = "utf-8") -> str:
        (tmp_path / name).write_bytes((head + "\n".join(lines) + "\n").encode(encoding))
        return str(tmp_path / name)

    return write


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            f"employment_secondry,{NEXT},22000,10k persons",
            "line 2: unknown indicator.*'employment_secondary'",
        ),
        (f"{PERSONS},{NEXT},22000,", "line 2: employment_secondary has no unit"),
        (f"{PERSONS},{NEXT},22000,yuan", "line 2: .*'yuan'; expected 10k persons"),
        (f"{PERSONS},{NEXT},22000,persons", "line 2: .*22000 in 'persons', and was published as"),
        (f"{PERSONS},{NEXT},-5,10k persons", "line 2: the value is '-5'"),
        (f"{PERSONS},2014,22000,10k persons", "line 2: year '2014'"),
        (f"{PERSONS},2036,22000,10k persons", "year '2036' .*expected 2015 to 2035"),
        (f"{PERSONS},{LAST},22000,10k persons", f"{LAST} is 22000 10k persons, and was published as"),
        ("births,2019,1000,10k persons", "births of 2019 is 1000 10k persons, and was published as 1465"),
        (f"{PERSONS},{NEXT},22000,10k persons\n{PERSONS},{NEXT},22001,万人", "line 3: .*twice"),
        (f"{PERSONS},{NEXT},22000", "line 2 has 3 cells|has no unit"),
        (f"births,{NEXT},1000,10k persons", "no figure that the model uses: births of .*begin to work after"),
        (
            f"employment_tertiary,{NEXT},35000,10k persons",
            "no figure that the model uses: employment_tertiary",
        ),
    ],
)
def test_bad_figures_are_refused_in_one_line(written: Written, line: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read_data([written(line)])
    assert "\n" not in str(refused.value)


def test_figures_of_a_province_and_of_two_files_are_refused(written: Written, tmp_path: Path) -> None:
    line = f"{PERSONS},{NEXT},22000,10k persons"
    other = written(line, name="other.csv")
    with pytest.raises(InputError, match=r"twice, before it in .*own\.csv line 2"):
        read_data([written(line), other])
    with pytest.raises(InputError, match="only figures of the whole country"):
        read_data([written(f"{line},GD", head="indicator,year,value,unit,province\n")])
    with pytest.raises(InputError, match="is not there"):
        read_data([str(tmp_path / "none.csv")])


def test_what_is_not_used_is_named(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (
        f"{PERSONS},{NEXT},2.20005亿人,",
        f"{PERSONS},{LAST},{series(PERSONS)[LAST]},10k persons",
        f"employment_tertiary,{NEXT},35000,10k persons",
        f"{AGE},{NEXT},42.5,岁",
    )
    assert read_data([written(*lines, encoding="gb18030")]) == (replaced(EMPLOYED), replaced(MEAN_AGE))
    said = capsys.readouterr().err
    assert "2 figures of data are not used" in said
    assert f"{PERSONS} of {LAST} (it stands among the published figures already)" in said
    assert f"employment_tertiary of {NEXT} (the model takes it neither" in said
    assert PERSONS + f" of {NEXT}" not in said


def replaced(figure: OwnFigure) -> OwnFigure:
    return figure._replace(evidence="", source="")


def test_a_written_table_is_read_as_it_was(tmp_path: Path) -> None:
    figures = (
        EMPLOYED._replace(value=22_000.123_456_789_1, evidence="published", source="made up"),
        MEAN_AGE,
    )
    write_csv(table_of(figures), tmp_path / FILE)
    assert read_data([str(tmp_path / FILE)]) == figures


def life(*figures: OwnFigure, knowledge: str = "prior") -> Life:
    return Life(read_world({}, knowledge, 5_000, figures), REFORM, 1, 0)


def test_what_drives_is_part_of_the_name_of_a_life_and_of_its_history() -> None:
    names = [
        (one.run_id, one.history_id)
        for one in (life(), life(EMPLOYED), life(EMPLOYED._replace(value=22_001.0)))
    ]
    assert all(len(set(column)) == 3 for column in zip(*names, strict=True))
    told = life(MEAN_AGE, EMPLOYED._replace(source="elsewhere", evidence="derived"))
    assert (told.run_id, told.history_id) == names[1], "sources and what is only fitted decide no life"


def test_figures_travel_with_a_plan() -> None:
    lives = [life(EMPLOYED, MEAN_AGE), life()]
    assert plain.read(plain.written(lives)) == lives


def national(path: dict[int, np.ndarray]) -> dict[int, float]:
    return {year: float(markets.sum()) for year, markets in path.items()}


def test_they_take_the_place_of_growth_in_that_life_alone() -> None:
    before = national(demand_path((0.1, 0.1), 2035))
    more = figures_with(
        [(PERSONS, NEXT + 1, 30_000.0), (INCOME, NEXT + 1, 6_000.0), ("employment_total", NEXT, 8e4)]
    )
    path = national(demand_path((0.1, 0.1), 2035, more))
    assert all(path[year] == before[year] for year in range(2014, NEXT))
    assert path[NEXT] == pytest.approx((secondary_employment()[LAST] + 3e8) / 2)
    assert path[NEXT + 1] == pytest.approx(3e8)
    assert path[NEXT + 2] == pytest.approx(3.3e8)
    wages = wage_growth_path((0.1, 0.2), 2035, more)
    income = series(INCOME)
    last = max(income)
    grown = np.prod([1.0 + wages[year] for year in range(last + 1, NEXT + 2)])
    assert income[last] * grown == pytest.approx(6_000.0)
    assert wages[2035] == 0.2
    assert total_employment(NEXT, 0.1, more) == pytest.approx(8e8)
    assert total_employment(NEXT + 1, 0.1, more) == pytest.approx(8.8e8)
    assert national(demand_path((0.1, 0.1), 2035)) == before
    assert read_inputs({}, "prior").figures.added == {}
    assert life(EMPLOYED).inputs.figures.added == {PERSONS: {NEXT: EMPLOYED.value}}
    assert life().inputs.figures.added == {}


def test_calibration_fits_to_them_by_the_weights_of_the_published() -> None:
    found = read_targets(NEXT, (EMPLOYED, MEAN_AGE))
    new = found[found["year"] == NEXT].set_index("indicator")
    assert new.loc[PERSONS, ["observed", "weight"]].tolist() == [EMPLOYED.value, "high"]
    assert new.loc[PERSONS, "sd"] == pytest.approx(0.015 * EMPLOYED.value)
    assert len(found) == len(read_targets(NEXT)) + 2


def test_calibration_asks_for_figures_of_its_last_year(written: Written, tmp_path: Path) -> None:
    asked = [f"until={NEXT}", "agents=5000", "members=20", f"results={tmp_path}"]
    with pytest.raises(InputError, match=f"until={NEXT}: no figure after {LAST}"):
        calibrate.check(choose("calibrate", asked))
    last = written(f"{AGE},{NEXT},42.5,years")
    keys = choose("calibrate", [*asked, f"data=[{last}]"])
    assert calibrate.check(keys).targets["year"].max() == NEXT
    with pytest.raises(InputError, match="install=true is for published figures"):
        calibrate.check(replace(keys, install=True))


def test_the_folder_of_a_calibration_is_knowledge(tmp_path: Path) -> None:
    table = "quit_per_year\n0.5\n0.25\n"
    (tmp_path / "posterior.csv").write_text(table, encoding="utf-8")
    inputs = read_inputs({}, str(tmp_path))
    assert inputs.law.posterior.draws == 1
    assert life(knowledge=str(tmp_path)).run_id != life().run_id
    with pytest.raises(InputError, match="or name the folder of a calibration"):
        read_inputs({}, str(tmp_path / "none"))


def test_a_life_that_knows_figures_to_a_year_is_driven_by_no_later_one() -> None:
    until = figures_with([], 2018)
    assert max(until.of("migrant_monthly_income")) == 2018
    growth = (0.01, 0.02)
    demand = national(demand_path(growth, 2030, until))
    assert demand[2024] == pytest.approx(demand[2017] * 1.01**7)
    wages = wage_growth_path(growth, 2030, until)
    assert wages[2018] == wage_growth_path(growth, 2030)[2018]
    assert {wages[year] for year in range(2019, 2027)} == {0.01}
    kept = demand_path(growth, 2030, until)
    shares = {year: kept[year].sum(axis=0) / kept[year].sum() for year in (2016, 2024)}
    np.testing.assert_allclose(shares[2016], shares[2024])
    assert total_employment(2024, 0.0, until) == total_employment(2017, 0.0, until)
    assert replace(life().world, known_until=2018) != life().world
