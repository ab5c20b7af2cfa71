"""The page of a comparison, from its files alone."""

from pathlib import Path

from experiments.report.contents import SECTIONS
from experiments.report.page import Page, write_page
from experiments.report.reading import Comparison
from experiments.report.registry import FIGURES
from experiments.report.words import count, sentence_start


def write_report(folder: Path) -> Path:
    """Write ``report.html`` and ``figures/`` from the files of a comparison.

    Parameters
    ----------
    folder
        A folder ``results/compare/<name>`` with its tables written.

    Returns
    -------
    pathlib.Path
        The page.

    Raises
    ------
    NotRecorded
        When the folder names no scenario at all.
    """
    folder = Path(folder)
    comparison = Comparison(folder)
    name = comparison.manifest.get("name") or comparison.folder.name
    created = str(comparison.manifest.get("created") or "")
    scenarios = ", ".join(scenario.label for scenario in comparison.scenarios)
    runs = count(comparison.number_of_runs, "run")
    page = Page(
        title=f"Workforce {comparison.last_year}: {name}",
        headline=f"Where each scenario stands against the craftsman targets of {comparison.last_year}",
        facts=f"Comparison {name}, {created[:10] or 'date not recorded'}. Scenarios: {scenarios}. "
        f"{sentence_start(runs)} of each. All figures are simulated, not observed.",
        origin=f"Made from the files of the comparison {name} alone.",
        sections=SECTIONS,
        figures=FIGURES,
        source=f"Workforce 2035, comparison {name}, {runs} of each scenario. Simulated, not observed.",
    )
    return write_page(folder, page, comparison)
