"""`workforce compare`: scenarios against the targets, life by life, and a page to read."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.questions.compare.lives import Comparison

MOST_SEEDS = 100_000

HELP = """\
workforce compare - scenarios against the targets

Lives the years 2015 to 2035 many times over, under each scenario, and writes a page for planners: how likely
each target is, where the ladder leaks, who gains and who loses. All scenarios share the same history and the
same chances, so that every difference between them is made by the measures.

Keys (key=default: meaning)
  'scenarios=[frozen,reform,adaptive]'
                        what is compared; the first is the baseline of all differences. To choose from:
                        {scenarios}
  seeds=12              number of runs of each scenario; more runs, narrower intervals
  draws=null            knowledge: null gives each run other values of the uncertain parameters, but every
                        fourth run those of the run before, so that the page can tell chance, knowledge
                        and policy apart (from 8 seeds on); 0 gives all runs the best fit;
                        8 shares 8 sets of values among the runs, as many as seeds never repeats one
  population=sample     how many agents stand for the people: tiny (20,000), sample (400,000),
                        tenth (1 agent for 10 persons), full (one agent per person)
                        or any number: population.agents=1000000
  parameters={{}}         fix single parameters: parameters.quit_per_year=0.2
  knowledge=until_2021  what draws know: until_2021 is calibrated on published figures to 2021, draw 0 is the
                        best fit; prior takes the whole ranges, draw 0 their central values
  targets=reform_2035   what is to be reached; for example targets.national=1500
                        targets.year=2030, from 2025 to 2035: the page and its tables end with that year
                        targets.counting=active counts those still in the trade, not all certificates
  commitments=null      CSV file of what provinces promise by the end of the targets' year, with the columns
                        province,tier,commitment; for example configs/promises/published.csv. The page
                        says how likely each is met. No life depends on it, and finished runs serve again
  name=default          the comparison is kept under this name; the same name replaces it
  report.page=true      write the page
  report.language=en    en: English; zh: Chinese
  report.pdf=false      true: the page as PDF too, with contents and page numbers
  history=keep          the years to 2024 are the same under all scenarios. keep: they are kept in
                        RESULTS/histories and read again, about 25 bytes for each agent and run;
                        none: nothing is kept. The folder may be deleted at any time
  checkpoint=none       yearly: the state is kept at the end of every year until the run is finished, so
                        that the same command goes on there after an interruption or a power cut
  results=results       folder that results are written to
  threads=null          processor cores to use; null takes all. Results do not depend on it

Examples
  workforce compare
  workforce compare population=tiny seeds=4 name=first_look
  workforce compare 'scenarios=[frozen,skills_first,people_first]' seeds=24 name=two_ways

Writes results/compare/NAME/: report.html (the page), figures/, targets.csv, indicators.parquet,
paired.parquet, biographies.parquet (a few lives of the first seed, year by year), provinces.csv,
commitments.csv, manifest.json. After an interruption (Ctrl-C) the same command goes on where it stopped.
"""


def help_text() -> str:
    """Text of ``workforce compare --help``."""
    from experiments.runs.sources import options

    return HELP.format(scenarios=", ".join(options("scenario")))


def check(settings: dict[str, Any]) -> "Comparison":
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be simulated.
    """
    from experiments.answers.checks import (
        check_disk,
        check_distinct,
        check_machine,
        check_name,
        check_whole,
        read_inputs,
        read_promises,
        read_targets,
    )
    from experiments.answers.user_set import changes
    from experiments.pages.edition import Edition
    from experiments.questions.compare.lives import Comparison
    from experiments.runs.inputs import scenario_named

    check_name(settings["name"])
    check_whole(settings, "seeds", low=1, high=MOST_SEEDS)
    check_whole(settings, "draws", low=0)
    check_distinct(settings["scenarios"])
    Edition.read(settings)
    targets, promises = read_targets(settings), read_promises(settings)
    inputs = read_inputs(settings)
    scenarios = tuple(scenario_named(name, inputs).watching(targets) for name in settings["scenarios"])
    store, world = check_machine(settings, inputs)
    world = replace(world, user_set=tuple(changes("compare", settings, inputs, scenarios)))
    comparison = Comparison(settings, store, world, scenarios, targets, promises)
    check_disk(store.results, comparison.disk_needed())
    return comparison


def main(settings: dict[str, Any]) -> None:
    """Simulate what is missing, write the comparison, and say where the page is."""
    started = time.perf_counter()
    comparison = check(settings)
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
    print(f"{'Page' if settings['report']['page'] else 'Results'}: {written}")


def simulate(comparison: "Comparison") -> None:
    """Live all lives that are not kept already."""
    from experiments.runs import machine
    from experiments.runs.execute import Executor, years_of
    from experiments.runs.interruption import saying
    from experiments.runs.progress import watch

    kept, runs = comparison.kept(), len(comparison.lives)
    if kept:
        print(f"{kept} of {runs} runs are kept from before.", flush=True)
    missing, means = comparison.missing(), comparison.means()
    if not missing:
        return
    machine.compile_once()
    progress = watch(years_of(missing))
    progress.begin(f"{len(missing)} seeds, {len(comparison.scenarios)} scenarios")
    try:
        with Executor(comparison.store, means, progress) as live:
            live.all(missing)
    except KeyboardInterrupt as stop:
        now_kept = f"{comparison.kept()} of {runs} runs are kept"
        begun = "checkpoints of those begun too" if means.checkpoints else ""
        raise saying(stop, "; ".join(filter(None, (now_kept, str(stop) or begun)))) from None
    finally:
        progress.close()
