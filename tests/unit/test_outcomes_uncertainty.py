"""Parts of a variance, against made-up outcomes whose parts are known."""

import numpy as np
import pytest

from sim.outcomes.uncertainty import can_tell_apart, parts_of_variance

EVERY_FOURTH_REPEATED = np.array([seed - seed // 4 for seed in range(1, 13)])
IN_PAIRS = np.repeat(np.arange(1, 7), 2)
CHANCE, KNOWLEDGE = 3.0, 5.0
POLICY = np.array([-4.0, 1.0, 3.0])


def outcomes(draws, policy, seed=0, worlds=None, chance=CHANCE, shared=0.7):
    """Scenario, run: what is decided, a draw's own value, luck that the scenarios share in part."""
    random = np.random.default_rng(seed)
    shape = () if worlds is None else (worlds,)
    known = random.normal(0, KNOWLEDGE, (*shape, 1, draws.max() + 1))[..., draws]
    own = random.normal(0, 1, (*shape, len(policy), len(draws)))
    common = random.normal(0, 1, (*shape, 1, len(draws)))
    luck = chance * (np.sqrt(shared) * common + np.sqrt(1 - shared) * own)
    return policy[:, None] + known + luck


@pytest.mark.parametrize("draws", [EVERY_FOURTH_REPEATED, IN_PAIRS])
def test_the_estimates_are_unbiased(draws):
    worlds = outcomes(draws, POLICY, worlds=1_000, shared=0.0)
    found = np.array([parts_of_variance(world, draws).estimates for world in worlds])
    error = found.std(axis=0) / np.sqrt(len(found))
    assert np.all(np.abs(found.mean(axis=0) - (CHANCE**2, KNOWLEDGE**2, POLICY.var())) < 4 * error)
    assert np.all(4 * error < (0.8, 2.8, 0.5))  # so close that a wrong divisor would show


def test_many_runs_find_the_shares_and_their_errors():
    draws = np.array([seed - seed // 4 for seed in range(1, 1_201)])
    found = parts_of_variance(outcomes(draws, POLICY), draws)
    true = np.array([CHANCE**2, KNOWLEDGE**2, POLICY.var()])
    assert np.all(np.abs(found.shares - true / true.sum()) < 4 * found.share_errors)
    assert np.all(found.share_errors < 0.03)
    assert found.shares.sum() == pytest.approx(1.0)


def test_knowledge_that_acts_in_one_scenario_only_is_knowledge_and_not_policy():
    draws = np.repeat(np.arange(2_000), 2)
    values = outcomes(draws, np.zeros(2), chance=1.0)
    values[0] = 0.0
    chance, knowledge, policy = parts_of_variance(values, draws).estimates
    assert (chance, knowledge) == pytest.approx((0.5, KNOWLEDGE**2 / 2), rel=0.1)
    assert policy == pytest.approx(0.0, abs=0.05)


def test_one_scenario_has_no_policy():
    found = parts_of_variance(outcomes(IN_PAIRS, np.zeros(1)), IN_PAIRS)
    assert found.estimates[2] == 0.0
    assert "policy" not in found.below_zero


def test_an_estimate_below_zero_counts_as_zero_and_is_named():
    draws = np.repeat(np.arange(4), 2)
    values = np.tile([-1.0, 1.0], 4)[None, :] + np.array([[0.0], [10.0]])
    found = parts_of_variance(values, draws)
    assert found.below_zero == ("knowledge",)
    assert found.estimates == pytest.approx([2.0, -1.0, 25.0])
    assert found.shares == pytest.approx([2 / 27, 0.0, 25 / 27])


def test_outcomes_that_never_differ_have_no_shares():
    found = parts_of_variance(np.full((3, 12), 7.0), EVERY_FOURTH_REPEATED)
    assert np.isnan(found.shares).all()


@pytest.mark.parametrize(
    ("draws", "enough"),
    [
        (EVERY_FOURTH_REPEATED, True),
        (EVERY_FOURTH_REPEATED[:8], True),
        (EVERY_FOURTH_REPEATED[:7], False),
        (np.arange(12), False),
        (np.zeros(12, int), False),
        (np.arange(12) % 2, False),
    ],
)
def test_a_design_that_cannot_tell_them_apart_is_known(draws, enough):
    assert can_tell_apart(draws) == enough
