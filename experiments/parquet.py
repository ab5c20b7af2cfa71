"""Large tables: written one after the other, and the rows of some runs."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


def write_tables(tables: Iterable[pa.Table], path: Path, rows_together: int | None = None) -> None:
    """Write tables of one kind one after the other, holding one of them at a time.

    Parameters
    ----------
    tables
        At least one.
    path
        The file.
    rows_together
        Rows of a row group; a reader that filters can pass over whole groups.
    """
    writer: pq.ParquetWriter | None = None
    try:
        for table in tables:
            if writer is None:
                writer = pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table.cast(writer.schema), rows_together)
    finally:
        if writer is not None:
            writer.close()


def rows_of_runs(table: pa.Table, run_ids: Iterable[str]) -> pa.Table:
    """Rows of a table whose ``run_id`` is among some."""
    wanted = pa.array(sorted(run_ids), pa.string())
    return table.filter(pc.is_in(table["run_id"].cast(pa.string()), wanted))
