"""What binds a tier: the one definition, and what the runs of a comparison make of it.

The places of an intake are followed to the certificates at the end of its cultivation. The stage that loses
the largest share of them binds. The quota itself binds when nearly all places end in certificates, or when
there are fewer than the target needs. What binds an intake is what does in most runs; what binds a tier, or a
scenario, is what binds most of its intakes. Who is still in cultivation is not lost, and binds nothing.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.pages.body import NotRecorded
from experiments.pages.scenario import Scenario
from experiments.questions.compare.findings.ladder import LOSSES
from experiments.questions.compare.reading import Comparison
from sim.calendar import FORK_YEAR

STAGES: Final = dict(zip(LOSSES, ("candidates", "completion", "retention"), strict=False))
BINDING: Final = ("quota", *STAGES.values())
UNKNOWN: Final = -1
NEARLY_ALL: Final = 0.9  # assumed: of the places end in certificates, 0.85 to 0.95; the CSV holds the shares

Numbers = NDArray[np.float64]


def binding(places: Numbers, losses: Numbers, needed: float | Numbers = np.nan) -> NDArray[np.int8]:
    """What binds each intake.

    Parameters
    ----------
    places
        Offered, persons; any shape.
    losses
        Places without a qualified candidate, persons who fail and persons who leave on the way, in the
        order of ``STAGES``; shape (3, ...).
    needed
        Places that the target asks of an intake; nan without a target.

    Returns
    -------
    ndarray of int8
        Index in ``BINDING`` with the shape of ``places``. ``UNKNOWN`` where a number is missing. No place
        at all, or fewer than needed: the quota. A tie of losses: the stage that comes first.
    """
    certified = places - losses.sum(axis=0)
    quota = (places <= 0) | (places < needed) | (certified >= NEARLY_ALL * places)
    stage = 1 + np.argmax(losses, axis=0)
    known = np.isfinite(places) & np.isfinite(losses).all(axis=0)
    return np.where(known, np.where(quota, 0, stage), UNKNOWN).astype(np.int8)


def mostly(stages: Sequence[str]) -> tuple[str, int]:
    """What binds most of one or more intakes, and how many; of equal ones the first in ``BINDING``."""
    most = max(BINDING, key=list(stages).count)
    return most, list(stages).count(most)


def by_year(comparison: Comparison, tier: str) -> pd.DataFrame:
    """What binds a tier, one row per scenario and year of intake after the fork; raises NotRecorded.

    Returns
    -------
    pandas.DataFrame
        scenario, tier, year; ``places`` (mean of the runs) and ``needed``, persons; ``certified`` and what
        is lost at each stage (``candidates``, ``completion``, ``retention``), shares of the places of all
        runs; ``binds_...``, the share of runs in which each binds; ``binding``, which does in most;
        ``runs``. Years whose intake is not evaluated by the last year are left out.
    """
    parts = [_of_scenario(comparison, scenario, tier) for scenario in comparison.scenarios]
    return pd.concat(parts, ignore_index=True)


def _of_scenario(comparison: Comparison, scenario: Scenario, tier: str) -> pd.DataFrame:
    def of(indicator: str) -> pd.DataFrame:
        return comparison.of(scenario, comparison.runs(indicator, f"tier={tier}"))

    programme, recorded = scenario.programme, of("quota").columns
    named = programme.named_by(tier, comparison.last_year)
    years = [year for year in named if year > FORK_YEAR and year in recorded]
    if not years:
        raise NotRecorded("what becomes of each intake")
    ends = [programme.year_named(tier, year) for year in years]
    places, selected = (of(name).reindex(columns=years).to_numpy() for name in ("quota", "selected"))
    completed, failed = (of(name).reindex(columns=ends).to_numpy() for name in ("completed", "failed"))
    losses = np.maximum(0.0, np.stack([places - selected, failed, selected - completed - failed]))
    needed = _needed(comparison, scenario, tier)
    binds = binding(places, losses, needed)
    known = (binds != UNKNOWN).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        binds_in = np.stack([(binds == code).sum(axis=0) for code in range(len(BINDING))]) / known
        shares = np.vstack([completed.sum(axis=0), losses.sum(axis=1)]) / places.sum(axis=0)
    table = pd.DataFrame(
        {"scenario": scenario.name, "tier": tier, "year": years, "places": places.mean(axis=0)}
        | {"needed": needed}
        | dict(zip(("certified", *STAGES.values()), shares, strict=True))
        | {f"binds_{name}": share for name, share in zip(BINDING, binds_in, strict=True)}
        | {"binding": [BINDING[code] for code in binds_in.argmax(axis=0)], "runs": known}
    )
    evaluated: pd.DataFrame = table[known > 0]
    return evaluated


def _needed(comparison: Comparison, scenario: Scenario, tier: str) -> float:
    """Persons that each intake would have to give, when all that are evaluated in time give the same."""
    try:
        required = float(comparison.target(scenario, tier)["required"])
    except NotRecorded:
        return float("nan")
    return required / max(1, len(scenario.programme.named_by(tier, comparison.last_year)))
