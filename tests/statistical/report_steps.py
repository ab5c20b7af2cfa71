"""Part of the verification: what the length of the step does to the totals of a year."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.calendar import FORK_YEAR
from sim.country import Options
from sim.model import WorkforceModel
from sim.workforce.columns import UNEMPLOYED
from tests.country import FROZEN, INPUTS
from tests.statistical.counts import tell
from tests.statistical.month_law import EVENTS
from tests.statistical.verdict import LEAST

TITLE: Final = "Halving the step moves no yearly total by more than its Monte-Carlo error"
FULL: Final = {"agents": 400_000, "seeds": 40, "years": (2020, FORK_YEAR), "steps": (1, 2, 4)}
QUICK: Final = {"agents": 20_000, "seeds": 8, "years": (2016, 2017), "steps": (1, 2)}
BETWEEN_JOBS: Final = "between jobs, at the end of the year"
TOTALS: Final = (*EVENTS, BETWEEN_JOBS)


def mean_year(agents: int, seed: int, years: tuple[int, int], steps: int) -> NDArray[np.float64]:
    """Persons by event in a mean year of one life of the country, and those between jobs."""
    options = Options(steps_per_month=steps)
    model = WorkforceModel(FROZEN, inputs=INPUTS, agents=agents, seed=seed, options=options)
    totals = []
    model.run_to(years[0] - 1)
    for year in range(years[0], years[1] + 1):
        model.run_to(year)
        workers = model.state.population.workers
        between = int(workers.weight[workers.status == UNEMPLOYED].sum(dtype=np.int64))
        totals.append([*tell(model.state.flows.sum(axis=(1, 2))), between])
    return np.mean(totals, axis=0)


def compared(once: NDArray[np.float64], more: NDArray[np.float64]) -> dict[str, float]:
    """Relative difference of shorter steps from monthly ones, its standard error, and its p-value."""
    difference = more - once
    error = difference.std(ddof=1) / np.sqrt(difference.size)
    p_value = 2.0 * stats.t.sf(abs(difference.mean() / error), difference.size - 1) if error > 0.0 else 1.0
    return {
        "difference": float(difference.mean() / once.mean()),
        "error": float(error / once.mean()),
        "p": float(p_value),
    }


def measure(agents: int, seeds: int, years: tuple[int, int], steps: tuple[int, ...]) -> dict[str, Any]:
    """Mean years under each length of the step, for the same seeds."""
    totals = {
        number: np.array([mean_year(agents, seed, years, number) for seed in range(1, seeds + 1)])
        for number in steps
    }
    once = totals[1]
    met = [
        k for k in range(len(TOTALS)) if np.all(once[:, k] > 0.0)
    ]  # appointments are too rare in few agents
    events = {
        TOTALS[k]: {
            "mean": float(once[:, k].mean()),
            "spread": float(once[:, k].std(ddof=1) / once[:, k].mean()),
            **{str(number): compared(once[:, k], totals[number][:, k]) for number in steps[1:]},
        }
        for k in met
    }
    return {"agents": agents, "seeds": seeds, "years": list(years), "steps": list(steps), "events": events}


def moved(result: dict[str, Any]) -> dict[str, float]:
    """Totals that halving the step moves measurably, the most first, and by how much."""
    events = result["events"]
    found = {
        name: event["2"]["difference"]
        for name, event in events.items()
        if event["2"]["p"] * len(events) < LEAST
    }
    return dict(sorted(found.items(), key=lambda item: -abs(item[1])))


def beyond(result: dict[str, Any]) -> list[str]:
    """Totals that halving the step moves by more than their Monte-Carlo error in a single life."""
    return [
        name for name, event in result["events"].items() if abs(event["2"]["difference"]) > event["spread"]
    ]


def accepted(result: dict[str, Any]) -> bool:
    """Whether halving the step moves no total by more than its Monte-Carlo error."""
    return not beyond(result)


def cells(event: dict[str, Any], number: int) -> str:
    """Difference and standard error in per cent."""
    told = event[str(number)]
    return f"{100.0 * told['difference']:+.2f} ± {100.0 * told['error']:.2f} |"


def conclusion(result: dict[str, Any]) -> str:
    """What halving the step moves, and whether it is more than the error, in some sentences."""
    p_values = [event["2"]["p"] for event in result["events"].values()]
    ks = stats.kstest(p_values, "uniform").pvalue
    start = f"Kolmogorov-Smirnov of the {len(p_values)} p-values of halving against even ones: p = {ks:.2g}."
    told = "; ".join(f"{name} {100.0 * difference:+.2f} %" for name, difference in moved(result).items())
    measured = f"Halving the step moves these totals measurably: {told}." if told else (
        "Halving the step moves no total measurably."
    )  # fmt: skip
    names = beyond(result)
    verdict = (
        f"It moves by more than the error: {', '.join(names)}."
        if names
        else "It moves none by more than that."
    )
    return f"{start} {measured} **{verdict}**"


def text(result: dict[str, Any]) -> str:
    """What the page says."""
    more = result["steps"][1:]
    rows = "\n".join(
        f"| {name} | {event['mean']:,.0f} | {100.0 * event['spread']:.2f} | "
        + " ".join(cells(event, number) for number in more)
        for name, event in result["events"].items()
    )
    heads = " | ".join(f"{number} steps a month, %" for number in more)
    first, last = result["years"]
    *others, shortest = result["steps"]
    numbers = f"{', '.join(map(str, others))} and {shortest}"
    return f"""The history is lived from the end of 2014 with {numbers} steps a month
(`Options(steps_per_month=...)`), with {result["agents"]:,} agents under each of {result["seeds"]} seeds. The
table compares the mean year from {first} to {last} with that of monthly steps under the same seeds, with
the standard error of the mean difference. The spread is the Monte-Carlo error of a single life: the
standard deviation between seeds; a total may not move by more than that. It counts as moved measurably if its
p-value (t-test), times the number of totals, is below {LEAST}, which more seeds would show of ever smaller
differences.

{conclusion(result)}

Changes of job would be most sensitive to the step, if only one were possible in each: people would be
between jobs for too long. A second one is possible in what is left of the step after the first; a third is
not, and other decisions are taken once in each step, one after the other: who retires in a month does not
leave the industry in it, and the shorter the steps, the more evenly the two compete.

| total | persons a year | spread, % | {heads} |
|---|---:|---:|{"---:|" * len(more)}
{rows}
"""
