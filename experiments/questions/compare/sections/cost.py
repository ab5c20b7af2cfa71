"""What the measures and the places cost."""

from experiments.pages.body import Body
from experiments.pages.labels import COST_LABELS
from experiments.pages.language import say
from experiments.pages.scenario import Scenario
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import DASH, count, grouped, in_billions, known, plain
from experiments.questions.compare.figures.cost import by_family, totals
from experiments.questions.compare.reading import Comparison, mean_after_fork
from sim.calendar import FORK_YEAR


def build(comparison: Comparison) -> Body:
    """Billion yuan by family and scenario, and per worker and year."""
    data = by_family(comparison)
    sums = totals(comparison, data)
    last = int(data.attrs["last"])
    families = list(dict.fromkeys(data["family"]))
    cells = data.set_index(["family", "scenario"])["million_yuan"]
    rows = [
        Row((COST_LABELS[family], *(in_billions(float(cells[family, scenario.name])) for scenario in sums)))
        for family in families
    ]
    rows.append(Row((say("All together"), *(in_billions(total) for total in sums.values())), total=True))
    if comparison.has("workers"):
        rows.append(
            Row(
                (
                    say("Per worker and year, yuan"),
                    *(_per_worker(comparison, name, sums[name], last) for name in sums),
                ),
                total=True,
            )
        )
    table = Table(
        caption=say(
            "Spending on measures and places, {first}\N{EN DASH}{last}, billion yuan",
            first=FORK_YEAR + 1,
            last=last,
        ),
        columns=(Column(say("Family"), "text"), *(Column(scenario.label) for scenario in sums)),
        rows=tuple(rows),
        note=say("Mean of the runs. Unit costs, their ranges and sources stand among the assumptions."),
    )
    return Body(
        paragraphs=(
            say(
                "Counted is the cost of measures, and of places for craftsmen, beyond those in force at the "
                "end of 2024, whoever pays. Fewer places than were announced then are money saved."
            ),
            *_evidence(comparison),
        ),
        tables=(table,),
    )


def _evidence(comparison: Comparison) -> tuple[str, ...]:
    """How many of the unit costs nobody has measured; nothing when they are not recorded."""
    grades = [row.get("evidence") for row in comparison.assumptions if row.get("kind") == "cost"]
    if not grades:
        return ()
    values = {"assumed": grouped(grades.count("C")), "all": count(len(grades), "unit cost")}
    return (say("Evidence: {assumed} of {all} are assumed (C); read orders of magnitude.", **values),)


def _per_worker(comparison: Comparison, scenario: Scenario, total_million: float, last: int) -> str:
    heads = mean_after_fork(comparison.of(scenario, comparison.runs("workers")))
    if not known(heads) or heads <= 0:
        return DASH
    return plain(total_million * 1e6 / heads / (last - FORK_YEAR))
