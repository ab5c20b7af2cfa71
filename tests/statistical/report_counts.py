"""Part of the verification: events are as frequent as their exact probabilities say."""

from typing import Any, Final

import numpy as np

from sim.calendar import FORK_YEAR
from tests.statistical.counts import ALL_EVENTS, Counted, count
from tests.statistical.verdict import LEAST, corrected, normal_tests

TITLE: Final = "Events are as frequent as their exact chances say"
FULL: Final = {"agents": 20_000_000, "seeds": 240}
QUICK: Final = {"agents": 200_000, "seeds": 10}
FIRST_SEED: Final = 101
TESTS: Final = ("ks", "chi_square", "shift")


def measure(agents: int, seeds: int) -> dict[str, Any]:
    """Counts of one month under many seeds, and what the tests say of them."""
    counted = count(agents, range(FIRST_SEED, FIRST_SEED + seeds))
    events = {name: row(counted, k) for k, name in enumerate(ALL_EVENTS)}
    return {"agents": agents, "seeds": seeds, "events": events, "all": normal_tests(counted.z)}


def row(counted: Counted, k: int) -> dict[str, float]:
    """Numbers of one event."""
    z = counted.z[:, k]
    return {
        "mean": float(counted.mean[k]),
        "difference": float(counted.observed[:, k].mean() / counted.mean[k] - 1.0),
        "z": float(z.sum() / np.sqrt(z.size)),
        **normal_tests(z),
    }


def p_values(result: dict[str, Any]) -> list[float]:
    """All p-values: three for each event and three for all of them together."""
    return [tested[test] for tested in (*result["events"].values(), result["all"]) for test in TESTS]


def accepted(result: dict[str, Any]) -> bool:
    """Whether the smallest p-value, corrected for the number of tests, is not below the least."""
    return corrected(p_values(result)) >= LEAST


def text(result: dict[str, Any]) -> str:
    """What the page says."""
    rows = "\n".join(
        f"| {name} | {event['mean']:,.0f} | {1e6 * event['difference']:+,.0f} | {event['z']:+.2f} "
        f"| {event['ks']:.3f} | {event['chi_square']:.3f} |"
        for name, event in result["events"].items()
    )
    both, p_value, number = result["all"], corrected(p_values(result)), len(p_values(result))
    return f"""A country of {result["agents"]:,} agents lives its history to the end of {FORK_YEAR}. From that
one state, January {FORK_YEAR + 1} is lived under each of {result["seeds"]} seeds, and the persons whom each
event strikes are counted. The exact expectation and variance are sums over all workers of probabilities that
`tests/statistical/month_law.py` and `recognition_law.py` compute from the yearly hazards, without the
engine: who has died does not leave, who has changed the job meets another enterprise and may change it
again, who has moved does not settle. Two things are arranged for this month: skill stands still, so that
the later decisions follow from the state before the month, and appointments, the rarest event, are twenty
times as frequent. Quits are those for another job and those for none; examinations taken are those passed
and those failed. The evaluation is that of the intake of {FORK_YEAR}.

Each count less its expectation, over its standard deviation, is a z-score. Required beforehand: of the
{number} p-values (Kolmogorov-Smirnov against the standard normal distribution, chi-square of the sum of
squares, and the sum of all z-scores; for each event and for all together) the smallest, times their
number (Bonferroni), is at least {LEAST}. It is **{p_value:.3f}**.

All z-scores together: Kolmogorov-Smirnov p = {both["ks"]:.3f}, chi-square p = {both["chi_square"]:.3f},
sum p = {both["shift"]:.3f}. The difference is that of the mean count, in parts per million of the
expectation.

| event | persons expected in a month | difference | z of all seeds | KS p | chi-square p |
|---|---:|---:|---:|---:|---:|
{rows}
"""
