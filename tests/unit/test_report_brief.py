"""What the first section says beside the probabilities: what binds, prices, the choice, signs, doubts."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from experiments.questions.compare.figures.cost import by_family, totals
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.sections import brief
from tests.synthetic_store import write_store


def told(folder: Path, chances: dict[str, float] | None = None) -> dict[str, str]:
    """The lines, with other probabilities of all three targets when these are given."""
    if chances:
        table = pd.read_csv(folder / "targets.csv")
        for scenario, chance in chances.items():
            rows = (table["scenario"] == scenario) & (table["target"] == "all")
            assert rows.sum() == 1
            table.loc[rows, ["probability", "probability_low", "probability_high"]] = (chance, 0.01, 0.99)
        table.to_csv(folder / "targets.csv", index=False)
    return {point.lead: point.text for point in brief.points(Comparison(folder))}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("brief") / "store", scenarios=3, runs=3)


@pytest.fixture
def store(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "store")


def names(folder: Path) -> list[str]:
    return [scenario.name for scenario in Comparison(folder).scenarios]


def test_the_choice_is_that_of_the_rule(store: Path) -> None:
    comparison = Comparison(store)
    spent = totals(comparison, by_family(comparison))
    by_price = sorted(comparison.scenarios, key=lambda scenario: spent[scenario])
    table = pd.read_csv(store / "targets.csv").assign(runs=24)  # more than three, by which nobody chooses
    table.to_csv(store / "targets.csv", index=False)
    chances = dict(zip([scenario.name for scenario in by_price], (0.6, 0.9, 0.4), strict=True))
    said = told(store, chances)["Which to choose"]
    assert said.startswith("The cheapest of these scenarios")
    assert said.index(f"is {by_price[0].label}, with 60") < said.index(f"is {by_price[1].label}, with 90")
    assert f"too few to be sure that {by_price[0].label} is more likely" in said
    more = told(store, dict(zip(chances, (0.9, 0.6, 0.4), strict=True)))["Which to choose"]
    assert f"surer to reach all three targets than {by_price[0].label}" in more


def test_prices_and_changes_are_against_the_baseline(store: Path) -> None:
    first, *others = names(store)
    said = told(store, {first: 0.2, others[0]: 0.7, others[1]: 0.1})["At what price"]
    assert "(+50)" in said
    assert "(\N{MINUS SIGN}10)" in said
    assert Comparison(store).baseline.label in said.split(":")[0]


def test_what_binds_is_counted_over_all_intakes_of_all_tiers(store: Path) -> None:
    said = told(store)["What holds the numbers back"]
    assert said.count("intakes)") == 3


def test_a_scenario_alone_has_no_price_and_no_difference_to_doubt(tmp_path: Path) -> None:
    said = told(write_store(tmp_path / "alone", scenarios=1, runs=3))
    assert "At what price" not in said
    assert "What is in doubt" not in said
    assert "Which to choose" in said


@pytest.mark.parametrize("lacking", ["spending", "quota", "recognised"])
def test_what_is_not_recorded_is_left_out(tmp_path: Path, lacking: str) -> None:
    said = told(write_store(tmp_path / "less", runs=3, without=(lacking,)))
    assert ("At what price" in said) == (lacking != "spending")
    assert ("What holds the numbers back" in said) == (lacking != "quota")
    assert "What is in doubt" in said
