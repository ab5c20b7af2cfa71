"""The 31 provinces: where craftsmen are recognised, and where places stay empty."""

from experiments.report.body import Body
from experiments.report.figures import map_recognised, map_unfilled
from experiments.report.provinces import PROVINCES
from experiments.report.reading import Comparison, NotRecorded
from experiments.report.tables import Column, Row, Table
from experiments.report.words import count, grouped, known, listed, percent

MOST_NAMES = 6


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
    found: dict[tuple[str, ...], list[str]] = {}
    for scenario, values in shortfall.items():
        names = map_unfilled.short_of_people(values)
        if names:
            found.setdefault(tuple(names), []).append(scenario.label)
    limit = percent(map_unfilled.NOTABLE).replace(".0", "")
    sentences = []
    for short, labels in found.items():
        where = "In every scenario" if len(labels) == len(shortfall) > 1 else f"Under {listed(labels)}"
        sentences.append(f"{where}, more than {limit} of city places stay empty in {_some(short)}.")
    if not sentences:
        return (f"In no scenario does a province leave more than {limit} of its city places empty.",)
    return (" ".join(sentences),)


def _some(names: tuple[str, ...]) -> str:
    """The first names, and how many more there are."""
    if len(names) <= MOST_NAMES:
        return listed(names)
    return f"{', '.join(names[:MOST_NAMES])} and {count(len(names) - MOST_NAMES, 'other')}"
