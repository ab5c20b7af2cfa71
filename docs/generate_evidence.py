# ruff: noqa: INP001 - a script of the documentation, not a package
"""Write configs/evidence.csv from a study of ``workforce sensitivity``: what moves each outcome, by evidence.

Run from the repository: ``python docs/generate_evidence.py results/sensitivity/NAME``. The part of a number
is its squared mean effect (Morris) over its range, less the square of that mean's own error, as a share of
the sum over all numbers; parts below a thousandth are left out.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

SMALLEST = 0.001


def parts(effects: pd.DataFrame, trajectories: int) -> pd.Series:
    """Share of each factor in the squared effects on one outcome; noise is expected to give nothing."""
    squared = effects["mu"] ** 2 - effects["sigma"] ** 2 / trajectories
    kept = squared.clip(lower=0.0)
    return kept / max(float(kept.sum()), np.finfo(float).tiny)


def table(folder: Path, trajectories: int) -> pd.DataFrame:
    """Rows of outcome, kind and factor, the largest part first."""
    morris = pd.read_csv(folder / "morris.csv")
    found = []
    for _, effects in morris.groupby(["outcome", "kind"], sort=False):
        shared = effects.assign(part=parts(effects, trajectories).round(4))
        found.append(shared[shared["part"] >= SMALLEST].sort_values("part", ascending=False, kind="stable"))
    rows = pd.concat(found)[["outcome", "kind", "factor", "evidence", "part", "meaning"]]
    of_measure = rows["factor"].str.contains(".", regex=False)  # told as the register of assumptions tells it
    rows["meaning"] = rows["meaning"].where(~of_measure, rows["meaning"] + " at full intensity")
    return rows


if __name__ == "__main__":
    from experiments.runs.files import read_json

    study = Path(sys.argv[1])
    facts = read_json(study / "summary.json")["settings"]
    head = (
        f"# What moves each outcome: Morris, {facts['trajectories']} trajectories, {facts['agents']} agents, "
        f"scenario {facts['scenario']['name']} against {facts['baseline']['name']}, "
        f"knowledge {facts['knowledge']}\n"
    )
    rows = table(study, facts["trajectories"]).to_csv(index=False, lineterminator="\n")
    (Path(__file__).parent.parent / "configs" / "evidence.csv").write_text(head + rows, encoding="utf-8")
