"""`workforce optimise`: the cheapest mix of measures that is likely enough to reach all targets."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.questions.optimise.evaluate import Cells, Evaluation
    from experiments.questions.optimise.levers import Space
    from experiments.questions.optimise.products import Found
    from experiments.questions.optimise.wishes import Wish
    from experiments.runs.life import World
    from sim.targets import Targets

HELP = """\
workforce optimise - the cheapest mix of measures that is likely enough to reach all targets

Looks for the levels of the seven families of measures, and their phase-in, that cost least for each
probability of reaching all three targets: the front of cost against probability. Names the cheapest mix that
is likely enough, and the next one; both are lived once more in futures that nothing was chosen by.

What is wanted (key=default: meaning)
  probability=0.8       of reaching all three targets
  budget=null           most billion yuan, from 2025 to the year of the targets; null is without limit
  floors={}             least of other outcomes, such as floors.satisfaction=52 or floors.settled_share=0.2:
                        TIER_attainment, high_skilled_share, skill_premium, satisfaction, settled_share and
                        young_entries
  targets=reform_2035   what is to be reached

What may be chosen
  scenario=frozen       what the levers are laid over: intakes, demand, wages, review; not its families
  bounds={...}          lowest and highest of each lever, such as 'bounds.skills=[0.2,0.8]': the seven
                        families (level 0 to 1), start (month), ramp_months, and intake (factor of the
                        announced intakes)
  fix={...}             levers that are not chosen, such as fix.skills=0.8; by default start=2025-01 and
                        intake=1, the announced ones; fix.start=null frees one
  phase_in=common       one start and ramp for all families; with each, families have their own: skills_start

How thoroughly
  candidates=112        mixes that the search lives
  cells=16              futures of each in the search; each cell is a seed and a draw of the parameters
  agents=100000         agents of each future in the search; with far fewer, fewer craftsmen are found
  front=20              mixes of the front that are lived again
  front_cells=32        futures of each of them, others than in the search; the choice is made by these
  front_agents=400000   agents of each future of the front, and of the futures after it
  trust_cells=48        futures, again others, of the chosen mix, of the runner-up, and of the chosen mix
                        without each family
  seed=1                of the search; another one shows what depends on it
  knowledge=until_2021  calibration that draws come from; prior takes the whole ranges
  name=default          the result is kept under this name
  report.language=en    en: English; zh: Chinese
  report.pdf=false      true: the page as PDF too, with contents and page numbers
  results=results       folder that results are written to
  threads=null          processor cores to use; null takes all. Results do not depend on it

Examples
  workforce optimise fix.intake=1.05
  workforce optimise probability=0.5 budget=3000 floors.satisfaction=50 name=half
  workforce optimise scenario=adaptive fix.inclusion=0.8 name=with_review

Writes results/optimise/NAME/: report.html (the page), front.csv, candidates.csv, winner.yaml, a scenario
for configs/scenario/. After an interruption the same command goes on; no future is lived twice.
"""
EXPECTED_WITHOUT = 7  # mixes without one family


def help_text() -> str:
    """Text of ``workforce optimise --help``."""
    return HELP


@dataclass(frozen=True)
class Study:
    """All that was chosen, checked."""

    settings: dict[str, Any]
    targets: "Targets"
    space: "Space"
    wishes: "tuple[Wish, ...]"
    world: "World"
    results: Path
    processes: int
    user_set: list[dict[str, Any]]

    def cells(self) -> "tuple[Cells, Cells, Cells]":
        """Cells of the search, of the front and of trust; no two share a seed or a draw."""
        from experiments.questions.optimise.evaluate import Cells

        chosen = self.settings
        search = Cells(1, chosen["cells"], chosen["agents"])
        front = Cells(1 + search.number, chosen["front_cells"], chosen["front_agents"])
        trust = Cells(front.first + front.number, chosen["trust_cells"], chosen["front_agents"])
        return search, front, trust

    def years(self) -> int:
        """Simulated years of the whole study, a history once for each cell and batch."""
        from experiments.questions.optimise.search import BATCH

        search, front, trust = self.cells()
        until = self.targets.year
        batches, rest = divmod(self.settings["candidates"], BATCH)
        searching = batches * search.years(BATCH, until) + search.years(rest, until)
        trusted = trust.years(2 + EXPECTED_WITHOUT, until)
        return int(searching + front.years(self.settings["front"], until) + trusted)


def check(settings: dict[str, Any]) -> Study:
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be optimised.
    """
    from experiments.answers.checks import (
        check_name,
        check_threads,
        read_inputs,
        read_targets,
        results_folder,
    )
    from experiments.answers.user_set import changes
    from experiments.pages.edition import Edition
    from experiments.questions.optimise.levers import read_space
    from experiments.questions.optimise.wishes import read_wishes
    from experiments.runs.life import read_world
    from sim.policy.scenario import read_scenario

    check_name(settings["name"])
    check_threads(settings["threads"])
    Edition.read(settings)
    targets = read_targets(settings)
    inputs = read_inputs({**settings, "parameters": {}})
    scenario = read_scenario(settings["scenario"], inputs.catalogue)
    check_sizes(settings, inputs.law.posterior.draws)
    space, wishes = read_space(settings), read_wishes(settings)
    return Study(
        settings=settings,
        targets=targets,
        space=space,
        wishes=wishes,
        world=read_world({**settings, "parameters": {}}, settings["agents"]),
        results=results_folder(settings["results"]),
        processes=processes(settings, inputs),
        user_set=changes("optimise", settings, inputs, [scenario]),
    )


