"""`workforce adapt`: what a monitoring rule is worth beside the fixed plan and perfect foresight."""

import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.questions.adapt.lived import Lived
    from experiments.questions.adapt.plans import Plan
    from experiments.runs.life import World
    from experiments.runs.plan import Cell
    from experiments.runs.progress import Progress
    from sim.policy.monitoring import MonitoringRule
    from sim.policy.scenario import Scenario
    from sim.targets import Targets

MOST_PLANS = 400

HELP = """\
workforce adapt - what a monitoring rule is worth, beside the fixed plan and perfect foresight

Lives every future (a set of parameter values with a chance of its own) after one and the same past under the
fixed plan, which is the scenario without its rule; under the monitored plan, with the rule; and under a set
of other plans. A planner with perfect foresight knows each future beforehand and takes from the set the
cheapest plan that reaches all three targets there, or, when none does, the one with the smallest largest
shortfall. The page says what the rule gains, what it costs, how much of the gap to perfect foresight it
closes, when it responds, how often for nothing, and what it misses.

The rule (key=default: meaning)
  scenario=adaptive     a scenario with a monitoring rule; single lines too:
    scenario.monitoring.tiers=[city,provincial,national]     what is watched: craftsmen of these tiers
    scenario.monitoring.first_review=2028                    first review, at the end of that year
    scenario.monitoring.every_years=2                        years between reviews
    scenario.monitoring.threshold=1                          behind if below this share of the target
    scenario.monitoring.quota_factor=1.1                     response: all intakes times this
    scenario.monitoring.intensity_step=0.2                   response: intensity up by this, at most to 1
    scenario.monitoring.families=[skills,delivery]           response: of these families
    scenario.monitoring.delay_months=12                      from the January after the review
    scenario.monitoring.budget_million_yuan_per_year=null    no more intensity after a year that cost more

Perfect foresight
  levels=[...]          intensity of all measures over that of the fixed plan, none above 1
  places=[0,0.5,1]      share of the places that the rule could add at most, given evenly from 2025 on
                        (the set is every level with every share, the fixed and the monitored plan; with a
                        budget, those of the others that keep to it in every year)

All together
  draws=48              sets of parameter values, each with a chance of its own; more, narrower intervals
  agents=100000         agents of each life; with far fewer, fewer craftsmen are found
  parameters={}         fix single parameters: parameters.quit_per_year=0.2
  knowledge=until_2021  calibration that draws come from; prior takes the whole ranges
  targets=reform_2035   what is to be reached, and what the rule watches: numbers, year and counting
  name=default          the result is kept under this name
  report.language=en    en: English; zh: Chinese
  report.pdf=false      true: the page as PDF too, with contents and page numbers
  results=results       folder that results are written to
  threads=null          processor cores to use; null takes all. Results do not depend on it

Examples
  workforce adapt
  workforce adapt scenario.monitoring.first_review=2026 scenario.monitoring.every_years=1 name=early

Writes results/adapt/NAME/: report.html (the page), chances.csv, costs.csv, worth.csv, regret.csv, alarms.csv,
responses.csv, plans.csv, futures.csv, figures/. After an interruption the same command goes on; no future is
lived twice.
"""


def help_text() -> str:
    """Text of ``workforce adapt --help``."""
    return HELP


