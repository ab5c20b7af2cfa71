import re
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.inputs import Inputs
from sim.law import Law
from sim.parameters import Parameter, Register, quantile, triangular
from sim.rates import Rates

CONFIGS = Path(__file__).parents[2] / "configs"
DATA = CONFIGS.parent / "sim" / "data"
ROW = """
speed:
  value: 2
  low: 1
  high: 4
  unit: 1/year
  distribution: triangular
  bounds: [0, 9]
  evidence: C
  source: "assumed: for the test"
  meaning: How fast.
"""
LIST = """
shape:
  value: [1, 2]
  low: [0.5, 1]
  high: [2, 4]
  unit: factor
  distribution: uniform
  evidence: C
  source: "assumed: for the test"
  meaning: Rises with age.
"""


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return Inputs.read(CONFIGS)


def register(folder: Path, content: str) -> Register:
    path = folder / "rows.yaml"
    path.write_text(content, encoding="utf-8")
    return Register.read(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  unit: 1/year\n", "", "has no 'unit'"),
        ('  source: "assumed: for the test"\n', "", "has no 'source'"),
        ("  low: 1\n", "", "has no 'low'"),
        ("low: 1", "low: 3", "low 3, value 2 and high 4 must stand in this order"),
        ("high: 4", "high: 12", "inside the bounds 0 to 9"),
        ("high: 4", "hgih: 4", "unknown key 'hgih': did you mean 'high'?"),
        ("value: 2", "value: .nan", "write a finite number"),
        ("value: 2", "value: yes", "not a number"),
        ("value: 2", "value: two", "not a number"),
        ("value: 2", "value: []", "empty list"),
        ("value: 2", "value: [1, 2]", "as many numbers"),
        ("triangular", "normal", "unknown 'normal'"),
        ("evidence: C", "evidence: D", "choose from A, B, C"),
        ("bounds: [0, 9]", "bounds: 9", "[lowest, highest]"),
        ("meaning: How fast.", "meaning: 3", "write a text"),
        ("speed:\n", "speed: 3\nother:\n", "must hold lines"),
        ("  high: 4\n", "  high: 4\n  high: 5\n", "'high' stands twice"),
        ("  high: 4\n", "  high: [4\n", "is not valid YAML near line"),
    ],
)
def test_a_broken_row_is_one_clear_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in ROW
    with pytest.raises(InputError) as caught:
        register(tmp_path, ROW.replace(old, new))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read .*nothing\.yaml"):
        Register.read(tmp_path / "nothing.yaml")


def test_draw_zero_is_central_and_others_stay_in_the_range(tmp_path: Path) -> None:
    rows = register(tmp_path, ROW + LIST)
    assert rows.values(0)["speed"] == 2.0
    np.testing.assert_array_equal(rows.values(0)["shape"], [1.0, 2.0])
    speeds = [rows.values(draw)["speed"] for draw in range(1, 400)]
    assert min(speeds) >= 1.0
    assert max(speeds) <= 4.0
    assert np.mean(speeds) == pytest.approx((1 + 2 + 4) / 3, abs=0.12)  # four standard errors


def test_a_list_shares_one_quantile(tmp_path: Path) -> None:
    rows = register(tmp_path, LIST)
    for draw in range(1, 20):
        first, second = np.atleast_1d(rows.values(draw)["shape"])
        assert (first - 0.5) / 1.5 == pytest.approx((second - 1.0) / 3.0)


def test_draws_are_the_same_everywhere_and_ignore_other_parameters(tmp_path: Path) -> None:
    alone, among = register(tmp_path, ROW), register(tmp_path, LIST + ROW)
    assert [alone.values(draw)["speed"] for draw in range(9)] == [
        among.values(draw)["speed"] for draw in range(9)
    ]
    assert quantile("quit_per_year", 1) == 0.3988305055112994
    assert quantile("quit_per_year", 1) != quantile("quit_per_year", 2)


@pytest.mark.parametrize("mode", [0.0, 0.3, 1.0])
def test_triangular_inverts_its_distribution(mode: float) -> None:
    shares = np.linspace(0.0, 1.0, 101)
    values = np.array([triangular(share, 0.0, mode, 1.0) for share in shares])
    rising = values**2 / mode if mode else np.full_like(values, np.inf)
    falling = 1.0 - (1.0 - values) ** 2 / (1.0 - mode) if mode < 1.0 else np.full_like(values, np.inf)
    np.testing.assert_allclose(np.where(values < mode, rising, falling)[1:-1], shares[1:-1])
    assert triangular(0.5, 2.0, 2.0, 2.0) == 2.0