def check_sizes(settings: dict[str, Any], draws: int) -> None:
    """Check all numbers that say how thoroughly."""
    from experiments.answers.checks import check_choice, check_whole
    from experiments.questions.optimise.levers import PHASE_INS
    from experiments.questions.optimise.search import BATCH
    from sim.errors import InputError

    check_choice(settings, "phase_in", PHASE_INS)
    check_whole(settings, "candidates", low=2 * BATCH, high=10_000)
    check_whole(settings, "front", low=2, high=1_000)
    check_whole(settings, "seed", low=0)
    for key in ("cells", "front_cells", "trust_cells"):
        check_whole(settings, key, low=2, high=10_000)
    together = settings["cells"] + settings["front_cells"] + settings["trust_cells"]
    if 0 < draws < together:
        raise InputError(
            f"cells, front_cells and trust_cells are {together} together, knowledge={settings['knowledge']} "
            f"has {draws} draws: take fewer, so that no two cells share one"
        )


def processes(settings: dict[str, Any], inputs: Any) -> int:
    """Check memory, and give the number of processes that fit."""
    from experiments.answers.checks import check_memory, persons, share_cores
    from experiments.runs.execute import worker_bytes

    for key in ("agents", "front_agents"):
        check_memory(settings[key], persons(inputs), key)
    largest = max(settings["agents"], settings["front_agents"])
    return share_cores(settings["threads"], 1_000, worker_bytes(largest))[0]


def main(settings: dict[str, Any]) -> None:
    """Search, choose, live the choice once more, keep the results, and say what was found."""
    from experiments.pages.user_set import tell
    from experiments.questions.optimise.evaluate import Evaluation
    from experiments.questions.optimise.products import write_found
    from experiments.questions.optimise.words import summary
    from experiments.runs import machine
    from experiments.runs.execute import Executor, Means
    from experiments.runs.progress import watch
    from experiments.runs.store import LifeStore

    study, started = check(settings), time.perf_counter()
    machine.compile_once()
    progress = watch(study.years())
    try:
        with Executor(LifeStore(study.results), Means(study.processes), progress) as live:
            found = find(study, Evaluation(study.space, study.world, study.targets, live, progress))
    finally:
        progress.close()
    final = study.results / "optimise" / settings["name"]
    page = write_found(found, final, time.perf_counter() - started, study.user_set)
    tell(study.user_set)
    print(summary(found))
    print(f"Page: {page}")


def find(study: Study, evaluate: "Evaluation") -> "Found":
    """The front, the choice, and how far to trust it."""
    from experiments.questions.optimise.choice import choose
    from experiments.questions.optimise.front import front_of, thinned
    from experiments.questions.optimise.products import Found
    from experiments.questions.optimise.search import Search
    from experiments.questions.optimise.wishes import keeping, nearest_misses
    from sim.categories import FAMILIES

    chosen, space, wishes = study.settings, study.space, study.wishes
    of_search, of_front, of_trust = study.cells()
    evaluate.progress.begin("search")
    search = Search(space, wishes, chosen["candidates"], chosen["seed"])
    searched = search.run(lambda batch: evaluate(batch, of_search))
    few = thinned(
        front_of(searched, [wish for wish in wishes if wish.is_floor]), chosen["front"], chosen["probability"]
    )
    if not keeping(searched, wishes):  # then it has to be said which wish is in the way
        few += [score for score in nearest_misses(searched, wishes) if score not in few]
    evaluate.progress.begin("front")
    front = evaluate([score.candidate for score in few], of_front)
    choice = choose(front, wishes)
    evaluate.progress.begin("trust")
    winner = choice.winner.candidate
    levels = space.values(winner)
    less = {family: space.without(winner, family) for family in FAMILIES if levels[family] > 0.0}
    trusted = evaluate([*(score.candidate for score in choice.both), *less.values()], of_trust)
    both = len(choice.both)
    without = dict(zip(less, trusted[both:], strict=True))
    return Found(chosen, study.targets, space, wishes, searched, front, choice, trusted[:both], without)
