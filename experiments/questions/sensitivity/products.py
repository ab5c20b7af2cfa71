"""The files that a study of sensitivity leaves, and what it says in words."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from experiments.answers.folder import write_answer
from experiments.outcomes.attained import MEANINGS, NAMES
from experiments.questions.sensitivity.answer import KINDS, MATTERS
from experiments.questions.sensitivity.page import write_report
from experiments.runs.files import read_json

if TYPE_CHECKING:
    from experiments.questions.sensitivity.checked import Study

SHOWN: Final = 3  # factors in a sentence


def labels() -> list[tuple[str, str]]:
    """Outcome and kind of each column of results, levels first."""
    return [(name, kind) for kind in KINDS for name in NAMES]


def write_study(
    study: "Study", screening: pd.DataFrame, indices: pd.DataFrame, good: dict[str, bool], seconds: float
) -> Path:
    """Write tables, facts and page; returns the page, or the folder without one."""
    evidence = pd.DataFrame(
        [(factor.name, factor.evidence, factor.meaning) for factor in study.factors],
        columns=["factor", "evidence", "meaning"],
    )
    tables = {"morris": screening.merge(evidence, on="factor"), "sobol": indices.merge(evidence, on="factor")}
    facts = {
        "titles": [end.title for end in reversed(study.ends)],
        "set_by_user": study.user_set,
        "factors": len(study.factors),
        "pairs_of_lives": study.pairs_needed(),
        "converged": good,
        "seconds": seconds,
    }
    page = write_report if study.keys.report.page else None
    return write_answer(study.work.answer, study.keys, study.keys.knowledge, tables, facts, page)


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
