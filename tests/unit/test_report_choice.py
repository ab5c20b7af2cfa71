"""Which scenario to choose: the rule over every case, and the sentences of a page."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from experiments.pages.language import spoken
from experiments.questions.compare.figures.cost import by_family, totals
from experiments.questions.compare.findings.choice import Option, choose
from experiments.questions.compare.findings.choice_words import sentence
from experiments.questions.compare.reading import Comparison
from sim.outcomes.attainment import wilson_interval
from tests.synthetic_store import write_store


def options(*rows: tuple[int, int, float, float | None]) -> list[Option]:
    """One option for each (runs that reach all targets, runs, attained, price)."""
    return [
        Option(place, hits / runs, *wilson_interval(hits, runs), runs, attained, price)
        for place, (hits, runs, attained, price) in enumerate(rows)
    ]


CASES = {  # options: kind, places of the best, place of the cheapest, sure, apart
    "one that never does": ([(0, 24, 0.9, 0.0)], ("never", [0], None, True, False)),
    "one that does": ([(24, 24, 1.1, 0.0)], ("choice", [0], 0, True, False)),
    "one, too few to be sure": ([(8, 12, 1.0, 0.0)], ("choice", [0], 0, False, False)),
    "all never, the first is the furthest": (
        [(0, 24, 0.80, 0.0), (0, 24, 0.98, 900.0), (0, 24, 0.91, 100.0)],
        ("never", [1], None, True, False),
    ),
    "all never, equally near": (
        [(0, 24, 0.9, 0.0), (0, 24, 0.8, 1.0), (0, 24, 0.9, 2.0)],
        ("never", [0, 2], None, True, False),
    ),
    "all always, at different prices": (
        [(24, 24, 1.1, 0.0), (24, 24, 1.3, 900.0)],
        ("choice", [0], 0, True, False),
    ),
    "all always, the dear one first": (
        [(24, 24, 1.1, 900.0), (24, 24, 1.1, 5.0)],
        ("choice", [1], 1, True, False),
    ),
    "all always, at one price": (
        [(24, 24, 1.1, 7.0), (24, 24, 1.3, 7.0)],
        ("choice", [0, 1], 0, True, False),
    ),
    "too few runs": ([(2, 3, 1.0, 0.0), (3, 3, 1.1, 9.0)], ("few", [1], None, True, False)),
    "one of them has too few": ([(9, 9, 1.0, 0.0), (3, 3, 1.1, 9.0)], ("few", [0, 1], None, True, False)),
    "the target is met by the baseline": (
        [(23, 24, 1.1, 0.0), (22, 24, 1.1, 900.0)],
        ("choice", [0], 0, True, False),
    ),
    "better at a lower price": (
        [(13, 24, 1.0, 0.0), (24, 24, 1.1, -50.0)],
        ("choice", [1], 1, True, False),
    ),
    "surer for more": (
        [(0, 100, 0.9, 0.0), (70, 100, 1.0, 50.0), (99, 100, 1.1, 900.0)],
        ("choice", [2], 1, True, True),
    ),
    "surer for more, with intervals that overlap": (
        [(0, 24, 0.9, 0.0), (18, 24, 1.0, 50.0), (21, 24, 1.1, 900.0)],
        ("choice", [2], 1, True, False),
    ),
    "equally cheap, not equally sure": (
        [(18, 24, 1.0, 50.0), (21, 24, 1.0, 50.0), (22, 24, 1.0, 60.0)],
        ("choice", [2], 1, True, False),
    ),
    "the cheapest is hardly likely": (
        [(13, 24, 1.0, 0.0), (24, 24, 1.1, 900.0)],
        ("choice", [1], 0, False, True),
    ),
    "none in half of its runs": (
        [(1, 24, 0.9, 0.0), (5, 24, 0.9, 9.0)],
        ("rarely", [1], None, True, False),
    ),
    "none in half of its runs, nor ruled out": (
        [(1, 24, 0.9, 0.0), (11, 24, 0.9, 9.0)],
        ("rarely", [1], None, False, False),
    ),
    "prices are missing": (
        [(1, 24, 0.9, None), (20, 24, 1.0, None)],
        ("unpriced", [1], None, True, False),
    ),
    "one price is missing": (
        [(24, 24, 0.9, 0.0), (20, 24, 1.0, None)],
        ("unpriced", [0], None, True, False),
    ),
    "prices are missing and not needed": ([(0, 24, 0.9, None)], ("never", [0], None, True, False)),
    "seven": (
        [(hits, 24, 1.0, price) for hits, price in zip((1, 14, 20, 24, 20, 24, 9), range(7), strict=True)],
        ("choice", [3], 1, False, True),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_rule_holds_in_every_case(case: str) -> None:
    rows, (kind, best, cheapest, sure, apart) = CASES[case]
    found = choose(options(*rows))
    assert found.kind == kind
    assert [option.place for option in found.best] == best
    assert (found.cheapest.place if found.cheapest else None) == cheapest
    assert (found.sure, found.apart) == (sure, apart)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("choice") / "store", scenarios=3, runs=3)


def said(store: Path, hits: list[int], runs: int = 24, means: list[float] | None = None) -> str:
    """The sentence when so many runs reach all targets, and means are such shares of what is required."""
    table = pd.read_csv(store / "targets.csv").astype({"probability": float, "mean": float})
    for number, scenario in enumerate(dict.fromkeys(table["scenario"])):
        own = table["scenario"] == scenario
        row = own & (table["target"] == "all")
        low, high = wilson_interval(hits[number], runs)
        table.loc[row, ["probability", "probability_low", "probability_high", "runs"]] = (
            hits[number] / runs, low, high, runs,
        )  # fmt: skip
        if means:
            table.loc[own & ~row, "mean"] = means[number] * table.loc[own & ~row, "required"].astype(float)
    table.to_csv(store / "targets.csv", index=False)
    read = Comparison(store)
    return sentence(read, totals(read, by_family(read)))


@pytest.fixture
def store(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "store")


def test_where_none_ever_reaches_them_the_nearest_is_not_the_cheapest(store: Path) -> None:
    first, second, third = (scenario.label for scenario in Comparison(store).scenarios)
    text = said(store, [0, 0, 0], means=[0.8, 0.97, 0.9]).replace("\N{NO-BREAK SPACE}", " ")
    assert f"nearest: {second}." in text
    assert text.index(f"{second} 97 %") < text.index(f"{third} 90 %") < text.index(f"{first} 80 %")
    assert "craftsmen" in text or "artisans" in text
    with spoken("zh"):
        assert "最接近的是" in said(store, [0, 0, 0], means=[0.8, 0.97, 0.9])


def test_no_sentence_says_more_than_its_interval(store: Path) -> None:
    third = Comparison(store).scenarios[2].label
    few = said(store, [1, 2, 8], runs=12)
    assert "in half of its runs or more" in few
    assert "too few to be sure" in few
    assert "too few to be sure" not in said(store, [1, 2, 80], runs=100)
    assert f"rule out that {third} is" in said(store, [1, 2, 5], runs=12)
    assert said(store, [0, 2, 3], runs=3) == "too few runs of each scenario to choose by: 3."


def test_without_prices_none_is_the_cheapest(store: Path) -> None:
    said(store, [1, 2, 20])
    text = sentence(Comparison(store), None)
    assert "not recorded" in text
    assert "cheaper" not in text