@dataclass(frozen=True)
class Question:
    """All that was chosen, checked."""

    settings: dict[str, Any]
    plans: "tuple[Plan, ...]"
    monitored: "Scenario"
    rule: "MonitoringRule"
    most: float
    targets: "Targets"
    world: "World"
    results: Path
    processes: int
    user_set: list[dict[str, Any]]

    @cached_property
    def plan(self) -> "list[Cell]":
        """All lives, those of a future together."""
        from experiments.questions.adapt.lives import cells

        return cells(self.world, self.monitored, self.plans, self.settings["draws"], self.targets.year)


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
    from experiments.questions.adapt.plans import most_places
    from experiments.runs.execute import worker_bytes
    from experiments.runs.life import read_world
    from sim.policy.scenario import read_scenario

    check_name(settings["name"])
    check_threads(settings["threads"])
    targets = read_targets(settings)
    Edition.read(settings)
    inputs = read_inputs(settings)
    check_draws(settings, inputs)
    check_memory(settings["agents"], persons(inputs), "agents", populations=2)
    scenario = read_scenario(settings["scenario"], inputs.catalogue).watching(targets)
    rule = check_rule(scenario.monitoring, scenario.name, targets.year)
    processes, _ = share_cores(settings["threads"], 1_000, worker_bytes(settings["agents"]))
    return Question(
        settings=settings,
        plans=read_plans(settings),
        monitored=scenario,
        rule=rule,
        most=most_places(scenario, targets.year),
        targets=targets,
        world=read_world(settings, settings["agents"]),
        results=results_folder(settings["results"]),
        processes=processes,
        user_set=changes("adapt", settings, inputs, [scenario]),
    )


def check_rule(rule: "MonitoringRule | None", scenario: str, year: int) -> "MonitoringRule":
    """Give the rule back when there is one whose responses come before the targets' year ends."""
    from experiments.questions.adapt.plans import reviews
    from sim.errors import InputError

    if rule is None:
        raise InputError(
            f"scenario {scenario} has no monitoring rule: take scenario=adaptive, or write the lines of "
            "configs/scenario/adaptive.yaml into its file"
        )
    if not reviews(rule, year):
        raise InputError(
            f"no response of the rule of scenario {scenario} comes before {year} ends: write an earlier "
            "scenario.monitoring.first_review, a smaller scenario.monitoring.delay_months or a later "
            "targets.year"
        )
    return rule


def read_plans(settings: dict[str, Any]) -> "tuple[Plan, ...]":
    """Read the set of plans from ``levels`` and ``places``."""
    from experiments.questions.adapt.plans import plans
    from sim.checks import number
    from sim.errors import InputError

    chosen = {}
    for key, most in (("levels", 10.0), ("places", 1.0)):
        if not settings[key]:
            raise InputError(f"{key} is empty; write at least one number: '{key}=[0,1]'")
        chosen[key] = [number(value, key, 0.0, most) for value in settings[key]]
    found = plans(**chosen)
    if len(found) > MOST_PLANS:
        raise InputError(f"levels and places make {len(found)} plans; take {MOST_PLANS} at most")
    return found


def main(settings: dict[str, Any]) -> None:
    """Live all futures, keep the comparison, and say what the rule is worth."""
    from experiments.pages.user_set import tell
    from experiments.questions.adapt.products import in_words, write_adaptation
    from experiments.runs import machine
    from experiments.runs.execute import years_of
    from experiments.runs.progress import watch

    question, started = check(settings), time.perf_counter()
    machine.compile_once()
    progress = watch(years_of(question.plan))
    progress.begin(f"{settings['draws']} futures, each under {len(question.plans) + 1} plans")
    try:
        lived = live_all(question, progress)
    finally:
        progress.close()
    page = write_adaptation(question, lived, time.perf_counter() - started)
    tell(question.user_set)
    print(in_words(page.parent))
    print(f"Page: {page}")


def live_all(question: Question, progress: "Progress") -> "Lived":
    """All futures under all plans."""
    import numpy as np

    from experiments.questions.adapt.lived import Lived
    from experiments.questions.adapt.lives import REVIEWS, flags, outcomes
    from experiments.runs.execute import Executor, Means
    from experiments.runs.store import LifeStore

    with Executor(LifeStore(question.results), Means(question.processes), progress) as live:
        brought = live.outcomes(question.plan, lambda records: outcomes(records, question.targets))
        behind = flags(live.extras(question.plan, REVIEWS))
    found = np.concatenate((brought, behind), axis=1)
    by_future = found.reshape(len(question.plan), -1, found.shape[1])
    return Lived(question.plans, question.rule, question.most, question.targets, by_future)
