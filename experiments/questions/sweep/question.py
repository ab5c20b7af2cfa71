"""`workforce sweep`: a study of many runs that survives whatever stops it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.study.design import Design
    from experiments.study.folder import Study

HELP = """\
workforce sweep - a study: scenarios x settings x draws x seeds, resumable and verifiable

Writes the plan of all runs first, then lives those that are not finished. Whatever stops it, the same command
goes on, and no finished run is lived again. Runs that share a history stand together in a job.

Keys (key=default: meaning)
  experiment=NAME       a file of configs/experiment with all of the below: {experiments}
  name=default          the study is kept under this name
  'scenarios=[frozen,reform,adaptive]'
                        to choose from: {scenarios}
                        a monitoring rule watches the published targets, whatever a report asks for
  seeds=4               chance: seeds 1 to 4
  draws=4               knowledge: draws 1 to 4, each under every seed; 0 takes the best fit alone
  grid={{}}               settings, every combination of them; lists:
                        'grid.parameters.quit_per_year=[0.12,0.15]' 'grid.agents=[20000,100000]'
                        'grid.knowledge=[until_2021,prior]'
  population=sample     how many agents stand for the people: tiny, sample, tenth, full
                        or any number: population.agents=1000000
  parameters={{}}         fix single parameters in all runs: parameters.quit_per_year=0.2
  knowledge=until_2021  what draws know; prior takes the whole ranges
  launcher=joblib       basic: one run after the other on all cores; joblib: as many side by side as memory
                        and cores allow; slurm: submitted to a cluster, and the terminal may be closed
  slurm={{}}              what jobs ask of the cluster: slurm.partition=long slurm.account=mine, and qos,
                        constraint, exclude, cpus_per_task, mem_gb, timeout_min, array_parallelism
  job_minutes=20        wanted length of a job
  until=null            'interval<0.1' adds draws, or seeds with draws=0, until the 95 % interval of the
                        probability of all three targets is narrower than 0.1 under every scenario and
                        setting; 'national interval<0.1' looks at one target
  most_runs=10000       where that ends
  takeover=false        true: a machine that worked on the study is gone; goes on at once without it
  results=results       folder that results are written to
  threads=null          processor cores to use; null takes all. Results do not depend on it

Examples
  workforce sweep experiment=small
  workforce sweep experiment=craftsmen population=tiny
  workforce sweep name=quits 'grid.parameters.quit_per_year=[0.12,0.15,0.18]' draws=0 seeds=8

Then
  workforce status NAME         how far it is
  workforce expand NAME seeds=+4 draws=+10        more of it
  workforce retry NAME          what failed
  workforce verify NAME         every byte, and a hundredth of the runs anew

Writes results/studies/NAME/: plan.parquet (one row per run), parts/ (finished runs), failed/ (what stopped
single runs, with the command that shows it again).
"""

KEPT = ("launcher", "slurm", "job_minutes", "threads", "until", "most_runs")  # how the plan is lived


def help_text() -> str:
    """Text of ``workforce sweep --help``."""
    from experiments.runs.sources import options

    return HELP.format(scenarios=", ".join(options("scenario")), experiments=", ".join(options("experiment")))


def check(settings: dict[str, Any]) -> "tuple[Study, Design]":
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be simulated.
    """
    from experiments.answers.checks import check_whole, persons
    from experiments.answers.common_keys import check_distinct
    from experiments.places import CONFIGS
    from experiments.runs.files import check_writable
    from experiments.study.design import Design, settings_of
    from experiments.study.folder import Study
    from experiments.study.launch import check_launcher
    from experiments.study.stop_rule import read_rule
    from sim.errors import InputError
    from sim.policy.scenario import scenario_lines

    study = Study(settings["results"], settings["name"])
    check_distinct("scenarios", settings["scenarios"])
    check_whole(settings, "seeds", low=1, high=1_000_000)
    check_whole(settings, "draws", low=0, high=1_000_000)
    check_whole(settings, "most_runs", low=1)
    if not 0.0 < settings["job_minutes"] <= 10_000.0:
        raise InputError(f"job_minutes={settings['job_minutes']:g} must be more than 0, at most 10,000")
    if read_rule(settings["until"]) and settings["launcher"] == "slurm":
        raise InputError(
            "until has no meaning with launcher=slurm, which waits for nothing; expand the study"
        )
    scenarios = tuple(scenario_lines(name, CONFIGS / "scenario") for name in settings["scenarios"])
    design = Design(scenarios, tuple(settings_of(settings)), settings["draws"], settings["seeds"])
    if design.runs() > settings["most_runs"]:
        raise InputError(
            f"these are {design.runs():,} runs; most_runs={settings['most_runs']:,} allows fewer"
        )
    for world in design.worlds():
        design.policies(world)
        check_launcher(settings, world.agents or persons(world.inputs))
    check_writable(study.results)
    return study, design


def main(settings: dict[str, Any]) -> int:
    """Write the plan, live what is missing, and say how it ended; 1 when runs failed."""
    study, design = check(settings)
    chosen = {key: settings[key] for key in KEPT}
    begin(study, design, chosen)
    from experiments.study.stop_rule import live_until

    live_until(study, {**chosen, "takeover": settings["takeover"]})
    return told(study)


def begin(study: "Study", design: "Design", chosen: dict[str, Any]) -> None:
    """Write the plan of a new study; one that is there only grows, in seeds and draws."""
    from experiments.study.folder import DamagedStudyError
    from sim.errors import InputError

    try:
        kept = study.design() if study.exists() else None
    except DamagedStudyError:  # the command decides it; finished runs are found by their numbers
        kept = None
    if kept is None:
        study.write(design, chosen)
        return
    study.check_version()
    if (kept.scenarios, kept.settings) != (design.scenarios, design.settings):
        raise InputError(
            f"study '{study.name}' has other scenarios or settings; choose another name, "
            f"or delete {study.folder}"
        )
    study.write(kept.grown(design.seeds, design.draws), chosen)


def told(study: "Study") -> int:
    """Say what the user set in the study, and how it ended."""
    from experiments.pages.user_set import tell
    from experiments.study.state import state_of
    from experiments.study.words import failures_in_words, state_in_words

    tell(study.facts().get("set_by_user") or ())
    state = state_of(study)
    print(state_in_words(state))
    if state.failed:
        print(failures_in_words(study))
    return 1 if state.failed else 0
