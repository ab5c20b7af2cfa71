"""How much of what is not known is chance, how much knowledge, how much policy.

The law of total variance with three steps: a scenario is picked at random from those compared, then a draw
of the parameters, then a seed. Policy is the variance of the scenarios' means, knowledge that of the draws'
means within a scenario, chance that of the seeds within a draw. Each estimate is unbiased; it can fall below
zero when the part is small.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
PARTS: Final = ("chance", "knowledge", "policy")
FEWEST_DRAWS: Final = 3  # and so many runs that leaving out any one draw still leaves a repeated one


@dataclass(frozen=True)
class Parts:
    """The parts of a variance, in the order of ``PARTS``.

    Attributes
    ----------
    estimates
        Unbiased variances, shape ``(3,)``, in the squared unit of the values; may be below zero.
    share_errors
        Standard errors of the shares, shape ``(3,)``: the jackknife that leaves out one draw at a time.
    """

    estimates: Array
    share_errors: Array

    @property
    def shares(self) -> Array:
        """Share of each part in the sum, shape ``(3,)``; nan when nothing varies."""
        return _shares(self.estimates)

    @property
    def below_zero(self) -> tuple[str, ...]:
        """Parts whose estimate was below zero and counts as zero."""
        return tuple(name for name, value in zip(PARTS, self.estimates, strict=True) if value < 0)


def can_tell_apart(draws: NDArray[np.int64]) -> bool:
    """Whether runs of these draws separate chance from knowledge: several draws, two or more repeated."""
    sizes = np.unique(draws, return_counts=True)[1]
    return bool(len(sizes) >= FEWEST_DRAWS and (sizes > 1).sum() > 1)


def parts_of_variance(values: Array, draws: NDArray[np.int64]) -> Parts:
    """Split the variance of an outcome.

    Parameters
    ----------
    values
        Outcome by scenario and run, shape ``(scenarios, runs)``; the runs of a column share seed and draw.
    draws
        Draw of each run, shape ``(runs,)``, such that :func:`can_tell_apart` holds.
    """
    estimates = _estimates(values, draws)
    labels = np.unique(draws)
    without = [_shares(_estimates(values[:, draws != one], draws[draws != one])) for one in labels]
    spread = np.var(without, axis=0) * (len(labels) - 1)
    return Parts(estimates, np.sqrt(spread))


def _estimates(values: Array, draws: NDArray[np.int64]) -> Array:
    """Unbiased variances; draws may be repeated unequally often, because each draw's mean counts once."""
    _, draw, size = np.unique(draws, return_inverse=True, return_counts=True)
    means = np.stack([np.bincount(draw, row) / size for row in values])
    chance = ((values - means[:, draw]) ** 2).sum(axis=1).mean() / (draw.size - size.size)
    knowledge = means.var(axis=1, ddof=1).mean() - chance * (1.0 / size).mean()
    # Scenarios share their draws, so the noise of a difference is that of its own spread over draws.
    against_all = means - means.mean(axis=0)
    noise = against_all.var(axis=1, ddof=1).mean() / size.size
    policy = (against_all.mean(axis=1) ** 2).mean() - noise
    return np.array([chance, knowledge, policy])


def _shares(estimates: Array) -> Array:
    positive = np.maximum(estimates, 0.0)
    return positive / positive.sum() if positive.sum() > 0 else np.full(len(PARTS), np.nan)
