"""Biographies: a few workers chosen by a rule, and their lives under each scenario, year by year.

The rule is the same for every comparison. Of the agents whose diaries the first seed keeps, it takes one
from each of ``GROUPS``; whoever has been taken is not taken again. Ties fall to the smaller identity. All but
the new craftsman stem from the fair sample: drawn by their identity, and not in cultivation at the fork.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.questions.compare.lives import DIARY
from experiments.runs.diaries import YEARS
from sim.calendar import year_of
from sim.categories import EDUCATION, GRADES, HUKOU, PROVINCE_CODES, SECTORS, SEX, TECHNICIAN, TIERS

if TYPE_CHECKING:
    from experiments.questions.compare.lives import Comparison
    from sim.records import Table

FILE: Final = "biographies.parquet"
GROUPS: Final = {
    "migrant_apprentice": "at the fork rural, outside the home province, apprentice: path differs most",
    "woman_technician": "at the fork a woman who is technician or above: path differs most",
    "new_craftsman": "no certificate under the baseline, one under another scenario: highest, then path",
    "loser": "in the workforce at the end under the baseline and another scenario: loses most wage by it",
    "median_worker": "in the workforce at the end under all: the middle change of wage",
}
ASPECTS: Final = ("grade", "province", "settled", "tier")  # in which paths differ
STATUS: Final = ("left", "employed", "unemployed")
TRAINING: Final = ("none", "waiting", "employer", "subsidised", "apprenticeship")
Numbers = NDArray[np.floating[Any]] | NDArray[np.integer[Any]]


def choose(lives: "Sequence[Table]", drawn: NDArray[np.bool_]) -> dict[str, int]:
    """Whom the rule takes.

    Parameters
    ----------
    lives
        Diaries of the scenarios, the baseline first; tables of ``PAGE``, shape (years, agents) each.
    drawn
        Whom their identity draws; shape (agents,).

    Returns
    -------
    dict
        Place of the agent by group; a group that nobody belongs to is left out.
    """
    base, others = lives[0], lives[1:]
    first, identity = base[0], base["identity"][0]
    away = (first["hukou"] == HUKOU.index("rural")) & (first["province"] != first["home"])
    woman = first["sex"] == SEX.index("female")
    paths = sum((_apart(base, other) for other in others), np.zeros(identity.size))
    wages = sum((_wages_apart(base, other) for other in others), np.zeros(identity.size))
    highest = np.max([other["tier"].max(axis=0) for other in others], axis=0)
    change = np.array([_change_of_wage(base, other) for other in others])
    everywhere = np.isfinite(change).all(axis=0)
    lowest = np.where(np.isfinite(change), change, np.inf).min(axis=0)
    middle = np.where(everywhere, change.mean(axis=0), np.nan)
    fair = drawn & (first["candidate"] == 0)
    compared = fair & everywhere
    wanted: dict[str, tuple[NDArray[np.bool_], tuple[Numbers, ...]]] = {
        "migrant_apprentice": (fair & away & (first["grade"] == 0), (paths, wages)),
        "woman_technician": (fair & woman & (first["grade"] >= TECHNICIAN), (paths, wages)),
        "new_craftsman": ((base["tier"].max(axis=0) == 0) & (highest > 0), (highest, paths, wages)),
        "loser": (fair & (lowest < 0), (-lowest,)),
        "median_worker": (compared, (-_ranks_from_middle(middle, compared, identity),)),
    }
    found: dict[str, int] = {}
    for group, (among, keys) in wanted.items():
        places = np.setdiff1d(np.flatnonzero(among), list(found.values()))
        if places.size:
            order = np.lexsort((identity[places], *(-key[places] for key in reversed(keys))))
            found[group] = int(places[order[0]])
    return found


def _apart(one: "Table", two: "Table") -> NDArray[np.float64]:
    """Year-ends and aspects in which two lives differ; a year in which only one is there counts once."""
    here, there = one["status"] != 0, two["status"] != 0
    differ = np.sum([one[name] != two[name] for name in ASPECTS], axis=0)
    return np.asarray(np.where(here & there, differ, here != there).sum(axis=0), dtype=np.float64)


def _wages_apart(one: "Table", two: "Table") -> NDArray[np.float64]:
    """Sum of the differences of wage over the years in which both are there, yuan a month."""
    both = (one["status"] != 0) & (two["status"] != 0)
    return np.asarray(np.where(both, np.abs(one["wage"] - two["wage"]), 0.0).sum(axis=0), dtype=np.float64)


def _change_of_wage(base: "Table", other: "Table") -> NDArray[np.float64]:
    """Difference of the wage at the end, yuan a month; nan for who is not there under both."""
    both = (base["status"][-1] != 0) & (other["status"][-1] != 0)
    return np.where(both, other["wage"][-1].astype(np.float64) - base["wage"][-1], np.nan)


def _ranks_from_middle(
    values: NDArray[np.float64], among: NDArray[np.bool_], identity: NDArray[np.uint64]
) -> NDArray[np.float64]:
    """How many ranks each value is away from the middle of those among; infinite for the others."""
    ranks, places = np.full(values.size, np.inf), np.flatnonzero(among)
    order = places[np.lexsort((identity[places], values[places]))]
    ranks[order] = np.abs(np.arange(order.size) - (order.size - 1) // 2)
    return ranks


def write_biographies(comparison: "Comparison", folder: Path) -> None:
    """Write ``biographies.parquet`` from the diaries of the first seed; nothing of one scenario."""
    cell = comparison.cells[0]
    if DIARY not in cell.extras:
        return
    diaries = comparison.store.extras(cell.lives, DIARY)
    lives = {life.scenario.name: diary["pages"] for life, diary in zip(cell.lives, diaries, strict=True)}
    table = biographies(lives, diaries[0]["drawn"])
    if not table.empty:
        table.insert(2, "draw", cell.lives[0].draw)
        table.insert(3, "seed", cell.lives[0].seed)
        table.to_parquet(folder / FILE, index=False, compression="zstd")


def biographies(lives: "dict[str, Table]", drawn: NDArray[np.bool_]) -> pd.DataFrame:
    """The lives of the chosen, a row per group, scenario and year, in words; as :func:`choose` takes them."""
    parts = [
        _years(pages[:, place]).assign(group=group, scenario=name)
        for group, place in choose(list(lives.values()), drawn).items()
        for name, pages in lives.items()
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["group", "scenario"])
    return table[["group", "scenario", *(name for name in table if name not in ("group", "scenario"))]]


def _years(pages: "Table") -> pd.DataFrame:
    """One life in words, a row per year; empty after the worker has left."""
    here = pages["status"] != 0

    def words(name: str, names: Sequence[Any]) -> list[str]:
        return [str(names[code]) if there else "" for code, there in zip(pages[name], here, strict=True)]

    return pd.DataFrame(
        {
            "year": YEARS,
            "identity": pages["identity"],
            "persons": pages["weight"],
            "born": year_of(int(pages["birth"][0])),
            "sex": SEX[pages["sex"][0]],
            "hukou": HUKOU[pages["hukou"][0]],
            "home": str(PROVINCE_CODES[pages["home"][0]]),
            "education": EDUCATION[pages["education"][0]],
            "status": [STATUS[code] for code in pages["status"]],
            "province": words("province", PROVINCE_CODES),
            "sector": words("sector", SECTORS),
            "grade": words("grade", GRADES),
            "wage": np.where(here, pages["wage"], np.nan),
            "settled": np.where(here, pages["settled"], 0),
            "training": words("training", TRAINING),
            "courses": pages["courses"],
            "satisfaction": np.where(here, pages["satisfaction"] / 2.55, np.nan),
            "tier": words("tier", TIERS),
            "candidate": words("candidate", TIERS),
        }
    )
