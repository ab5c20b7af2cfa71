"""What the measures cost."""

from experiments.report.body import Body
from experiments.report.figures.cost import by_family, totals
from experiments.report.labels import FAMILY_LABELS
from experiments.report.reading import FORK_YEAR, Comparison, Scenario, mean_after_fork
from experiments.report.tables import Column, Row, Table
from experiments.report.words import DASH, known, plain


def build(comparison: Comparison) -> Body:
    """Billion yuan by family and scenario, and per worker and year."""
    data = by_family(comparison)
    sums = totals(comparison, data)
    last = int(data.attrs["last"])
    families = list(dict.fromkeys(data["family"]))
    cells = data.set_index(["family", "scenario"])["million_yuan"]
    rows = [
        Row((FAMILY_LABELS[family], *(plain(float(cells[family, scenario.name]) / 1e3) for scenario in sums)))
        for family in families
    ]
    rows.append(Row(("All families", *(plain(total / 1e3) for total in sums.values()))))
    if comparison.has("workers"):
        rows.append(
            Row(
                (
                    "Per worker and year, yuan",
                    *(_per_worker(comparison, name, sums[name], last) for name in sums),
                )
            )
        )
    table = Table(
        caption=f"Spending on measures, {FORK_YEAR + 1}{DASH}{last}, billion yuan",
        columns=(Column("Family", "text"), *(Column(scenario.label) for scenario in sums)),
        rows=tuple(rows),
        note="Mean of the runs. Unit costs, their ranges and sources stand among the assumptions.",
    )
    return Body(
        paragraphs=(
            f"Counted is the cost of measures beyond those in force at the end of {FORK_YEAR}, whoever pays.",
        ),
        tables=(table,),
    )


def _per_worker(comparison: Comparison, scenario: Scenario, total_million: float, last: int) -> str:
    heads = mean_after_fork(comparison.of(scenario, comparison.runs("workers")))
    if not known(heads) or heads <= 0:
        return DASH
    return plain(total_million * 1e6 / heads / (last - FORK_YEAR))
