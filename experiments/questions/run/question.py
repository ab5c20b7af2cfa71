"""`workforce run`: one life of the country under one scenario."""

from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.questions.run.keys import RunKeys

if TYPE_CHECKING:
    from experiments.runs.life import Life
    from experiments.runs.plan import Cell
    from experiments.runs.store import LifeStore
    from sim.targets import Targets


def check(keys: RunKeys) -> "Asked":
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be simulated.
    """
    from experiments.answers.checks import (
        POPULATION,
        check_disk,
        check_memory,
        disk_needed,
        persons,
        read_targets,
        results_folder,
    )
    from experiments.answers.own_figures import read_data
    from experiments.answers.user_set import changes
    from experiments.runs.inputs import read_inputs
    from experiments.runs.life import Life, read_world
    from experiments.runs.store import LifeStore
    from sim.errors import InputError
    from sim.policy.scenario import read_scenario

    if keys.draw and keys.draws:
        raise InputError(f"draw={keys.draw} and draws={keys.draws} exclude each other; give one")
    targets = read_targets(keys.targets)
    inputs = read_inputs(keys.parameters, keys.knowledge)
    scenario = read_scenario(keys.scenario, inputs.catalogue).watching(targets)
    agents, most = keys.population.agents, persons(inputs)
    check_memory(agents or most, most, POPULATION)
    store = LifeStore(results_folder(keys.results))
    data = read_data(keys.data)
    world = read_world(keys.parameters, keys.knowledge, agents, data)  # raises for a changed data file
    world = replace(world, user_set=tuple(changes(keys, inputs, [scenario])))
    draws = range(1, keys.draws + 1) if keys.draws else [keys.draw]
    asked = Asked(keys, store, [Life(world, scenario, keys.seed, draw) for draw in draws], targets)
    missing = store.lacking(asked.plan)
    snapshots = len(missing) * (keys.history == "keep") + 2 * (keys.checkpoint == "yearly")
    if missing:
        check_disk(store.results, disk_needed(world.agents or persons(inputs), snapshots))
    return asked


@dataclass(frozen=True)
class Asked:
    """All that was chosen for a run, checked."""

    keys: RunKeys
    store: "LifeStore"
    lives: "list[Life]"
    targets: "Targets"

    @property
    def plan(self) -> "list[Cell]":
        """The lives, each with a history of its own."""
        from experiments.runs.plan import Cell

        return [Cell((life,)) for life in self.lives]

    def folder(self, life: "Life") -> Path:
        """Where the figures of a life are laid out for people and other programs."""
        return self.store.results / "runs" / life.run_id


def main(keys: RunKeys) -> None:
    """Simulate the lives that are not there already, and say where they are."""
    from experiments.runs.execute import read_whole
    from experiments.runs.plan import Cell

    asked = check(keys)
    missing = asked.store.lacking(asked.plan)
    if missing:
        simulate(asked, missing)
    else:
        alone = len(asked.lives) == 1
        print(f"{'This life was' if alone else 'These lives were'} simulated before; nothing to do.")
    for life in asked.lives:
        again = partial(simulate, asked, [Cell((life,))])
        read_whole(asked.store, partial(write_run, asked, life), again)
    show(asked)


def simulate(asked: "Asked", missing: "list[Cell]") -> None:
    """Live and keep one life after the other."""
    from experiments.runs import machine
    from experiments.runs.execute import Executor, Here, years_of
    from experiments.runs.progress import watch
    from experiments.runs.worker import Means, Worker

    keys = asked.keys
    machine.compile_once()
    progress = watch(years_of(missing))
    histories = asked.store.results / "histories" if keys.history == "keep" else None
    means = Means(1, keys.threads, histories, keys.checkpoint == "yearly")
    crew = Here(Worker(asked.store, progress, means))
    with closing(progress), Executor(asked.store, crew, progress) as live:
        for cell in missing:
            (life,) = cell.lives
            draw = f", draw {life.draw}" if keys.draws else ""
            progress.begin(f"{life.scenario.name}, seed {life.seed}{draw}")
            live.all([cell])


def write_run(asked: "Asked", life: "Life") -> None:
    """Lay out what was recorded of a life, with what was chosen, unless it is there."""
    import pyarrow.parquet as pq
    import yaml

    from experiments.outcomes.tables import long_table
    from experiments.runs.files import write_manifest, written_aside
    from experiments.runs.machine import now
    from experiments.runs.sources import answer_hash
    from experiments.tables.handed_out import write_csv
    from experiments.tables.own_figures import FILE, table_of

    final = asked.folder(life)
    if is_laid_out(final, life):
        return
    facts, records = asked.store.facts([life])[0], asked.store.records([life])
    with written_aside(final) as folder:
        pq.write_table(long_table(records, [life]), folder / "indicators.parquet", compression="zstd")
        configuration = yaml.safe_dump(life.configuration(), allow_unicode=True, sort_keys=False)
        (folder / "config.yaml").write_text(configuration, encoding="utf-8")
        if life.world.data:
            write_csv(table_of(life.world.data), folder / FILE)
        told = {
            "created": now(),
            "configuration": life.configuration(),
            "set_by_user": life.user_set(),
            "worker_months_per_second": facts["worker_months"] / facts["seconds"],
            **life.world.hashes,
            "answer_hash": answer_hash(),
        }
        write_manifest(folder, {**facts, **told})


def is_laid_out(folder: Path, life: "Life") -> bool:
    """Whether a folder holds a life under this name of its scenario, as it would be laid out now."""
    from experiments.runs.files import MANIFEST, content_hash, file_hash, read_json
    from experiments.runs.sources import answer_hash

    try:
        told = read_json(folder / MANIFEST)
        whole = all(file_hash(folder / name) == expected for name, expected in told["files"].items())
        same = content_hash(told["configuration"]) == content_hash(life.configuration())
        return whole and same and told["answer_hash"] == answer_hash()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def show(asked: "Asked") -> None:
    """Print the craftsmen of the last year beside the targets."""
    import pandas as pd

    from experiments.pages.terminal import aligned, beside_targets
    from experiments.pages.user_set import tell
    from experiments.pages.words import grouped, signed
    from sim.outcomes.attainment import assess
    from sim.targets import TARGET_TIERS

    lives, targets = asked.lives, asked.targets
    tell(lives[0].world.user_set, [lives[0].scenario.as_dict()])
    folders = [asked.folder(life) for life in lives]
    scenario = lives[0].scenario
    indicators = pd.concat([pd.read_parquet(folder / "indicators.parquet") for folder in folders])
    table = assess(indicators, targets, [scenario.name])
    if len(lives) == 1:
        rows = [
            [row["target"], f"{row['required']:,}", f"{row['mean']:,.0f}", signed(row["gap"], grouped)]
            for row in table.to_dict("records")
            if row["target"] in TARGET_TIERS
        ]
        print(f"{scenario.title}: craftsmen at the end of {targets.year} in this one life")
        print(aligned([["tier", "required", "reached", "gap"], *rows]))
    else:
        print(f"{scenario.title}: craftsmen at the end of {targets.year}, {len(lives)} draws, one seed")
        print(beside_targets(table, {scenario.name: scenario.title}))
    manifests = asked.store.facts(lives)
    seconds = sum(manifest["seconds"] for manifest in manifests)
    speed = sum(manifest["worker_months"] for manifest in manifests) / seconds / 1e6
    print(f"Simulated in {seconds:.1f} s, {speed:.1f} million worker-months per second.")
    print(f"Results: {folders[0] if len(lives) == 1 else folders[0].parent}")
