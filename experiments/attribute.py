"""`workforce attribute`: which family of measures brings how much of a difference."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.runs.files import canonical

if TYPE_CHECKING:
    from experiments.attribution.estimates import Lived
    from experiments.attribution.lives import Block, Future
    from experiments.runs.progress import Progress

TOGETHER = 17  # futures that share a history in one task

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
    players: tuple[str, ...]
    titles: tuple[str, str]  # of the baseline and of the scenario
    hashes: dict[str, str]
    folder: Path
    processes: int
    user_set: list[dict[str, Any]]

    def futures(self) -> "list[Future]":
        """Every coalition, then all players without assumed effects, of each and of all, then with levers."""
        from experiments.attribution.coalitions import members
        from experiments.attribution.levers import LEVERS
        from experiments.attribution.lives import Future

        coalitions = [Future(members(number, self.players)) for number in range(2 ** len(self.players))]
        proven = [Future(self.players, (player,)) for player in self.players]
        levers = [Future(self.players, (), lever) for lever in LEVERS]
        return [*coalitions, *proven, Future(self.players, self.players), *levers]

    def blocks(self) -> "list[Block]":
        """All tasks, cell by cell."""
        from experiments.attribution.lives import Block

        settings, futures = self.settings, self.futures()
        return [
            Block(
                futures=tuple(futures[first : first + TOGETHER]),
                scenario=canonical(settings["scenario"]),
                baseline=settings["baseline"],
                parameters=canonical(settings["parameters"]),
                knowledge=settings["knowledge"],
                agents=settings["agents"],
                seed=cell,
                draw=cell,
                targets=tuple(settings["targets"].items()),
            )
            for cell in range(1, settings["draws"] + 1)
            for first in range(0, len(futures), TOGETHER)
        ]


def check(settings: dict[str, Any]) -> Question:
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be asked.
    """
    from experiments.attribution.coalitions import players
    from experiments.report.edition import Edition
    from experiments.user_set import changes
    from experiments.validate import (
        bytes_needed,
        check_draws,
        check_memory,
        check_name,
        check_threads,
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
    Edition.read(settings)
    inputs = read_inputs(settings)
    check_draws(settings, inputs)
    check_memory(settings["agents"], persons(inputs), "agents", populations=2)
    scenario, baseline, hashes = read_policies(settings, inputs)
    differing = players(scenario, baseline, inputs.catalogue)
    if not differing:
        raise InputError(f"scenario and baseline are both as {baseline.name}: nothing differs")
    processes, _ = share_cores(settings["threads"], 1_000, bytes_needed(2 * settings["agents"]))
    titles, folder = (baseline.title, scenario.title), results_store(settings).folder / "attribute"
    user_set = changes("attribute", settings, inputs, [baseline, scenario])
    return Question(settings, differing, titles, hashes, folder, processes, user_set)


def main(settings: dict[str, Any]) -> None:
    """Live all futures, keep the shares, and say who brings what."""
    from experiments.attribution.products import in_words, write_attribution
    from experiments.report.user_set import tell
    from experiments.runs import machine
    from experiments.runs.progress import watch

    question, started = check(settings), time.perf_counter()
    machine.compile_once()
    progress = watch(len(question.blocks()))
    progress.begin(f"{len(question.futures())} futures of {settings['draws']} countries")
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

    from experiments.attribution.estimates import Lived
    from experiments.attribution.lives import live
    from experiments.kept import Kept

    kept = Kept(live, question.folder / "futures", question.processes, question.hashes)
    coalitions, proven = 2 ** len(question.players), len(question.players) + 1
    found = np.concatenate(kept.of(question.blocks(), progress))
    cells = found.reshape(question.settings["draws"], len(question.futures()), -1)
    return Lived(question.players, *np.split(cells, (coalitions, coalitions + proven), axis=1))
