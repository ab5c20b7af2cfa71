"""`workforce sensitivity`: which uncertain number moves which outcome."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.runs.files import canonical

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from experiments.importance.factors import Factor
    from experiments.importance.pairs import Pair
    from experiments.kept import Kept
    from experiments.runs.progress import Progress

    Array = NDArray[np.float64]

HELP = """\
workforce sensitivity - which uncertain number moves which outcome

Screens all uncertain parameters and effects of measures (Morris), then splits the variance of each outcome
among the most important ones (Sobol indices with intervals). Outcomes are the three attainments, and the
highly skilled, the skill premium, satisfaction, settled migrants and young entries; each as a level under
the scenario and as its difference from the baseline, same seeds in both.

Keys (key=default: meaning)
  scenario=reform       measures whose outcomes are looked at
  baseline=frozen       what differences are against
  trajectories=6        of the screening; each takes one pair of lives for each uncertain number, and one more
  keep=8                numbers that are kept for the indices
  samples=64            a power of two; indices take samples x (keep + 2) pairs of lives
  seeds=1               pairs of lives that each sample is averaged over
  agents=20000          agents of each life
  knowledge=until_2021  calibration that ranges come from; prior takes the whole ranges
  targets=reform_2035   what attainments are shares of
  name=default          the result is kept under this name
  results=results       folder that results are written to
  threads=null          processor cores to use; null takes all. Results do not depend on it

Examples
  workforce sensitivity
  workforce sensitivity scenario=skills_first samples=256 seeds=2 name=skills

Writes results/sensitivity/NAME/: morris.csv, sobol.csv, summary.json and a figure for each outcome. After an
interruption the same command goes on; no pair of lives is lived twice.
"""


def help_text() -> str:
    """Text of ``workforce sensitivity --help``."""
    return HELP


@dataclass(frozen=True)
class Study:
    """All that was chosen, checked."""

    settings: dict[str, Any]
    factors: "list[Factor]"
    hashes: dict[str, str]
    folder: Path
    processes: int
    user_set: list[dict[str, Any]]

    def pairs(self, chosen: "Sequence[Factor]", samples: "Array") -> "list[Pair]":
        """Pairs of lives of samples of shape (samples, factors); seeds of one sample stand together."""
        from experiments.importance.factors import quantiles
        from experiments.importance.pairs import Pair

        settings = self.settings
        return [
            Pair(
                quantiles=quantiles(chosen, row),
                knowledge=settings["knowledge"],
                scenario=canonical(settings["scenario"]),
                baseline=settings["baseline"],
                seed=seed,
                agents=settings["agents"],
                targets=tuple(settings["targets"].items()),
            )
            for row in samples
            for seed in range(1, settings["seeds"] + 1)
        ]

    def pairs_needed(self) -> int:
        """Pairs of lives of the whole study."""
        settings = self.settings
        screening = settings["trajectories"] * (len(self.factors) + 1)
        return int((screening + settings["samples"] * (settings["keep"] + 2)) * settings["seeds"])


def check(settings: dict[str, Any]) -> Study:
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be studied.
    """
    from experiments.importance.factors import factors
    from experiments.user_set import changes
    from experiments.validate import (
        BYTES_BESIDES,
        check_memory,
        check_name,
        check_threads,
        check_whole,
        persons,
        read_inputs,
        read_policies,
        read_targets,
        results_store,
        share_cores,
    )
    from sim.errors import InputError

    check_name(settings["name"])
    check_threads(settings["threads"])
    read_targets(settings)
    inputs = read_inputs({**settings, "parameters": {}})
    found = factors(inputs)
    check_whole(settings, "trajectories", low=2, high=10_000)
    check_whole(settings, "keep", low=1, high=len(found))
    check_whole(settings, "samples", low=2, high=2**20)
    check_whole(settings, "seeds", low=1, high=1_000)
    if settings["samples"] & (settings["samples"] - 1):
        raise InputError(f"samples={settings['samples']} must be a power of two: 64, 128, 256 ...")
    check_memory(settings["agents"], persons(inputs), "agents")
    scenario, baseline, hashes = read_policies(settings, inputs)
    if scenario.as_dict() == baseline.as_dict():
        raise InputError(f"scenario and baseline are both {baseline.name}: nothing would differ")
    processes, _ = share_cores(settings["threads"], 1_000, BYTES_BESIDES)
    user_set = changes("sensitivity", settings, inputs, [baseline, scenario])
    folder = results_store(settings).folder / "sensitivity"
    return Study(settings, found, hashes, folder, processes, user_set)


