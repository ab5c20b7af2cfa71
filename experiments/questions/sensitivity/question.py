"""`workforce sensitivity`: which uncertain number moves which outcome."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.questions.sensitivity.keys import SensitivityKeys

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from experiments.questions.sensitivity.factors import Factor
    from experiments.runs.execute import Executor
    from experiments.runs.life import World
    from experiments.study.launch import Work
    from experiments.tables.change import Change
    from sim.policy.scenario import Scenario
    from sim.targets import Targets

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Study:
    """All that was chosen, checked."""

    keys: SensitivityKeys
    targets: "Targets"
    ends: "tuple[Scenario, Scenario]"  # scenario and baseline
    factors: "list[Factor]"
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    def pairs_needed(self) -> int:
        """Pairs of lives of the whole study."""
        keys = self.keys
        screening = keys.trajectories * (len(self.factors) + 1)
        return int((screening + keys.samples * (keys.keep + 2)) * keys.seeds)

    def years(self) -> int:
        """Simulated years of the whole study."""
        from experiments.runs.plan import years_of_a_cell

        return self.pairs_needed() * years_of_a_cell(2, self.targets.year)


def check(keys: SensitivityKeys) -> Study:
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be studied.
    """
    from experiments.answers.checks import (
        persons,
        read_targets,
    )
    from experiments.answers.keys import check_whole
    from experiments.answers.own_figures import read_data
    from experiments.answers.user_set import changes
    from experiments.questions.sensitivity.factors import factors
    from experiments.runs.inputs import read_inputs
    from experiments.runs.life import read_world
    from experiments.study.launch import Needs, Work
    from sim.errors import InputError
    from sim.policy.scenario import read_scenario

    targets = read_targets(keys.targets)
    inputs = read_inputs({}, keys.knowledge)
    found = factors(inputs)
    check_whole("keep", keys.keep, 1, len(found))
    needs = Needs(keys.agents, persons(inputs))
    scenario = read_scenario(keys.scenario, inputs.catalogue)
    baseline = read_scenario(keys.baseline, inputs.catalogue)
    if scenario.as_dict() == baseline.as_dict():
        raise InputError(f"scenario and baseline are both {baseline.name}: nothing would differ")
    return Study(
        keys=keys,
        targets=targets,
        ends=(scenario.watching(targets), baseline.watching(targets)),
        factors=found,
        world=read_world({}, keys.knowledge, keys.agents, read_data(keys.data)),
        work=Work.read("sensitivity", keys, needs),
        user_set=changes(keys, inputs, [baseline, scenario]),
    )


def main(keys: SensitivityKeys) -> None:
    """Screen, split the variance, keep the results, and say what matters."""
    from experiments.pages.user_set import tell
    from experiments.questions.sensitivity.words import in_words
    from experiments.runs import machine

    study, started = check(keys), time.perf_counter()
    machine.compile_once()
    with study.work.executing(study.years(), data=study.world.data) as live:
        screening = screened(study, live)
        indices, good = split(study, live, screening)
    written = write(study, screening, indices, good, time.perf_counter() - started)
    tell(study.user_set)
    print(in_words(study.work.answer))
    print(f"Results: {study.work.answer}")
    if keys.report.page:
        print(f"Page: {written}")


def outcomes_of(study: Study, live: "Executor", chosen: "Sequence[Factor]", samples: "Array") -> "Array":
    """Outcomes averaged over the seeds, shape (samples, 2 x outcomes): levels, then differences."""
    from experiments.outcomes.attained import outcomes
    from experiments.questions.sensitivity.factors import cells, levels_and_differences

    seeds = study.keys.seeds
    plan = cells(study.world, study.ends, chosen, samples, seeds, study.targets.year)
    found = live.outcomes(plan, lambda records: outcomes(records, study.targets))
    return levels_and_differences(found, seeds)


def screened(study: Study, live: "Executor") -> "pd.DataFrame":
    """Morris effects of all factors on all outcomes."""
    import pandas as pd

    from experiments.questions.sensitivity.factors import problem
    from experiments.questions.sensitivity.indices import labels, morris_samples, morris_table

    posed = problem(study.factors)
    samples = morris_samples(posed, study.keys.trajectories, seed=1)
    live.progress.begin("screening")
    values = outcomes_of(study, live, study.factors, samples)
    tables = [
        morris_table(posed, samples, values[:, place], seed=1).assign(outcome=outcome, kind=kind)
        for place, (outcome, kind) in enumerate(labels())
    ]
    return pd.concat(tables, ignore_index=True)


def split(
    study: Study, live: "Executor", screening: "pd.DataFrame"
) -> "tuple[pd.DataFrame, dict[str, bool]]":
    """Sobol indices of the most important factors on all outcomes, and which have converged."""
    import pandas as pd

    from experiments.questions.sensitivity.factors import problem
    from experiments.questions.sensitivity.indices import (
        converged,
        labels,
        most_important,
        sobol_samples,
        sobol_table,
    )

    by_outcome = [table for _, table in screening.groupby(["outcome", "kind"], sort=False)]
    names = most_important(by_outcome, study.keys.keep)
    chosen = [factor for name in names for factor in study.factors if factor.name == name]
    posed = problem(chosen)
    samples = sobol_samples(posed, study.keys.samples, seed=1)
    live.progress.begin("indices")
    values = outcomes_of(study, live, chosen, samples)
    tables, good = [], {}
    for place, (outcome, kind) in enumerate(labels()):
        table = sobol_table(posed, values[:, place], seed=1)
        good[f"{outcome} {kind}"] = converged(posed, values[:, place], table, seed=1)
        tables.append(table.assign(outcome=outcome, kind=kind))
    return pd.concat(tables, ignore_index=True), good


def write(
    study: Study, screening: "pd.DataFrame", indices: "pd.DataFrame", good: dict[str, bool], seconds: float
) -> "Path":
    """Write tables, facts and page; returns the page, or the folder without one."""
    import pandas as pd

    from experiments.answers.folder import write_answer
    from experiments.answers.own_figures import with_data
    from experiments.questions.sensitivity.page import write_report

    evidence = pd.DataFrame(
        [(factor.name, factor.evidence, factor.meaning) for factor in study.factors],
        columns=["factor", "evidence", "meaning"],
    )
    tables = {"morris": screening.merge(evidence, on="factor"), "sobol": indices.merge(evidence, on="factor")}
    facts = {
        "titles": [end.title for end in reversed(study.ends)],
        "set_by_user": study.user_set,
        "factors": len(study.factors),
        "pairs_of_lives": study.pairs_needed(),
        "converged": good,
        "seconds": seconds,
    }
    page, shown = write_report if study.keys.report.page else None, with_data(tables, study.world.data)
    return write_answer(study.work.answer, study.keys, study.keys.knowledge, shown, facts, page)
