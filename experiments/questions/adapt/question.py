"""`workforce adapt`: what a monitoring rule is worth beside the fixed plan and perfect foresight."""

import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from experiments.questions.adapt.keys import AdaptKeys

if TYPE_CHECKING:
    from pathlib import Path

    from experiments.questions.adapt.foresight import Lived
    from experiments.questions.adapt.plans import Plan
    from experiments.runs.life import World
    from experiments.runs.plan import Cell
    from experiments.study.launch import Work
    from experiments.tables.change import Change
    from sim.policy.monitoring import MonitoringRule
    from sim.policy.scenario import Scenario
    from sim.targets import Targets

MOST_PLANS = 400


@dataclass(frozen=True)
class Question:
    """All that was chosen, checked."""

    keys: AdaptKeys
    plans: "tuple[Plan, ...]"
    monitored: "Scenario"
    rule: "MonitoringRule"
    most: float
    targets: "Targets"
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    @cached_property
    def plan(self) -> "list[Cell]":
        """All lives, those of a future together."""
        from experiments.questions.adapt.plans import cells

        return cells(self.world, self.monitored, self.plans, self.keys.draws, self.targets.year)


def check(keys: AdaptKeys) -> Question:
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be asked.
    """
    from experiments.answers.checks import (
        check_draws,
        persons,
        read_targets,
    )
    from experiments.answers.own_figures import read_data
    from experiments.answers.user_set import changes
    from experiments.questions.adapt.plans import most_places
    from experiments.runs.inputs import read_inputs
    from experiments.runs.life import read_world
    from experiments.study.launch import Needs, Work
    from sim.policy.scenario import read_scenario

    targets = read_targets(keys.targets)
    inputs = read_inputs(keys.parameters, keys.knowledge)
    check_draws(keys.draws, keys.knowledge, inputs)
    needs = Needs(keys.agents, persons(inputs), populations=2)
    scenario = read_scenario(keys.scenario, inputs.catalogue).watching(targets)
    rule = check_rule(scenario.monitoring, scenario.name, targets.year)
    return Question(
        keys=keys,
        plans=read_plans(keys),
        monitored=scenario,
        rule=rule,
        most=most_places(scenario, targets.year),
        targets=targets,
        world=read_world(keys.parameters, keys.knowledge, keys.agents, read_data(keys.data)),
        work=Work.read("adapt", keys, needs),
        user_set=changes(keys, inputs, [scenario]),
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


def read_plans(keys: AdaptKeys) -> "tuple[Plan, ...]":
    """The set of plans from ``levels`` and ``places``."""
    from experiments.questions.adapt.plans import plans
    from sim.errors import InputError

    found = plans(keys.levels, keys.places)
    if len(found) > MOST_PLANS:
        raise InputError(f"levels and places make {len(found)} plans; take {MOST_PLANS} at most")
    return found


def main(keys: AdaptKeys) -> None:
    """Live all futures, keep the comparison, and say what the rule is worth."""
    from experiments.pages.user_set import tell
    from experiments.questions.adapt.words import in_words
    from experiments.runs import machine

    question, started = check(keys), time.perf_counter()
    machine.compile_once()
    page = write(question, live_all(question), time.perf_counter() - started)
    tell(question.user_set)
    print(in_words(page.parent))
    print(f"Page: {page}")


def live_all(question: Question) -> "Lived":
    """All futures under all plans."""
    import numpy as np

    from experiments.questions.adapt.foresight import Lived
    from experiments.questions.adapt.plans import REVIEWS, flags, outcomes
    from experiments.runs.execute import years_of

    with question.work.executing(years_of(question.plan), data=question.world.data) as live:
        live.progress.begin(f"{question.keys.draws} futures, each under {len(question.plans) + 1} plans")
        brought = live.outcomes(question.plan, lambda records: outcomes(records, question.targets))
        behind = flags(live.extras(question.plan, REVIEWS))
    found = np.concatenate((brought, behind), axis=1)
    by_future = found.reshape(len(question.plan), -1, found.shape[1])
    return Lived(question.plans, question.rule, question.most, question.targets, by_future)


def write(question: Question, lived: "Lived", seconds: float) -> "Path":
    """Write tables, page and facts; returns the page."""
    from experiments.answers.folder import write_answer
    from experiments.answers.own_figures import with_data
    from experiments.questions.adapt.estimates import tables
    from experiments.questions.adapt.page import write_report

    facts = {"most_places": lived.most, "seconds": seconds, "set_by_user": question.user_set}
    final, keys = question.work.answer, question.keys
    shown = with_data(tables(lived), question.world.data)
    return write_answer(final, keys, keys.knowledge, shown, facts, write_report)
