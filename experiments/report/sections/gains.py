"""Who gains and who loses against the first scenario."""

import pandas as pd

from experiments.report.body import Body, Point
from experiments.report.figures.gains import difference, others, overall
from experiments.report.labels import OUTCOME_LABELS
from experiments.report.provinces import PROVINCES
from experiments.report.reading import Comparison, Scenario, records
from experiments.report.tables import Column, Row, Table
from experiments.report.words import listed, percent, persons


def build(comparison: Comparison) -> Body:
    """A table of all outcomes and a sentence on the provinces."""
    data = overall(comparison)
    base = comparison.baseline.label
    points = [
        Point(scenario.label, text)
        for scenario in others(comparison, data)
        if (text := _provinces(comparison, scenario))
    ]
    introduction = (
        f"The same people, with the same luck, live once under {base} and once under each other scenario. "
        "Compared are those who were workers when the scenarios part and still are at the end under both; "
        "who left or entered in between is not in these numbers."
    )
    return Body(paragraphs=(introduction,), points=tuple(points), tables=(_table(comparison, data),))


def _table(comparison: Comparison, data: pd.DataFrame) -> Table:
    """All outcomes of all workers, a group of rows per scenario."""
    rows = []
    for scenario in others(comparison, data):
        own = data[data["scenario"] == scenario.name]
        for number, row in enumerate(records(own)):
            rows.append(
                Row(
                    cells=(
                        OUTCOME_LABELS[row["outcome"]],
                        percent(row["better"]),
                        percent(row["unchanged"]),
                        percent(row["worse"]),
                        difference(row["mean_difference"], row["unit"]),
                        persons(row["persons"]),
                    ),
                    group="" if number else scenario.label,
                )
            )
    return Table(
        caption=f"Workers against themselves under {comparison.baseline.label}, in {comparison.last_year}",
        columns=(
            Column("Outcome", "text"),
            Column("Better off"),
            Column("The same"),
            Column("Worse off"),
            Column("Mean difference"),
            Column("Persons compared"),
        ),
        rows=tuple(rows),
        note="Mean of the runs.",
    )


def _provinces(comparison: Comparison, scenario: Scenario) -> str:
    """Home provinces whose workers gain most and least in wage."""
    names = {f"province={province.code}": province.name for province in PROVINCES}
    rows = comparison.paired
    chosen = (
        (rows["scenario"] == scenario.name) & (rows["outcome"] == "wage") & rows["group"].isin(list(names))
    )
    rows = rows[chosen].dropna(subset="mean_difference").sort_values("mean_difference")
    if len(rows) < 6:
        return ""
    unit = str(rows["unit"].iloc[0])

    def words(part: "list[tuple[str, float]]") -> str:
        return listed([f"{names[group]} ({difference(value, unit)})" for group, value in part])

    pairs = list(zip(rows["group"], rows["mean_difference"], strict=True))
    return (
        f"by home province, mean wage rises most for workers from {words(pairs[:-4:-1])} "
        f"and least for those from {words(pairs[:3])}."
    )
