"""`workforce export`: the figures of a study for other programs."""

from typing import Any

FORMATS = ("csv", "xlsx", "iamc")

HELP = """\
workforce export NAME - the figures of a study for other programs

National figures of each scenario and setting, as mean and 5 to 95 % range over the runs.

Keys (key=default: meaning)
  NAME                  the study; name=NAME is the same
  format=csv            csv: one long table; xlsx: a workbook with contents, targets, settings and figures;
                        iamc: model, scenario, region, variable, unit and a column for each year, as CSV
  results=results       folder that results were written to

Example
  workforce export small format=iamc

Writes results/studies/NAME/export/NAME.csv, NAME.xlsx or NAME_iamc.csv.
"""


def help_text() -> str:
    """Text of ``workforce export --help``."""
    return HELP


def main(settings: dict[str, Any]) -> None:
    """Write one file and name it."""
    from experiments.answers.checks import check_choice
    from experiments.study.exchange import write
    from experiments.study.folder import Study

    check_choice(settings, "format", FORMATS)
    study = Study(settings["results"], settings["name"])
    study.facts()
    print(f"Written: {write(study, settings['format'])}")
