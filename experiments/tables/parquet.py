"""Large tables of figures: in an order that readers gain from, written one after the other."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pyarrow.dataset import dataset

NATIONAL = "all"
ROWS_TOGETHER = 32_768  # a reader that filters passes over whole groups of rows


def write_tables(tables: Iterable[pa.Table], path: Path) -> None:
    """Write tables of one kind, at least one, one after the other, holding one of them at a time."""
    writer: pq.ParquetWriter | None = None
    try:
        for table in tables:
            if writer is None:
                # Without Arrow's own schema, statistics of words serve readers that filter.
                writer = pq.ParquetWriter(path, table.schema, compression="zstd", store_schema=False)
            writer.write_table(table.cast(writer.schema), ROWS_TOGETHER)
    finally:
        if writer is not None:
            writer.close()


def read_figures(path: Path, filters: Sequence[tuple[str, str, Any]] = ()) -> pa.Table:
    """Rows of a table that fit all filters, each word kept once; groups of rows that cannot fit are not read.

    Parameters
    ----------
    path
        The file.
    filters
        Such as ``("indicator", "==", "quota")``.
    """
    schema = pq.read_schema(path)
    file = pq.ParquetFile(path, read_dictionary=[item.name for item in schema if _is_word(item.type)])
    if not filters:
        return file.read()
    fits = pq.filters_to_expression(list(filters))
    (fragment,) = dataset(path, format="parquet").get_fragments()
    groups = [group.row_groups[0].id for group in fragment.split_by_row_group(fits)]
    return file.read_row_groups(groups).filter(fits)


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
    words: list[str] = column.chunk(0).dictionary.to_pylist()
    return words


def _places(column: pa.ChunkedArray) -> NDArray[np.int32]:
    """Place of each row's word among the words of the column."""
    return np.concatenate([chunk.indices.to_numpy() for chunk in column.chunks])


def _is_word(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
