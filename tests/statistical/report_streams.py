"""Part of the verification: the random streams pass a published battery along every axis."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from tests.statistical import battery
from tests.statistical.streams import MEANINGS, blocks

Plan = tuple[tuple[int, int], ...]

TITLE: Final = "The random streams pass a published battery"
# Numbers of tests and their ntuples: all that dieharder itself rates as good, and a choice among the
# repetitions of a test with another ntuple, which take most of the time.
CORE: Final[Plan] = (
    (0, 0), (1, 0), (3, 0), (4, 0), (8, 0), (9, 0), (10, 0), (11, 0), (12, 0), (13, 0), (15, 0), (16, 0),
    (100, 0), (101, 0), (102, 0), (200, 1), (200, 2), (200, 4), (201, 2), (201, 3), (202, 3), (202, 5),
    (203, 0), (203, 1), (203, 2), (204, 0), (205, 0), (206, 256), (207, 32), (208, 0), (209, 12),
)  # fmt: skip
LONGER: Final[Plan] = (
    (2, 0), (17, 0), (200, 3), (200, 6), (200, 8), (200, 12), (201, 4), (201, 5), (202, 2), (202, 4),
    (203, 4), (203, 8), (203, 16), (203, 32),
)  # fmt: skip
FULL: Final = {"plans": {name: CORE + LONGER if name == "workers" else CORE for name in MEANINGS}}
QUICK: Final = {"plans": {"workers": ((0, 0), (15, 0), (100, 0)), "seeds": ((8, 0), (100, 0))}}
REPEATS: Final = 2
WEAK_SHARE: Final = 0.01  # of results of perfect numbers that dieharder calls weak
SURE: Final = 0.999


def take(stream: Iterator[NDArray[np.uint64]], plan: Plan) -> list[dict[str, Any]]:
    """Results of the tests of a plan; weak ones are repeated with the numbers that follow."""
    results: list[dict[str, Any]] = []
    for test, ntuple in plan:
        first = battery.run(stream, test, ntuple)
        results += [{**result._asdict(), "repeats": []} for result in first]
        for place in [k for k, result in enumerate(first) if result.assessment == "WEAK"]:
            told = results[place - len(first)]
            while len(told["repeats"]) < REPEATS and battery.assess(last(told)) == "WEAK":
                told["repeats"].append(battery.run(stream, test, ntuple)[place].p_value)
    return results


def last(told: dict[str, Any]) -> float:
    """The last p-value of a result and its repetitions."""
    return float([told["p_value"], *told["repeats"]][-1])


def measure(plans: dict[str, Plan]) -> dict[str, Any]:
    """Results by stream."""
    streams = {name: take(blocks(name), plan) for name, plan in plans.items()}
    return {"battery": battery.version(), "streams": streams}


def all_results(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The results of all streams."""
    return [told for results in result["streams"].values() for told in results]


def most_weak(result: dict[str, Any]) -> int:
    """How many weak results perfect numbers would rarely exceed."""
    return int(stats.binom.ppf(SURE, len(all_results(result)), WEAK_SHARE))


def weak(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Results that were weak at first."""
    return [told for told in results if told["assessment"] == "WEAK"]


def accepted(result: dict[str, Any]) -> bool:
    """Whether nothing failed, weak results vanished when repeated, and there were not too many of them."""
    told = all_results(result)
    sound = all(battery.assess(last(one)) == "PASSED" for one in told) and not any(
        one["assessment"] == "FAILED" for one in told
    )
    return sound and len(weak(told)) <= most_weak(result)


def row(name: str, results: list[dict[str, Any]]) -> str:
    """One stream's line of the table."""
    p_values = [told["p_value"] for told in results]
    failed = sum(told["assessment"] == "FAILED" for told in results)
    again = "; ".join(
        f"{told['test']} {told['ntuple']}: {told['p_value']:.4f}, repeated "
        + ", ".join(f"{p:.4f}" for p in told["repeats"])
        for told in weak(results)
    )
    reach = f"{min(p_values):.4f} to {max(p_values):.4f}"
    return f"| {name}: {MEANINGS[name]} | {len(results)} | {reach} | {failed} | {again or 'none'} |"


def text(result: dict[str, Any]) -> str:
    """What the page says."""
    rows = "\n".join(row(name, results) for name, results in result["streams"].items())
    told = all_results(result)
    return f"""The words that the model itself would draw, identities and keys as they occur, go to
{result["battery"]} as raw bytes and are never rewound. The first stream takes all tests that the battery
rates as good, the others all but two of them; with which repetitions,
`tests/statistical/report_streams.py` says. The battery calls a p-value weak below 0.005 or above 0.995,
and failed beyond a millionth. Required beforehand: nothing fails; a weak result, repeated with the
numbers that follow, is no longer weak at the second repetition at the latest; and at most
{most_weak(result)} of the {len(told)} results are weak at first, which perfect numbers exceed once in a
thousand times. Weak at first: **{len(weak(told))}**, where {WEAK_SHARE * len(told):.1f} are due. Nothing
is required of the distribution of all p-values: it leans a little upwards, as it does for the cipher AES
that the battery holds itself (`dieharder -g 205`).

| stream | p-values | from, to | failed | weak at first |
|---|---:|---|---:|---|
{rows}
"""
