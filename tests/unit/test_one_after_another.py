"""A table of rules becomes one compiled function."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.compiled import compiled, one_after_another
from sim.life.checking import NAMES
from sim.life.decisions import TABLE
from sim.life.surroundings import DECISIONS, OLD_EXIT


def adding(number: int) -> Callable[..., None]:
    def rule(values: NDArray[np.int64], times: int) -> None:
        values[number] = values.sum() * times + number

    return rule


def test_rules_follow_one_another_each_with_its_own_numbers() -> None:
    rules = one_after_another([adding(number) for number in (2, 0, 1)])

    @compiled
    def run(values: NDArray[np.int64]) -> None:
        rules(values, 10)

    values = np.ones(3, np.int64)
    run(values)
    # 1 1 1 -> third is 32, then the first 340, then the second 3731
    assert values.tolist() == [340, 3_731, 32]


def test_without_rules_nothing_is_done() -> None:
    rules = one_after_another([])

    @compiled
    def run(values: NDArray[np.int64]) -> int:
        rules(values)
        return 1

    assert run(np.ones(3, np.int64)) == 1


def test_the_table_names_every_number_and_bounds_all_that_is_screened() -> None:
    assert {row.number for row in TABLE} == {*range(DECISIONS), OLD_EXIT}
    assert {row.number for row in TABLE if row.most} == set(NAMES)
    assert all((row.hazard is None) == (row.most is None) for row in TABLE)
    assert sum(row.decide is None for row in TABLE) == 1  # the further bound of an exit


@pytest.mark.parametrize("number", [0, 5])
def test_a_rule_that_cannot_be_compiled_says_so(number: int) -> None:
    def rule(values: NDArray[np.int64]) -> None:
        values.no_such_thing(number)  # type: ignore[attr-defined]

    rules = one_after_another([rule])

    @compiled
    def run(values: NDArray[np.int64]) -> None:
        rules(values)

    with pytest.raises(Exception, match="no_such_thing"):
        run(np.ones(3, np.int64))
