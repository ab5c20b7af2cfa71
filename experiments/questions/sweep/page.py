"""The page of a study: probabilities over the grid, and a comparison's page for single settings."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.answers.assumptions import write_assumptions
from experiments.answers.changed import told
from experiments.answers.user_set import asked, over_settings
from experiments.outcomes.tables import in_batches
from experiments.pages.edition import Edition
from experiments.pages.labels import TIER_LABELS, TIERS_TOP_DOWN, labels_of
from experiments.pages.language import in_language, say
from experiments.pages.page import rendered
from experiments.pages.user_set import UserSet
from experiments.pages.words import clauses, count
from experiments.questions.sweep.design import Design, hashes_of, world_of
from experiments.questions.sweep.reading import Group, design_of, groups, probabilities, settings_table
from experiments.runs.files import write_json, write_manifest, written_aside
from experiments.runs.machine import now
from experiments.runs.plan import Cell
from experiments.runs.sources import files
from experiments.study.folder import Study
from experiments.tables.change import Change
from experiments.tables.handed_out import write_csv
from experiments.tables.own_figures import FILE, table_of
from experiments.tables.parquet import write_tables
from sim.errors import InputError
from sim.targets import Targets

MOST_RUNS = 200  # of a scenario on one page: more make it no better, and its making long


def write_pages(
    study: Study,
    targets: Targets,
    chosen: dict[str, Any],
    pages: int,
    edition: Edition,
    write_comparison: Callable[[Path], Path],
) -> Path:
    """Write ``report/`` of a study, whole or not at all; returns its first page.

    ``write_comparison`` makes the page of one setting, from files as a comparison keeps them.
    """
    found = groups(study)
    table = probabilities(study, targets, found)
    user_set = user_set_of(study, chosen)
    with written_aside(study.folder / "report") as folder:
        write_csv(table, folder / "targets.csv")
        write_csv(settings_table(study), folder / "settings.csv")
        readable = _readable(design_of(study))  # else the page of the study alone
        shown = [setting for setting in sorted(set(table["setting"])) if setting < pages and readable]
        for setting in shown:
            place = folder / f"setting-{setting}"
            place.mkdir()
            of_setting = table[table["setting"] == setting].drop(columns="setting")
            write_csv(of_setting, place / "targets.csv")
            mine = [group for group in found if group.setting == setting]
            _write_setting(study, mine, place, chosen, user_set[setting])
            edition.write(write_comparison, place)
        set_in_all = UserSet(over_settings(user_set))
        index = edition.write(
            lambda folder: _write_index(study, table, targets, shown, set_in_all, folder), folder
        )
    return study.folder / "report" / index.name


def _write_setting(
    study: Study, mine: list[Group], folder: Path, targets: dict[str, Any], user_set: list[Change]
) -> None:
    """Write the runs of one setting as a comparison keeps them; the targets stand there."""
    design, setting = design_of(study), mine[0].setting
    world = world_of(design.settings[setting], design.data)
    lives = [life for group in mine for life in group.lives[:MOST_RUNS]]  # the first of each scenario
    write_tables(in_batches(study.store, [Cell(tuple(lives))]), folder / "indicators.parquet")
    policies = [policy.as_dict(world.inputs.catalogue) for policy in design.policies(setting, world)]
    write_json(folder / "scenarios.json", policies)
    write_assumptions(folder, world.inputs.assumptions())
    if design.data:
        write_csv(table_of(design.data), folder / FILE)
    found = study.store.facts(lives)
    seeds = sorted({(run["draw"], run["seed"]) for run in found})
    facts = {
        "name": study.name if len(design.settings) == 1 else f"{study.name}, setting {setting}",
        "scenarios": list(dict.fromkeys(life.scenario.name for life in lives)),
        "targets": targets,
        "set_by_user": user_set,
        "runs": len(seeds),
        "seeds": [seed for _, seed in seeds],
        "draws": [draw for draw, _ in seeds],
        **{key: design.settings[setting][key] for key in ("parameters", "knowledge", "agents")},
        "persons_per_agent": found[0]["persons_per_agent"],
        "created": now(),
        "seconds": sum(run["seconds"] for run in found),
        "worker_months_per_second": sum(run["worker_months"] for run in found)
        / sum(run["seconds"] for run in found),
        "peak_memory_bytes": max(run["peak_memory_bytes"] for run in found),
        "versions": found[0]["versions"],
        **_hashes(study, design.settings[setting]["knowledge"]),
    }
    write_manifest(folder, facts)


def user_set_of(study: Study, targets: dict[str, Any]) -> list[list[Change]]:
    """What the user set in each setting; as it was kept when parameters or measures are gone."""
    design = design_of(study)
    try:
        return design.user_set(targets)
    except InputError:
        kept = study.facts().get("set_by_user") or []
        return [[*kept, *asked(targets)] for _ in design.settings]


def _readable(design: Design) -> bool:
    """Whether the parameters and measures of all settings are still there."""
    try:
        for setting, world in enumerate(design.worlds()):
            design.policies(setting, world)
    except InputError:
        return False
    return True


def changed(study: Study) -> str:
    """Say what has changed since the study began; empty when nothing."""
    try:
        now = hashes_of(design_of(study))
    except InputError:  # a parameter is not there any more
        now = files()
    return told(study.facts()["hashes"], now)


def _hashes(study: Study, knowledge: str) -> dict[str, str]:
    """Of the files that decided the runs of a setting."""
    hashes = dict(study.facts()["hashes"])
    known = hashes.pop("knowledge_hashes", {})
    return {**hashes, "knowledge_hash": known.get(knowledge, hashes["knowledge_hash"])}


def _write_index(
    study: Study, table: pd.DataFrame, targets: Targets, shown: list[int], user_set: UserSet, folder: Path
) -> Path:
    path = folder / f"{in_language('index')}.html"
    path.write_text(_index(study, table, targets, shown, user_set), encoding="utf-8")
    return path


def _index(study: Study, table: pd.DataFrame, targets: Targets, shown: list[int], user_set: UserSet) -> str:
    rows: list[dict[str, Any]] = []
    described = settings_table(study).set_index("setting").astype(str)
    design, created = design_of(study), now()
    labels = _labels(design)
    for _, group in table.groupby(["setting", "scenario"], sort=False):
        setting = int(group["setting"].iloc[0])
        chances = {
            str(row["target"]): {
                "percent": round(100 * row["probability"]),
                "low": round(100 * row["probability_low"]),
                "high": round(100 * row["probability_high"]),
            }
            for row in group.to_dict("records")
        }
        label = labels[group["scenario"].iloc[0]]
        one = {"setting": setting, "scenario": label, "runs": int(group["runs"].iloc[0])}
        words = [str(described[column].loc[setting]) for column in described.columns]
        rows.append({**one, "chances": chances, "described": words})
    return rendered(
        "study.html",
        date=created,
        name=study.name,
        year=targets.year,
        page=f"{in_language('report')}.html",
        facts=_facts(design, created[:10]),
        tiers={**{tier: TIER_LABELS[tier] for tier in TIERS_TOP_DOWN}, "all": say("All three")},
        columns=list(described.columns),
        rows=rows,
        shown=shown,
        design=asdict(design),
        changed=changed(study),
        user_set=user_set,
        all_set=user_set.table() if user_set else None,
    )


def _labels(design: Design) -> dict[str, str]:
    """What the scenarios are called, by their names."""
    return labels_of({lines["name"]: lines["title"] for lines in design.scenarios})


def _facts(design: Design, date: str) -> str:
    """What was run, in one line."""
    return say(
        "{date}. {what} of the parameters under {seeds} each. All figures are simulated, not observed.",
        date=date,
        what=clauses(
            [
                count(len(design.scenarios), "scenario"),
                count(len(design.settings), "setting"),
                count(design.draws or 1, "draw"),
            ]
        ),
        seeds=count(design.seeds, "seed"),
    )
