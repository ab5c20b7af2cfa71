"""`workforce calibrate`: fit the uncertain parameters to published history."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from experiments.questions.calibrate.keys import CalibrateKeys

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from experiments.questions.calibrate.ensemble import Histories
    from experiments.questions.calibrate.first_round import FirstRound
    from experiments.questions.calibrate.fit import Calibrated
    from experiments.runs.life import World
    from experiments.runs.progress import Progress
    from experiments.study.launch import Work
    from experiments.tables.change import Change

    Array = NDArray[np.float64]

CANDIDATES, CANDIDATE_SEEDS = 20, 4  # for the best fit: members beside the mean, and seeds of each
MOST_FILLINGS: Final = 5  # ensembles that are drawn anew while too few match
INSTALLED: Final = {  # files of the answer, and what they are called where ``knowledge`` finds them
    "posterior.csv": "posterior.csv",
    "fit.csv": "fit.csv",
    "residuals.csv": "residuals.csv",
    "summary.json": "calibration.json",
}


@dataclass(frozen=True)
class Plan:
    """All that was chosen for a calibration, checked."""

    keys: CalibrateKeys
    names: list[str]
    targets: "pd.DataFrame"
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self.work.answer

    def years(self) -> int:
        """Simulated years when nothing has to be filled up."""
        from experiments.runs.plan import years_of_a_cell

        chosen = self.keys
        histories = chosen.members * (chosen.rounds + 1) + (1 + CANDIDATES) * CANDIDATE_SEEDS
        return int(histories) * years_of_a_cell(1, chosen.until)

    def seeds(self, first: int) -> range:
        """Chance of each member of an ensemble, a seed of its own."""
        return range(first, first + int(self.keys.members))


def check(keys: CalibrateKeys) -> Plan:
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be calibrated.
    """
    from experiments.answers.checks import (
        persons,
    )
    from experiments.answers.own_figures import read_data
    from experiments.answers.user_set import changes
    from experiments.places import CONFIGS
    from experiments.questions.calibrate.fit import read_targets
    from experiments.runs.life import read_world
    from experiments.study.launch import Needs, Work
    from sim.errors import InputError
    from sim.inputs import PRIOR, Inputs

    inputs, data = Inputs.read(CONFIGS), read_data(keys.data)
    if data and keys.install:
        raise InputError(
            "install=true is for published figures; with data=... take the answer itself: "
            f"workforce compare knowledge={keys.results}/calibrate/{keys.name}"
        )
    targets, needs = read_targets(keys.until, data), Needs(keys.agents, persons(inputs), jobs=keys.members)
    last = int(targets["year"].max())
    if last < keys.until:
        raise InputError(
            f"until={keys.until}: no figure after {last} is there to be fitted; write until={last}, or add "
            "figures with data=[./figures.csv]"
        )
    names = [parameter.name for parameter in inputs.uncertain()]
    return Plan(
        keys=keys,
        names=names,
        targets=targets,
        world=read_world({}, PRIOR, keys.agents, data, keys.until),
        work=Work.read("calibrate", keys, needs),
        user_set=changes(keys, inputs),
    )


def main(keys: CalibrateKeys) -> None:
    """Calibrate, keep the products, and say how good the fit is."""
    from experiments.questions.calibrate.ensemble import Histories
    from experiments.questions.calibrate.first_round import FirstRound
    from experiments.questions.calibrate.fit import UNIDENTIFIED, Calibrated, narrowed, spread_left
    from experiments.questions.calibrate.words import in_words
    from experiments.runs import machine

    plan, started = check(keys), time.perf_counter()
    first_round = FirstRound(plan.keys.until, plan.keys.seed)
    machine.compile_once()
    with plan.work.executing(plan.years(), data=plan.world.data) as live:
        histories = Histories(plan.world, plan.names, plan.targets, plan.keys.until, live)
        ensemble = assimilated(plan, histories, live.progress)
        left = spread_left(ensemble, plan.names)
        ensemble = with_priors(ensemble, left.loc[plan.names] > UNIDENTIFIED, plan.keys.seed)
        ensemble, simulated = matching_draws(plan, histories, ensemble, first_round, live.progress)
        if first_round.known:
            left = narrowed(left, spread_left(ensemble, plan.names))
        best = best_fit(plan, histories, ensemble, simulated, live.progress)
    calibrated = Calibrated(best, ensemble, simulated, left, first_round.facts())
    written = write(plan, calibrated, time.perf_counter() - started)
    print(in_words(plan.folder))
    print(f"Results: {plan.folder}")
    if keys.report.page:
        print(f"Page: {written}")


