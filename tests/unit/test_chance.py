"""Random numbers: equal on every machine, uniform, and independent along worker, month and decision."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit
from numpy.typing import NDArray
from scipy import stats

from sim.chance import Purpose, bits, hash_key, make_key, mix, probability, uniform

ENOUGH = 1e-5  # least probability of a fair stream's result: the numbers are fixed, so no test flickers


@njit
def numbers(key: int, identities: NDArray[np.uint64]) -> NDArray[np.float64]:
    """One number of each worker under a key."""
    drawn = np.empty(identities.size, np.float64)
    for i in range(identities.size):
        drawn[i] = uniform(key, identities[i])
    return drawn


@njit
def words(key: int, identities: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sixty-four bits of each worker under a key."""
    drawn = np.empty(identities.size, np.uint64)
    for i in range(identities.size):
        drawn[i] = bits(key, identities[i])
    return drawn


IDENTITIES = np.arange(200_000, dtype=np.uint64)


def matrix(keys: list[np.uint64], workers: int = 2_000) -> NDArray[np.float64]:
    """Numbers by key and worker."""
    return np.array([numbers(key, IDENTITIES[:workers]) for key in keys])


def test_golden_values() -> None:
    """The same for every machine and version: a change here changes every result."""
    assert int(mix(1)) == 0x5692161D100B05E5
    assert int(mix(2**64 - 1)) == 0xB4D055FCF2CBBD7B
    assert int(make_key(1, 1020, 3)) == 0xB752891B48B8B0F6
    assert int(bits(make_key(1, 1020, 3), np.uint64(42))) == 0xBD9381BD8BC4D482
    assert uniform(make_key(1, 1020, 3), np.uint64(42)) == 0.7405320251234742


def test_mixing_is_the_finaliser_of_splitmix64() -> None:
    """Against plain integers."""
    for x in (0, 1, 0x9E3779B97F4A7C15, 2**63, 2**64 - 1):
        z = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        assert int(mix(np.uint64(x))) == z ^ (z >> 31)


@pytest.mark.parametrize("purpose", [0, 1, 10, 37, 301])
def test_numbers_are_uniform(purpose: int) -> None:
    drawn = numbers(make_key(1, 1140, purpose), IDENTITIES)
    assert drawn.min() >= 0.0
    assert drawn.max() < 1.0
    assert stats.chisquare(np.histogram(drawn, 256, (0.0, 1.0))[0]).pvalue > ENOUGH


@pytest.mark.parametrize("lane", range(4))
def test_each_screening_head_is_uniform(lane: int) -> None:
    heads = (words(make_key(7, 1143, 1), IDENTITIES) >> np.uint64(16 * lane)) & np.uint64(0xFFFF)
    counts = np.bincount((heads >> np.uint64(8)).astype(np.int64), minlength=256)
    assert stats.chisquare(counts).pvalue > ENOUGH


def test_heads_of_one_draw_are_independent() -> None:
    drawn = words(make_key(7, 1143, 1), IDENTITIES)
    lanes = [((drawn >> np.uint64(16 * k)) & np.uint64(0xFFFF)).astype(np.int64) >> 12 for k in range(4)]
    for a in range(4):
        for b in range(a):
            table = np.bincount(16 * lanes[a] + lanes[b], minlength=256).reshape(16, 16)
            assert stats.chi2_contingency(table).pvalue > ENOUGH


@pytest.mark.parametrize("along", ["workers", "months", "decisions", "seeds"])
def test_neighbours_along_each_axis_are_independent(along: str) -> None:
    keys = {
        "workers": [make_key(1, month, 10) for month in range(1020, 1120)],
        "months": [make_key(1, month, 10) for month in range(1020, 1120)],
        "decisions": [make_key(1, 1020, purpose) for purpose in range(100)],
        "seeds": [make_key(seed, 1020, 10) for seed in range(100)],
    }[along]
    table = (matrix(keys) * 16).astype(np.int64)
    first, second = (table[:, :-1], table[:, 1:]) if along == "workers" else (table[:-1], table[1:])
    pairs = np.bincount((16 * first + second).ravel(), minlength=256)
    assert stats.chisquare(pairs).pvalue > ENOUGH


def test_sums_over_months_spread_as_independent_numbers_do() -> None:
    """Correlations too weak for pairs of neighbours show in the spread of a worker's mean over months."""
    drawn = matrix([make_key(3, month, 4) for month in range(1020, 1260)], 4_000)
    for axis in (0, 1):
        mean = drawn.mean(axis=axis)
        expected = 1.0 / 12.0 / drawn.shape[axis]
        chi_square = ((mean - 0.5) ** 2).sum() / expected
        assert ENOUGH < stats.chi2.cdf(chi_square, mean.size) < 1.0 - ENOUGH


@given(st.integers(0, 2**63), st.integers(0, 2000), st.integers(0, 500))
def test_keys_differ_by_seed_month_and_purpose(seed: int, month: int, purpose: int) -> None:
    key = int(hash_key(seed, month, purpose))
    others = (hash_key(seed + 1, month, purpose), hash_key(seed, month + 1, purpose))
    assert key not in {*map(int, others), int(hash_key(seed, month, purpose + 1))}


def test_every_purpose_stands_in_the_documentation() -> None:
    page = Path(__file__).parents[2] / "docs/model.md"
    rows = re.findall(r"^\| ([0-9][0-9, to]*) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert {int(re.split("[, ]", row)[0]) for row in rows} <= set(Purpose)
    assert set(Purpose) <= {int(number) for row in rows for number in re.findall("[0-9]+", row)}


@given(st.floats(0.0, 64.0))
def test_probability_is_one_less_the_exponential(hazard: float) -> None:
    assert probability(hazard) == pytest.approx(-math.expm1(-hazard), abs=2e-13, rel=0.0)


def test_probability_rises_with_the_hazard_from_zero_to_one() -> None:
    hazards = np.concatenate(([0.0], np.geomspace(1e-9, 64.0, 400)))
    chances = [probability(float(hazard)) for hazard in hazards]
    assert chances[0] == 0.0
    assert chances[-1] <= 1.0
    assert np.all(np.diff(chances) >= 0.0)


def test_twelve_months_survive_as_one_year() -> None:
    month = 1.0 - probability(0.24 / 12.0)
    assert month**12 == pytest.approx(1.0 - probability(0.24), rel=1e-13)
