"""`workforce backtest`: the calibrated model beside figures that somebody hands in."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.calendar import END, FORK, START, year_of

if TYPE_CHECKING:
    import pandas as pd

    from experiments.runs.life import World
    from sim.policy.scenario import Scenario

MOST_NAMED = 5
HELP = """\
workforce backtest - the calibrated model beside observed figures

Compares a table of figures with the history that the model simulates and with its forecast: how far off it
is, whether the figures lie in its 5 to 95 % ranges, and whether it does better than two naive forecasts.

Keys (key=default: meaning)
  observed=null         CSV file with the columns indicator,year,value and, if wanted, province and unit;
                        names as in national_series.csv and provincial_series.csv, years {first} to {last}.
                        Units such as persons, million persons or share are converted to the published one,
                        in which figures without a unit are taken
  flows=null            CSV file with the columns origin_code,dest_code,year,value: who lives where, by home.
                        One of the two files is needed; years before {first} are beside the end of {start}
  draws=40              parameter sets, each with a seed of its own
  agents=40000          agents of each history
  scenario=frozen       measures after {fork}
  knowledge=until_2021  calibration that draws come from; prior takes the whole ranges
  known_until=2021      the last fitted year, and the last that naive forecasts may know
  name=default          the result is kept under this name
  results=results       folder that results are written to
  threads=null          processor cores to use; null takes all. Results do not depend on it

Examples
  workforce backtest observed=figures.csv
  workforce backtest observed=figures.csv flows=flows.csv name=both
  workforce backtest observed=figures.csv knowledge=until_2018 known_until=2018 name=blind

Ranges hold chance, what is not known of parameters, and the model's own error: what calibration left
unexplained of an indicator, larger for each year beyond the fitted ones. Writes results/backtest/NAME/:
rows.csv, indicators.csv, flows.csv, not_compared.csv, summary.json and figures.png. Figures that the model
has no value for are listed there with the reason, and enter no mean.
"""


def help_text() -> str:
    """Text of ``workforce backtest --help``."""
    start = year_of(START)
    return HELP.format(first=start + 1, last=year_of(END), start=start, fork=year_of(FORK))


@dataclass(frozen=True)
class Backtest:
    """All that was chosen for a backtest, checked."""

    settings: dict[str, Any]
    rows: "pd.DataFrame"  # that the model can speak about
    not_compared: "pd.DataFrame"  # the others, each with the reason
    flows: "pd.DataFrame"
    scenario: "Scenario"  # of the years after 2024
    world: "World"
    results: Path
    processes: int
    user_set: list[dict[str, Any]]

    @property
    def last_year(self) -> int:
        """The last year that has to be lived."""
        years = [*self.rows["year"].tolist(), *self.flows["year"].tolist()]
        return int(max(*years, year_of(START) + 1))


def check(settings: dict[str, Any]) -> Backtest:
    """Check all choices and both files before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be compared.
    """
    from experiments.answers.checks import (
        check_memory,
        check_name,
        check_threads,
        check_whole,
        persons,
        read_inputs,
        results_folder,
        share_cores,
    )
    from experiments.answers.user_set import changes
    from experiments.questions.backtest.comparable import split
    from experiments.questions.backtest.observed import (
        FIRST_YEAR,
        no_flows,
        no_rows,
        read_flows,
        read_observed,
    )
    from experiments.runs.execute import worker_bytes
    from experiments.runs.life import read_world
    from sim.errors import InputError
    from sim.policy.scenario import read_scenario

    check_name(settings["name"])
    check_whole(settings, "draws", low=1, high=10_000)
    check_whole(settings, "known_until", low=FIRST_YEAR, high=2035)
    check_threads(settings["threads"])
    inputs = read_inputs({**settings, "parameters": {}})
    check_memory(settings["agents"], persons(inputs), "agents")
    scenario = read_scenario(settings["scenario"], inputs.catalogue)
    if settings["observed"] is None and settings["flows"] is None:
        raise InputError("nothing to compare with; name a file: observed=figures.csv or flows=flows.csv")
    observed, flows = settings["observed"], settings["flows"]
    given = no_rows() if observed is None else read_observed(Path(observed))
    moved = no_flows() if flows is None else read_flows(Path(flows))
    rows, not_compared = split(given)
    if rows.empty and moved.empty:
        lacking = not_compared.drop_duplicates(["indicator", "reason"]).head(MOST_NAMED)
        why = "; ".join(f"{row.indicator}: {row.reason}" for row in lacking.itertuples())
        raise InputError(f"{observed} has no figure to compare; not compared: {why}")
    processes, _ = share_cores(settings["threads"], settings["draws"], worker_bytes(settings["agents"]))
    return Backtest(
        settings=settings,
        rows=rows,
        not_compared=not_compared,
        flows=moved,
        scenario=scenario,
        world=read_world({**settings, "parameters": {}}, settings["agents"]),
        results=results_folder(settings["results"]),
        processes=processes,
        user_set=changes("backtest", settings, inputs, [scenario]),
    )


def main(settings: dict[str, Any]) -> None:
    """Simulate what is missing, compare, and say how near the model comes."""
    from experiments.pages.user_set import tell
    from experiments.questions.backtest.histories import plan, simulated
    from experiments.questions.backtest.products import write_backtest
    from experiments.questions.backtest.words import in_words
    from experiments.runs import machine
    from experiments.runs.execute import Executor, Means, years_of
    from experiments.runs.progress import watch
    from experiments.runs.store import LifeStore

    backtest = check(settings)
    machine.compile_once()
    progress = watch(years_of(plan(backtest)))
    progress.begin(f"{settings['draws']} histories to {backtest.last_year}")
    try:
        with Executor(LifeStore(backtest.results), Means(backtest.processes), progress) as live:
            histories = simulated(backtest, live)
    finally:
        progress.close()
    folder = write_backtest(backtest, histories)
    tell(backtest.user_set)
    print(in_words(folder))
    print(f"Results: {folder}")
