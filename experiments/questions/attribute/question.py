"""`workforce attribute`: which family of measures brings how much of a difference."""

import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.questions.attribute.estimates import Lived
    from experiments.runs.life import World
    from experiments.runs.plan import Cell
    from experiments.runs.progress import Progress
    from sim.policy.scenario import Scenario
    from sim.targets import Targets

HELP = """\
workforce attribute - which family of measures brings how much

Lives every combination of the families in which two scenarios differ (128 for all seven) with the same
chance and knowledge, and gives each family its fair share of the difference: its Shapley value, what it adds
averaged over all orders in which the families may come. The shares sum to the whole difference. What differs
besides the families, quotas or assumptions about the future, counts as one more player: intakes. The page
also says what one per cent more places, nominations, passes or retention would bring to each tier.

Keys (key=default: meaning)
  scenario=reform       whose difference is explained; single lines too: scenario.families.skills.level=0.5
  baseline=frozen       what it is a difference from
  draws=8               sets of parameter values, each with a chance of its own; more, narrower intervals
  agents=100000         agents of each life; what is not known widens intervals more than few agents do
  parameters={}         fix single parameters: parameters.quit_per_year=0.2
  knowledge=until_2021  calibration that draws come from; prior takes the whole ranges
  targets=reform_2035   year that is looked at, and how craftsmen are counted
  name=default          the result is kept under this name
  report.language=en    en: English; zh: Chinese
  report.pdf=false      true: the page as PDF too, with contents and page numbers
  results=results       folder that results are written to
  threads=null          processor cores to use; null takes all. Results do not depend on it

Examples
  workforce attribute
  workforce attribute scenario=people_first draws=24 name=people

Writes results/attribute/NAME/: report.html (the page), shares.csv, interactions.csv, totals.csv,
levers.csv, figures/. After an interruption the same command goes on; no life is lived twice.
"""


def help_text() -> str:
    """Text of ``workforce attribute --help``."""
    return HELP


@dataclass(frozen=True)
class Question:
    """All that was chosen, checked."""

    settings: dict[str, Any]
    targets: "Targets"
    players: tuple[str, ...]
    ends: "tuple[Scenario, Scenario]"  # the baseline, and the scenario whose difference is explained
    world: "World"
    results: Path
    processes: int
    user_set: list[dict[str, Any]]

    @cached_property
    def plan(self) -> "list[Cell]":
        """All lives, those of a draw together."""
        from experiments.questions.attribute.lives import cells, futures

        return cells(self.world, self.ends, futures(self.players), self.settings["draws"], self.targets.year)


def check(settings: dict[str, Any]) -> Question:
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be asked.
    """
    from experiments.answers.checks import (
        check_draws,
        check_memory,
        check_name,
        check_threads,
        persons,
        read_inputs,
        read_targets,
        results_folder,
        share_cores,
    )
    from experiments.answers.user_set import changes
    from experiments.pages.edition import Edition
    from experiments.questions.attribute.coalitions import players
    from experiments.runs.execute import worker_bytes
    from experiments.runs.inputs import scenario_named
    from experiments.runs.life import read_world
    from sim.errors import InputError
    from sim.policy.scenario import read_scenario

    check_name(settings["name"])
    check_threads(settings["threads"])
    targets = read_targets(settings)
    Edition.read(settings)
    inputs = read_inputs(settings)
    check_draws(settings, inputs)
    check_memory(settings["agents"], persons(inputs), "agents", populations=2)
    baseline = scenario_named(settings["baseline"], inputs)
    scenario = read_scenario(settings["scenario"], inputs.catalogue)
    differing = players(scenario, baseline, inputs.catalogue)
    if not differing:
        raise InputError(f"scenario and baseline are both as {baseline.name}: nothing differs")
    processes, _ = share_cores(settings["threads"], 1_000, worker_bytes(settings["agents"]))
    return Question(
        settings=settings,
        targets=targets,
        players=differing,
        ends=(baseline.watching(targets), scenario.watching(targets)),
        world=read_world(settings, settings["agents"]),
        results=results_folder(settings["results"]),
        processes=processes,
        user_set=changes("attribute", settings, inputs, [baseline, scenario]),
    )


def main(settings: dict[str, Any]) -> None:
    """Live all futures, keep the shares, and say who brings what."""
    from experiments.pages.user_set import tell
    from experiments.questions.attribute.products import in_words, write_attribution
    from experiments.runs import machine
    from experiments.runs.execute import years_of
    from experiments.runs.progress import watch

    question, started = check(settings), time.perf_counter()
    machine.compile_once()
    progress = watch(years_of(question.plan))
    progress.begin(f"{len(question.plan[0].lives)} futures of {settings['draws']} countries")
    try:
        lived = live_all(question, progress)
    finally:
        progress.close()
    page = write_attribution(question, lived, time.perf_counter() - started)
    tell(question.user_set)
    print(in_words(page.parent))
    print(f"Page: {page}")


def live_all(question: Question, progress: "Progress") -> "Lived":
    """Outcomes of all futures of all cells."""
    import numpy as np

    from experiments.questions.attribute.estimates import Lived
    from experiments.questions.attribute.outcomes import outcomes
    from experiments.runs.execute import Executor, Means
    from experiments.runs.store import LifeStore

    with Executor(LifeStore(question.results), Means(question.processes), progress) as live:
        found = live.outcomes(question.plan, lambda records: outcomes(records, question.targets))
    coalitions, proven = 2 ** len(question.players), len(question.players) + 1
    cells = found.reshape(len(question.plan), -1, found.shape[1])
    return Lived(question.players, *np.split(cells, (coalitions, coalitions + proven), axis=1))
