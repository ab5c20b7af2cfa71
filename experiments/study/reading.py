"""The figures of a study, read from its parts."""

from collections.abc import Iterator, Sequence

import pandas as pd
import pyarrow as pa
import yaml

from experiments.places import CONFIGS
from experiments.study.folder import Study
from experiments.study.parts import Part, parts
from experiments.tables.parquet import read_figures
from sim.errors import InputError
from sim.outcomes.attainment import assess
from sim.targets import COUNTED, Targets


def probabilities(study: Study, targets: Targets | None = None) -> pd.DataFrame:
    """Rows of :func:`sim.outcomes.attainment.assess` by setting, with a column ``setting`` first."""
    recognised = read_rows(study, sorted(COUNTED.values()))
    goal = targets or reform_targets()
    design = study.design()
    tables = []
    for setting in range(len(design.settings)):
        rows = recognised[recognised["setting"] == setting]
        there = [name for name in design.names if (rows["scenario"] == name).any()]
        if there:
            table = assess(rows, goal, there)
            table.insert(0, "setting", setting)
            tables.append(table)
    return pd.concat(tables, ignore_index=True)


def read_rows(study: Study, indicators: list[str]) -> pd.DataFrame:
    """National rows of some indicators, of every finished run once."""
    wanted = [("indicator", "in", indicators), ("province", "==", "all")]
    tables = [read_figures(part.folder / name, wanted) for part in sound_parts(study) for name in part.files]
    rows = planned(study, as_frame(tables)) if tables else pd.DataFrame()
    if rows.empty:
        raise no_runs(study)
    key = ["run_id", "year", "group", "indicator"]
    return rows.drop_duplicates(key, ignore_index=True)


def as_frame(tables: Sequence[pa.Table]) -> pd.DataFrame:
    """Tables of one kind as one frame, words as categories."""
    return pd.DataFrame(pa.concat_tables(tables).unify_dictionaries().to_pandas())


def sound_parts(study: Study) -> Iterator[Part]:
    """Every part, after a look at each byte: no figure comes from what is damaged.

    Raises
    ------
    InputError
        For the first that is damaged.
    """
    for part in parts(study.parts):
        fault = part.fault or part.check()
        if fault:
            raise InputError(study.damaged_part(part.folder, fault))
        yield part


def planned(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of runs that are in the plan, with its settings: one written anew may order them otherwise."""
    setting = rows["run_id"].astype(str).map(study.plan().set_index("run_id")["setting"])
    return rows.assign(setting=setting)[setting.notna()].astype({"setting": int})


def no_runs(study: Study) -> InputError:
    """What is said while nothing is finished."""
    return InputError(f"study '{study.name}' has no finished run yet; workforce status tells how far it is")


def reform_targets() -> Targets:
    """The targets of the reform."""
    content = yaml.safe_load((CONFIGS / "targets/reform_2035.yaml").read_text(encoding="utf-8"))
    return Targets(**content)


def settings_table(study: Study) -> pd.DataFrame:
    """What the settings differ in: a column ``setting``, and one for each key that is not the same in all."""
    settings = study.design().settings
    flat = [
        {"agents": one["agents"] or "one per person", "knowledge": one["knowledge"], **one["parameters"]}
        for one in settings
    ]
    table = pd.DataFrame(flat).astype(object)
    varying = [name for name in table.columns if len(set(table[name].astype(str))) > 1]
    return table[varying].rename_axis("setting").reset_index()


def setting_names(study: Study) -> list[str]:
    """Each setting in words, as far as it differs from the others; empty when there is but one."""
    table = settings_table(study).drop(columns="setting")
    return [", ".join(f"{key}={row[key]}" for key in table.columns) for row in table.to_dict("records")]
