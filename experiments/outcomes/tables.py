"""Recorded lives as long tables: a row for each run, year, province, group and indicator."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from experiments.runs.life import Life
from experiments.runs.plan import Cell, paired_with
from experiments.runs.records import NATION, Records
from experiments.runs.store import LifeStore
from sim.outcomes.indicators import INDICATORS
from sim.outcomes.record import Name


def labels(life: Life) -> dict[str, Any]:
    """Columns that name a life in a table of many."""
    return {"scenario": life.scenario.name, "draw": life.draw, "seed": life.seed}


def long_table(records: Records, lives: Sequence[Life]) -> pa.Table:
    """Recorded lives, one after the other: their labels, year, province, group, indicator, unit, value."""
    return _table(records, lives, np.arange(records.figures.size))


def in_batches(store: LifeStore, cells: Sequence[Cell]) -> Iterator[pa.Table]:
    """Tables of all lives of a plan, some lives at a time, each batch in an order that readers gain from."""
    for together, records in store.batches([life for cell in cells for life in cell.lives]):
        yield _table(records, together, _in_order(records.names, len(together) * len(records.years)))


@lru_cache(maxsize=1)
def _in_order(names: Sequence[Name], years: int) -> NDArray[np.int64]:
    """Places of figures, shape (years, names), those of provinces first, and by indicator."""
    keys = [(province == NATION, indicator) for province, _, indicator in names]
    together = [[place for place, key in enumerate(keys) if key == one] for one in sorted(set(keys))]
    first = len(names) * np.arange(years)[:, None]
    return np.concatenate([(first + columns).ravel() for columns in together])


def _table(records: Records, lives: Sequence[Life], places: NDArray[np.int64]) -> pa.Table:
    """Chosen figures of some lives, in this order; words are kept once."""
    year, name = np.divmod(places, len(records.names))
    life, year = np.divmod(year, len(records.years))
    of_lives = {label: [labels(one)[label] for one in lives] for label in ("scenario", "draw", "seed")}
    of_names = dict(zip(("province", "group", "indicator"), zip(*records.names, strict=True), strict=True))
    of_names["unit"] = tuple(INDICATORS[indicator].unit for indicator in of_names["indicator"])
    columns = {label: _taken(values, life) for label, values in of_lives.items()}
    columns["year"] = pa.array(np.array(records.years, np.int64)[year])
    columns |= {label: _taken(values, name) for label, values in of_names.items()}
    return pa.table({**columns, "value": records.figures.ravel()[places]})


def paired_table(store: LifeStore, life: Life, baseline: Life) -> pa.Table:
    """What a policy changes in the lives of workers under another: by group and outcome."""
    (columns,) = store.extras([life], paired_with(baseline))
    named = {"scenario": life.scenario.name, "baseline": baseline.scenario.name, **labels(life)}
    frame = pd.DataFrame({name: values.tolist() for name, values in columns.items()})
    for place, (name, value) in enumerate(named.items()):
        frame.insert(place, name, value)
    return pa.Table.from_pandas(frame, preserve_index=False)


def _taken(values: Sequence[Any], places: NDArray[np.int64]) -> pa.Array:
    """Values by their places; of words each once."""
    once = pa.array(values)
    if not pa.types.is_string(once.type):
        return pa.array(once.to_numpy()[places])
    once = once.dictionary_encode()
    return pa.DictionaryArray.from_arrays(pa.array(once.indices.to_numpy()[places]), once.dictionary)
