"""From finished runs to the files of a comparison, all of them or none."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.answers.assumptions import write_assumptions
from experiments.answers.checks import persons
from experiments.answers.folder import edition_of
from experiments.answers.keys import as_dict
from experiments.outcomes.commitments import write_commitments
from experiments.outcomes.tables import in_batches, paired_table
from experiments.pages.edition import Edition
from experiments.pages.labels import labels_of
from experiments.pages.terminal import beside_targets
from experiments.questions.compare.biographies import write_biographies
from experiments.questions.compare.moved import TABLE, beside, moved
from experiments.runs.files import write_json, write_manifest, written_aside
from experiments.runs.life import Life
from experiments.runs.machine import now, peak_memory_bytes, versions
from experiments.runs.sources import answer_hash
from experiments.tables.handed_out import write_csv
from experiments.tables.own_figures import FILE as DATA
from experiments.tables.parquet import read_figures, write_tables
from sim.outcomes.attainment import assess
from sim.targets import COUNTED

if TYPE_CHECKING:
    from experiments.questions.compare.lives import Comparison


def write_comparison(comparison: "Comparison", started: float) -> tuple[str, Path]:
    """Write all files of a comparison, the page included.

    Parameters
    ----------
    comparison
        What was chosen; all its runs are finished.
    started
        Reading of ``time.perf_counter`` when the command began.

    Returns
    -------
    str, pathlib.Path
        The table against the targets, for the terminal, and the page, or the folder when no page is wanted.
    """
    final = comparison.store.results / "compare" / comparison.keys.name
    names = [scenario.name for scenario in comparison.scenarios]
    with written_aside(final) as folder:
        write_figures(comparison, folder)
        write_biographies(comparison, folder)
        table = assess(read_recognised(folder), comparison.targets, names)
        write_csv(table, folder / "targets.csv")
        catalogue = comparison.world.inputs.catalogue
        described = [scenario.as_dict(catalogue) for scenario in comparison.scenarios]
        write_json(folder / "scenarios.json", described)
        write_assumptions(folder, comparison.world.inputs.assumptions())
        manifest = facts(comparison, started)
        if comparison.world.data:
            write_data(comparison, folder)
        if comparison.commitments:
            write_commitments(folder, comparison.commitments)
        write_manifest(folder, manifest)
        if comparison.keys.report.page:
            final /= write_page(folder, edition_of(comparison.keys.report)).name
        else:
            write_provinces(folder)
        write_manifest(folder, manifest)  # now with the hashes of all files
    runs = comparison.keys.seeds
    title = f"Craftsmen at the end of {comparison.targets.year}, {runs} runs of each scenario"
    labels = labels_of({scenario.name: scenario.title for scenario in comparison.scenarios})
    return f"{title}\n{beside_targets(table, labels)}", final


def write_page(folder: Path, edition: Edition) -> Path:
    """Write the page, and the table of the provinces, from the files of the folder alone."""
    from experiments.questions.compare.page import write_with_provinces

    return edition.write(write_with_provinces, folder)


def write_provinces(folder: Path) -> None:
    """Write the table of the provinces from the files of the folder alone."""
    from experiments.questions.compare import supply
    from experiments.questions.compare.reading import Comparison

    supply.write_provinces(Comparison(folder))


def write_figures(comparison: "Comparison", folder: Path) -> None:
    """Put the figures of all runs into one table, and those of all pairs into another."""
    write_tables(in_batches(comparison.store, comparison.cells), folder / "indicators.parquet")
    pairs = [
        (life, cell.baseline)
        for cell in comparison.cells
        for life in cell.lives
        if cell.baseline is not None and life is not cell.baseline
    ]
    if pairs:
        write_tables((paired_table(comparison.store, *pair) for pair in pairs), folder / "paired.parquet")


def write_data(comparison: "Comparison", folder: Path) -> None:
    """Write the figures that the user added, beside what the model has there, and what they moved."""
    store, twice = comparison.store, comparison.twice
    write_csv(beside(store, twice[0].pairs, comparison.world.data), folder / DATA)
    write_csv(moved(store, twice, comparison.targets), folder / TABLE)


def read_recognised(folder: Path) -> pd.DataFrame:
    """Read the rows that the targets need."""
    wanted = [("indicator", "in", sorted(COUNTED.values())), ("province", "==", "all")]
    return pd.DataFrame(read_figures(folder / "indicators.parquet", wanted).to_pandas())


def facts(comparison: "Comparison", started: float) -> dict[str, Any]:
    """Facts about a comparison, for whoever wants to trust or repeat it."""
    store, keys, cells = comparison.store, comparison.keys, comparison.cells
    lives = comparison.lives
    runs = store.facts(lives)
    first = runs[0]
    return {
        "name": keys.name,
        "scenarios": [scenario.name for scenario in comparison.scenarios],
        "targets": as_dict(keys.targets),
        "runs": len(cells),
        "seeds": [cell.lives[0].seed for cell in cells],
        "draws": [cell.lives[0].draw for cell in cells],
        "parameters": keys.parameters,
        "set_by_user": comparison.world.user_set,
        "knowledge": keys.knowledge,
        **({"data": comparison.world.data} if comparison.world.data else {}),
        "population": as_dict(keys.population),
        "agents": keys.population.agents or persons(comparison.world.inputs),
        "persons_per_agent": first["persons_per_agent"],
        "created": now(),
        "seconds": time.perf_counter() - started,
        "worker_months_per_second": sum(run["worker_months"] for run in runs)
        / sum(run["seconds"] for run in runs),
        "peak_memory_bytes": max(peak_memory_bytes(), *(run["peak_memory_bytes"] for run in runs)),
        "versions": versions(),
        **comparison.world.hashes,
        "answer_hash": answer_hash(),
        "state_digests": {_label(life): run["state_digest"] for life, run in zip(lives, runs, strict=True)},
        "run_ids": {_label(life): life.run_id for life in lives},
    }


def _label(life: Life) -> str:
    return f"{life.scenario.name} seed={life.seed} draw={life.draw}"