def main(settings: dict[str, Any]) -> None:
    """Screen, split the variance, keep the results, and say what matters."""
    from experiments.importance.pairs import live
    from experiments.importance.products import in_words, write_study
    from experiments.kept import Kept
    from experiments.report.user_set import tell
    from experiments.runs import machine
    from experiments.runs.progress import watch

    study, started = check(settings), time.perf_counter()
    machine.compile_once()
    kept = Kept(live, study.folder / "pairs", study.processes, study.hashes)
    progress = watch(study.pairs_needed())
    try:
        screening = screened(study, kept, progress)
        indices, good = split(study, kept, screening, progress)
    finally:
        progress.close()
    folder = write_study(study, screening, indices, good, time.perf_counter() - started)
    tell(study.user_set)
    print(in_words(folder))
    print(f"Results: {folder}")


def outcomes_of(
    study: Study, kept: "Kept", chosen: "Sequence[Factor]", samples: "Array", progress: "Progress"
) -> "Array":
    """Outcomes averaged over the seeds, shape (samples, 2 x outcomes): levels, then differences."""
    import numpy as np

    lived = np.stack(kept.of(study.pairs(chosen, samples), progress))
    return np.asarray(lived.reshape(len(samples), study.settings["seeds"], -1).mean(axis=1))


def screened(study: Study, kept: "Kept", progress: "Progress") -> "pd.DataFrame":
    """Morris effects of all factors on all outcomes."""
    import pandas as pd

    from experiments.importance.factors import problem
    from experiments.importance.indices import morris_samples, morris_table
    from experiments.importance.products import labels

    posed = problem(study.factors)
    samples = morris_samples(posed, study.settings["trajectories"], seed=1)
    progress.begin("screening")
    values = outcomes_of(study, kept, study.factors, samples, progress)
    tables = [
        morris_table(posed, samples, values[:, place], seed=1).assign(outcome=outcome, kind=kind)
        for place, (outcome, kind) in enumerate(labels())
    ]
    return pd.concat(tables, ignore_index=True)


def split(
    study: Study, kept: "Kept", screening: "pd.DataFrame", progress: "Progress"
) -> "tuple[pd.DataFrame, dict[str, bool]]":
    """Sobol indices of the most important factors on all outcomes, and which have converged."""
    import pandas as pd

    from experiments.importance.factors import problem
    from experiments.importance.indices import converged, most_important, sobol_samples, sobol_table
    from experiments.importance.products import labels

    by_outcome = [table for _, table in screening.groupby(["outcome", "kind"], sort=False)]
    names = most_important(by_outcome, study.settings["keep"])
    chosen = [factor for name in names for factor in study.factors if factor.name == name]
    posed = problem(chosen)
    samples = sobol_samples(posed, study.settings["samples"], seed=1)
    progress.begin("indices")
    values = outcomes_of(study, kept, chosen, samples, progress)
    tables, good = [], {}
    for place, (outcome, kind) in enumerate(labels()):
        table = sobol_table(posed, values[:, place], seed=1)
        good[f"{outcome} {kind}"] = converged(posed, values[:, place], table, seed=1)
        tables.append(table.assign(outcome=outcome, kind=kind))
    return pd.concat(tables, ignore_index=True), good
