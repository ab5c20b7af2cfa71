"""The 31 provinces: where craftsmen are recognised, and where places stay empty."""

from experiments.report.body import Body
from experiments.report.figures import map_recognised, map_unfilled
from experiments.report.provinces import PROVINCES
from experiments.report.reading import Comparison, NotRecorded
from experiments.report.tables import Column, Row, Table
from experiments.report.words import grouped, known, listed


def build(comparison: Comparison) -> Body:
    """Which provinces fall short, and a table of all."""
    rates = map_recognised.per_100_000(comparison)
    labels = [scenario.label for scenario in rates]
    rows = [
        Row(
            (
                f"{province.name} ({province.abbreviation})",
                *(_one_decimal(float(values[province.code])) for values in rates.values()),
            )
        )
        for province in PROVINCES
    ]
    table = Table(
        caption=f"City-level craftsmen per 100,000 workers in {map_recognised.last_year(comparison)}",
        columns=(Column("Province", "text"), *(Column(label) for label in labels)),
        rows=tuple(rows),
        note="Certificates given since the first intake, over workers in the last year; mean of the runs.",
    )
    return Body(paragraphs=_short(comparison), tables=(table,))


def _one_decimal(value: float) -> str:
    return grouped(value, 1) if known(value) else "no workers recorded"


def _short(comparison: Comparison) -> tuple[str, ...]:
    """A sentence on the provinces that cannot fill their places."""
    try:
        shortfall = map_unfilled.unfilled(comparison)
    except NotRecorded:
        return ()
    sentences = []
    for scenario, values in shortfall.items():
        names = map_unfilled.short_of_people(values)
        if names:
            more = f" and {len(names) - 6} more" if len(names) > 6 else ""
            shown = ", ".join(names[:6]) + more if more else listed(names)
            sentences.append(f"Under {scenario.label}, more than 5 % of city places stay empty in {shown}.")
    if not sentences:
        return ("In no scenario does a province leave more than 5 % of its city places empty.",)
    return (" ".join(sentences),)
