"""When the rule responds, how often for nothing, and what it misses."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.questions.adapt.lived import FIXED, TARGETS, WHO, Lived
from sim.policy.path import date_text
from sim.targets import TARGET_TIERS

Flags = NDArray[np.bool_]


def responses(lived: Lived) -> pd.DataFrame:
    """Review by review, numbers of futures: year, in_force, responded, false, first, and each tier behind.

    ``false`` are responses in futures in which the fixed plan would have reached all targets; ``first`` are
    responses that no other one came before.
    """
    responded = lived.responded
    reaches = lived.of(FIXED, lived.reached[..., -1])
    first = responded & (np.cumsum(responded, axis=1) == 1)
    rows = [
        {
            "year": year,
            "in_force": date_text(lived.rule.in_force(year)),
            "responded": int(responded[:, place].sum()),
            "false": int((responded[:, place] & reaches).sum()),
            "first": int(first[:, place].sum()),
            **dict(zip(TARGET_TIERS, lived.behind[:, place].sum(axis=0).tolist(), strict=True)),
        }
        for place, year in enumerate(lived.reviews)
    ]
    return pd.DataFrame(rows)


def alarms(lived: Lived) -> pd.DataFrame:
    """Target by target, numbers of futures: target, right, false, missed, quiet.

    For a tier, an alarm is that it was behind at some review; for all targets, any response. It is right when
    the fixed plan misses the target in the same future, else false. Without one, the target is missed or it
    is quiet with reason.
    """
    alarmed = np.column_stack((lived.behind.any(axis=1), lived.responded.any(axis=1)))
    reaches = lived.of(FIXED, lived.reached)
    return pd.DataFrame(
        [
            {"target": target, **verdicts(alarmed[:, column], reaches[:, column])}
            for column, target in enumerate(TARGETS)
        ]
    )


def verdicts(alarmed: Flags, reaches: Flags) -> dict[str, int]:
    """Numbers of right and false alarms, misses and futures that were quiet with reason."""
    return {
        "right": int((alarmed & ~reaches).sum()),
        "false": int((alarmed & reaches).sum()),
        "missed": int((~alarmed & ~reaches).sum()),
        "quiet": int((~alarmed & reaches).sum()),
    }


def futures(lived: Lived) -> pd.DataFrame:
    """Every future: draw, then for each plan its craftsmen, the worst tier's attainment, cost and success.

    ``level`` and ``places`` are those that perfect foresight chooses, empty where it takes the monitored
    plan; ``responses`` are the years of the reviews that responded.
    """
    columns: dict[str, object] = {"draw": np.arange(1, len(lived.found) + 1)}
    for who in WHO:
        heads = lived.of(who, lived.heads)
        columns |= {f"{who}_{tier}": heads[:, column] for column, tier in enumerate(TARGET_TIERS)}
        columns[f"{who}_worst"] = lived.of(who, lived.margin)
        columns[f"{who}_billion_yuan"] = lived.of(who, lived.cost)
        columns[f"{who}_reaches"] = lived.of(who, lived.reached[..., -1])
    menu = np.array([*lived.plans, (np.nan, np.nan)])
    columns["level"], columns["places"] = menu[lived.chosen].T
    columns["responses"] = [
        " ".join(str(year) for year, yes in zip(lived.reviews, row, strict=True) if yes)
        for row in lived.responded
    ]
    return pd.DataFrame(columns)