def assimilated(plan: Plan, histories: "Histories", progress: "Progress") -> "Array":
    """Ensemble in standard normal numbers after all rounds, shape (parameters, members)."""
    import numpy as np

    from experiments.questions.calibrate.ensemble import assimilate
    from sim.errors import InputError

    chosen, rounds = plan.keys, plan.keys.rounds
    observed, sd = plan.targets["observed"].to_numpy(), plan.targets["sd"].to_numpy()
    chance = np.random.default_rng(chosen.seed)
    ensemble = chance.standard_normal((len(plan.names), chosen.members))
    for number in range(1, rounds + 1):
        progress.begin(f"round {number} of {rounds}")
        simulated = histories.of(ensemble, plan.seeds(chosen.seed))
        complete = np.all(np.isfinite(simulated), axis=1)
        lost = sorted({str(name) for name in plan.targets["indicator"].to_numpy()[~complete]})
        if lost:
            raise InputError(f"targets.yaml: no history gives figures of {', '.join(lost)} for these years")
        ensemble = assimilate(ensemble, simulated, observed, sd, rounds, chance)
    return ensemble


def with_priors(ensemble: "Array", unidentified: "pd.Series[bool]", seed: int) -> "Array":
    """The ensemble, but parameters of which history says next to nothing are drawn from their ranges anew.

    Rounds may move the mean of such a parameter to make up for what the rules cannot do.
    """
    import numpy as np

    free = np.random.default_rng((seed, 0)).standard_normal(ensemble.shape)
    return np.where(unidentified.to_numpy()[:, None], free, ensemble)


def matching_draws(
    plan: Plan, histories: "Histories", ensemble: "Array", first_round: "FirstRound", progress: "Progress"
) -> "tuple[Array, Array]":
    """Members within the tolerances, and as many more from the same normal distribution as are wanted.

    Of those within them the first round of craftsmen leaves some, where it is known.
    """
    import numpy as np

    from experiments.questions.calibrate.fit import matching
    from experiments.runs.plan import years_of_a_cell
    from sim.errors import InputError

    seed, members, wanted = plan.keys.seed, plan.keys.members, plan.keys.draws
    mean, covariance = ensemble.mean(axis=1), np.cov(ensemble)
    kept, outcome = ensemble[:, :0], np.empty((len(plan.targets), 0))
    for filling in range(MOST_FILLINGS + 1):
        if filling > 0:
            chance = np.random.default_rng((seed, filling))
            ensemble = chance.multivariate_normal(mean, covariance, members, method="eigh").T
            progress.skip(-members * years_of_a_cell(1, plan.keys.until))
        progress.begin(f"{kept.shape[1]} of {wanted} draws match")
        found, named = histories.with_first_round(ensemble, plan.seeds(seed + filling * members))
        good = first_round.keep(matching(found, plan.targets), named)
        kept, outcome = np.hstack((kept, ensemble[:, good])), np.hstack((outcome, found[:, good]))
        if kept.shape[1] >= wanted:
            break
    if kept.shape[1] == 0:
        raise InputError(
            "no parameter set matches history within the tolerances; take more members or rounds"
        )
    return kept[:, :wanted], outcome[:, :wanted]


def best_fit(
    plan: Plan, histories: "Histories", ensemble: "Array", simulated: "Array", progress: "Progress"
) -> "Array":
    """The parameter set with the least misfit over several seeds: the mean, or one of the best draws."""
    import numpy as np

    from experiments.questions.calibrate.fit import misfit

    order = np.argsort(misfit(simulated, plan.targets), kind="stable")[:CANDIDATES]
    candidates = np.column_stack((ensemble.mean(axis=1), ensemble[:, order]))
    progress.begin("best fit")
    repeated = np.repeat(candidates, CANDIDATE_SEEDS, axis=1)
    first = plan.keys.seed
    seeds = [first + place % CANDIDATE_SEEDS for place in range(repeated.shape[1])]
    outcome = misfit(histories.of(repeated, seeds), plan.targets)
    return np.asarray(candidates[:, outcome.reshape(-1, CANDIDATE_SEEDS).mean(axis=1).argmin()])


def write(plan: Plan, found: "Calibrated", seconds: float) -> "Path":
    """Write the answer, and where ``knowledge`` finds it when asked to; returns the page or the folder."""
    import shutil

    from experiments.answers.folder import write_answer
    from experiments.answers.own_figures import with_data
    from experiments.places import CONFIGS
    from experiments.questions.calibrate.fit import facts, tables
    from experiments.questions.calibrate.page import write_report
    from experiments.runs.files import written_aside
    from sim.inputs import PRIOR

    made = with_data(tables(found, plan.targets, plan.world.inputs.uncertain()), plan.world.data)
    told = {"set_by_user": plan.user_set, **facts(found, plan.targets), "seconds": seconds}
    page = write_report if plan.keys.report.page else None
    written = write_answer(plan.folder, plan.keys, PRIOR, made, told, page)
    if plan.keys.install:
        with written_aside(CONFIGS / "calibration" / f"until_{plan.keys.until}") as installed:
            for source, name in INSTALLED.items():
                shutil.copyfile(plan.folder / source, installed / name)
    return written
