"""Large tables of figures: in an order that readers gain from, written one after the other."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import eq, le, ne
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pyarrow.dataset import dataset

NATIONAL = "all"
ROWS_TOGETHER = 32_768  # a reader that filters passes over whole groups of rows
GROUPS_TOGETHER = 32  # of rows, that are in memory together while they are filtered
Filter = tuple[str, str, Any]
FITS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {"==": eq, "!=": ne, "<=": le, "in": np.isin}


def write_tables(tables: Iterable[pa.Table], path: Path) -> None:
    """Write tables of one kind, at least one, one after the other, holding one of them at a time."""
    writer: pq.ParquetWriter | None = None
    try:
        for table in tables:
            if writer is None:
                # Without Arrow's own schema, statistics of words serve readers that filter.
                # Measured values hardly repeat: to keep each once makes files larger and reading slower.
                repeated = [item.name for item in table.schema if not pa.types.is_floating(item.type)]
                writer = pq.ParquetWriter(
                    path, table.schema, compression="zstd", store_schema=False, use_dictionary=repeated
                )
            writer.write_table(table.cast(writer.schema), ROWS_TOGETHER)
    finally:
        if writer is not None:
            writer.close()


def read_figures(path: Path, filters: Sequence[Filter] = ()) -> pa.Table:
    """Rows of a table that fit all filters; see :func:`read_batches`."""
    return pa.concat_tables(read_batches(path, filters))


def read_batches(path: Path, filters: Sequence[Filter] = ()) -> Iterator[pa.Table]:
    """Rows that fit all filters, some at a time; groups of rows that cannot fit are not read.

    Parameters
    ----------
    path
        The file.
    filters
        Such as ``("indicator", "==", "quota")``; ``FITS`` has the signs.

    Yields
    ------
    pyarrow.Table
        One at least, words as dictionaries.
    """
    schema = pq.read_schema(path)
    file = pq.ParquetFile(path, read_dictionary=[item.name for item in schema if _is_word(item.type)])
    groups = list(range(file.num_row_groups))
    if filters:
        (fragment,) = dataset(path, format="parquet").get_fragments()
        fits = pq.filters_to_expression(list(filters))
        groups = [part.row_groups[0].id for part in fragment.split_by_row_group(fits)]
    yield file.schema_arrow.empty_table()
    for first in range(0, len(groups), GROUPS_TOGETHER):
        table = file.read_row_groups(groups[first : first + GROUPS_TOGETHER])
        yield table.filter(_fitting(table, filters)) if filters else table


def _fitting(table: pa.Table, filters: Sequence[Filter]) -> pa.ChunkedArray:
    """Which rows fit; each word is compared once and not in every row, which makes this many times faster."""
    fits = np.ones(len(table), bool)
    for name, sign, wanted in filters:
        column, compare = table[name], FITS[sign]
        if pa.types.is_dictionary(column.type):
            known = (np.array(chunk.dictionary.to_pylist()) for chunk in column.chunks)
            parts = zip(known, column.chunks, strict=True)
            fits &= np.concatenate([compare(words, wanted)[chunk.indices] for words, chunk in parts])
        else:
            fits &= compare(column.to_numpy(), wanted)
    return pa.array(fits)


def in_order(table: pa.Table) -> pa.Table:
    """Rows by indicator, those of provinces before those of the country, otherwise as they were.

    Parameters
    ----------
    table
        With ``province`` and ``indicator`` as dictionaries.
    """
    table = table.unify_dictionaries()
    of_country = np.array(_words(table["province"])) == NATIONAL
    indicator = np.argsort(np.argsort(_words(table["indicator"])))
    keys = (indicator[_places(table["indicator"])], of_country[_places(table["province"])])
    return table.take(pa.array(np.lexsort(keys)))


def _words(column: pa.ChunkedArray) -> list[str]:
    """The words of a column, each once."""
    found: list[str] = column.chunk(0).dictionary.to_pylist() if column.num_chunks else []
    return found


def _places(column: pa.ChunkedArray) -> NDArray[np.int32]:
    """Place of each row's word among the words of the column, which are the same in all of it."""
    return np.concatenate([np.empty(0, np.int32), *(chunk.indices.to_numpy() for chunk in column.chunks)])


def _is_word(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
