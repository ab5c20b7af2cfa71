"""The scenarios of two comparisons as one: each once, and those of one name with other lines apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from experiments.questions.compare.beside.sides import FIGURES, Side
from experiments.tables.parquet import NATIONAL, in_order, read_figures

# Of a scenario, kept beside another, and of its measures: what decides no life.
WORDS: Final = ("name", "title", "sentence", "family", "own", "of")


@dataclass(frozen=True)
class Joined:
    """A scenario as it stands on the page.

    Attributes
    ----------
    name
        What the files call it: its name, with that of its comparison where both have one of this name.
    own
        What its comparison calls it.
    places
        Which of the comparisons have it: 0, 1 or both.
    record
        Its lines.
    """

    name: str
    own: str
    places: tuple[int, ...]
    record: Mapping[str, Any]


def join(sides: Sequence[Side]) -> list[Joined]:
    """The scenarios of the first comparison, each followed by its namesake of the second; then the rest."""
    first, second = ({str(record["name"]): record for record in side.scenarios} for side in sides)
    found = []
    for name, record in first.items():
        if name not in second:
            found.append(Joined(name, name, (0,), record))
        elif lines(record) == lines(second[name]):
            found.append(Joined(name, name, (0, 1), record))
        else:
            own = ((f"{name} ({side.called})", place) for place, side in enumerate(sides))
            found += [Joined(new, name, (place,), (record, second[name])[place]) for new, place in own]
    return found + [Joined(name, name, (1,), record) for name, record in second.items() if name not in first]


def lines(record: Mapping[str, Any]) -> dict[str, Any]:
    """What of a scenario decides lives, by dotted key."""
    plain = {key: value for key, value in record.items() if key not in (*WORDS, "measures")}
    measures = {
        path["measure"]: {key: value for key, value in path.items() if key not in (*WORDS, "measure")}
        for path in record["measures"]
    }
    return dict(_flat({**plain, "measures": measures}))


def _flat(content: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        elif value is not None:
            yield f"{above}{key}", value


def figures(sides: Sequence[Side], scenarios: Sequence[Joined]) -> Iterator[pa.Table]:
    """The national figures of all scenarios under their names on the page, a table for each comparison."""
    for place, side in enumerate(sides):
        table = read_figures(side.folder / FIGURES, [("province", "==", NATIONAL)])
        own = [scenario for scenario in scenarios if scenario.places[0] == place]
        if own:
            yield in_order(pa.concat_tables(_of(table, scenario) for scenario in own))


def _of(table: pa.Table, scenario: Joined) -> pa.Table:
    """The rows of one scenario under another name."""
    rows = table.filter(pc.equal(table["scenario"].cast(pa.string()), scenario.own))
    names = pa.repeat(pa.scalar(scenario.name, pa.string()), len(rows)).dictionary_encode()
    return rows.set_column(table.schema.get_field_index("scenario"), "scenario", names)


def unequal(sides: Sequence[Side], scenarios: Sequence[Joined]) -> list[dict[str, Any]]:
    """Scenarios of both, of which the same run ended in another state: how many runs, and the first."""
    digests = [side.manifest["state_digests"] for side in sides]
    found = []
    runs = list(zip(sides[0].manifest["seeds"], sides[0].manifest["draws"], strict=True))
    for scenario in scenarios:
        if len(scenario.places) < 2:
            continue
        marks = [f"seed={seed} draw={draw}" for seed, draw in runs]
        ends = {mark: [kept.get(f"{scenario.own} {mark}") for kept in digests] for mark in marks}
        other = [mark for mark, (one, two) in ends.items() if one != two]
        if other:
            found.append({"scenario": scenario.name, "runs": len(other), "of": len(runs), "first": other[0]})
    return found
