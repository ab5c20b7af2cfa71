"""Sensitivity: indices of a function whose indices are known, a plan that repeats, and bad input."""

from pathlib import Path

import numpy as np
import pytest

from experiments.questions.sensitivity.factors import Factor, factors, problem
from experiments.questions.sensitivity.indices import (
    converged,
    morris_samples,
    morris_table,
    most_important,
    sobol_samples,
    sobol_table,
)
from sim.inputs import Inputs
from tests.refusals import refused

CONFIGS = Path(__file__).parents[2] / "configs"
ISHIGAMI = problem([Factor(name, name, "C", ()) for name in ("first", "second", "third", "none")])


def ishigami(shares: np.ndarray) -> np.ndarray:
    """Ishigami and Homma 1990 with a = 7 and b = 0.1, on -pi to pi, and a fourth number without effect."""
    x = np.pi * (2.0 * shares - 1.0)
    value: np.ndarray = np.sin(x[:, 0]) * (1.0 + 0.1 * x[:, 2] ** 4) + 7.0 * np.sin(x[:, 1]) ** 2
    return value


def test_indices_of_a_known_function() -> None:
    samples = sobol_samples(ISHIGAMI, 2048, seed=1)
    table = sobol_table(ISHIGAMI, ishigami(samples), seed=1).set_index("factor")
    assert table["first"].to_numpy() == pytest.approx([0.314, 0.442, 0.0, 0.0], abs=0.03)
    assert table["total"].to_numpy() == pytest.approx([0.558, 0.442, 0.244, 0.0], abs=0.03)
    assert converged(ISHIGAMI, ishigami(samples), table.reset_index(), seed=1)


def test_few_samples_have_not_converged() -> None:
    samples = sobol_samples(ISHIGAMI, 16, seed=1)
    table = sobol_table(ISHIGAMI, ishigami(samples), seed=1)
    assert not converged(ISHIGAMI, ishigami(samples), table, seed=1)


def test_screening_ranks_and_repeats() -> None:
    samples = morris_samples(ISHIGAMI, 20, seed=3)
    assert (samples == morris_samples(ISHIGAMI, 20, seed=3)).all()
    assert samples.shape == (100, 4)
    table = morris_table(ISHIGAMI, samples, ishigami(samples), seed=1)
    assert most_important([table], 3)[-1] != "none"
    assert table.set_index("factor")["mu_star"]["none"] == 0.0


def test_an_outcome_that_never_changes_has_no_indices() -> None:
    samples = sobol_samples(ISHIGAMI, 8, seed=1)
    table = sobol_table(ISHIGAMI, np.ones(len(samples)), seed=1)
    assert (table[["first", "total"]] == 0.0).all(axis=None)


def test_calibrated_numbers_are_varied_over_what_history_leaves() -> None:
    factor = Factor("one", "", "B", (0.2, 0.3, 0.4))
    assert factor.quantiles(np.array([0.0, 0.5])) == pytest.approx([0.2, 0.3])
    assert Factor("two", "", "B", ()).quantiles(np.array([1.0])) < 1.0


def test_every_uncertain_number_but_links_is_varied_once() -> None:
    inputs = Inputs.read(CONFIGS, knowledge="until_2024")
    names = [factor.name for factor in factors(inputs)]
    assert len(names) == len(set(names))
    assert "quit_per_year" in names
    assert "floating_per_migrant" not in names
    assert any("." in name for name in names)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("samples=100", "must be a power of two"),
        ("keep=100000", "keep=100000"),
        ("trajectories=1", "trajectories=1"),
        ("baseline=reform", "nothing would differ"),
        ("baseline=nowhere", "nowhere"),
        ("knowledge=all", "choose one of"),
        ("targets.city=0", "at least 1"),
    ],
)
def test_bad_input_is_refused_in_one_line(
    word: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(["sensitivity", word, f"results={tmp_path}"], capsys)
