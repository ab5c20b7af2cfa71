"""Recorded lives as long tables: a row for each run, year, province, group and indicator."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from experiments.runs.life import Life
from experiments.runs.plan import Cell, paired_with
from experiments.runs.records import Records
from experiments.runs.store import LifeStore
from experiments.tables.parquet import in_order
from sim.outcomes.indicators import INDICATORS


def labels(life: Life) -> dict[str, Any]:
    """Columns that name a life in a table of many."""
    return {"scenario": life.scenario.name, "draw": life.draw, "seed": life.seed}


def long_table(records: Records, place: int, life: Life) -> pa.Table:
    """One of some recorded lives: its labels, year, province, group, indicator, unit, value."""
    years, names = len(records.years), len(records.names)
    rows = years * names
    named = {
        name: pa.repeat(pa.scalar(value, pa.string() if isinstance(value, str) else pa.int64()), rows)
        for name, value in labels(life).items()
    }
    named["scenario"] = named["scenario"].dictionary_encode()
    words = dict(zip(("province", "group", "indicator"), zip(*records.names, strict=True), strict=True))
    words["unit"] = tuple(INDICATORS[name].unit for name in words["indicator"])
    columns = {name: _repeated(values, years) for name, values in words.items()}
    year = np.repeat(np.array(records.years, np.int64), names)
    return pa.table({**named, "year": year, **columns, "value": records.figures[place].ravel()})


def in_batches(store: LifeStore, cells: Sequence[Cell]) -> Iterator[pa.Table]:
    """Tables of all lives of a plan, some lives at a time, each batch in order."""
    for together, records in store.batches([life for cell in cells for life in cell.lives]):
        yield in_order(
            pa.concat_tables(long_table(records, place, life) for place, life in enumerate(together))
        )


def paired_table(store: LifeStore, life: Life, baseline: Life) -> pa.Table:
    """What a policy changes in the lives of workers under another: by group and outcome."""
    (columns,) = store.extras([life], paired_with(baseline))
    named = {"scenario": life.scenario.name, "baseline": baseline.scenario.name, **labels(life)}
    frame = pd.DataFrame({name: values.tolist() for name, values in columns.items()})
    for place, (name, value) in enumerate(named.items()):
        frame.insert(place, name, value)
    return pa.Table.from_pandas(frame, preserve_index=False)


def _repeated(words: Sequence[str], times: int) -> pa.DictionaryArray:
    """Words one after the other, so many times, each kept once."""
    once = pa.array(words, pa.string()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(pa.array(np.tile(once.indices.to_numpy(), times)), once.dictionary)
