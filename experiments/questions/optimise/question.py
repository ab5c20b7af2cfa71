"""`workforce optimise`: the cheapest mix of measures that is likely enough to reach all targets."""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.questions.optimise.keys import OptimiseKeys

if TYPE_CHECKING:
    from pathlib import Path

    from experiments.questions.optimise.choice import Found
    from experiments.questions.optimise.levers import Space
    from experiments.questions.optimise.scores import Wish
    from experiments.questions.optimise.search import Cells, Evaluation
    from experiments.runs.life import World
    from experiments.study.launch import Work
    from experiments.tables.change import Change
    from sim.inputs import Inputs
    from sim.targets import Targets

EXPECTED_WITHOUT = 7  # mixes without one family


@dataclass(frozen=True)
class Study:
    """All that was chosen, checked."""

    keys: OptimiseKeys
    targets: "Targets"
    space: "Space"
    wishes: "tuple[Wish, ...]"
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    def cells(self) -> "tuple[Cells, Cells, Cells]":
        """Cells of the search, of the front and of trust; no two share a seed or a draw."""
        from experiments.questions.optimise.search import Cells

        chosen = self.keys
        search = Cells(1, chosen.cells, chosen.agents)
        front = Cells(1 + search.number, chosen.front_cells, chosen.front_agents)
        trust = Cells(front.first + front.number, chosen.trust_cells, chosen.front_agents)
        return search, front, trust

    def years(self) -> int:
        """Simulated years of the whole study, a history once for each cell and batch."""
        from experiments.questions.optimise.search import BATCH

        search, front, trust = self.cells()
        until = self.targets.year
        batches, rest = divmod(self.keys.candidates, BATCH)
        searching = batches * search.years(BATCH, until) + search.years(rest, until)
        trusted = trust.years(2 + EXPECTED_WITHOUT, until)
        return int(searching + front.years(self.keys.front, until) + trusted)


def check(keys: OptimiseKeys) -> Study:
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be optimised.
    """
    from experiments.answers.checks import read_targets
    from experiments.answers.own_figures import read_data
    from experiments.answers.user_set import changes
    from experiments.questions.optimise.levers import read_space
    from experiments.questions.optimise.scores import read_wishes
    from experiments.runs.inputs import read_inputs
    from experiments.runs.life import read_world
    from sim.policy.scenario import read_scenario

    targets = read_targets(keys.targets)
    inputs = read_inputs({}, keys.knowledge)
    scenario = read_scenario(keys.scenario, inputs.catalogue)
    check_sizes(keys, inputs.law.posterior.draws)
    space, wishes = read_space(keys), read_wishes(keys)
    return Study(
        keys=keys,
        targets=targets,
        space=space,
        wishes=wishes,
        world=read_world({}, keys.knowledge, keys.agents, read_data(keys.data)),
        work=read_work(keys, inputs),
        user_set=changes(keys, inputs, [scenario]),
    )


def check_sizes(keys: OptimiseKeys, draws: int) -> None:
    """Check all numbers that say how thoroughly."""
    from experiments.answers.keys import check_whole
    from experiments.questions.optimise.search import BATCH
    from sim.errors import InputError

    check_whole("candidates", keys.candidates, 2 * BATCH, 10_000)
    together = keys.cells + keys.front_cells + keys.trust_cells
    if 0 < draws < together:
        raise InputError(
            f"cells, front_cells and trust_cells are {together} together, knowledge={keys.knowledge} "
            f"has {draws} draws: take fewer, so that no two cells share one"
        )


def read_work(keys: OptimiseKeys, inputs: "Inputs") -> "Work":
    """Check that lives of both sizes can be lived."""
    from experiments.answers.checks import check_agents, persons
    from experiments.study.launch import Needs, Work

    most = persons(inputs)
    sizes = (keys.agents, "agents"), (keys.front_agents, "front_agents")
    for agents, key in sizes:
        check_agents(agents, most, key)
    larger, named = max(sizes)
    return Work.read("optimise", keys, Needs(larger, most, named))


def main(keys: OptimiseKeys) -> None:
    """Search, choose, live the choice once more, keep the results, and say what was found."""
    from experiments.pages.user_set import tell
    from experiments.questions.optimise.search import Evaluation
    from experiments.questions.optimise.words import summary
    from experiments.runs import machine

    study, started = check(keys), time.perf_counter()
    machine.compile_once()
    with study.work.executing(study.years(), data=study.world.data) as live:
        found = find(study, Evaluation(study.space, study.world, study.targets, live))
    page = write(study, found, time.perf_counter() - started)
    tell(study.user_set)
    print(summary(found))
    print(f"Page: {page}")


def find(study: Study, evaluate: "Evaluation") -> "Found":
    """The front, the choice, and how far to trust it."""
    from experiments.questions.optimise.choice import Found, choose
    from experiments.questions.optimise.front import front_of, thinned
    from experiments.questions.optimise.scores import keeping, nearest_misses
    from experiments.questions.optimise.search import Search
    from sim.categories import FAMILIES

    chosen, space, wishes = study.keys, study.space, study.wishes
    of_search, of_front, of_trust = study.cells()
    evaluate.live.progress.begin("search")
    search = Search(space, wishes, chosen.candidates, chosen.seed)
    searched = search.run(lambda batch: evaluate(batch, of_search))
    few = thinned(
        front_of(searched, [wish for wish in wishes if wish.is_floor]), chosen.front, chosen.probability
    )
    if not keeping(searched, wishes):  # then it has to be said which wish is in the way
        few += [score for score in nearest_misses(searched, wishes) if score not in few]
    evaluate.live.progress.begin("front")
    front = evaluate([score.candidate for score in few], of_front)
    choice = choose(front, wishes)
    evaluate.live.progress.begin("trust")
    winner = choice.winner.candidate
    levels = space.values(winner)
    less = {family: space.without(winner, family) for family in FAMILIES if levels[family] > 0.0}
    trusted = evaluate([*(score.candidate for score in choice.both), *less.values()], of_trust)
    both = len(choice.both)
    without = dict(zip(less, trusted[both:], strict=True))
    return Found(chosen, study.targets, space, wishes, searched, front, choice, trusted[:both], without)


def write(study: Study, found: "Found", seconds: float) -> "Path":
    """Write tables, page, the winner as a scenario, and facts; returns the page."""
    from experiments.answers.folder import write_answer
    from experiments.answers.own_figures import with_data
    from experiments.questions.optimise.page import write_report
    from experiments.questions.optimise.tables import facts, tables

    keys, told = study.keys, {**facts(found), "seconds": seconds, "set_by_user": study.user_set}
    shown = with_data(tables(found), study.world.data)
    return write_answer(study.work.answer, keys, keys.knowledge, shown, told, write_report)
