"""`workforce backtest`: the calibrated model beside figures that somebody hands in."""

from pathlib import Path
from typing import TYPE_CHECKING

from experiments.questions.backtest.keys import BacktestKeys

if TYPE_CHECKING:
    from experiments.questions.backtest.histories import Backtest, Histories

MOST_NAMED = 5


def check(keys: BacktestKeys) -> "Backtest":
    """Check all choices and both files before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be compared.
    """
    from experiments.answers.checks import persons
    from experiments.answers.user_set import changes
    from experiments.questions.backtest.histories import Backtest
    from experiments.questions.backtest.observed import no_flows, no_rows, read_flows, read_observed, split
    from experiments.runs.inputs import read_inputs
    from experiments.runs.life import read_world
    from experiments.study.launch import Needs, Work
    from sim.errors import InputError
    from sim.policy.scenario import read_scenario

    inputs = read_inputs({}, keys.knowledge)
    needs = Needs(keys.agents, persons(inputs), jobs=keys.draws)
    scenario = read_scenario(keys.scenario, inputs.catalogue)
    if keys.observed is None and keys.flows is None:
        raise InputError("nothing to compare with; name a file: observed=figures.csv or flows=flows.csv")
    observed, flows = keys.observed, keys.flows
    given = no_rows() if observed is None else read_observed(Path(observed))
    moved = no_flows() if flows is None else read_flows(Path(flows))
    rows, not_compared = split(given)
    if rows.empty and moved.empty:
        lacking = not_compared.drop_duplicates(["indicator", "reason"]).head(MOST_NAMED)
        why = "; ".join(f"{row.indicator}: {row.reason}" for row in lacking.itertuples())
        raise InputError(f"{observed} has no figure to compare; not compared: {why}")
    return Backtest(
        keys=keys,
        rows=rows,
        not_compared=not_compared,
        flows=moved,
        scenario=scenario,
        world=read_world({}, keys.knowledge, keys.agents, known_until=keys.known_until),
        work=Work.read("backtest", keys, needs),
        user_set=changes(keys, inputs, [scenario]),
    )


def main(keys: BacktestKeys) -> None:
    """Simulate what is missing, compare, and say how near the model comes."""
    from experiments.pages.user_set import tell
    from experiments.questions.backtest.histories import plan, simulated
    from experiments.questions.backtest.words import in_words
    from experiments.runs import machine
    from experiments.runs.execute import years_of

    backtest = check(keys)
    machine.compile_once()
    with backtest.work.executing(years_of(plan(backtest))) as live:
        live.progress.begin(f"{keys.draws} histories to {backtest.last_year}")
        histories = simulated(backtest, live)
    written = write(backtest, histories)
    tell(backtest.user_set)
    print(in_words(backtest.work.answer))
    print(f"Results: {backtest.work.answer}")
    if keys.report.page:
        print(f"Page: {written}")


def write(backtest: "Backtest", histories: "Histories") -> Path:
    """Score all rows and flows and write everything; returns the page, or the folder without one."""
    from experiments.answers.folder import write_answer
    from experiments.questions.backtest.page import write_report
    from experiments.questions.backtest.scores import tables_and_facts

    keys, page = backtest.keys, write_report if backtest.keys.report.page else None
    tables, facts = tables_and_facts(backtest, histories)
    return write_answer(backtest.work.answer, keys, keys.knowledge, tables, facts, page)