def test_overrides_hold_in_every_draw_and_are_checked(tmp_path: Path) -> None:
    rows = register(tmp_path, ROW + LIST)
    assert rows.values(5, {"speed": 3})["speed"] == 3.0
    np.testing.assert_array_equal(rows.values(5, {"shape": [3, 4]})["shape"], [3.0, 4.0])
    assert rows.values(5)["speed"] != 3.0
    for name, value, message in [
        ("sped", 3, "unknown parameter 'sped': did you mean 'speed'?"),
        ("speed", 10, "write a number from 0 to 9"),
        ("speed", float("nan"), "finite"),
        ("speed", [1, 2], "takes one number"),
        ("shape", 2, "takes a list of 2 numbers"),
        ("speed", "fast", "not a number"),
    ]:
        with pytest.raises(InputError) as caught:
            rows.values(0, {name: value})  # type: ignore[dict-item]
        assert message in str(caught.value)


def test_fixed_parameters_need_no_range(tmp_path: Path) -> None:
    content = ROW.replace("triangular", "fixed").replace("  low: 1\n", "").replace("  high: 4\n", "")
    row = register(tmp_path, content)["speed"]
    assert isinstance(row, Parameter)
    assert [row.drawn(draw) for draw in range(4)] == [2.0] * 4


def test_every_named_rate_and_law_has_its_row(inputs: Inputs) -> None:
    assert [parameter.name for parameter in inputs.rates] == list(Rates._fields)
    assert {parameter.name for parameter in inputs.law} == set(Law._fields)
    with pytest.raises(InputError, match="has no row 'openness'"):
        Register({}).require(("openness",), "rates.yaml")
    with pytest.raises(InputError, match="did you mean 'openness'"):
        Register({**inputs.rates.parameters, "opennes": inputs.rates["openness"]}).require(
            Rates._fields, "rates.yaml"
        )


def test_shipped_rates_stay_in_their_ranges_in_every_draw(inputs: Inputs) -> None:
    for draw in range(1, 60):
        for name, value in inputs.rates.values(draw).items():
            assert inputs.rates[name].low <= value <= inputs.rates[name].high


@pytest.mark.parametrize("kind", ["rate", "effect", "cost"])
def test_only_assumptions_do_without_data(inputs: Inputs, kind: str) -> None:
    rows = [row for row in inputs.assumptions() if row["kind"] == kind and row["evidence"] != "C"]
    assert [row["name"] for row in rows if ".csv" not in row["source"]] == []


@pytest.mark.parametrize("kind", ["rate", "law", "link", "effect", "cost"])
def test_shipped_sources_name_a_data_file_or_say_assumed(inputs: Inputs, kind: str) -> None:
    files = [path.name for path in DATA.glob("*.csv")]
    sources = {row["name"]: row["source"] for row in inputs.assumptions() if row["kind"] == kind}
    unsourced = [
        name for name, source in sources.items() if not any(word in source for word in ("assumed", *files))
    ]
    assert sources
    assert not unsourced


def test_every_row_of_data_that_a_rate_or_measure_cites_exists(inputs: Inputs) -> None:
    lines = [line for path in DATA.glob("*.csv") for line in path.read_text(encoding="utf-8").splitlines()]
    known = {line.split(",")[0] for line in lines} | {path.stem for path in DATA.glob("*.csv")}
    rows = [row for row in inputs.assumptions() if row["kind"] != "law"]
    cited = {word for row in rows for word in re.findall(r"[A-Za-z0-9]+_[A-Za-z0-9_]+", row["source"])}
    assert len(cited) > 20
    assert cited <= known


def test_inputs_take_overrides_of_rates_and_laws() -> None:
    inputs = Inputs.read(CONFIGS, {"quit_per_year": 0.2, "fade_per_year": 0.01})
    assert inputs.rates.values(7)["quit_per_year"] == 0.2
    assert inputs.law.values(7)["fade_per_year"] == 0.01
    with pytest.raises(InputError, match="unknown parameter 'quit_per_yaer': did you mean 'quit_per_year'"):
        Inputs.read(CONFIGS, {"quit_per_yaer": 0.2})


def test_assumptions_list_everything_once(inputs: Inputs) -> None:
    rows = inputs.assumptions()
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))
    assert {row["kind"] for row in rows} == {"rate", "law", "link", "constant", "effect", "cost"}
    keys = {"name", "kind", "meaning", "value", "unit", "low", "high", "evidence", "source"}
    assert all(set(row) == keys for row in rows)
