"""Published figures with their sources: the only numbers about the real world that the model knows."""

from sim.data.derived import (
    births,
    provincial_employment,
    secondary_employment,
    sector_shares,
    skilled_workers,
)
from sim.data.files import data_hash, load, verify_all
from sim.data.series import (
    REGIONS,
    adjacency,
    distances_km,
    migration_in_out,
    migration_matrix,
    provincial,
    region_of_province,
    series,
)

__all__ = [
    "REGIONS",
    "adjacency",
    "births",
    "data_hash",
    "distances_km",
    "load",
    "migration_in_out",
    "migration_matrix",
    "provincial",
    "provincial_employment",
    "region_of_province",
    "secondary_employment",
    "sector_shares",
    "series",
    "skilled_workers",
    "verify_all",
]
