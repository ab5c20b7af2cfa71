"""Long tables laid wide: every value in its place, keys in the order of the rows."""

import numpy as np
import pandas as pd

from experiments.questions.compare.wide import wide

ROWS = (("reform", 7, 2025, 1.0), ("reform", 7, 2024, 2.0), ("frozen", 3, 2024, 3.0))


def long() -> pd.DataFrame:
    rows = pd.DataFrame(ROWS, columns=["scenario", "seed", "year", "value"])
    rows["scenario"] = pd.Categorical(rows["scenario"], ["unused", "reform", "frozen"])
    return rows


def test_values_stand_at_their_keys():
    laid = wide(long(), ["scenario", "seed"], "year")
    assert list(laid.index) == [("reform", 7), ("frozen", 3)]
    assert list(laid.columns) == [2025, 2024]
    np.testing.assert_array_equal(laid, [[1.0, 2.0], [np.nan, 3.0]])


def test_words_may_go_across():
    laid = wide(long(), ["seed", "year"], "scenario")
    assert list(laid.columns) == ["reform", "frozen"]
    assert laid.loc[(3, 2024), "frozen"] == 3.0


def test_levels_hold_no_key_that_no_row_has():
    laid = wide(long(), ["scenario", "seed"], "year")
    assert list(laid.index.levels[0]) == ["frozen", "reform"]


def test_rows_stay_together_in_memory():
    """Sums would else be taken in another order, and end in other last digits."""
    laid = wide(long(), ["scenario", "seed"], "year")
    assert laid.to_numpy().flags.c_contiguous
    assert not laid.to_numpy().flags.f_contiguous
