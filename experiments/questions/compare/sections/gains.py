"""Who gains and who loses against the first scenario."""

import pandas as pd

from experiments.pages.body import Body, Point
from experiments.pages.labels import OUTCOME_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.provinces import PROVINCE_LABELS
from experiments.pages.scenario import Scenario
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import bracketed, listed, percent, persons
from experiments.questions.compare.figures.gains import difference, others, overall
from experiments.questions.compare.reading import Comparison
from experiments.tables.rows import records


def build(comparison: Comparison) -> Body:
    """A table of all outcomes and a sentence on the provinces."""
    data = overall(comparison)
    points = [
        Point(scenario.label, text)
        for scenario in others(comparison, data)
        if (text := _provinces(comparison, scenario))
    ]
    introduction = say(
        "The same people, with the same luck, live once under {baseline} and once under each other scenario. "
        "Compared are those who were workers when the scenarios part and still are at the end under both; "
        "who left or entered in between is not in these numbers.",
        baseline=comparison.baseline.label,
    )
    if comparison.lived_until != comparison.last_year:
        text = "These lives are followed to the end of {year}, beyond the year of the targets."
        introduction = sentences([introduction, say(text, year=comparison.lived_until)])
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
        caption=say(
            "Workers against themselves under {baseline}, in {year}",
            baseline=comparison.baseline.label,
            year=comparison.lived_until,
        ),
        columns=(
            Column(say("Outcome"), "text"),
            Column(say("Better off")),
            Column(say("The same")),
            Column(say("Worse off")),
            Column(say("Mean difference")),
            Column(say("Persons compared")),
        ),
        rows=tuple(rows),
        note=say("Mean of the runs."),
    )


def _provinces(comparison: Comparison, scenario: Scenario) -> str:
    """Home provinces whose workers gain most and least in wage."""
    names = {f"province={code}": name for code, name in PROVINCE_LABELS.items()}
    rows = comparison.paired
    chosen = (
        (rows["scenario"] == scenario.name) & (rows["outcome"] == "wage") & rows["group"].isin(list(names))
    )
    rows = rows[chosen].dropna(subset="mean_difference").sort_values("mean_difference")
    if len(rows) < 6:
        return ""
    unit = str(rows["unit"].iloc[0])

    def words(part: "list[tuple[str, float]]") -> str:
        return listed([bracketed(names[group], difference(value, unit)) for group, value in part])

    pairs = list(zip(rows["group"], rows["mean_difference"], strict=True))
    return say(
        "by home province, mean wage rises most for workers from {most} and least for those from {least}.",
        most=words(pairs[:-4:-1]),
        least=words(pairs[:3]),
    )
