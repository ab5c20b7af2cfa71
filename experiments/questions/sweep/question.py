"""`workforce sweep`: a study of many runs that survives whatever stops it."""

from typing import TYPE_CHECKING

from experiments.questions.sweep.keys import SweepKeys

if TYPE_CHECKING:
    from experiments.questions.sweep.design import Design
    from experiments.study.folder import Study
    from experiments.study.launch import Work


def check(keys: SweepKeys) -> "tuple[Work, Design]":
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be simulated.
    """
    from experiments.answers.checks import POPULATION, persons
    from experiments.answers.own_figures import read_data
    from experiments.questions.sweep.design import Design
    from experiments.questions.sweep.stop_rule import read_rule
    from experiments.study.launch import Needs, Work
    from sim.errors import InputError

    if read_rule(keys.until) and keys.launcher == "slurm":
        raise InputError(
            "until has no meaning with launcher=slurm, which waits for nothing; expand the study"
        )
    design = Design.read(keys, read_data(keys.data))
    if design.runs() > keys.most_runs:
        raise InputError(
            f"these are {design.runs():,} runs; most_runs={keys.most_runs:,} allows fewer: its "
            "command, given with a larger most_runs, changes that"
        )
    worlds = design.worlds()
    for setting, world in enumerate(worlds):
        design.policies(setting, world)
    most = max(persons(world.inputs) for world in worlds)
    agents = max(world.agents or persons(world.inputs) for world in worlds)
    cells = design.runs() // len(design.scenarios)
    return Work.read("sweep", keys, Needs(agents, most, POPULATION, jobs=cells)), design


def main(keys: SweepKeys) -> int:
    """Write the plan, live what is missing, and say how it ended; 1 when lives failed."""
    from contextlib import suppress

    from experiments.questions.sweep.stop_rule import more_needed, read_rule
    from experiments.runs.interruption import FailedLivesError

    work, design = check(keys)
    design, rule = grown(work.study, design), read_rule(keys.until)
    with suppress(FailedLivesError):  # told below, with what stopped each
        live(work, design, keys)
        while rule and (more := more_needed(work.study, rule, design, keys.most_runs)):
            design = more
            live(work, design, keys)
    return told(work.study)


def grown(study: "Study", design: "Design") -> "Design":
    """The design of a new study; one that is there only grows, in seeds and draws."""
    from experiments.questions.sweep.design import hashes_of
    from experiments.questions.sweep.reading import design_of
    from experiments.study.folder import DamagedStudyError
    from sim.errors import InputError

    try:
        facts = study.facts() if study.exists() else None
    except DamagedStudyError:  # the command decides it; finished lives are found by their numbers
        facts = None
    if facts is None:
        return design
    kept = design_of(study)
    if facts["hashes"] != hashes_of(kept):
        raise study.of_another_version()
    if (kept.scenarios, kept.settings, kept.data) != (design.scenarios, design.settings, design.data):
        raise InputError(
            f"study '{study.name}' has other scenarios or settings; choose another name, "
            f"or delete {study.folder}"
        )
    return kept.grown(design.seeds, design.draws)


def live(work: "Work", design: "Design", keys: SweepKeys) -> None:
    """Keep the design, and live what is missing of it."""
    from dataclasses import replace

    from experiments.answers.user_set import over_settings
    from experiments.questions.sweep.design import hashes_of
    from experiments.runs import machine
    from experiments.runs.execute import years_of

    plan = design.plan()
    if work.study.store.lacking(plan):
        machine.compile_once()  # before processes part, so that they need not wait for each other
    work = replace(work, keys=design.keys(keys))
    told = {
        "hashes": hashes_of(design),
        "set_by_user": over_settings(design.user_set()),
        "data": design.data,
    }
    with work.executing(years_of(plan), wait=False, **told) as executor:
        executor.progress.begin(f"{design.runs()} lives")
        executor.all(plan)


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
