"""`workforce attribute`: which family of measures brings how much."""

import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from experiments.questions.attribute.keys import AttributeKeys

if TYPE_CHECKING:
    from pathlib import Path

    from experiments.questions.attribute.shapley import Lived
    from experiments.runs.life import World
    from experiments.runs.plan import Cell
    from experiments.study.launch import Work
    from experiments.tables.change import Change
    from sim.policy.scenario import Scenario
    from sim.targets import Targets


@dataclass(frozen=True)
class Question:
    """All that was chosen, checked."""

    keys: AttributeKeys
    targets: "Targets"
    players: tuple[str, ...]
    ends: "tuple[Scenario, Scenario]"  # the baseline, and the scenario whose difference is explained
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    @cached_property
    def plan(self) -> "list[Cell]":
        """All lives, those of a draw together."""
        from experiments.questions.attribute.futures import cell, futures

        return [
            cell(self.world, self.ends, futures(self.players, draw), draw, self.targets.year)
            for draw in range(1, self.keys.draws + 1)
        ]


def check(keys: AttributeKeys) -> Question:
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
    from experiments.questions.attribute.futures import players
    from experiments.runs.inputs import read_inputs
    from experiments.runs.life import read_world
    from experiments.study.launch import Needs, Work
    from sim.errors import InputError
    from sim.policy.scenario import read_scenario

    targets = read_targets(keys.targets)
    inputs = read_inputs(keys.parameters, keys.knowledge)
    check_draws(keys.draws, keys.knowledge, inputs)
    needs = Needs(keys.agents, persons(inputs), populations=2)
    baseline = read_scenario(keys.baseline, inputs.catalogue)
    scenario = read_scenario(keys.scenario, inputs.catalogue)
    differing = players(scenario, baseline, inputs.catalogue)
    if not differing:
        raise InputError(f"scenario and baseline are both as {baseline.name}: nothing differs")
    return Question(
        keys=keys,
        targets=targets,
        players=differing,
        ends=(baseline.watching(targets), scenario.watching(targets)),
        world=read_world(keys.parameters, keys.knowledge, keys.agents, read_data(keys.data)),
        work=Work.read("attribute", keys, needs),
        user_set=changes(keys, inputs, [baseline, scenario]),
    )


def main(keys: AttributeKeys) -> None:
    """Live all futures, keep the shares, and say who brings what."""
    from experiments.pages.user_set import tell
    from experiments.questions.attribute.words import in_words
    from experiments.runs import machine

    question, started = check(keys), time.perf_counter()
    machine.compile_once()
    page = write(question, live_all(question), time.perf_counter() - started)
    tell(question.user_set)
    print(in_words(page.parent))
    print(f"Page: {page}")


def live_all(question: Question) -> "Lived":
    """Outcomes of all futures of all cells."""
    import numpy as np

    from experiments.questions.attribute.futures import order
    from experiments.questions.attribute.shapley import Lived, outcomes
    from experiments.runs.execute import years_of

    with question.work.executing(years_of(question.plan), data=question.world.data) as live:
        live.progress.begin(f"{len(question.plan[0].lives)} futures of {question.keys.draws} countries")
        found = live.outcomes(question.plan, lambda records: outcomes(records, question.targets))
    draws, players = question.keys.draws, len(question.players)
    parts = np.cumsum((players + 1, players - 1, players + 1))
    there, inner, proven, levers = np.split(found.reshape(draws, -1, found.shape[1]), parts, axis=1)
    back = np.concatenate((there[:, :1], inner, there[:, -1:]), axis=1)
    orders = np.stack([order(players, draw) for draw in range(1, draws + 1)])
    return Lived(question.players, orders, there, back, proven, levers)


def write(question: Question, lived: "Lived", seconds: float) -> "Path":
    """Write tables, page and facts; returns the page."""
    from experiments.answers.folder import write_answer
    from experiments.answers.own_figures import with_data
    from experiments.questions.attribute.interactions import pairs
    from experiments.questions.attribute.page import write_report
    from experiments.questions.attribute.shapley import levers, shares, totals

    tables = {
        "shares": shares(lived),
        "interactions": pairs(lived),
        "levers": levers(lived),
        "totals": totals(lived),
    }
    facts = {
        "players": question.players,
        "orders": lived.orders.tolist(),
        "titles": [end.title for end in question.ends],
        "seconds": seconds,
        "set_by_user": question.user_set,
    }
    final, shown = question.work.answer, with_data(tables, question.world.data)
    return write_answer(final, question.keys, question.keys.knowledge, shown, facts, write_report)
