"""`workforce export`: the figures of a sweep for other programs."""

from dataclasses import dataclass
from pathlib import Path

from experiments.answers.keys import key
from experiments.command.study_keys import StudyKeys

HELP = """\
workforce export NAME - the figures of a sweep for other programs

National figures of each scenario and setting, as mean and 5 to 95 % range over the runs.

Keys (key=default: meaning)
{keys}

Example
  workforce export small format=iamc

Writes results/studies/sweep/NAME/export/NAME.csv, NAME.xlsx or NAME_iamc.csv.
"""


@dataclass
class ExportKeys(StudyKeys):
    """Which study, and in which form."""

    format: str = key(
        "csv",
        "csv: one long table; xlsx: a workbook with contents, targets, settings and figures; iamc: model, "
        "scenario, region, variable, unit and a column for each year, as CSV",
        choices=("csv", "xlsx", "iamc"),
    )


def main(keys: ExportKeys) -> None:
    """Write one file and name it."""
    from experiments.questions.sweep.export import write
    from experiments.study.folder import find

    study = find(Path(keys.results), keys.name, ["sweep"])
    print(f"Written: {write(study, keys.format)}")
