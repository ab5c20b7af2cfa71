"""`workforce compare`: scenarios against the targets, life by life, and a page to read."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from experiments.questions.compare.keys import CompareKeys

if TYPE_CHECKING:
    from experiments.questions.compare.lives import Comparison


def check(keys: CompareKeys) -> "Comparison":
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be simulated.
    """
    from experiments.answers.checks import check_disk, read_promises, read_targets
    from experiments.answers.own_figures import read_data
    from experiments.answers.user_set import changes
    from experiments.questions.compare.lives import Comparison
    from experiments.runs.inputs import read_inputs
    from experiments.runs.life import read_world
    from sim.policy.scenario import read_scenario

    targets, promises = read_targets(keys.targets), read_promises(keys.commitments)
    inputs = read_inputs(keys.parameters, keys.knowledge)
    scenarios = tuple(
        read_scenario(lines, inputs.catalogue).watching(targets) for lines in keys.scenarios.values()
    )
    agents = keys.population.agents
    data = read_data(keys.data)
    world = read_world(keys.parameters, keys.knowledge, agents, data)  # raises for a changed data file
    world = replace(world, user_set=tuple(changes(keys, inputs, scenarios)))
    comparison = Comparison(keys, world, scenarios, targets, promises)
    check_disk(comparison.work.study.results, comparison.disk_needed())
    return comparison


def main(keys: CompareKeys) -> None:
    """Simulate what is missing, write the comparison, and say where the page is."""
    started = time.perf_counter()
    comparison = check(keys)
    simulate(comparison)
    print("Putting the results together.", flush=True)
    from experiments.pages.user_set import tell
    from experiments.questions.compare.assemble import write_comparison
    from experiments.runs.execute import read_whole

    table, written = read_whole(
        comparison.store, lambda: write_comparison(comparison, started), lambda: simulate(comparison)
    )
    tell(comparison.world.user_set, [scenario.as_dict() for scenario in comparison.scenarios])
    print(table)
    print(f"{'Page' if keys.report.page else 'Results'}: {written}")


def simulate(comparison: "Comparison") -> None:
    """Live all lives that are not kept already."""
    from experiments.runs import machine
    from experiments.runs.execute import years_of
    from experiments.runs.interruption import saying

    kept, runs = comparison.kept(), len(comparison.lives)
    if kept:
        print(f"{kept} of {runs} runs are kept from before.", flush=True)
    missing = comparison.missing()
    if missing:
        machine.compile_once()
    try:
        plan, data = comparison.plan, comparison.world.data
        with comparison.work.executing(years_of(plan), data=data) as live:
            live.progress.begin(f"{len(missing)} seeds, {len(comparison.scenarios)} scenarios")
            live.all(plan)
    except KeyboardInterrupt as stop:
        now_kept = f"{comparison.kept()} of {runs} runs are kept"
        begun = "checkpoints of those begun too" if comparison.work.means.checkpoints else ""
        raise saying(stop, "; ".join(filter(None, (now_kept, str(stop) or begun)))) from None
