"""`workforce run`: one life of the country under one scenario."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.lives import Life
    from experiments.store import Store
    from sim.outcomes.targets import Targets

HELP = """\
workforce run - one life of the country under one scenario

Simulates the industrial workforce from 2015 to 2035, month by month, and keeps yearly figures. One life is
an example, not a forecast: chance alone moves the numbers. Use `workforce compare` for probabilities.

Keys (key=default: meaning)
  scenario=reform       measures over time; one of the files in configs/scenario:
                        {scenarios}
                        a single measure can be changed:
                        scenario.measures.staff_congress.level=0.5
  population=sample     how many agents stand for the people: tiny (20,000), sample (400,000),
                        tenth (1 agent for 10 persons), full (one agent per person)
                        or any number: population.agents=1000000
  seed=1                chance: another seed is another life under the same policy
  draw=0                knowledge: 0 takes the central value of every uncertain parameter,
                        1, 2, 3 ... take other values from their ranges
  parameters={{}}         fix single parameters: parameters.quit_per_year=0.2
  knowledge=until_2021  what draws know: until_2021 is calibrated on published figures to 2021, draw 0 is the
                        best fit; prior takes the whole ranges, draw 0 their central values
  targets=reform_2035   what the result is compared with; for example targets.national=1500
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
    from pathlib import Path

    return sorted(path.stem for path in (Path(__file__).parent.parent / "configs/scenario").glob("*.yaml"))


def check(settings: dict[str, Any]) -> "tuple[Store, Life, Targets]":
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be simulated.
    """
    from experiments.lives import Life
    from experiments.validate import (
        check_disk,
        check_machine,
        check_whole,
        disk_needed,
        persons,
        read_inputs,
        read_targets,
    )
    from sim.policy.scenario import read_scenario

    check_whole(settings, "seed", low=0)
    check_whole(settings, "draw", low=0)
    targets = read_targets(settings)
    inputs = read_inputs(settings)
    scenario = read_scenario(settings["scenario"], inputs.catalogue)
    store, world = check_machine(settings, inputs)
    life = Life(world, scenario, settings["seed"], settings["draw"])
    if not store.finished(life.run_id):
        snapshots = (settings["history"] == "keep") + 2 * (settings["checkpoint"] == "yearly")
        check_disk(store.folder, disk_needed(world.agents or persons(inputs), snapshots))
    return store, life, targets


def main(settings: dict[str, Any]) -> None:
    """Simulate one life, unless it is already there, and say where it is."""
    store, life, targets = check(settings)
    folder = store.run_folder(life.run_id)
    if store.finished(life.run_id):
        store.verify(life.run_id)
        print("This life was simulated before; nothing to do.")
    else:
        simulate(store, life, settings)
    show(store, life, targets)
    print(f"Results: {folder}")


def simulate(store: "Store", life: "Life", settings: dict[str, Any]) -> None:
    """Live and keep one life."""
    from experiments import engine, lives
    from experiments.living import Living
    from experiments.progress import watch

    engine.compile_once()
    engine.use_threads(settings["threads"])
    progress = watch(lives.HISTORY_YEARS + lives.FUTURE_YEARS)
    progress.begin(f"{life.scenario.name}, seed {life.seed}")
    histories = store.histories() if settings["history"] == "keep" else None
    living = Living(store, progress, histories, settings["checkpoint"] == "yearly")
    try:
        lived = living.future(life)
    finally:
        progress.close()
    lives.save_life(store, life, lived)
    living.forget(life)


def show(store: "Store", life: "Life", targets: "Targets") -> None:
    """Print the craftsmen of the last year beside the targets."""
    import pandas as pd

    from experiments.store import MANIFEST, read_json
    from experiments.tables import aligned
    from sim.outcomes.targets import TARGET_TIERS, assess

    folder = store.run_folder(life.run_id)
    indicators = pd.read_parquet(folder / "indicators.parquet")
    table = assess(indicators, targets, [life.scenario.name])
    rows = [
        [
            tier,
            f"{table['required'][place]:,}",
            f"{table['mean'][place]:,.0f}",
            f"{table['gap'][place]:+,.0f}",
        ]
        for place, tier in enumerate(TARGET_TIERS)
    ]
    print(f"{life.scenario.title}: craftsmen at the end of {targets.year} in this one life")
    print(aligned([["tier", "required", "reached", "gap"], *rows]))
    manifest = read_json(folder / MANIFEST)
    speed = manifest["worker_months_per_second"] / 1e6
    print(f"Simulated in {manifest['seconds']:.1f} s, {speed:.1f} million worker-months per second.")
