"""A made-up store of a comparison, to build and look at the page without running the model.

All figures are invented for the tests; none of them says anything about the world.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.questions.compare.biographies import biographies
from sim.calendar import FORK_YEAR
from sim.categories import AGE_BANDS, FAMILIES, GRADES, HUKOU, PLACES, PROVINCE_CODES, SECTORS, SEX
from sim.outcomes.attainment import assess
from sim.policy.programme import FIRST_ROUND
from sim.targets import Targets
from tests.made_up_lives import AGENTS, diary

YEARS = np.arange(2015, 2036)
TARGETS = Targets(year=2035, national=2_000, provincial=10_000, city=50_000)
QUOTA = {"national": 200, "provincial": 1_000, "city": 5_000}
SCENARIOS = (
    ("frozen", "Frozen", 0.0),
    ("reform", "Reform", 1.0),
    ("adaptive", "Adaptive", 1.25),
    ("weak_delivery", "Weak delivery", 0.35),
    ("skills_first", "Skills first", 0.7),
    ("people_first", "People first", 0.8),
    *((f"plan_{number}", f"Plan {number}", 0.1 * number) for number in range(1, 9)),
)
SHARE = np.linspace(2.0, 0.15, 31) / np.linspace(2.0, 0.15, 31).sum()

TILT = np.exp(0.25 * np.sin(np.arange(31)))  # so that heads and quotas are not in one proportion

# indicator, group, unit, value in 2015, at the fork, frozen in 2035, change by the full reform, by province
SERIES = (
    ("workers", "all", "persons", 226e6, 215e6, 196e6, 0.02, True),
    ("employed", "all", "persons", 217e6, 206e6, 189e6, 0.025, True),
    ("mean_age", "all", "years", 38.5, 41.5, 43.5, -0.015, False),
    ("share_rural_hukou", "all", "share", 0.58, 0.52, 0.46, -0.03, False),
    ("skilled", "all", "persons", 60e6, 82e6, 90e6, 0.12, True),
    ("high_skilled", "all", "persons", 16e6, 25e6, 31e6, 0.18, True),
    ("entries", "all", "persons/year", 9.2e6, 7.6e6, 6.6e6, 0.06, True),
    ("young_entries", "all", "persons/year", 5.1e6, 3.6e6, 3.2e6, 0.14, False),
    ("turnover", "all", "share/year", 0.24, 0.23, 0.22, -0.15, False),
    ("training_started", "programme=employer", "person-times/year", 1.5e7, 1.7e7, 1.8e7, 0.2, False),
    ("training_started", "programme=subsidised", "person-times/year", 0.9e7, 1.2e7, 1.2e7, 0.35, False),
    ("training_started", "programme=apprenticeship", "person-times/year", 3e5, 7e5, 8e5, 0.4, False),
    ("training_waiting", "all", "persons", 2e6, 3e6, 3.3e6, -0.1, False),
    ("examinations_taken", "all", "person-times/year", 6.5e6, 5.1e6, 5.3e6, 0.3, True),
    ("examinations_passed", "all", "person-times/year", 5.4e6, 4.3e6, 4.4e6, 0.3, True),
    ("wage_median", "all", "yuan/month", 3_300, 5_600, 8_900, 0.04, True),
    ("wage_median", "hukou=rural", "yuan/month", 3_050, 5_100, 8_100, 0.06, False),
    ("wage_median", "hukou=urban", "yuan/month", 3_600, 6_100, 9_600, 0.03, False),
    ("skill_premium", "all", "ratio", 1.52, 1.58, 1.60, 0.06, False),
    ("wage_gini", "all", "index", 0.262, 0.270, 0.276, -0.03, False),
    ("migrants_inter_provincial", "all", "persons", 52e6, 44e6, 37e6, 0.03, True),
    ("migrants_outgoing", "all", "persons", 96e6, 88e6, 76e6, 0.02, False),
    ("migrants_settled", "all", "persons", 2.1e6, 5.2e6, 7.4e6, 0.25, True),
    ("settled_share", "all", "share", 0.04, 0.118, 0.20, 0.22, False),
    ("moves", "all", "persons/year", 3.2e6, 2.5e6, 2.0e6, 0.0, False),
    ("returns", "all", "persons/year", 3.0e6, 2.9e6, 2.4e6, -0.08, False),
    ("satisfaction", "all", "points", 49, 52, 53, 0.13, True),
    ("satisfaction", "hukou=rural", "points", 46, 49.5, 51, 0.15, False),
    ("satisfaction", "hukou=urban", "points", 53, 54.5, 55, 0.11, False),
    ("engagement", "all", "points", 38, 42, 43, 0.2, True),
    ("democratic_share", "all", "share", 0.31, 0.42, 0.47, 0.3, False),
    ("pay_by_skill_share", "all", "share", 0.18, 0.27, 0.33, 0.35, False),
    ("training_effort", "all", "index", 0.98, 1.02, 1.03, 0.15, False),
)
GRADE_SHARES = {2015: (0.735, 0.115, 0.08, 0.05, 0.0145, 0.005, 4e-6, 1e-6),
                FORK_YEAR: (0.62, 0.155, 0.11, 0.08, 0.025, 0.0095, 2.2e-5, 8e-6),
                2035: (0.54, 0.175, 0.127, 0.105, 0.036, 0.0165, 8e-5, 3e-5)}  # fmt: skip
WAITS = (1.6, 4.1, 6.8, 8.2, 7.4, 9.5, 6.1)


def draw_of(runs: int) -> np.ndarray:
    """Draws of the runs: every one lived twice."""
    return 1 + np.arange(runs) // 2


class Store:
    """Collects rows, so that each part of the store is a few lines."""

    def __init__(self, scenarios: tuple[tuple[str, str, float], ...], runs: int, seed: int) -> None:
        self.scenarios, self.runs = scenarios, runs
        self.chance = np.random.default_rng(seed)
        self.seeds, self.draws = np.arange(1, runs + 1), draw_of(runs)
        known, luck = self.chance.normal(0, 1, (2, runs))  # shared by the scenarios of a run, as in the model
        self.luck = 0.8 * known[self.draws - 1] + 0.6 * luck
        self.names: list[tuple[str, ...]] = []
        self.values: list[np.ndarray] = []

    def add(self, key: tuple[str, str, str], place: int, values: np.ndarray, province: str = "all") -> None:
        """Keep values of shape (runs, years) of one scenario."""
        indicator, group, unit = key
        self.names.append((self.scenarios[place][0], province, group, indicator, unit))
        self.values.append(np.asarray(values, dtype=float).ravel())

    def table(self) -> pd.DataFrame:
        """All rows, with the columns of the real store."""
        seeds, draws = (np.repeat(numbers, len(YEARS)) for numbers in (self.seeds, self.draws))
        names = pd.DataFrame(self.names, columns=["scenario", "province", "group", "indicator", "unit"])
        rows = {name: names[name].astype("category").repeat(len(seeds)).array for name in names}
        numbers = {"draw": draws, "seed": seeds, "year": np.tile(YEARS, self.runs)}
        columns = rows | {name: np.tile(column, len(names)) for name, column in numbers.items()}
        order = ["scenario", "draw", "seed", "year", "province", "group", "indicator", "unit"]
        return pd.DataFrame({name: columns[name] for name in order} | {"value": np.concatenate(self.values)})

    def path(self, ends: tuple[float, float, float], effect: float) -> np.ndarray:
        """A path of shape (runs, years) through 2015, the fork and 2035, with luck and noise."""
        centre = np.interp(YEARS, (2015, FORK_YEAR, 2035), ends)
        ramp = np.clip((YEARS - FORK_YEAR) / 8, 0, 1) * effect
        spread = np.clip((YEARS - 2014) / 21, 0, 1) * 0.03
        noise = self.chance.normal(0, 0.003, (self.runs, len(YEARS)))
        return centre * np.exp(np.outer(self.luck, spread) + ramp + noise)


def add_series(store: Store) -> None:
    """All plain series, national and by province."""
    for indicator, group, unit, first, fork, last, change, provincial in SERIES:
        for place, (_, _, strength) in enumerate(store.scenarios):
            values = store.path((first, fork, last), change * strength)
            store.add((indicator, group, unit), place, values)
            heads = unit.startswith("person")
            for number, code in enumerate(PROVINCE_CODES if provincial else ()):
                share = SHARE[number] * TILT[number] if heads else 0.8 + 0.4 * SHARE[number] / SHARE.max()
                store.add((indicator, group, unit), place, values * share, str(code))


def add_groups(store: Store) -> None:
    """Groups of the series that are kept by sector, sex, age, source, reason and family."""
    for place, (_, _, strength) in enumerate(store.scenarios):
        for number, name in enumerate(SECTORS):
            ends = (3_200.0 + 250 * number, 5_300.0 + 300 * number, 8_400.0 + 400 * number)
            store.add(
                ("wage_median", f"sector={name}", "yuan/month"), place, store.path(ends, 0.04 * strength)
            )
        for source, part in (("school", 0.3), ("vocational", 0.2), ("adult", 0.5)):
            values = store.path((9.2e6 * part, 7.6e6 * part, 6.6e6 * part), 0.06 * strength)
            store.add(("entries", f"source={source}", "persons/year"), place, values)
        for reason, part in (("retired", 0.4), ("left", 0.6)):
            values = store.path((9.5e6 * part, 9.0e6 * part, 8.4e6 * part), -0.04 * strength)
            store.add(("exits", f"reason={reason}", "persons/year"), place, values)
        for number, family in enumerate(FAMILIES):
            ramp = np.clip((YEARS - FORK_YEAR) / 6, 0, 1) * min(strength, 1)
            level = np.tile(ramp * 0.75, (store.runs, 1))
            store.add(("intensity", f"family={family}", "share"), place, level)
            spending = level * (1_500 + 9_000 * number % 17_000)
            store.add(("spending", f"family={family}", "million yuan/year"), place, spending)
        store.add(("spending", f"family={PLACES}", "million yuan/year"), place, 0.0 * level)


def add_grades(store: Store) -> None:
    """Stock, flow, waiting time, loss and wage of each grade."""
    for place, (_, _, strength) in enumerate(store.scenarios):
        workers = store.path((226e6, 215e6, 196e6), 0.0)
        stocks = []
        for number, grade in enumerate(GRADES):
            first, fork, last = (GRADE_SHARES[year][number] for year in (2015, FORK_YEAR, 2035))
            share = store.path((first, fork, last), (0.16 if number else -0.1) * strength)
            stocks.append(workers * share)
            store.add(("grade_stock", f"grade={grade}", "persons"), place, stocks[-1])
            loss = 0.055 - 0.004 * number - 0.006 * strength
            store.add(("grade_losses", f"grade={grade}", "persons/year"), place, stocks[-1] * loss)
            ends = tuple(pay * 1.13**number for pay in (3_000.0, 4_900.0, 7_700.0))
            values = store.path((ends[0], ends[1], ends[2]), 0.04 * strength)
            store.add(("wage_median", f"grade={grade}", "yuan/month"), place, values)
            if number:
                flow = stocks[-2] * (0.11, 0.12, 0.1, 0.06, 0.07, 0.002, 0.05)[number - 1]
                store.add(("promotions", f"grade={grade}", "persons/year"), place, flow)
                waiting = store.path((WAITS[number - 1],) * 3, -0.08 * strength)
                store.add(("promotion_wait", f"grade={grade}", "years"), place, waiting)


def add_recognition(store: Store) -> None:
    """Quotas, selection, cultivation and certificates of the three tiers."""
    for place, (_, _, strength) in enumerate(store.scenarios):
        completion = np.clip(0.905 + 0.03 * strength + 0.02 * store.luck, 0.5, 0.98)
        for tier, yearly in QUOTA.items():
            held = np.array(
                [
                    1.0 if tier == "national" else min(1.0, 8 * share + 0.88 + 0.03 * strength)
                    for share in SHARE
                ]
            )
            total: dict[str, np.ndarray] = {}
            for number, code in enumerate(PROVINCE_CODES):
                flows = cultivate(
                    store, max(1, round(yearly * 1.01 * SHARE[number])), held[number], completion
                )
                for name, values in flows.items():
                    total[name] = total.get(name, 0) + values
                    unit = "persons" if name in ("recognised", "recognised_active") else "persons/year"
                    store.add((name, f"tier={tier}", unit), place, values, str(code))
            for name, values in total.items():
                unit = "persons" if name in ("recognised", "recognised_active") else "persons/year"
                store.add((name, f"tier={tier}", unit), place, values)
            waiting = store.path((0.0, 17.0, 15.5), -0.05 * strength)
            store.add(("recognition_wait", f"tier={tier}", "years"), place, waiting)


def cultivate(store: Store, quota: int, held: float, completion: np.ndarray) -> dict[str, np.ndarray]:
    """Intakes from the first on; each certifies, fails or loses its people one year later."""
    shape = (store.runs, len(YEARS))
    open_years = YEARS >= FIRST_ROUND
    places = np.where(open_years, quota, 0) * np.ones(shape)
    selected = store.chance.binomial(places.astype(int), held)
    previous = np.concatenate([np.zeros((store.runs, 1), dtype=int), selected[:, :-1]], axis=1)
    lost = store.chance.binomial(previous, 0.012)
    completed = store.chance.binomial(previous - lost, completion[:, None])
    recognised = completed.cumsum(axis=1)
    return {
        "quota": places, "nominated": selected * 2.6, "selected": selected, "completed": completed,
        "qualified": selected * 1.7,
        "lost": lost, "failed": previous - lost - completed,
        "in_cultivation": (selected.cumsum(axis=1) - previous.cumsum(axis=1)),
        "recognised": recognised, "recognised_active": np.floor(recognised * 0.93),
    }  # fmt: skip


def paired_lives(store: Store) -> pd.DataFrame:
    """Who gains and who loses against the first scenario."""
    names = ("hukou", "sex", "age", "sector", "grade", "province")
    values = (HUKOU, SEX, AGE_BANDS, SECTORS, GRADES, PROVINCE_CODES)
    groups = ["all", *(f"{key}={name}" for key, part in zip(names, values, strict=True) for name in part)]
    outcomes = {"wage": ("yuan/month", 180.0), "grade": ("grades", 0.1),
                "satisfaction": ("points 0-100", 4.0), "settled": ("share", 0.01)}  # fmt: skip
    others = {name: strength for name, _, strength in store.scenarios[1:]}
    rows = product(others, range(1, store.runs + 1), groups, outcomes)
    frame = pd.DataFrame(rows, columns=["scenario", "seed", "group", "outcome"])
    strength = frame["scenario"].map(others).to_numpy(dtype=float)
    better = store.chance.uniform(0.1, 0.4, len(frame)) * strength
    worse = store.chance.uniform(0.01, 0.08, len(frame))
    change = frame["outcome"].map(lambda name: outcomes[name][1]).to_numpy(dtype=float)
    units = frame["outcome"].map(lambda name: outcomes[name][0])
    gain = change * strength * store.chance.normal(1, 0.15, len(frame))
    same = {
        "baseline": store.scenarios[0][0],
        "draw": store.draws[frame["seed"] - 1],
        "unit": units,
        "persons": 190e6 / len(groups),
    }
    shares = {"better": better, "unchanged": 1 - better - worse, "worse": worse, "mean_difference": gain}
    return frame.assign(**same, **shares)


def descriptions(store: Store) -> tuple[list[dict], list[dict]]:
    """``scenarios.json`` and ``assumptions.json``."""
    scenarios = [
        {
            "name": name, "title": title, "sentence": f"{title}; a made-up scenario for the tests.",
            "quota_per_year": QUOTA,
            "measures": [
                {"measure": f"{family}_measure", "family": family, "title": f"A measure of {family}",
                 "start": "2027-01", "ramp_months": 48, "level": min(1.0, strength), "provinces": None}
                for family in FAMILIES if strength
            ],
        }
        for name, title, strength in store.scenarios
    ]  # fmt: skip
    kinds = ("rate", "law", "effect", "cost")
    assumptions = [
        {"name": f"{kinds[number % 4]}_{number}", "kind": kinds[number % 4], "meaning": "A made-up number.",
         "value": 0.1 * number if number % 5 else [0.1, 0.2, 0.3], "unit": "1/year", "low": 0.05 * number,
         "high": 0.2 * number, "evidence": "ABC"[number % 3], "source": "assumed: made up for the tests"}
        for number in range(1, 31)
    ]  # fmt: skip
    return scenarios, assumptions


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a table with plain words in its columns, as the real store does."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    kinds = [
        (item.name, pa.string() if pa.types.is_dictionary(item.type) else item.type) for item in table.schema
    ]
    pq.write_table(table.cast(pa.schema(kinds)), path)


def write_store(
    folder: Path,
    scenarios: int = 3,
    runs: int = 8,
    without: Collection[str] = (),
    targets: Targets = TARGETS,
    titles: Sequence[str] = (),
) -> Path:
    """Write a whole store; ``without`` names indicators or files that are left out.

    ``titles`` take the place of those of the first scenarios.
    """
    folder.mkdir(parents=True, exist_ok=True)
    called = [title for _, title, _ in SCENARIOS]
    called[: len(titles)] = titles
    chosen = [(name, title, strength) for (name, _, strength), title in zip(SCENARIOS, called, strict=True)]
    store = Store(tuple(chosen[:scenarios]), runs, seed=1)
    for part in (add_series, add_groups, add_grades, add_recognition):
        part(store)
    frame = store.table()
    described, assumptions = descriptions(store)
    names = [name for name, _, _ in store.scenarios]
    assess(frame, targets, names).to_csv(folder / "targets.csv", index=False)
    write_table(frame[~frame["indicator"].isin(list(without))], folder / "indicators.parquet")
    paired_lives(store).to_parquet(folder / "paired.parquet", index=False)
    if len(names) > 1:
        made_up = biographies({name: diary(place) for place, name in enumerate(names)}, np.ones(AGENTS, bool))
        made_up.assign(draw=1, seed=1).to_parquet(folder / "biographies.parquet", index=False)
    manifest = {
        "name": "synthetic", "scenarios": names, "targets": asdict(targets), "runs": runs,
        "seeds": list(range(1, runs + 1)), "draws": draw_of(runs).tolist(), "population": "sample",
        "agents": 500_000, "persons_per_agent": 454.0,
        "created": "2026-11-22T12:00:00Z", "seconds": 151.2, "worker_months_per_second": 6.1e7,
        "peak_memory_bytes": 812_000_000, "versions": {"python": "3.11.7", "workforce2035": "0.1.0"},
        "data_hash": "d" * 64, "code_hash": "c" * 64, "state_digests": {}, "files": {},
    }  # fmt: skip
    for name, content in (("scenarios", described), ("assumptions", assumptions), ("manifest", manifest)):
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    for name in without:
        (folder / name).unlink(missing_ok=True)
    return folder
