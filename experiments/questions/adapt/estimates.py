"""From the futures to what the rule is worth: chances, costs, the gap to foresight, regret, alarms."""

from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.outcomes.intervals import mean_interval, share_difference
from experiments.questions.adapt.foresight import FIXED, FORESIGHT, MONITORED, TARGETS, WHO, Lived
from sim.outcomes.attainment import wilson_interval
from sim.policy.path import date_text
from sim.targets import TARGET_TIERS

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
YUAN: Final = "billion_yuan"
MEAN: Final = ("mean", "low", "high")


def tables(lived: Lived) -> dict[str, pd.DataFrame]:
    """All tables of the answer, by name."""
    made = (chances, costs, worth, regret, alarms, responses, futures)
    return {one.__name__: one(lived) for one in made} | {"plans": menu(lived)}


def chances(lived: Lived) -> pd.DataFrame:
    """Target by target: target, who, probability, low, high, mean, lacking.

    ``mean`` is that of the craftsmen at the end, ``lacking`` of those below the target; both are empty for
    all targets together.
    """
    rows = []
    for column, target in enumerate(TARGETS):
        for who in WHO:
            row = {"target": target, "who": who, **share(lived.of(who, lived.reached[..., column]))}
            if target in TARGET_TIERS:
                heads, short = lived.of(who, lived.heads), lacking(lived, who)
                row |= {"mean": float(heads[:, column].mean()), "lacking": float(short[:, column].mean())}
            rows.append(row)
    return pd.DataFrame(rows, columns=["target", "who", "probability", "low", "high", "mean", "lacking"])


def costs(lived: Lived) -> pd.DataFrame:
    """Spending in billion yuan: who, mean, low, high, and the same of what is added to the fixed plan."""
    fixed = lived.of(FIXED, lived.cost)
    rows = []
    for who in WHO:
        cost = lived.of(who, lived.cost)
        added = {f"added_{key}": value for key, value in mean(cost - fixed).items()}
        rows.append({"who": who, **mean(cost), **added})
    return pd.DataFrame(rows)


def worth(lived: Lived) -> pd.DataFrame:
    """What the rule gains on the fixed plan, and how much of the gap to perfect foresight that closes.

    Columns: target, gained, gained_low, gained_high (of the probability), gap (perfect foresight less the
    fixed plan), and the result of :func:`closing`.
    """
    rows = []
    for column, target in enumerate(TARGETS):
        fixed, rule, best = (lived.of(who, lived.reached[..., column]) for who in WHO)
        gained = share_difference(rule, fixed)
        rows.append(
            {
                "target": target,
                **dict(zip(("gained", "gained_low", "gained_high"), gained, strict=True)),
                "gap": float(best.mean() - fixed.mean()),
                **closing(fixed, rule, best),
            }
        )
    return pd.DataFrame(rows)


def closing(fixed: Flags, rule: Flags, best: Flags) -> dict[str, float]:
    """How much of the gap to perfect foresight the rule closes, from who reaches the target where.

    Returns
    -------
    dict
        ``helped``: futures that the fixed plan misses and foresight does not; ``won``: those of them that
        the rule reaches; ``lost``: futures that the fixed plan reaches and the rule does not; ``closed``: won
        over helped, with its 95 % interval; nan when knowing helps nowhere, because then there is no gap.
    """
    helps = best & ~fixed
    helped, won, lost = (int(futures.sum()) for futures in (helps, helps & rule, fixed & ~rule))
    low, high = wilson_interval(won, helped) if helped else (np.nan, np.nan)
    closed = won / helped if helped else np.nan
    return {
        "helped": helped,
        "won": won,
        "lost": lost,
        "closed": closed,
        "closed_low": low,
        "closed_high": high,
    }


def regret(lived: Lived) -> pd.DataFrame:
    """What is lost against knowing the future beforehand: who, measure, futures, mean, low, high, most.

    In billion yuan, where all targets are reached: spending above that of perfect foresight. In craftsmen, by
    tier and in all futures: those who lack, beyond those who lack under perfect foresight.
    """
    best = lived.of(FORESIGHT, lived.cost)
    rows = []
    for who in (FIXED, MONITORED):
        above = (lived.of(who, lived.cost) - best)[lived.of(who, lived.reached[..., -1])]
        rows.append({"who": who, "measure": YUAN, **_spread(above)})
        short, least = (lacking(lived, one) for one in (who, FORESIGHT))
        rows += [
            {"who": who, "measure": tier, **_spread((short - least)[:, column])}
            for column, tier in enumerate(TARGET_TIERS)
        ]
    return pd.DataFrame(rows)


def menu(lived: Lived) -> pd.DataFrame:
    """Every plan of the set: level, places, added_places, allowed, each target, billion_yuan, chosen.

    The last row, without a level, is the monitored plan. ``added_places`` is the share that comes to those
    of the fixed plan, ``allowed`` the share of the futures in which the plan keeps to the budget, ``chosen``
    that in which perfect foresight takes it.
    """
    rows: list[dict[str, Any]] = []
    for place in range(len(lived.plans) + 1):
        plan: dict[str, float] = dict.fromkeys(("level", "places", "added_places"), np.nan)
        if place < len(lived.plans):
            level, places = lived.plans[place]
            plan = {"level": level, "places": places, "added_places": places * (lived.most - 1.0)}
        reached = lived.reached[:, place].mean(axis=0)
        rows.append(
            {
                **plan,
                "allowed": float(lived.affordable[:, place].mean()),
                **dict(zip(TARGETS, reached.tolist(), strict=True)),
                YUAN: float(lived.cost[:, place].mean()),
                "chosen": float((lived.chosen == place).mean()),
            }
        )
    return pd.DataFrame(rows)


def lacking(lived: Lived, who: str) -> Array:
    """Craftsmen below the target, shape (futures, 3)."""
    short: Array = np.maximum(lived.required - lived.of(who, lived.heads), 0.0)
    return short


def share(yes: Flags) -> dict[str, float]:
    """Share of the futures with its 95 % interval (Wilson): probability, low, high."""
    low, high = wilson_interval(int(yes.sum()), len(yes))
    return {"probability": float(yes.mean()), "low": low, "high": high}


def mean(values: Array) -> dict[str, float]:
    """Mean with its 95 % interval (Student): mean, low, high; nan for what so few values do not tell."""
    if len(values) > 1:
        return mean_interval(values)
    return dict.fromkeys(MEAN, np.nan) | ({"mean": float(values[0])} if len(values) else {})


def _spread(values: Array) -> dict[str, float]:
    """Number of futures, mean with interval, and the most."""
    return {"futures": len(values), **mean(values), "most": float(values.max()) if len(values) else np.nan}


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
