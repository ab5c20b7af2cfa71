"""`workforce run`: one life of the country under one scenario."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.runs.files import Store
    from experiments.runs.life import Life
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
    return HELP.format(scenarios=", ".join(scenario_names()))


def scenario_names() -> list[str]:
    """Names of the scenarios that exist."""
    return names_in("scenario")


def names_in(group: str) -> list[str]:
    """Names of the files of a group, without importing what would make a question wait."""
    from pathlib import Path

    from sim.policy import files

    return files.names_in(Path(__file__).parent.parent / "configs" / group)


def check(settings: dict[str, Any]) -> "tuple[Store, list[Life], Targets]":
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be simulated.
    """
    from experiments.runs.life import Life
    from experiments.user_set import changes
    from experiments.validate import (
        check_disk,
        check_machine,
        check_whole,
        disk_needed,
        persons,
        read_inputs,
        read_targets,
    )
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
    lives = [Life(world, scenario, settings["seed"], draw) for draw in draws]
    missing = [life for life in lives if not store.finished(life.run_id)]
    snapshots = len(missing) * (settings["history"] == "keep") + 2 * (settings["checkpoint"] == "yearly")
    if missing:
        check_disk(store.folder, disk_needed(world.agents or persons(inputs), snapshots))
    return store, lives, targets


def main(settings: dict[str, Any]) -> None:
    """Simulate the lives that are not there already, and say where they are."""
    store, lives, targets = check(settings)
    missing = [life for life in lives if not store.finished(life.run_id)]
    for life in lives:
        if life not in missing:
            store.verify(life.run_id)
    if missing:
        simulate(store, missing, settings)
    else:
        print(
            f"{'This life was' if len(lives) == 1 else 'These lives were'} simulated before; nothing to do."
        )
    show(store, lives, targets)


def simulate(store: "Store", missing: "list[Life]", settings: dict[str, Any]) -> None:
    """Live and keep one life after the other."""
    from experiments.runs import machine
    from experiments.runs.life import FUTURE_YEARS, HISTORY_YEARS, save_life
    from experiments.runs.progress import watch
    from experiments.runs.simulate import Living

    machine.compile_once()
    machine.use_threads(settings["threads"])
    progress = watch(len(missing) * (HISTORY_YEARS + FUTURE_YEARS))
    histories = store.histories() if settings["history"] == "keep" else None
    living = Living(store, progress, histories, settings["checkpoint"] == "yearly")
    try:
        for life in missing:
            draw = f", draw {life.draw}" if settings["draws"] else ""
            progress.begin(f"{life.scenario.name}, seed {life.seed}{draw}")
            save_life(store, life, living.future(life))
            living.forget(life)
    finally:
        progress.close()


def show(store: "Store", lives: "list[Life]", targets: "Targets") -> None:
    """Print the craftsmen of the last year beside the targets."""
    import pandas as pd

    from experiments.report.user_set import tell
    from experiments.report.words import grouped, signed
    from experiments.runs.files import MANIFEST, read_json
    from experiments.tables import aligned, beside_targets
    from sim.outcomes.attainment import assess
    from sim.targets import TARGET_TIERS

    tell(lives[0].world.user_set, [lives[0].scenario.as_dict()])
    folders = [store.run_folder(life.run_id) for life in lives]
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
    manifests = [read_json(folder / MANIFEST) for folder in folders]
    seconds = sum(manifest["seconds"] for manifest in manifests)
    speed = sum(manifest["worker_months"] for manifest in manifests) / seconds / 1e6
    print(f"Simulated in {seconds:.1f} s, {speed:.1f} million worker-months per second.")
    print(f"Results: {folders[0] if len(lives) == 1 else store.folder / 'runs'}")
