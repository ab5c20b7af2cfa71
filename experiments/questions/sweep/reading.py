"""The figures of a study, read from the lives that are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import yaml
from numpy.typing import NDArray

from experiments.answers.keys import from_dict
from experiments.places import CONFIGS
from experiments.questions.sweep.design import Design, flat
from experiments.questions.sweep.keys import SweepKeys
from experiments.runs.life import Life
from experiments.runs.plan import RECORD
from experiments.runs.records import NATION, Records
from experiments.runs.store import DamagedPartError
from experiments.study.folder import Study
from experiments.tables.own_figures import own_figures
from sim.errors import InputError
from sim.outcomes.attainment import assess
from sim.targets import COUNTED, TARGET_TIERS, Targets


@dataclass(frozen=True)
class Group:
    """Finished lives of one setting under one scenario, in the order of the plan."""

    setting: int
    scenario: str
    lives: tuple[Life, ...]


def groups(study: Study) -> list[Group]:
    """Finished lives by setting and scenario; InputError while there are none."""
    kept = study.store.kept()
    settings: dict[tuple[Any, ...], int] = {}  # lives come in the order of the settings
    varied = list(design_of(study).settings[0].get("programme", ()))
    found: dict[tuple[int, str], list[Life]] = {}
    for life in study.lives():
        reading = flat(life.scenario.programme.as_dict()) if varied else {}
        setting = settings.setdefault((id(life.world), *(reading[line] for line in varied)), len(settings))
        if RECORD in kept.get(life.run_id, {}):
            found.setdefault((setting, life.scenario.name), []).append(life)
    if not found:
        raise no_runs(study)
    return [Group(*name, tuple(lives)) for name, lives in found.items()]


def probabilities(
    study: Study, targets: Targets | None = None, found: list[Group] | None = None
) -> pd.DataFrame:
    """Rows of :func:`sim.outcomes.attainment.assess` by setting, with a column ``setting`` first.

    ``found`` are the groups, when they are read already.
    """
    goal, found, tables = targets or reform_targets(), found or groups(study), []
    for setting in sorted({group.setting for group in found}):
        mine = [group for group in found if group.setting == setting]
        rows = pd.concat([_heads(study, group) for group in mine], ignore_index=True)
        table = assess(rows, goal, [group.scenario for group in mine])
        table.insert(0, "setting", setting)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def batches(study: Study, group: Group) -> Iterator[tuple[tuple[Life, ...], Records]]:
    """Some lives of a group at a time with their records; InputError for a part that is damaged."""
    try:
        for lives, records in study.store.batches(group.lives):
            yield tuple(lives), records
    except DamagedPartError as fault:
        raise study.damaged(fault) from None


def _heads(study: Study, group: Group) -> pd.DataFrame:
    """National craftsmen of every life, as the targets may count them: a row for each tier and year."""
    named = [(indicator, f"tier={tier}") for indicator in sorted(COUNTED.values()) for tier in TARGET_TIERS]
    paths: list[NDArray[np.float64]] = []
    for _, records in batches(study, group):
        paths.append(np.stack([records.path(*name) for name in named]))
        years = list(records.years)
    lives = pd.DataFrame([(life.draw, life.seed) for life in group.lives], columns=["draw", "seed"])
    tables = []
    for (indicator, tier), figures in zip(named, np.concatenate(paths, axis=1), strict=True):
        wide = pd.concat([lives, pd.DataFrame(figures, columns=years)], axis=1)
        long = wide.melt(["draw", "seed"], var_name="year")
        tables.append(long.assign(group=tier, indicator=indicator))
    rows = pd.concat(tables, ignore_index=True).astype({"year": int})
    return rows.assign(scenario=group.scenario, province=NATION)


def design_of(study: Study) -> Design:
    """What a study varies."""
    facts = study.facts()
    keys: SweepKeys = from_dict(SweepKeys, facts["settings"])
    return Design.read(keys, own_figures(facts.get("data") or ()))


def no_runs(study: Study) -> InputError:
    """What is said while nothing is finished."""
    return InputError(f"study '{study.name}' has no finished run yet; workforce status tells how far it is")


def reform_targets() -> Targets:
    """The targets of the reform."""
    content = yaml.safe_load((CONFIGS / "targets/reform_2035.yaml").read_text(encoding="utf-8"))
    return Targets(**content)


def settings_table(study: Study) -> pd.DataFrame:
    """What the settings differ in: a column ``setting``, and one for each key that is not the same in all."""
    flat = [
        {
            "agents": one["agents"] or "one per person",
            "knowledge": one["knowledge"],
            **one["parameters"],
            **one.get("programme", {}),
        }
        for one in design_of(study).settings
    ]
    table = pd.DataFrame(flat).astype(object)
    varying = [name for name in table.columns if len(set(table[name].astype(str))) > 1]
    return table[varying].rename_axis("setting").reset_index()


def setting_names(study: Study) -> list[str]:
    """Each setting in words, as far as it differs from the others; empty when there is but one."""
    table = settings_table(study).drop(columns="setting")
    return [", ".join(f"{key}={row[key]}" for key in table.columns) for row in table.to_dict("records")]
