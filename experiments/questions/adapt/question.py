"""`workforce adapt`: what a monitoring rule is worth beside the fixed plan and perfect foresight."""

import time
from typing import TYPE_CHECKING

from experiments.questions.adapt.checked import Question
from experiments.questions.adapt.keys import AdaptKeys

if TYPE_CHECKING:
    from experiments.questions.adapt.lived import Lived
    from experiments.questions.adapt.plans import Plan
    from sim.policy.monitoring import MonitoringRule

MOST_PLANS = 400


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
        world=read_world(keys.parameters, keys.knowledge, keys.agents),
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
    from experiments.questions.adapt.products import in_words, write_adaptation
    from experiments.runs import machine

    question, started = check(keys), time.perf_counter()
    machine.compile_once()
    page = write_adaptation(question, live_all(question), time.perf_counter() - started)
    tell(question.user_set)
    print(in_words(page.parent))
    print(f"Page: {page}")


def live_all(question: Question) -> "Lived":
    """All futures under all plans."""
    import numpy as np

    from experiments.questions.adapt.lived import Lived
    from experiments.questions.adapt.lives import REVIEWS, flags, outcomes
    from experiments.runs.execute import years_of

    with question.work.executing(years_of(question.plan)) as live:
        live.progress.begin(f"{question.keys.draws} futures, each under {len(question.plans) + 1} plans")
        brought = live.outcomes(question.plan, lambda records: outcomes(records, question.targets))
        behind = flags(live.extras(question.plan, REVIEWS))
    found = np.concatenate((brought, behind), axis=1)
    by_future = found.reshape(len(question.plan), -1, found.shape[1])
    return Lived(question.plans, question.rule, question.most, question.targets, by_future)
