"""The page of a comparison, from its files alone."""

from pathlib import Path
from typing import Final

from experiments.answers.changed import changed_since
from experiments.pages.language import say
from experiments.pages.page import Page, write_page
from experiments.pages.user_set import UserSet
from experiments.pages.words import count, listed, sentence_start
from experiments.questions.compare.figures.registry import FIGURES
from experiments.questions.compare.findings.unmoved import of_comparison
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.sections.contents import OWN_FIGURES, SECTIONS
from experiments.questions.compare.supply import write_provinces

TABLES: Final = ("assumptions", "commitments", "data", "data_moved", "provinces", "targets")


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
    return _written(Comparison(Path(folder)))


def write_with_provinces(folder: Path) -> Path:
    """Write the table of the provinces too, where it is not there yet."""
    comparison = Comparison(folder)
    write_provinces(comparison)
    return _written(comparison)


def _written(comparison: Comparison) -> Path:
    name = comparison.manifest.get("name") or comparison.folder.name
    created = str(comparison.manifest.get("created") or "")
    scenarios = listed([scenario.label for scenario in comparison.scenarios])
    runs = count(comparison.number_of_runs, "run")
    page = Page(
        title=say("Workforce {year}: {name}", year=comparison.last_year, name=name),
        headline=say(
            "Where each scenario stands against the craftsman targets of {year}", year=comparison.last_year
        ),
        facts=say(
            "Comparison {name}, {date}. Scenarios: {scenarios}. {runs} of each. All figures are simulated, "
            "not observed.",
            name=name,
            date=created[:10] or say("date not recorded"),
            scenarios=scenarios,
            runs=sentence_start(runs),
        ),
        origin=say("Made from the files of the comparison {name} alone.", name=name),
        sections=SECTIONS if comparison.own_figures.empty else (*SECTIONS[:1], OWN_FIGURES, *SECTIONS[1:]),
        figures=FIGURES,
        source=say(
            "Workforce 2035, comparison {name}, {runs} of each scenario. Simulated, not observed.",
            name=name,
            runs=runs,
        ),
        created=created,
        changed=changed_since(comparison.folder),
        tables=TABLES,
        user_set=UserSet(comparison.manifest.get("set_by_user") or (), of_comparison(comparison)),
    )
    return write_page(comparison.folder, page, comparison)
