"""`workforce run`: one life of the country under one scenario."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.runs.life import Life
    from experiments.runs.plan import Cell
    from experiments.runs.store import LifeStore
    from sim.targets import Targets

MOST_DRAWS = 100_000

HELP = """\
workforce run - one life of the country under one scenario

Simulates the industrial workforce from 2015 to 2035, month by month, and keeps yearly figures. One life is
an example, not a forecast: chance alone moves the numbers. Use draws=20, or `workforce compare`, for
probabilities.

Keys (key=default: meaning)
  scenario=reform       measures over time; one of the files in configs/scenario:
                        {scenarios}
                        a single measure can be changed:
                        scenario.measures.staff_congress.level=0.5
  population=sample     how many agents stand for the people: tiny (20,000), sample (400,000),
                        tenth (1 agent for 10 persons), full (one agent per person)
                        or any number: population.agents=1000000
  seed=1                chance: another seed is another life under the same policy
  draw=0                knowledge: 0 takes the best fit of every uncertain parameter, 1, 2, 3 ... other
                        values that agree with published history
  draws=null            20 lives draws 1 to 20 under the seed, one after the other, and says how likely the
                        targets are; takes the place of draw
  parameters={{}}         fix single parameters: parameters.quit_per_year=0.2
  knowledge=until_2021  what draws know: until_2021 is calibrated on published figures to 2021, draw 0 is the
                        best fit; prior takes the whole ranges, draw 0 their central values
  targets=reform_2035   what the result is compared with, and what a monitoring rule watches;
                        for example targets.national=1500
  history=keep          the years to 2024 are the same under all scenarios. keep: they are kept in
                        RESULTS/histories and read again, about 25 bytes for each agent;
                        none: nothing is kept. The folder may be deleted at any time
  checkpoint=none       yearly: the state is kept at the end of every year until the run is finished, so
                        that the same command goes on there after an interruption or a power cut
  results=results       folder that results are written to
  threads=null          processor cores to use; null takes all. Results do not depend on it

Examples
  workforce run scenario=frozen
  workforce run scenario=reform population=tiny seed=2
  workforce run scenario=reform population=tiny draws=20         one policy, twenty ways the world may be
  workforce run -m scenario=frozen,reform seed=1,2,3            six lives, one after the other
  workforce run -m scenario=frozen,reform seed=1,2,3 hydra/launcher=joblib      side by side
  workforce run --cfg job                                       shows what would be simulated

Writes results/runs/NUMBER/: indicators.parquet (yearly figures by province and group), config.yaml,
manifest.json. The number follows from everything that decides the result; a life that is already there is
not simulated again.
"""


def help_text() -> str:
    """Text of ``workforce run --help``."""
    from experiments.runs.sources import options

    return HELP.format(scenarios=", ".join(options("scenario")))


def check(settings: dict[str, Any]) -> "Asked":
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be simulated.
    """
    from experiments.answers.checks import (
        check_disk,
        check_machine,
        check_whole,
        disk_needed,
        persons,
        read_inputs,
        read_targets,
    )
    from experiments.answers.user_set import changes
    from experiments.runs.life import Life
    from sim.errors import InputError
    from sim.policy.scenario import read_scenario

    check_whole(settings, "seed", low=0)
    check_whole(settings, "draw", low=0)
    check_whole(settings, "draws", low=1, high=MOST_DRAWS)
    if settings["draw"] and settings["draws"]:
        raise InputError(
            f"draw={settings['draw']} and draws={settings['draws']} exclude each other; give one"
        )
    targets = read_targets(settings)
    inputs = read_inputs(settings)
    scenario = read_scenario(settings["scenario"], inputs.catalogue).watching(targets)
    store, world = check_machine(settings, inputs)
    world = replace(world, user_set=tuple(changes("run", settings, inputs, [scenario])))
    draws = range(1, settings["draws"] + 1) if settings["draws"] else [settings["draw"]]
    asked = Asked(settings, store, [Life(world, scenario, settings["seed"], draw) for draw in draws], targets)
    missing = store.lacking(asked.plan)
    snapshots = len(missing) * (settings["history"] == "keep") + 2 * (settings["checkpoint"] == "yearly")
    if missing:
        check_disk(store.results, disk_needed(world.agents or persons(inputs), snapshots))
    return asked


@dataclass(frozen=True)
class Asked:
    """All that was chosen for a run, checked."""

    settings: dict[str, Any]
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


def main(settings: dict[str, Any]) -> None:
    """Simulate the lives that are not there already, and say where they are."""
    from experiments.runs.execute import read_whole
    from experiments.runs.plan import Cell

    asked = check(settings)
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
    from experiments.runs.execute import Executor, Means, years_of
    from experiments.runs.progress import watch

    settings = asked.settings
    machine.compile_once()
    progress = watch(years_of(missing))
    histories = asked.store.results / "histories" if settings["history"] == "keep" else None
    means = Means(1, settings["threads"], histories, settings["checkpoint"] == "yearly")
    try:
        with Executor(asked.store, means, progress) as live:
            for cell in missing:
                (life,) = cell.lives
                draw = f", draw {life.draw}" if settings["draws"] else ""
                progress.begin(f"{life.scenario.name}, seed {life.seed}{draw}")
                live.all([cell])
    finally:
        progress.close()


def write_run(asked: "Asked", life: "Life") -> None:
    """Lay out what was recorded of a life, with what was chosen, unless it is there."""
    import pyarrow.parquet as pq
    import yaml

    from experiments.outcomes.tables import long_table
    from experiments.runs.files import write_manifest, written_aside
    from experiments.runs.machine import now

    final = asked.folder(life)
    if is_laid_out(final, life):
        return
    facts, records = asked.store.facts([life])[0], asked.store.records([life])
    with written_aside(final) as folder:
        pq.write_table(long_table(records, 0, life), folder / "indicators.parquet", compression="zstd")
        configuration = yaml.safe_dump(life.configuration(), allow_unicode=True, sort_keys=False)
        (folder / "config.yaml").write_text(configuration, encoding="utf-8")
        told = {
            "created": now(),
            "configuration": life.configuration(),
            "set_by_user": life.user_set(),
            "worker_months_per_second": facts["worker_months"] / facts["seconds"],
            **life.world.hashes,
        }
        write_manifest(folder, {**facts, **told})


def is_laid_out(folder: Path, life: "Life") -> bool:
    """Whether a folder holds a life under this name of its scenario, every file as it was written."""
    from experiments.runs.files import MANIFEST, content_hash, file_hash, read_json

    try:
        told = read_json(folder / MANIFEST)
        whole = all(file_hash(folder / name) == expected for name, expected in told["files"].items())
        return whole and content_hash(told["configuration"]) == content_hash(life.configuration())
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
