"""The figures of a study as other programs read them."""

from importlib.metadata import version
from pathlib import Path

import pandas as pd

from experiments.pages.user_set import UserSet
from experiments.pages.workbook import MOST_ROWS, Sheet, workbook
from experiments.runs.files import file_written_aside
from experiments.study.folder import Study
from experiments.study.reading import (
    as_frame,
    no_runs,
    planned,
    probabilities,
    setting_names,
    settings_table,
    sound_parts,
)
from experiments.tables.handed_out import write_csv
from experiments.tables.parquet import NATIONAL, read_figures
from sim.errors import InputError

COLUMNS = ["run_id", "scenario", "year", "group", "indicator", "unit", "value"]
KEY = ["setting", "scenario", "indicator", "group", "unit", "year"]
REGION = "China"
ENDINGS = {"csv": ".csv", "xlsx": ".xlsx", "iamc": "_iamc.csv"}


def write(study: Study, form: str) -> Path:
    """Write the figures in one of the formats ``csv``, ``xlsx`` and ``iamc``."""
    figures, folder = summary(study), study.folder / "export"
    folder.mkdir(exist_ok=True)
    final = folder / f"{study.name}{ENDINGS[form]}"
    with file_written_aside(final) as path:
        if form == "xlsx":
            path.write_bytes(book(study, figures))
        else:
            write_csv(iamc(study, figures) if form == "iamc" else figures, path)
    return final


def book(study: Study, figures: pd.DataFrame) -> bytes:
    """What the user set, targets, settings and figures as one workbook with contents."""
    if len(figures) > MOST_ROWS:
        raise InputError(f"{len(figures):,} rows are more than a sheet takes; write format=csv")
    user_set = UserSet(study.facts().get("set_by_user") or ())
    sheets = (
        *([user_set.sheet()] if user_set.rows else []),
        Sheet("targets", "How probable each target is, by scenario and setting", probabilities(study)),
        Sheet("settings", "What each setting varies", settings_table(study)),
        Sheet("figures", "National figures: mean and 5 to 95 % range over the runs", figures),
    )
    return workbook(f"Study {study.name}", sheets)


def summary(study: Study) -> pd.DataFrame:
    """Mean and 5 to 95 % range over the runs: columns ``KEY``, runs, mean, p05, p95."""
    files: dict[str, list[Path]] = {}
    for part in sound_parts(study):
        for name in part.files:
            files.setdefault(name, []).append(part.folder / name)
    figures = [_of_scenario(study, paths) for paths in files.values()]
    if all(table.empty for table in figures):
        raise no_runs(study)
    return pd.concat([table for table in figures if len(table)], ignore_index=True)


def _of_scenario(study: Study, paths: list[Path]) -> pd.DataFrame:
    """National figures of one scenario over its runs; those of other scenarios need not be in memory."""
    national = [("province", "==", NATIONAL)]
    rows = as_frame([read_figures(path, national).select(COLUMNS) for path in paths])
    return _over_runs(planned(study, rows))


def _over_runs(rows: pd.DataFrame) -> pd.DataFrame:
    """One scenario, over its runs."""
    words = ["scenario", "indicator", "group", "unit"]
    plain = rows.drop_duplicates(["run_id", "year", "group", "indicator"]).astype(dict.fromkeys(words, str))
    groups = plain.groupby(KEY, sort=False)["value"]
    figures = groups.agg(["size", "mean"]).set_axis(["runs", "mean"], axis=1)
    return figures.assign(p05=groups.quantile(0.05), p95=groups.quantile(0.95)).reset_index()


def iamc(study: Study, figures: pd.DataFrame) -> pd.DataFrame:
    """The format of the Integrated Assessment Modeling Consortium: a column for each year."""
    long = figures.melt(KEY, ["mean", "p05", "p95"], "statistic")
    names = {place: f" ({name})" if name else "" for place, name in enumerate(setting_names(study))}
    group = long["group"].where(long["group"] != "all", "")
    variable = long["indicator"] + "|" + group + "|" + long["statistic"]
    frame = pd.DataFrame({
        "model": f"Workforce 2035 {version('workforce2035')}",
        "scenario": long["scenario"] + long["setting"].map(names),
        "region": REGION,
        "variable": variable.str.replace("||", "|", regex=False),
        "unit": long["unit"],
        "year": long["year"],
        "value": long["value"],
    })  # fmt: skip
    wide = frame.pivot_table("value", ["model", "scenario", "region", "variable", "unit"], "year", sort=False)
    return wide.reset_index()
