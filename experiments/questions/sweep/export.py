"""The figures of a study as other programs read them."""

import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.pages.user_set import UserSet
from experiments.pages.workbook import MOST_ROWS, Sheet, workbook
from experiments.questions.sweep.reading import (
    Group,
    batches,
    groups,
    probabilities,
    setting_names,
    settings_table,
)
from experiments.runs.files import file_written_aside
from experiments.runs.records import NATION, Records
from experiments.study.folder import Study
from experiments.tables.handed_out import write_csv
from sim.errors import InputError
from sim.outcomes.indicators import INDICATORS

KEY = ["setting", "scenario", "indicator", "group", "unit", "year"]
REGION = "China"
ENDINGS = {"csv": ".csv", "xlsx": ".xlsx", "iamc": "_iamc.csv"}


def write(study: Study, form: str) -> Path:
    """Write the figures in one of the formats ``csv``, ``xlsx`` and ``iamc``."""
    figures, folder = summary(study), study.folder / "export"
    folder.mkdir(parents=True, exist_ok=True)
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
    """Mean and 5 to 95 % range over the lives: columns ``KEY``, runs, mean, p05, p95."""
    return pd.concat([_over_lives(study, group) for group in groups(study)], ignore_index=True)


def _over_lives(study: Study, group: Group) -> pd.DataFrame:
    """National figures of one group; those of others need not be in memory."""
    found = [(records, _national(records)) for _, records in batches(study, group)]
    first, places = found[0]
    figures = np.concatenate([records.figures[:, :, places] for records, _ in found])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # what no life has is nan
        low, high = np.nanquantile(figures, (0.05, 0.95), axis=0)
        mean = np.nanmean(figures, axis=0)
    names = [first.names[place] for place in places]
    years = len(first.years)
    return pd.DataFrame({
        "setting": group.setting,
        "scenario": group.scenario,
        "indicator": np.repeat([indicator for _, _, indicator in names], years),
        "group": np.repeat([one for _, one, _ in names], years),
        "unit": np.repeat([INDICATORS[indicator].unit for _, _, indicator in names], years),
        "year": np.tile(first.years, len(names)),
        "runs": len(figures),
        "mean": mean.T.ravel(),
        "p05": low.T.ravel(),
        "p95": high.T.ravel(),
    })  # fmt: skip


def _national(records: Records) -> list[int]:
    return [place for place, (province, _, _) in enumerate(records.names) if province == NATION]


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
