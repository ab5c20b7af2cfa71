"""The files that a study of sensitivity leaves, and what it says in words."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from experiments.answers.folder import asked, made
from experiments.outcomes.attained import MEANINGS, NAMES
from experiments.questions.sensitivity.figure import draw_tornado
from experiments.runs.files import read_json, write_json, write_manifest, written_aside
from experiments.runs.machine import now
from experiments.tables.handed_out import write_csv

if TYPE_CHECKING:
    from experiments.questions.sensitivity.question import Study

KINDS: Final = ("level", "difference")
SHOWN: Final = 3  # factors in a sentence
MATTERS: Final = 0.02  # total index below which a factor is not named
DIGITS: Final = 6


def labels() -> list[tuple[str, str]]:
    """Outcome and kind of each column of results, levels first."""
    return [(name, kind) for kind in KINDS for name in NAMES]


def write_study(
    study: "Study", screening: pd.DataFrame, indices: pd.DataFrame, good: dict[str, bool], seconds: float
) -> Path:
    """Write tables, figures and facts; returns the folder."""
    evidence = pd.DataFrame(
        [(factor.name, factor.evidence, factor.meaning) for factor in study.factors],
        columns=["factor", "evidence", "meaning"],
    )
    final: Path = study.work.answer
    screening, indices = (table.merge(evidence, on="factor") for table in (screening, indices))
    with written_aside(final) as folder:
        write_csv(screening.round(DIGITS), folder / "morris.csv")
        write_csv(indices.round(DIGITS), folder / "sobol.csv")
        for name in NAMES:
            draw_tornado(
                indices[indices["outcome"] == name],
                MEANINGS[name],
                study.keys.baseline,
                folder / f"{name}.png",
            )
        write_json(folder / "summary.json", facts(study, good, seconds))
        write_manifest(folder, made(now(), study.keys.knowledge))
    return final


def facts(study: "Study", good: dict[str, bool], seconds: float) -> dict[str, Any]:
    """Facts for whoever wants to trust or repeat it."""
    return {
        "settings": asked(study.keys),
        "set_by_user": study.user_set,
        "factors": len(study.factors),
        "pairs_of_lives": study.pairs_needed(),
        "converged": good,
        "seconds": seconds,
    }


def in_words(folder: Path) -> str:
    """What matters most for each outcome, how many lives that took, and whether to trust it."""
    indices, found = pd.read_csv(folder / "sobol.csv"), read_json(folder / "summary.json")
    lines = []
    for name in NAMES:
        lines.append(f"{MEANINGS[name].capitalize()}")
        for kind in KINDS:
            table = indices[(indices["outcome"] == name) & (indices["kind"] == kind)]
            mark = "" if found["converged"][f"{name} {kind}"] else "  (not converged)"
            lines.append(f"  {kind}: {_named(table)}{mark}")
    good = sum(found["converged"].values())
    lines.append(
        f"{found['pairs_of_lives']:,} pairs of lives, {found['factors']} uncertain numbers; "
        f"{good} of {len(found['converged'])} sets of indices have converged."
    )
    if good < len(found["converged"]):
        lines.append(f"For the others take more: samples={4 * found['settings']['samples']} or seeds=4.")
    return "\n".join(lines)


def _named(table: pd.DataFrame) -> str:
    """The factors with the largest total indices."""
    first = table.sort_values("total", ascending=False).head(SHOWN)
    named = [
        f"{row['factor']} {100 * row['total']:.0f} ± {100 * row['total_interval']:.0f} %"
        for row in first.to_dict("records")
        if row["total"] > MATTERS
    ]
    return ", ".join(named) or "nothing that was kept moves it"
